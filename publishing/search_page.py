"""The search page as data: found by ``search``, linked by the reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from home.indexing import IndexEntry
from home.links import AddressForm, language_path
from home.models import Portal
from publishing.addresses import Address
from publishing.answers import answer_view
from publishing.built import Built
from publishing.frame import Place
from publishing.identity import peer_base, portal_data
from publishing.light_rows import kind_models
from publishing.offline_search import file_name_of
from publishing.reader import SnapshotReader
from publishing.search_help import points_for
from publishing.tree import Tree, tree_of
from search.finding import Known
from search.offline.files import CORE
from search.pages import SearchLinks, SearchNames, SearchSources, search_view
from search.presentation import OfflineIndexView
from search.scopes import scopes_of

POPULAR_TOPICS = 12
HOME_FILE = "/index.html"


def build_search(
    reader: SnapshotReader, address: Address, params: Mapping[str, str]
) -> Built:
    reader.prepare([])
    links = SearchLinks(
        own=reader.link,
        other=lambda portal_id, path, fragment: _other(
            reader, portal_id, path, fragment
        ),
        index=_index(reader),
    )
    names = SearchNames(
        topics={topic.slug: topic.name for topic in reader.topics()},
        portals={
            portal.pk: portal_data(portal, reader.language).name
            for portal in reader.all_portals
        },
        popular_topics=_popular_topics(reader),
        wider=wider_name(reader),
    )
    sources = SearchSources(
        known=known_to(reader.all_portals, reader.tree),
        answer=lambda found: answer_view(reader, found),
        points=lambda words: points_for(reader, words),
    )
    view = search_view(reader.portal, reader.language, params, links, names, sources)
    place = Place(path=address.path, heading=_("搜索"))
    return Built("search/search_page.html", view, place)


def _index(reader: SnapshotReader) -> OfflineIndexView | None:
    if reader.form.kind == "host":
        return None
    core = reader.link(f"/{file_name_of(reader.language, CORE)}")
    home = reader.link(HOME_FILE)
    return OfflineIndexView(core.removesuffix(CORE), home.removesuffix(HOME_FILE[1:]))


def known_to(portals: Sequence[Portal], tree: Tree) -> Known:
    """What every search of a portal knows; also whether a page is public right now."""
    by_id = {portal.pk: portal for portal in portals}

    def is_public(entry: IndexEntry) -> bool:
        if entry.kind not in kind_models():
            return True
        portal = by_id.get(entry.portal_id or 0)
        if portal is None:
            return False
        row = tree_of(portal, portals).rows.get(int(entry.key.split(":")[1]))
        return row is not None and entry.language in row.languages

    return Known(portals, tree.names, is_public)


def wider_name(reader: SnapshotReader) -> str:
    """The prefecture whose portals can be searched together; "" for a single portal."""
    by_id = {portal.pk: portal for portal in reader.all_portals}
    if len(scopes_of(reader.portal.id, by_id).family) < 2:
        return ""
    root = by_id[reader.portal_row.parent_id or reader.portal.id]
    return portal_data(root, reader.language).region_name


def _other(reader: SnapshotReader, portal_id: int, path: str, fragment: str) -> str:
    portal = next((p for p in reader.all_portals if p.pk == portal_id), None)
    base = peer_base(portal, reader.form) if portal else ""
    if not base:
        return reader.link(language_path("/", reader.language))
    return AddressForm("base", base=base).href(path, source="/", fragment=fragment)


def _popular_topics(reader: SnapshotReader) -> tuple[tuple[str, str], ...]:
    """The topics with the most pages."""
    counts = reader.topic_counts()
    ranked = sorted(reader.topics(), key=lambda topic: -counts.get(topic.id, 0))
    return tuple(
        (topic.name, topic.path)
        for topic in ranked[:POPULAR_TOPICS]
        if topic.id in counts
    )
