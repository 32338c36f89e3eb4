"""Rank provisions for questions of lay people, for an outside judge to score."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from search.engines.base import LIBRARY_LANGUAGE, Filters, Query, Searcher
from search.query_analysis import analyze_query
from statutes.models import Provision

# Best provisions per question, as the judge of a run expects.
RANKED = 100


class QuestionFileError(Exception):
    """A line of the question file is not what it should be."""


@dataclass(frozen=True, slots=True)
class Ranking:
    query: str
    ranked: list[dict[str, str]]  # {"law": full title, "article_no": "第…条"}
    milliseconds: float

    def line(self) -> str:
        record = {
            "query": self.query,
            "ranked": self.ranked,
            "ms": round(self.milliseconds, 3),
        }
        return json.dumps(record, ensure_ascii=False)


def read_questions(lines: Iterable[str]) -> list[str]:
    """The queries of a file of JSON lines; raises ``QuestionFileError`` with the line."""
    queries = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            query = json.loads(line)["query"]
        except (ValueError, KeyError, TypeError) as error:
            raise QuestionFileError(
                f"第 {number} 行不是 {{'query': …}} 这样的 JSON。"
            ) from error
        if not isinstance(query, str):
            raise QuestionFileError(f"第 {number} 行的 query 不是文字。")
        queries.append(query)
    return queries


def rank_all(
    queries: Iterable[str], engine: Searcher, report: Callable[[], Any] = lambda: None
) -> Iterator[Ranking]:
    """The best provisions of the shared law library for each query, in their latest
    versions, with the time the engine took."""
    places = {
        f"provision:{pk}": {"law": title, "article_no": label}
        for pk, title, label in Provision.objects.filter(
            version__is_current=True, version__language=LIBRARY_LANGUAGE
        ).values_list("pk", "version__statute__title", "label")
    }
    filters = Filters(language=LIBRARY_LANGUAGE, portals=(), kind="provision")
    for query in queries:
        started = time.perf_counter()
        analyzed = analyze_query(query)
        hits = (
            engine.search(Query(analyzed, filters, required=1, limit=RANKED)).hits
            if not analyzed.is_empty
            else ()
        )
        took = (time.perf_counter() - started) * 1000
        found = [places[hit.entry.key] for hit in hits if hit.entry.key in places]
        report()
        yield Ranking(query, found, took)
