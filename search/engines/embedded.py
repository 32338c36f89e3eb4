"""The embedded engine: tantivy, in the process, index files in ``SEARCH_INDEX_DIR``.

Any number of processes read; one at a time writes (``manage.py work``). A reader looks
at two small files before each search, the pointer and tantivy's own ``meta.json``, and
opens the index again where one has changed: no message between processes is needed.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import tantivy

from home.indexing import IndexEntry
from search.engine_names import EMBEDDED
from search.engines.base import (
    Batch,
    CatchUp,
    Engine,
    EngineBusyError,
    EngineHit,
    EngineNotReadyError,
    EngineResult,
    EngineStatus,
    FacetCount,
    Facets,
    Problem,
    Query,
    Rebuild,
    StoredEntry,
)
from search.engines.documents import STAMP_OWNER, digest, fingerprint
from search.engines.embedded_documents import (
    WEIGHT_UNIT,
    make_document,
    make_stamp,
    read_entry,
    schema,
)
from search.engines.embedded_queries import full_query, matching_query
from search.engines.generations import Generations, Pointer

# A delivery is small; a build of 60,000 provisions is faster with more memory.
DELIVERY_MEMORY = 30_000_000
REBUILD_MEMORY = 128_000_000
WRITER_PATIENCE = 30.0  # seconds
# A finished build is worth waiting for a long delivery.
PUBLISH_PATIENCE = 600.0
MOST_FACETS = 200


@dataclass(frozen=True, slots=True)
class _Reader:
    """An open index, and what the two files looked like before it was opened."""

    state: tuple[object, ...]
    index: tantivy.Index


class EmbeddedEngine(Engine):
    name = EMBEDDED

    def __init__(self, root: Path) -> None:
        self._generations = Generations(root)
        self._reader: _Reader | None = None
        self._lock = threading.Lock()

    # --- reading ----------------------------------------------------------------------

    def search(self, query: Query) -> EngineResult:
        searcher = self._searcher()
        if searcher is None or query.analyzed.is_empty:
            return EngineResult()
        wanted = matching_query(query, query.filters)
        total, facets = _count(searcher, query, wanted)
        if not total:
            return EngineResult(facets=facets)
        found = searcher.search(
            full_query(query, wanted),
            limit=query.limit,
            offset=query.offset,
            count=False,
            weight_by_field="weight",
        )
        hits = tuple(
            EngineHit(read_entry(searcher.doc(address)), score / WEIGHT_UNIT)
            for score, address in found.hits
        )
        return EngineResult(total, hits, facets)

    def status(self) -> EngineStatus:
        problem = self._problem()
        searcher = self._searcher()
        if searcher is None:
            return EngineStatus(self.name, False, None, 0, problem)
        stamp = _read_stamp(searcher)
        return EngineStatus(self.name, True, stamp, searcher.num_docs - 1)

    def stamp(self) -> int | None:
        searcher = self._searcher()
        return None if searcher is None else _read_stamp(searcher)

    def contents(self) -> Iterator[StoredEntry]:
        searcher = self._searcher()
        if searcher is None:
            return
        found = searcher.search(
            tantivy.Query.all_query(), limit=max(1, searcher.num_docs), count=False
        )
        for _score, address in found.hits:
            document = searcher.doc(address)
            owner = str(document["owner"][0])
            if owner != STAMP_OWNER:
                entry = read_entry(document)
                yield StoredEntry(owner, entry.key, digest(entry))

    def _problem(self) -> Problem:
        pointer = self._generations.current()
        if pointer is None:
            return "absent"
        if pointer.fingerprint != fingerprint():
            return "outdated"
        if not tantivy.Index.exists(str(self._generations.path(pointer.folder))):
            return "damaged"
        return ""

    def _searcher(self) -> tantivy.Searcher | None:
        """A view of the newest commit; None while there is no usable index."""
        pointer = self._generations.current()
        if pointer is None or pointer.fingerprint != fingerprint():
            return None
        state = self._state(pointer)
        with self._lock:
            reader = self._reader
            if state is None:
                return None
            if reader is None or reader.state[0] != pointer.folder:
                path = self._generations.path(pointer.folder)
                reader = _Reader(state, tantivy.Index.open(str(path)))
                reader.index.config_reader("manual")
                reader.index.reload()
                self._reader = reader
            elif reader.state != state:
                reader.index.reload()
                self._reader = _Reader(state, reader.index)
            return reader.index.searcher()

    def _state(self, pointer: Pointer) -> tuple[object, ...] | None:
        try:
            meta = (self._generations.path(pointer.folder) / "meta.json").stat()
        except FileNotFoundError:
            return None
        return pointer.folder, meta.st_mtime_ns, meta.st_size, meta.st_ino

    # --- writing ----------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Iterator[Batch]:
        with self._generations.delivering(WRITER_PATIENCE):
            pointer = self._generations.current()
            if problem := self._problem():
                raise EngineNotReadyError(problem)
            assert pointer is not None  # noqa: S101  (_problem has said so)
            path = self._generations.path(pointer.folder)
            index = tantivy.Index.open(str(path))
            stamp = _read_stamp(index.searcher()) or 0
            with _open_writer(index, DELIVERY_MEMORY) as writer:
                yield _EmbeddedBatch(writer, stamp)

    @contextmanager
    def rebuilding(self) -> Iterator[Rebuild]:
        with self._generations.building() as folder:
            path = self._generations.path(folder)
            index = tantivy.Index(schema(), path=str(path))
            with _open_writer(index, REBUILD_MEMORY) as writer:
                yield _EmbeddedRebuild(writer, self._generations, folder)


class _EmbeddedBatch(Batch):
    def __init__(self, writer: tantivy.IndexWriter, stamp: int) -> None:
        self._writer = writer
        self.stamp = stamp

    def replace(self, owner: str, entries: Iterable[IndexEntry]) -> int:
        self._writer.delete_documents_by_term("owner", owner)
        count = 0
        for entry in entries:
            self._writer.add_document(make_document(owner, entry))
            count += 1
        return count

    def remove_portal(self, portal_id: int) -> None:
        self._writer.delete_documents_by_term("portal", portal_id)

    def commit(self, stamp: int) -> None:
        # A change that comes a second time must not set the number back.
        self.stamp = max(stamp, self.stamp)
        self._writer.delete_documents_by_term("owner", STAMP_OWNER)
        self._writer.add_document(make_stamp(self.stamp))
        self._writer.commit()


class _EmbeddedRebuild(_EmbeddedBatch, Rebuild):
    def __init__(
        self, writer: tantivy.IndexWriter, generations: Generations, folder: str
    ) -> None:
        super().__init__(writer, 0)
        self._generations = generations
        self._folder = folder

    def publish(self, catch_up: CatchUp) -> None:
        with self._generations.delivering(PUBLISH_PATIENCE):
            self.commit(catch_up(self))
            self._generations.switch(Pointer(self._folder, fingerprint()))


@contextmanager
def _open_writer(index: tantivy.Index, memory: int) -> Iterator[tantivy.IndexWriter]:
    try:
        # One thread: this is one of several processes on a small machine.
        writer = index.writer(memory, 1)
    except ValueError as error:
        if "LockBusy" in str(error):
            raise EngineBusyError(str(error)) from error
        raise
    try:
        yield writer
    except BaseException:
        # The index itself may be what failed; then there is nothing to take back.
        with suppress(ValueError):
            writer.rollback()
        raise
    finally:
        # Frees tantivy's lock at once; waiting for the garbage collector would not.
        writer.wait_merging_threads()


def _read_stamp(searcher: tantivy.Searcher) -> int | None:
    wanted = tantivy.Query.term_query(schema(), "owner", STAMP_OWNER, "basic")
    hits = searcher.search(wanted, limit=1, count=False).hits
    return searcher.doc(hits[0][1]).get_first("stamp") if hits else None


# --- counting -------------------------------------------------------------------------


def _count(
    searcher: tantivy.Searcher, query: Query, wanted: tantivy.Query
) -> tuple[int, Facets]:
    """All hits, and the facets; each facet is counted without its own filter."""
    filters = query.filters
    without = {
        "kind": replace(filters, kind=""),
        "topic": replace(filters, topic=""),
        "year": replace(filters, year=None),
    }
    # Most searches have no filter set: then all of these are one and the same.
    counted = {
        each: searcher.aggregate(
            wanted if each == filters else matching_query(query, each), _AGGREGATIONS
        )
        for each in {filters, *without.values()}
    }
    facets = Facets.of(
        *(list(_counts(counted[without[name]][name])) for name in without)
    )
    # Every entry has one kind, so the kinds sum up to all.
    total = sum(count.count for count in _counts(counted[filters]["kind"]))
    return total, facets


_AGGREGATIONS = {
    name: {"terms": {"field": field, "size": MOST_FACETS}}
    for name, field in {"kind": "kind", "topic": "topics", "year": "year"}.items()
}


def _counts(result: dict[str, Any]) -> Iterator[FacetCount]:
    """A year comes as a number with a fraction."""
    for bucket in result["buckets"]:
        key = bucket["key"]
        value = key if isinstance(key, str) else str(int(key))
        yield FacetCount(value, int(bucket["doc_count"]))
