"""The search index that an export carries: what the portal's server would find.

Entries are those of the server's index: pages that are public in a language, and in
Chinese the statutes of the portal's own library. (The server finds these for readers of
other languages too; here each language would carry thousands of provisions once more.)
Whoever keeps an ``OfflineIndex`` in memory brings it up to date with ``changed_files``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import partial
from itertools import islice

from django.utils import translation

from home.indexing import IndexEntry
from publishing.library import library_slugs
from publishing.light_rows import kind_models
from publishing.snapshot import Snapshot
from publishing.tree import default_language
from search.law_words import law_entries
from search.offline.build import OfflineIndex
from search.pages import kind_label
from search.portal_words import portal_words
from search.sources import prefetch_topics
from statutes.models import Statute

FOLDER = "search-index"
CONTENT_TYPE = "text/javascript; charset=utf-8"
_CHUNK = 200

File = tuple[str, bytes, str]  # name, body, content type


def index_of(snapshot: Snapshot, language: str) -> OfflineIndex:
    """Everything that is found in one language of a portal."""
    portals = {portal.pk: portal for portal in snapshot.portals}
    words = portal_words(snapshot.portal.pk, portals)
    return OfflineIndex.of(
        entries_of(snapshot, language),
        label=partial(_label, language),
        thesaurus=words.thesaurus,
    )


def index_files(index: OfflineIndex, language: str) -> Iterator[File]:
    for name, body in index.files():
        yield file_name_of(language, name), body, CONTENT_TYPE


def changed_files(
    index: OfflineIndex,
    snapshot: Snapshot,
    language: str,
    pages: Collection[int],
    statutes: Collection[str] = (),
) -> Iterator[tuple[str, bytes | None]]:
    """After a change of these pages and statutes (slugs): the files that may differ,
    None for one that is gone."""
    keys = {f"page:{page_id}" for page_id in pages}
    for slug in statutes:
        keys.update(index.keys_of_statute(slug))
    fresh = [*page_entries(snapshot, language, pages)]
    if language == default_language():
        held = library_slugs(snapshot.portal.exports_library, snapshot.tree)
        texts = [slug for slug in statutes if held is None or slug in held]
        fresh += _laws(snapshot, texts)
    for name in sorted(index.replace(keys, fresh)):
        yield file_name_of(language, name), index.file(name)


def file_name_of(language: str, name: str) -> str:
    return f"{FOLDER}/{language}/{name}"


def entries_of(snapshot: Snapshot, language: str) -> Iterator[IndexEntry]:
    yield from page_entries(snapshot, language, snapshot.tree.rows)
    if language == default_language():
        yield from _laws(
            snapshot, library_slugs(snapshot.portal.exports_library, snapshot.tree)
        )


def page_entries(
    snapshot: Snapshot, language: str, ids: Iterable[int]
) -> Iterator[IndexEntry]:
    """What these pages are found by in this language, those that the public may see."""
    rows = snapshot.tree.rows
    by_kind: dict[str, list[int]] = {}
    for page_id in sorted(set(ids) & rows.keys()):
        if language in rows[page_id].languages:
            by_kind.setdefault(rows[page_id].kind, []).append(page_id)
    for kind, wanted in sorted(by_kind.items()):
        waiting = iter(wanted)
        while chunk := list(islice(waiting, _CHUNK)):
            pages = kind_models()[kind]._default_manager.in_bulk(chunk).values()
            prefetch_topics(pages)
            for page in pages:
                entries = page.search_entries(snapshot.portal)
                yield from (entry for entry in entries if entry.language == language)


def _laws(snapshot: Snapshot, slugs: Collection[str] | None) -> Iterator[IndexEntry]:
    """Of these statutes, or of all, those that the portal has."""
    statutes = Statute.objects.for_portal(snapshot.portal.pk).order_by("pk")
    if slugs is not None:
        statutes = statutes.filter(slug__in=list(slugs))
    for statute in statutes.iterator(_CHUNK):
        for entry in law_entries(statute):
            if entry.language == default_language():
                yield entry


def _label(language: str, kind: str) -> str:
    with translation.override(language):
        return kind_label(kind)
