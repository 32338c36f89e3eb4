"""What surrounds a page: menu, breadcrumb, language switch, identities, head tags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from home.links import language_path
from home.presentation import Crumb, Frame, HeadTags, LanguageLink, MenuItem
from home.translating import gettext as _
from media.presentation import shown
from publishing.identity import hosting_data, publisher_data
from publishing.light_rows import PageRow
from publishing.reader import SnapshotReader
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
    portal, language = reader.portal_row, reader.language
    publisher = getattr(portal.site, "publisheridentity", None)
    logo = shown(reader.picture(publisher.logo_id)) if publisher else None
    home_path = language_path("/", language)
    parent = next((p for p in reader.all_portals if p.pk == portal.parent_id), None)
    return Frame(
        portal=reader.portal,
        hosting=hosting_data(portal, language),
        publisher=publisher_data(portal, language, logo),
        menu=tuple(menu_items(reader, place)),
        breadcrumb=breadcrumb(place, home_path),
        language=language,
        direction="rtl" if language in settings.LANGUAGES_BIDI else "ltr",
        languages=language_links(reader, place),
        parent=reader.portal_link(parent) if parent else None,
        children=tuple(reader.portals()),
        head=head_tags(reader, place),
        home_path=home_path,
        search_href=search_href(reader),
        suggest_href=suggest_href(reader),
        is_preview=place.is_preview,
        standard_pages=standard_pages(reader),
        channel=reader.form.channel,
    )


def standard_pages(reader: SnapshotReader) -> tuple[Crumb, ...]:
    """The pages that every page links to, where the portal has them; in Chinese where
    they are not translated."""
    labels = {
        "privacy": _("隐私说明"),
        "accessibility": _("无障碍声明"),
        "errors": _("找错和纠错"),
    }
    cards = {
        reader.facts(row.id).get("purpose"): reader.card(row.id)
        for row in reader.tree.of_kind("information")
    }
    return tuple(
        Crumb(label, card.path)
        for purpose, label in labels.items()
        if (card := cards.get(purpose)) is not None
    )


def search_href(reader: SnapshotReader) -> str:
    """Where a search is answered: this server, the service base, or nowhere."""
    path = language_path("/search/", reader.language)
    if reader.form.kind == "host":
        return reader.link(path)
    if reader.portal.service_base and reader.form.channel.is_online:
        return reader.portal.service_base + path
    return ""


def suggest_href(reader: SnapshotReader) -> str:
    """Where suggestions come from: the API of the server that answers searches."""
    code = reader.language
    path = reverse("api_v2:suggest:listing")
    if code != default_language():
        path += f"?lang={code}"
    if reader.form.kind == "host":
        return path
    if reader.portal.service_base and reader.form.channel.is_online:
        return reader.portal.service_base + path
    return ""


def menu_items(reader: SnapshotReader, place: Place) -> list[MenuItem]:
    """The columns marked for the menu that hold something (checklist 3.4)."""
    tree, language = reader.tree, reader.language
    home = language_path("/", language)
    items = [MenuItem(_("首页"), home, is_current=place.path == home)]
    for row in tree.children.get(tree.home.id, []):
        if row.kind != "column" or not row.show_in_menus:
            continue
        card = tree.card(row.id, language)
        if card is None or not tree.holds_something(row, card.language):
            continue
        inside = place.row is not None and place.row.tree_path.startswith(row.tree_path)
        items.append(MenuItem(card.heading, card.path, is_current=inside))
    return items


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
    cards = (
        reader.card(above.id)
        for above in reader.tree.ancestors(row)
        if above.kind != "home"
    )
    return tuple(Crumb(card.heading, card.path) for card in cards if card)


def language_links(reader: SnapshotReader, place: Place) -> tuple[LanguageLink, ...]:
    """One entry per language of the portal; an untranslated page leads to the Chinese."""
    languages = reader.portal.languages
    if len(languages) < 2:
        return ()
    plain = plain_path(place.translated_path or place.path, reader.language)
    names = dict(settings.LANGUAGES)
    spoken = reader.tree.spoken
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
