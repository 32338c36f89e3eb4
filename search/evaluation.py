"""Rank provisions for questions of lay people, for an outside judge to score."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from search.engines.base import (
    LIBRARY_LANGUAGE,
    EngineHit,
    Filters,
    Query,
    Searcher,
)
from search.learning import CANDIDATES
from search.query_analysis import AnalyzedQuery, analyze_query
from statutes.models import Provision

if TYPE_CHECKING:
    from search.learning.model import TrainedRanking

# Best provisions per question, as the judge of a run expects.
RANKED = 100


class QuestionFileError(Exception):
    """A line of the question file is not what it should be."""


@dataclass(frozen=True, slots=True)
class Ranking:
    query: str
    ranked: list[dict[str, str]]  # {"law": full title, "article_no": "第…条"}
    milliseconds: float

    def line(self, *, with_time: bool = False) -> str:
        """Without the time, the same ranking is the same text in every run."""
        record: dict[str, Any] = {"query": self.query, "ranked": self.ranked}
        if with_time:
            record["ms"] = round(self.milliseconds, 3)
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


def provision_query(analyzed: AnalyzedQuery, limit: int) -> Query:
    """The shared law library in its latest versions."""
    filters = Filters(language=LIBRARY_LANGUAGE, portals=(), kind="provision")
    return Query(analyzed, filters, required=1, limit=limit)


def rank_all(
    queries: Iterable[str],
    engine: Searcher,
    trained: TrainedRanking | None = None,
    report: Callable[[], Any] = lambda: None,
) -> Iterator[Ranking]:
    """The best provisions for each query, with the time that finding them took.

    Without ``trained`` nothing that was learnt has a say.
    """
    places = {
        f"provision:{pk}": {"law": title, "article_no": label}
        for pk, title, label in Provision.objects.filter(
            version__is_current=True, version__language=LIBRARY_LANGUAGE
        ).values_list("pk", "version__statute__title", "label")
    }
    for query in queries:
        started = time.perf_counter()
        analyzed = analyze_query(query)
        hits = _best(analyzed, engine, trained)[:RANKED]
        took = (time.perf_counter() - started) * 1000
        found = [places[hit.entry.key] for hit in hits if hit.entry.key in places]
        report()
        yield Ranking(query, found, took)


def _best(
    analyzed: AnalyzedQuery, engine: Searcher, trained: TrainedRanking | None
) -> Sequence[EngineHit]:
    if analyzed.is_empty:
        return ()
    if trained is None:
        return engine.search(provision_query(analyzed, RANKED)).hits
    return trained.rank(
        analyzed, engine.search(provision_query(analyzed, CANDIDATES)).hits
    )
