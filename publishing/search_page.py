"""The search page as data: found by ``search``, linked by the reader."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from home.links import AddressForm, language_path
from publishing.addresses import Address
from publishing.built import Built
from publishing.frame import Place, search_href
from publishing.identity import peer_base, portal_data
from publishing.light_rows import kind_models
from publishing.list_kinds import by_topic
from publishing.reader import SnapshotReader
from publishing.tree import tree_of
from search.pages import SearchLinks, SearchNames, search_view
from search.service import SearchHit

POPULAR_TOPICS = 12


def build_search(
    reader: SnapshotReader, address: Address, params: Mapping[str, str]
) -> Built:
    reader.prepare([])
    links = SearchLinks(
        own=reader.link,
        other=lambda portal_id, path, fragment: _other(
            reader, portal_id, path, fragment
        ),
        action=search_href(reader),
        is_public=lambda hit: _is_public(reader, hit),
    )
    names = SearchNames(
        topics={topic.slug: topic.name for topic in reader.topics()},
        portals={
            portal.pk: portal_data(portal, reader.language).name
            for portal in reader.all_portals
        },
        popular_topics=_popular_topics(reader),
    )
    view = search_view(reader.portal, reader.language, params, links, names)
    place = Place(path=address.path, heading=_("搜索"))
    return Built("search/search_page.html", view, place)


def _is_public(reader: SnapshotReader, hit: SearchHit) -> bool:
    """Whether a page that the index knows is public now; other kinds always are."""
    if hit.kind not in kind_models():
        return True
    portal = next((p for p in reader.all_portals if p.pk == hit.portal_id), None)
    if portal is None:
        return False
    row = tree_of(portal, reader.all_portals).rows.get(int(hit.entry.key.split(":")[1]))
    return row is not None and hit.entry.language in row.languages


def _other(reader: SnapshotReader, portal_id: int, path: str, fragment: str) -> str:
    portal = next((p for p in reader.all_portals if p.pk == portal_id), None)
    base = peer_base(portal, reader.form) if portal else ""
    if not base:
        return reader.link(language_path("/", reader.language))
    return AddressForm("base", base=base).href(path, source="/", fragment=fragment)


def _popular_topics(reader: SnapshotReader) -> tuple[tuple[str, str], ...]:
    """The topics with the most pages."""
    groups = by_topic(tuple(reader.cards()))
    ranked = sorted(reader.topics(), key=lambda topic: -len(groups.get(topic.id, [])))
    return tuple(
        (topic.name, topic.path)
        for topic in ranked[:POPULAR_TOPICS]
        if topic.id in groups
    )
