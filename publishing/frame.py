"""What surrounds a page: menu, breadcrumb, language switch, identities, head tags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from home.links import language_path
from home.presentation import Crumb, Frame, HeadTags, LanguageLink, MenuItem
from home.wording.translating import gettext as _
from media.presentation import shown
from publishing.light_rows import PageRow
from publishing.reader import SnapshotReader
from publishing.shared_parts import common
from publishing.site_frame import SiteFrame
from publishing.tree import default_language


@dataclass(slots=True)
class Place:
    """Where a page stands: what the frame needs to know of it."""

    path: str  # logical, with language prefix
    heading: str = ""
    row: PageRow | None = None
    crumbs: Sequence[Crumb] = ()  # between the home page and this page
    languages: frozenset[str] | None = None  # None: in every language of the portal
    translated_path: str = ""  # what the language switch leads to, where not ``path``
    head: dict[str, str] = field(default_factory=dict)
    is_preview: bool = False


def build_frame(reader: SnapshotReader, place: Place) -> Frame:
    language, site = reader.language, reader.site()
    logo = shown(reader.picture(site.logo_id))
    home_path = language_path("/", language)
    hrefs = common(reader, "searching", lambda: searching(reader))
    return Frame(
        portal=reader.portal,
        hosting=site.hosting,
        publisher=replace(site.publisher, logo=logo) if logo else site.publisher,
        menu=menu(reader, site, place, home_path),
        breadcrumb=breadcrumb(place, home_path),
        language=language,
        direction="rtl" if language in settings.LANGUAGES_BIDI else "ltr",
        languages=language_links(reader, place),
        parent=site.parent,
        children=site.children,
        head=head_tags(reader, place),
        home_path=home_path,
        search_href=hrefs[0],
        offline_search_href=hrefs[1],
        suggest_href=hrefs[2],
        is_preview=place.is_preview,
        standard_pages=site.standard_pages,
        channel=reader.form.channel,
    )


def searching(reader: SnapshotReader) -> tuple[str, str, str]:
    return search_href(reader), offline_search_href(reader), suggest_href(reader)


def search_href(reader: SnapshotReader) -> str:
    """Where a search is answered: by a server, or by the page of the export itself."""
    path = language_path("/search/", reader.language)
    if _is_served(reader):
        return reader.portal.service_base + path
    return reader.link(path)


def offline_search_href(reader: SnapshotReader) -> str:
    """Where an export searches by itself when its server does not answer."""
    if not _is_served(reader):
        return ""
    return reader.link(language_path("/search/", reader.language))


def _is_served(reader: SnapshotReader) -> bool:
    """Whether these files have a server that answers elsewhere."""
    form = reader.form
    is_export = form.kind != "host"
    return is_export and form.channel.is_online and bool(reader.portal.service_base)


def suggest_href(reader: SnapshotReader) -> str:
    """Where suggestions come from: the API of the server that answers searches."""
    code = reader.language
    path = _suggest_path()
    if code != default_language():
        path += f"?lang={code}"
    if reader.form.kind == "host":
        return path
    if reader.portal.service_base and reader.form.channel.is_online:
        return reader.portal.service_base + path
    return ""


@cache
def _suggest_path() -> str:
    return reverse("api_v2:suggest:listing")


def menu(
    reader: SnapshotReader, site: SiteFrame, place: Place, home_path: str
) -> tuple[MenuItem, ...]:
    own = place.row.tree_path if place.row is not None else ""
    current = (
        place.path == home_path,
        *[own.startswith(column.tree_path) for column in site.menu],
    )

    def items() -> tuple[MenuItem, ...]:
        named = [(_("首页"), home_path), *((it.heading, it.path) for it in site.menu)]
        return tuple(
            MenuItem(heading, path, is_current=is_current)
            for (heading, path), is_current in zip(named, current, strict=True)
        )

    return common(reader, ("menu", current), items)


def breadcrumb(place: Place, home_path: str) -> tuple[Crumb, ...]:
    if place.path == home_path:
        return ()
    return (
        Crumb(_("首页"), home_path),
        *place.crumbs,
        Crumb(place.heading, place.path),
    )


def tree_crumbs(reader: SnapshotReader, row: PageRow) -> tuple[Crumb, ...]:
    """The columns above a page, the home page left out."""
    above = reader.above(row.id)
    cards = (reader.card(parent.id) for parent in above if parent.kind != "home")
    return tuple(Crumb(card.heading, card.path) for card in cards if card)


def language_links(reader: SnapshotReader, place: Place) -> tuple[LanguageLink, ...]:
    """One entry per language of the portal; an untranslated page leads to the Chinese."""
    languages = reader.portal.languages
    if len(languages) < 2:
        return ()
    plain = plain_path(place.translated_path or place.path, reader.language)
    names = dict(settings.LANGUAGES)
    spoken = reader.spoken()
    available = spoken if place.languages is None else place.languages & spoken

    def path_in(code: str) -> str:
        for found in (code, default_language()):
            if found in available:
                return language_path(plain, found)
        return language_path("/", code if code in spoken else default_language())

    return tuple(
        LanguageLink(
            code=code,
            label=str(names[code]),
            path=path_in(code),
            is_current=code == reader.language,
            is_translated=code in available,
            # Where there is no Chinese page either, the link leads to the home page.
            notice=only_in_chinese(code) if default_language() in available else "",
        )
        for code in languages
    )


def only_in_chinese(code: str) -> str:
    """What a reader of this language is told on a page without a translation."""
    with translation.override(code):
        return _("本页暂时没有您选择的文字版本，以下是中文内容。")


def plain_path(path: str, language: str) -> str:
    return path if language == default_language() else path[len(language) + 1 :]


def head_tags(reader: SnapshotReader, place: Place) -> HeadTags:
    """Head tags; the address of the page only where it is known."""
    absolute = reader.form.absolute(place.path)
    is_home = place.path == language_path("/", reader.language)
    title = reader.portal.name if is_home else f"{place.heading} - {reader.portal.name}"
    return HeadTags(
        **{"title": title, "url": absolute, "canonical": absolute, **place.head}
    )
