"""The numbers of ranking, read from ``search/data/ranking.yaml``. Pure code."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Any

from search.analysis import character_pairs, runs
from search.lexicon import DATA_DIR, read_data


@dataclass(frozen=True, slots=True)
class KindRanking:
    boost: float
    has_heading: bool


@dataclass(frozen=True, slots=True)
class StatuteRanking:
    """How much the prior of a statute counts, and that of a repealed one."""

    weight: float
    repealed: float


@dataclass(frozen=True, slots=True)
class Matching:
    """Up to so many concepts all must hold, of more this share."""

    all_up_to: int
    share: float


@dataclass(frozen=True, slots=True)
class Ranking:
    kinds: dict[str, KindRanking]
    statutes: StatuteRanking
    fields: dict[str, float]
    alternatives_tie: float
    least_similarity: float
    exact_wording: float
    candidates: int
    keywords: Matching
    sentence: Matching

    def kind(self, kind: str) -> KindRanking:
        return self.kinds.get(kind, self.kinds["default"])

    def required(self, concepts: int, *, is_sentence: bool) -> int:
        """How many of so many concepts a hit must hold."""
        rule = self.sentence if is_sentence else self.keywords
        if concepts <= rule.all_up_to:
            return concepts
        return max(rule.all_up_to, math.ceil(concepts * rule.share))


@cache
def ranking() -> Ranking:
    data = read_data(DATA_DIR / "ranking.yaml")
    return Ranking(
        kinds={
            name: KindRanking(entry["boost"], entry["heading"])
            for name, entry in data["kinds"].items()
        },
        statutes=StatuteRanking(
            data["statutes"]["weight"], data["statutes"]["repealed"]
        ),
        fields={name: entry["weight"] for name, entry in data["fields"].items()},
        alternatives_tie=data["alternatives"]["tie"],
        least_similarity=data["wording"]["least"],
        exact_wording=data["wording"]["exact"],
        candidates=data["wording"]["candidates"],
        keywords=_matching(data["matching"]["keywords"]),
        sentence=_matching(data["matching"]["sentence"]),
    )


def _matching(entry: dict[str, Any]) -> Matching:
    return Matching(entry["all_up_to"], entry["share"])


def similarity(first: str, second: str) -> float:
    """How much two wordings (``analysis.wording_key``) share, from 0 to 1.

    >>> similarity("不给工钱怎么办", "不给工钱怎么办")
    1.0
    """
    if first == second:
        return 1.0 if first else 0.0
    one, other = _parts(first), _parts(second)
    if not one or not other:
        return 0.0
    return 2 * len(one & other) / (len(one) + len(other))


def _parts(wording: str) -> set[str]:
    parts: set[str] = set()
    for run in runs(wording):
        parts.update(character_pairs(run.text) if run.is_han else [run.text])
    return parts
