"""How good the whole search is: what a portal shows first, against a file of judgements.

Graded relevance and nDCG@10, as in information retrieval: a hit of grade g is worth
2^g - 1, less the further down it stands, and the sum is divided by that of the best
order there could be.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from home.models import Portal
from search.engines.base import Searcher
from search.json_lines import read_lines
from search.service import Known, SearchRequest, search

DEPTH = 10  # a first page
HIGHEST_GRADE = 3


@dataclass(frozen=True, slots=True)
class Judged:
    """``grades``: 0 to 3 by ``<kind>:<path>``, the logical path in the portal."""

    query: str
    grades: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Outcome:
    judged: Judged
    shown: tuple[str, ...]  # as the reader meets them, the direct answer first
    ndcg: float


def read_judgements(lines: Iterable[str]) -> list[Judged]:
    """Raises ``JsonLinesError``; a query is judged once."""
    known: set[str] = set()

    def parse(data: Any) -> Judged:
        judged = _judged(data)
        if judged.query in known:
            raise ValueError("这句话前面已经评过了。")
        known.add(judged.query)
        return judged

    return list(read_lines(lines, parse))


def _judged(data: Any) -> Judged:
    if not isinstance(data, dict) or set(data) != {"query", "judgements"}:
        raise ValueError("要有 query 和 judgements 两项，没有别的。")
    query, grades = data["query"], data["judgements"]
    if not isinstance(query, str) or not query.strip():
        raise ValueError("query 要是一句话。")
    if not isinstance(grades, dict):
        raise ValueError("judgements 要是“种类:路径”和等级的对照。")
    for name, grade in grades.items():
        kind, _colon, path = name.partition(":")
        if not kind or not path.startswith("/"):
            raise ValueError(f"“{name}”不是“种类:路径”，例如 question:/wenda/…/。")
        if type(grade) is not int or not 0 <= grade <= HIGHEST_GRADE:
            raise ValueError(f"“{name}”的等级不是 0 到 {HIGHEST_GRADE} 的整数。")
    if not any(grades.values()):
        raise ValueError("没有一项的等级大于 0，排得再好也没有分。")
    return Judged(query, grades)


def evaluate(
    judgements: Iterable[Judged],
    portal: Portal,
    engine: Searcher,
    report: Callable[[], Any] = lambda: None,
) -> Iterator[Outcome]:
    """What the portal shows for each query, by the function that readers use."""
    known = Known(portals=tuple(Portal.objects.with_identity()))
    for judged in judgements:
        shown = _shown(judged.query, portal, engine, known)
        report()
        yield Outcome(judged, shown, ndcg(shown, judged.grades))


def _shown(
    query: str, portal: Portal, engine: Searcher, known: Known
) -> tuple[str, ...]:
    result = search(SearchRequest(query, portal.pk), engine, known=known)
    answered = (result.answer.entry,) if result.answer else ()
    entries = (*answered, *(hit.entry for hit in result.hits))
    # The answer is among the hits as well, and counts once.
    names = dict.fromkeys(f"{entry.kind}:{entry.path}" for entry in entries)
    return tuple(names)[:DEPTH]


def ndcg(shown: Sequence[str], grades: Mapping[str, int]) -> float:
    """From 0 to 1; what nobody has judged is worth nothing."""
    best = _gain(sorted(grades.values(), reverse=True))
    return _gain([grades.get(name, 0) for name in shown]) / best if best else 0.0


def _gain(grades: Sequence[int]) -> float:
    return math.fsum(
        (2**grade - 1) / math.log2(place + 1)
        for place, grade in enumerate(grades[:DEPTH], start=1)
    )


def mean(outcomes: Sequence[Outcome]) -> float:
    return math.fsum(outcome.ndcg for outcome in outcomes) / max(1, len(outcomes))


def table(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """One line per query, the worst first, with what should be in the first three."""
    for outcome in sorted(outcomes, key=lambda outcome: outcome.ndcg):
        grades = outcome.judged.grades
        top = max(grades.values())
        missed = [
            name
            for name, grade in grades.items()
            if grade == top and name not in outcome.shown[:3]
        ]
        line = f"{outcome.ndcg:.3f}  {outcome.judged.query}"
        yield f"{line}  ← {'、'.join(missed)}" if missed else line
