"""From an address to what its template receives."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from articles.models import CataloguePage
from home.links import language_path
from home.models import BasePage, ColumnPage
from home.presentation import (
    ErrorView,
    LeaveView,
    MovedView,
    SiteMapView,
)
from publishing.addresses import Address
from publishing.built import Built, NothingThere, existing
from publishing.catalogues import build_catalogue
from publishing.columns import build_column, subcolumns
from publishing.frame import Place, tree_crumbs
from publishing.head import content_head
from publishing.light_rows import kind_models
from publishing.listings import PAGE_SIZE
from publishing.reader import SnapshotReader
from publishing.stored_pages import stored_page
from publishing.tree import default_language

# --- pages of the tree -----------------------------------------------------------------


def fetch_page(page_id: int, kind: str) -> BasePage:
    """One page row of its own type: one query."""
    return stored_page(kind_models()[kind], page_id)


def build_page(
    reader: SnapshotReader, address: Address, page: BasePage | None = None
) -> Built:
    row = existing(reader.row(address.page_id or 0))
    if page is None:
        page = fetch_page(row.id, row.kind)
    reader.note_stored(page.pk)
    reader.prepare([page])
    return build_prepared_page(reader, address, page)


def build_prepared_page(
    reader: SnapshotReader, address: Address, page: BasePage
) -> Built:
    """A page whose pictures, files and provisions the reader has already read."""
    if isinstance(page, ColumnPage):
        return build_column(reader, address, page)
    if isinstance(page, CataloguePage):
        return build_catalogue(reader, address, page)
    return build_content(reader, address.path, page)


def build_content(reader: SnapshotReader, path: str, page: BasePage) -> Built:
    """The home page or a content page, as stored or as edited."""
    row = reader.row(page.pk)
    view = page.present(reader)
    crumbs = tree_crumbs(reader, row) if row else ()
    place = Place(
        path=path,
        heading=view.heading,
        row=row,
        crumbs=crumbs,
        languages=row.languages if row else frozenset({reader.language}),
        head=content_head(reader, page, view),
    )
    return Built(page.template_name, view, place)


# --- site map, leaving, errors ------------------------------------------------------------


def _simple(
    address: Address, template: str, view: Any, heading: str, **options: Any
) -> Built:
    place = Place(
        path=address.path,
        heading=heading,
        crumbs=options.pop("crumbs", ()),
        languages=options.pop("languages", None),
    )
    return Built(template, view, place, **options)


def build_site_map(reader: SnapshotReader, address: Address) -> Built:
    reader.prepare([])
    columns = []
    for row in reader.below(reader.home().id):
        card = reader.card(row.id) if row.kind == "column" else None
        if card is not None and reader.holds_something(row.id):
            columns.append((card, subcolumns(reader, row.id)))
    heading = _("网站地图")
    view = SiteMapView(
        heading=heading, columns=tuple(columns), topics=tuple(reader.topics())
    )
    return _simple(address, "home/site_map.html", view, heading)


def build_leave(reader: SnapshotReader, address: Address, url: str) -> Built:
    reader.prepare([])
    site_name = reader.portal.name
    view = LeaveView(url=url, site_name=site_name)
    return _simple(
        address,
        "home/leave.html",
        view,
        _("即将离开本网站"),
        languages=frozenset({default_language()}),
    )


def build_error(reader: SnapshotReader, address: Address, status: int = 404) -> Built:
    reader.prepare([])
    heading = _("没有找到这个页面") if status == 404 else _("页面暂时打不开")
    view = ErrorView(status=status, heading=heading)
    return _simple(address, "home/error.html", view, heading, status=status)


def build_moved(reader: SnapshotReader, path: str, view: MovedView) -> Built:
    """A redirect page of an export."""
    reader.prepare([])
    place = Place(
        path=path,
        heading=_("本页已经搬家"),
        languages=frozenset({default_language()}),
    )
    return Built("home/moved.html", view, place)


# --- files --------------------------------------------------------------------------------


def build_theme(reader: SnapshotReader, address: Address) -> Built:
    return _simple(
        address, "theme.css", None, "", content_type="text/css; charset=utf-8"
    )


def build_robots(reader: SnapshotReader, address: Address) -> Built:
    sitemap = reader.form.absolute("/sitemap.xml")
    return _simple(
        address,
        "robots.txt",
        None,
        "",
        content_type="text/plain; charset=utf-8",
        context={"sitemap": sitemap},
    )


def build_feed(reader: SnapshotReader, address: Address) -> Built:
    """Newest pages as Atom; nothing where absolute addresses are not known."""
    if not reader.form.has_feeds:
        raise NothingThere(address.path)
    row = existing(reader.row(address.page_id)) if address.page_id else reader.home()
    cards = reader.cards(under=row.id, limit=PAGE_SIZE)
    moments = {card.id: reader.updated_at(card.id) for card in cards}
    return _simple(
        address,
        "feed.xml",
        None,
        "",
        content_type="application/atom+xml; charset=utf-8",
        context={
            "heading": row.headings[reader.language],
            "page_path": language_path(row.path, reader.language),
            "feed_path": address.path,
            "cards": cards,
            "moments": moments,
            "updated": max((m for m in moments.values() if m), default=None),
        },
    )
