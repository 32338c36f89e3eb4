"""The Elasticsearch engine: one index per build behind an alias, on a server of its own.

Any number of processes search; one at a time writes (``manage.py work``), which a lock
on this machine sees to, so the worker and ``search_index rebuild`` run on one machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError
from elasticsearch.helpers import BulkIndexError

from search.engine_names import ELASTICSEARCH
from search.engines.base import (
    Batch,
    Engine,
    EngineHit,
    EngineNotReadyError,
    EngineResult,
    EngineStatus,
    EngineUnavailableError,
    FacetCount,
    Facets,
    Problem,
    Query,
    Rebuild,
    StoredEntry,
)
from search.engines.documents import STAMP_OWNER, digest, unpack
from search.engines.elasticsearch_documents import EntryDocument, Names, template
from search.engines.elasticsearch_queries import search_body
from search.engines.elasticsearch_writing import IndexBatch, IndexRebuild
from search.engines.locks import hold

# Seconds. A visitor waits for no longer than this before the other engine answers.
SEARCH_TIMEOUT = 2.0
STATUS_TIMEOUT = 1.0
# Other receivers of changes wait behind a write.
WRITE_TIMEOUT = 20.0
WRITER_PATIENCE = 30.0
BUILD_PATIENCE = 1.0


class ElasticsearchEngine(Engine):
    name = ELASTICSEARCH

    def __init__(self, client: Elasticsearch, prefix: str, lock_dir: Path) -> None:
        self._searching = client.options(request_timeout=SEARCH_TIMEOUT)
        self._asking = client.options(request_timeout=STATUS_TIMEOUT)
        self._client = client.options(request_timeout=WRITE_TIMEOUT)
        self._prefix = prefix
        self._names = Names(prefix)
        self._delivery_lock = lock_dir / f"{prefix}.delivery.lock"
        self._build_lock = lock_dir / f"{prefix}.build.lock"

    # --- reading ----------------------------------------------------------------------

    def search(self, query: Query) -> EngineResult:
        if query.analyzed.is_empty:
            return EngineResult()
        answer = self._ask(search_body(query))
        if answer is None:
            return EngineResult()
        found = answer["hits"]
        hits = tuple(
            EngineHit(unpack(hit["_source"]["entry"]), hit["_score"])
            for hit in found["hits"]
        )
        return EngineResult(found["total"]["value"], hits, _facets(answer))

    def _ask(self, body: dict[str, Any]) -> Any | None:
        """The server's answer; None where there is no index of this version.

        A search that comes while the alias moves on may find the old index gone. Then
        the alias leads to the new one.
        """
        with _reaching():
            for _attempt in range(2):
                try:
                    return self._searching.search(
                        index=self._names.alias,
                        allow_partial_search_results=False,
                        **body,
                    )
                except NotFoundError:
                    pass
        return None

    def status(self) -> EngineStatus:
        try:
            with _reaching():
                problem = self._problem()
                stamp = None if problem else self._read_stamp()
                if stamp is None:
                    return self._not_ready(problem or "damaged")
                count = self._asking.count(index=self._names.alias)["count"]
        except EngineUnavailableError:
            return self._not_ready("unreachable")
        return EngineStatus(self.name, True, stamp, count - 1)

    def stamp(self) -> int | None:
        with _reaching():
            return self._read_stamp()

    def contents(self) -> Iterator[StoredEntry]:
        search = EntryDocument.search(using=self._client, index=self._names.alias)
        search = search.exclude("term", owner=STAMP_OWNER).params(size=1000)
        with _reaching():
            for found in search.source(["owner", "entry"]).scan():
                entry = unpack(found.entry.to_dict())
                yield StoredEntry(found.owner, entry.key, digest(entry))

    def _not_ready(self, problem: Problem) -> EngineStatus:
        return EngineStatus(self.name, False, None, 0, problem)

    def _problem(self) -> Problem:
        aliases = self._aliases()
        if self._names.alias in aliases:
            return ""
        return "outdated" if aliases else "absent"

    def _aliases(self) -> set[str]:
        """The aliases of this installation, of every version."""
        found = self._asking.indices.get_alias(name=self._names.every_alias)
        return {alias for index in found.values() for alias in index["aliases"]}

    def _read_stamp(self) -> int | None:
        try:
            found = self._asking.search(
                index=self._names.alias,
                query={"term": {"owner": STAMP_OWNER}},
                size=1,
                source={"includes": ["stamp"]},
            )
        except NotFoundError:
            return None
        hits = found["hits"]["hits"]
        return hits[0]["_source"]["stamp"] if hits else None

    # --- writing ----------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Iterator[Batch]:
        with hold(self._delivery_lock, WRITER_PATIENCE), _reaching():
            if problem := self._problem():
                raise EngineNotReadyError(problem)
            # What a killed writer had sent becomes visible, to be replaced.
            self._client.indices.refresh(index=self._names.alias)
            stamp = self._read_stamp()
            if stamp is None:
                raise EngineNotReadyError("damaged")
            yield IndexBatch(
                self._client, self._names.alias, stamp, must_exist_as_alias=True
            )

    @contextmanager
    def rebuilding(self) -> Iterator[Rebuild]:
        """A new index; what a killed build left behind goes with the old one."""
        with hold(self._build_lock, BUILD_PATIENCE), _reaching():
            self._ask_for_an_answer()
            template(self._prefix).save(using=self._client)
            index = self._make_index()
            try:
                yield IndexRebuild(
                    self._client, self._names, index, self._delivery_lock
                )
            finally:
                self._discard_unless_live(index)

    def _discard_unless_live(self, index: str) -> None:
        """A server that fails just now keeps it until the next build."""
        with suppress(ApiError, TransportError):
            aliases = self._asking.indices.get_alias(name=self._names.every_alias)
            if index not in aliases:
                self._asking.indices.delete(index=index, ignore_unavailable=True)

    def _ask_for_an_answer(self) -> None:
        """Before anything slow is tried."""
        self._asking.info()

    def _make_index(self) -> str:
        known = self._client.indices.get(index=self._names.every_index)
        number = 1 + max((self._names.number(name) for name in known), default=0)
        index = self._names.index(number)
        self._client.indices.create(index=index)
        return index


@contextmanager
def _reaching() -> Iterator[None]:
    """Whatever the server or the way to it refuses is one error to the callers."""
    try:
        yield
    except BulkIndexError as error:
        raise EngineUnavailableError(_first_line(error.errors[0])) from error
    except (ApiError, TransportError) as error:
        raise EngineUnavailableError(_first_line(error)) from error


def _first_line(error: object) -> str:
    return str(error).partition("\n")[0][:300]


# --- counting -------------------------------------------------------------------------


def _facets(answer: Any) -> Facets:
    counts = {
        name: [
            FacetCount(str(bucket["key"]), bucket["doc_count"])
            for bucket in facet["values"]["buckets"]
        ]
        for name, facet in answer["aggregations"].items()
    }
    return Facets.of(counts["kind"], counts["topic"], counts["year"])
