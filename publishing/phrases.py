"""What a portal may suggest to somebody who types: the words of its public pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.db.models import QuerySet

from home.links import AddressForm, language_path
from home.models import Portal
from publishing.addresses import Address
from publishing.reader import SnapshotReader
from publishing.snapshot import Snapshot
from publishing.tree import default_language
from search.phrases import Phrase, Said
from statutes.models import Statute
from statutes.names import without_country
from statutes.paths import statute_path


def public_phrases(portal_id: int, language: str, portals: Sequence[Portal]) -> Said:
    """Titles and wordings of pages, topics that have pages, names of statutes."""
    portal = next((row for row in portals if row.pk == portal_id), None)
    if portal is None:
        return Said(())
    snapshot = Snapshot.of(portal, portals)
    if language not in snapshot.tree.spoken:
        return Said(())
    address = Address(language_path("/", language), "page", language)
    reader = snapshot.reader(address, AddressForm("host"))
    phrases = (*_pages(reader), *_topics(reader), *_shared_statutes(portals))
    local = Statute.objects.for_portal(portal.pk).exclude(portal=None)
    return Said(phrases, lambda: _names(local))


def _pages(reader: SnapshotReader) -> Iterator[Phrase]:
    for page_id, row in reader.tree.rows.items():
        card = reader.card(page_id) if row.kind != "home" else None
        if card is None or card.language != reader.language:
            continue
        yield Phrase(card.heading, card.kind, card.path)
        for line in _wordings(reader, page_id).splitlines():
            if line.strip():
                yield Phrase(line.strip(), card.kind, card.path)


def _wordings(reader: SnapshotReader, page_id: int) -> str:
    """Other wordings in this very language: facts fall back to the Chinese."""
    own = str(reader.facts(page_id).get("wordings", ""))
    if reader.language == default_language():
        return own
    chinese = reader.tree.details.facts(page_id, default_language())
    return "" if own == chinese.get("wordings", "") else own


def _topics(reader: SnapshotReader) -> Iterator[Phrase]:
    tree = reader.tree
    used = tree.card_list(tree.home.id, reader.language).topics
    for topic in reader.topics():
        if topic.id in used:
            yield Phrase(topic.name, "topic", topic.path, len(used[topic.id]))


_shared: dict[str, tuple[int, tuple[Phrase, ...]]] = {}


def _shared_statutes(portals: Sequence[Portal]) -> tuple[Phrase, ...]:
    """The texts that all portals share, by each of their names.

    They are read again when something shared has changed: that moves the change number
    of every portal (``publishing.shared``).
    """
    guard = min(row.change_number for row in portals)
    known = _shared.get("statutes")
    if known is None or known[0] != guard:
        shared = Statute.objects.filter(portal=None)
        known = _shared["statutes"] = (guard, tuple(_names(shared)))
    return known[1]


def _names(statutes: QuerySet[Statute]) -> Iterator[Phrase]:
    """One query; a statute comes once for each of its further names."""
    held = statutes.filter(
        versions__is_current=True, versions__language=settings.LANGUAGE_CODE
    )
    rows = held.order_by("pk").values_list("slug", "title", "short_name", "names__name")
    said: set[str] = set()
    for slug, title, short_name, name in rows:
        for text in (short_name or without_country(title), title, name):
            if text and text not in said:
                said.add(text)
                yield Phrase(text, "statute", statute_path(slug))


def forget_statutes() -> None:
    """For tests, whose rolled-back change numbers come again."""
    _shared.clear()
