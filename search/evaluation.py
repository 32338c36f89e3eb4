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
from search.json_lines import read_lines
from search.learning import CANDIDATES
from search.query_analysis import AnalyzedQuery, analyze_query
from statutes.models import Provision

if TYPE_CHECKING:
    from search.learning.model import TrainedRanking

# Best provisions per question, as the judge of a run expects.
RANKED = 100


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
    """The queries of ``{"query": …}`` lines; raises ``JsonLinesError``."""
    return list(read_lines(lines, _query))


def _query(record: Any) -> str:
    query = record.get("query") if isinstance(record, dict) else None
    if not isinstance(query, str):
        raise ValueError("要有一项 query，是一句话。")
    return query


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
