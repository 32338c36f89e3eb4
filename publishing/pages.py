"""From an address to what its template receives."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from home.links import language_path
from home.models import BasePage, ColumnPage
from home.presentation import (
    Card,
    ColumnView,
    Crumb,
    ErrorView,
    Filter,
    LeaveView,
    MovedView,
    Pagination,
    SiteMapView,
    TopicIndexView,
    TopicView,
    format_pub_date,
)
from publishing.addresses import Address, by_topic, by_year
from publishing.frame import Place, tree_crumbs
from publishing.listings import archive, archive_count, newest
from publishing.reader import SnapshotReader
from publishing.tree import PageRow, default_language, kind_labels, kind_models

SUBCOLUMN_CARDS = 5


class NothingThere(Exception):
    """The address has the form of an address of ours, but nothing is there."""


@dataclass(slots=True)
class Built:
    """A template and its data; ``context`` holds what only one template needs."""

    template: str
    view: Any
    place: Place
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    context: dict[str, Any] = field(default_factory=dict)


# --- pages of the tree -----------------------------------------------------------------


def fetch_page(page_id: int, kind: str) -> BasePage:
    """One page row of its own type: one query."""
    return kind_models()[kind]._default_manager.get(pk=page_id)


def build_page(
    reader: SnapshotReader, address: Address, page: BasePage | None = None
) -> Built:
    row = reader.tree.rows[address.page_id or 0]
    if page is None:
        page = fetch_page(row.id, row.kind)
    reader.prepare([page])
    return build_prepared_page(reader, address, page)


def build_prepared_page(
    reader: SnapshotReader, address: Address, page: BasePage
) -> Built:
    """A page whose pictures, files and provisions the reader has already read."""
    if isinstance(page, ColumnPage):
        return build_column(reader, address, page)
    return build_content(reader, address.path, page)


def build_content(reader: SnapshotReader, path: str, page: BasePage) -> Built:
    """The home page or a content page, as stored or as edited."""
    row = reader.tree.rows.get(page.pk)
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


def content_head(reader: SnapshotReader, page: BasePage, view: Any) -> dict[str, str]:
    if page.kind == "home":
        return {
            "column_type": "首页",
            "description": view.summary,
            **feed_head(reader, language_path("/feed.xml", reader.language)),
        }
    column = parent_column(reader, page)
    summary = str(getattr(view, "summary", "") or getattr(view, "answer", ""))
    cover = getattr(view, "cover", None)
    return {
        **(column_head(reader, column) if column else {}),
        "article_title": view.heading,
        "pub_date": pub_date(view.published_at),
        "content_source": view.source,
        "author": getattr(view, "author", "") or getattr(view, "reviewer", ""),
        "keywords": ",".join(topic.name for topic in view.topics),
        "description": plain(summary),
        "image": reader.form.absolute(cover.path) if cover else "",
    }


def plain(value: Any) -> str:
    """Words without markup, on one line, for a head tag."""
    text = value.striptags() if hasattr(value, "striptags") else str(value)
    return " ".join(text.split())


def pub_date(moment: datetime | None) -> str:
    return format_pub_date(timezone.localtime(moment) if moment else None)


def feed_head(reader: SnapshotReader, path: str) -> dict[str, str]:
    """A feed names absolute addresses only, so it exists only where they are known."""
    return {"feed_path": path} if reader.form.public_base else {}


def parent_column(reader: SnapshotReader, page: BasePage) -> PageRow | None:
    row = reader.tree.rows.get(page.pk)
    parent = reader.tree.rows.get(row.parent_id or 0) if row else None
    return parent if parent is not None and parent.kind == "column" else None


def column_head(reader: SnapshotReader, row: PageRow) -> dict[str, str]:
    """The column group of head tags (checklist 2)."""
    code = reader.language if reader.language in row.languages else default_language()
    return {
        "column_name": row.headings[code],
        "column_description": row.summaries[code] or row.summaries[default_language()],
        "column_keywords": row.keywords[code] or row.keywords[default_language()],
        "column_type": row.column_type,
    }


# --- columns ---------------------------------------------------------------------------


def build_column(reader: SnapshotReader, address: Address, page: ColumnPage) -> Built:
    row = reader.tree.rows[page.pk]
    base = language_path(row.path, reader.language)
    every = reader.tree.content(row.id, reader.language)
    cards, list_path, label = select_cards(reader, address, base, every)
    shown = archive(cards, address.number) if address.number else newest(cards)
    heading = page.text("heading", reader.language)
    view = ColumnView(
        heading=heading,
        summary=page.text("summary", reader.language),
        cards=tuple(shown),
        subcolumns=subcolumns(reader, row),
        pagination=pagination(address, list_path, len(cards)),
        topics=topic_filters(reader, base, every, address),
        years=year_filters(base, every, address),
        active_filter=label,
        feed_path=feed_head(reader, f"{base}feed.xml").get("feed_path", ""),
        subcolumn_cards={
            card.id: reader.tree.content(card.id, reader.language)[:SUBCOLUMN_CARDS]
            for card in subcolumns(reader, row)
        },
    )
    crumbs = list(tree_crumbs(reader, row))
    if address.path != base:
        crumbs.append(Crumb(heading, base))
    place = Place(
        path=address.path,
        heading=list_heading(heading, label, address.number),
        row=row,
        crumbs=crumbs,
        languages=row.languages,
        # A list by number, topic or year need not exist in another language.
        translated_path=base,
        head={
            **column_head(reader, row),
            "description": plain(view.summary),
            **feed_head(reader, f"{base}feed.xml"),
        },
    )
    return Built(page.template_name, view, place)


def list_heading(heading: str, label: str, number: int | None) -> str:
    parts = [heading, label, _("第%(number)s页") % {"number": number} if number else ""]
    return " ".join(part for part in parts if part)


def subcolumns(reader: SnapshotReader, row: PageRow) -> tuple[Card, ...]:
    below = reader.tree.children.get(row.id, [])
    cards = (
        reader.tree.card(child.id, reader.language)
        for child in below
        if child.kind == "column" and reader.tree.content(child.id, reader.language)
    )
    return tuple(card for card in cards if card)


def select_cards(
    reader: SnapshotReader, address: Address, base: str, every: tuple[Card, ...]
) -> tuple[list[Card], str, str]:
    """(cards of the list asked for, its own path, the label of its filter)."""
    if address.topic:
        topic = next(t for t in reader.topics() if t.slug == address.topic)
        cards = by_topic(every).get(topic.id, [])
        return cards, f"{base}topic/{topic.slug}/", topic.name
    if address.year:
        label = _("%(year)s年") % {"year": address.year}
        return (
            by_year(every).get(address.year, []),
            f"{base}year/{address.year}/",
            label,
        )
    return list(every), base, ""


def pagination(address: Address, list_path: str, total: int) -> Pagination:
    last = archive_count(total)
    number = address.number
    if number is None:
        newer, older = "", f"{list_path}page/{last}/" if last else ""
    else:
        newer = list_path if number == last else f"{list_path}page/{number + 1}/"
        older = f"{list_path}page/{number - 1}/" if number > 1 else ""
    return Pagination(
        number=number,
        newer_path=newer,
        older_path=older,
        newest_path=list_path,
        total=total,
    )


def topic_filters(
    reader: SnapshotReader, base: str, cards: tuple[Card, ...], address: Address
) -> tuple[Filter, ...]:
    groups = by_topic(cards)
    return tuple(
        Filter(
            label=topic.name,
            path=f"{base}topic/{topic.slug}/",
            count=len(groups[topic.id]),
            is_current=address.topic == topic.slug,
        )
        for topic in reader.topics()
        if topic.id in groups
    )


def year_filters(
    base: str, cards: tuple[Card, ...], address: Address
) -> tuple[Filter, ...]:
    return tuple(
        Filter(
            label=_("%(year)s年") % {"year": year},
            path=f"{base}year/{year}/",
            count=len(group),
            is_current=address.year == year,
        )
        for year, group in sorted(by_year(cards).items(), reverse=True)
    )


# --- topics, site map, leaving, errors ----------------------------------------------------


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


def build_topic_index(reader: SnapshotReader, address: Address) -> Built:
    reader.prepare([])
    topics = tuple(reader.topics())
    counts = {
        topic_id: len(cards)
        for topic_id, cards in by_topic(tuple(reader.cards())).items()
    }
    heading = _("按主题找")
    view = TopicIndexView(heading=heading, topics=topics, counts=counts)
    return _simple(address, "home/topic_index.html", view, heading)


def build_topic(reader: SnapshotReader, address: Address) -> Built:
    reader.prepare([])
    topic = next(t for t in reader.topics() if t.slug == address.topic)
    subtopics = tuple(t for t in reader.topics() if t.parent_id == topic.id)
    wanted = {topic.id, *(sub.id for sub in subtopics)}
    cards = [card for card in reader.cards() if wanted & set(card.topic_ids)]
    groups = [
        (str(label), tuple(card for card in cards if card.kind == kind))
        for kind, label in sorted(kind_labels().items(), reverse=True)
    ]
    view = TopicView(
        topic=topic,
        subtopics=subtopics,
        groups=tuple((label, found) for label, found in groups if found),
    )
    index = Crumb(_("按主题找"), language_path("/topics/", reader.language))
    return _simple(address, "home/topic_page.html", view, topic.name, crumbs=(index,))


def build_site_map(reader: SnapshotReader, address: Address) -> Built:
    reader.prepare([])
    tree = reader.tree
    columns = []
    for row in tree.children.get(tree.home.id, []):
        card = tree.card(row.id, reader.language) if row.kind == "column" else None
        if card is not None:
            columns.append((card, subcolumns(reader, row)))
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
    if not reader.form.public_base:
        raise NothingThere(address.path)
    tree = reader.tree
    row = tree.rows[address.page_id] if address.page_id else tree.home
    cards = newest(tree.content(row.id, reader.language))
    moments = [card.updated_at or card.published_at for card in cards]
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
            "updated": max((m for m in moments if m), default=None),
        },
    )
