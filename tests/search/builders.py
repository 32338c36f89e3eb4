"""Index entries and engine queries for tests."""

from __future__ import annotations

from typing import Any

from home.indexing import IndexEntry
from search.engines.base import Engine, EngineResult, Filters, Query
from search.query_analysis import analyze_query

QINGSHAN = 1
BAIHE = 2


def entry(key: str, title: str, **fields: Any) -> IndexEntry:
    """An entry named like ``article:1:zh-hans``; kind and language are read from it."""
    kind, _number, *rest = key.split(":")
    values: dict[str, Any] = {
        "kind": kind,
        "portal_id": QINGSHAN,
        "language": rest[0] if rest else "zh-hans",
        "path": f"/{key.replace(':', '/')}/",
    }
    return IndexEntry(key=key, title=title, **(values | fields))


def provision(number: int, text: str, **fields: Any) -> IndexEntry:
    """A shared provision of 劳动法."""
    values: dict[str, Any] = {
        "portal_id": None,
        "body": text,
        "context": "中华人民共和国劳动法 工资",
        "statute_slug": "laodongfa",
        "number": number,
        "path": f"/laws/laodongfa/#t{number}",
    }
    return entry(f"provision:{number}", f"劳动法第{number}条", **(values | fields))


def fill(engine: Engine, *entries: IndexEntry, stamp: int = 1) -> None:
    """A new index that holds these entries, each its own owner."""
    with engine.rebuilding() as batch:
        for one in entries:
            batch.replace(one.key, [one])
        batch.publish(lambda _batch: stamp)


def change(engine: Engine, *entries: IndexEntry, stamp: int) -> None:
    with engine.writing() as batch:
        for one in entries:
            batch.replace(one.key, [one])
        batch.commit(stamp)


def find(
    engine: Engine,
    words: str,
    *,
    portals: tuple[int, ...] | None = (QINGSHAN,),
    libraries: tuple[int, ...] = (),
    language: str = "zh-hans",
    required: int = 1,
    limit: int = 10,
    offset: int = 0,
    **filters: Any,
) -> EngineResult:
    return engine.search(
        Query(
            analyze_query(words),
            Filters(language, portals, libraries, **filters),
            required,
            limit,
            offset,
        )
    )


def keys(result: EngineResult) -> list[str]:
    return [hit.entry.key for hit in result.hits]
