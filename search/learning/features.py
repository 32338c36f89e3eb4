"""What the trained ranking looks at: one row per candidate provision.

The columns are named in ``NAMES``; a model knows which version of them it was trained
on. A value is about the query, about the find, or about what was learnt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from search.analysis import character_pairs, runs
from search.engines.base import EngineHit
from search.folding import fold
from search.learning.answered import Place
from search.learning.memory import Memory, Recollection
from search.query_analysis import AnalyzedQuery

# Raised whenever a column changes its meaning: older models are not used any more.
VERSION = 1
NAMES = (
    "score_share",  # of the best candidate's score
    "score",
    "rank",
    "boost",  # the prior of the statute
    "statute_share",  # how much of the candidates' weight is in its statute
    "neighborhood_share",
    "query_length",  # in pairs
    "best_score",
    "body_length",  # in characters
    "body_overlap",  # how many of the query's pairs its text has, 0 to 1
    "like_place",
    "like_neighborhood",
    "like_statute",
    "often_place",
    "often_neighborhood",
    "often_statute",
    "nearest_question",
)
# How fast the weight of a candidate falls with its score, as a share of the best.
_SHARPNESS = 0.15

Features = NDArray[np.float32]


def features(
    analyzed: AnalyzedQuery,
    hits: Sequence[EngineHit],
    memory: Memory,
    recollection: Recollection,
) -> Features:
    """Shape (hits, names). ``hits`` are provisions, best first, at least one."""
    best = max(hits[0].score, 1e-6)
    places = [Place.of(hit.entry) for hit in hits]
    weights = np.exp([(hit.score - best) / (best * _SHARPNESS) for hit in hits])
    weights /= weights.sum()
    by_statute = _sums([place.statute for place in places], weights)
    by_neighborhood = _sums([place.neighborhood for place in places], weights)
    pairs = frozenset(analyzed.pairs)
    rows = [
        (
            hit.score / best,
            hit.score,
            rank,
            hit.entry.boost,
            by_statute[place.statute],
            by_neighborhood[place.neighborhood],
            len(pairs),
            best,
            len(hit.entry.body),
            _overlap(pairs, hit.entry.body),
            *memory.values(recollection, place),
        )
        for rank, (hit, place) in enumerate(zip(hits, places, strict=True))
    ]
    return np.array(rows, dtype=np.float32)


def _sums(
    units: Sequence[Hashable], weights: NDArray[np.float64]
) -> dict[Hashable, float]:
    sums: Counter[Hashable] = Counter()
    for unit, weight in zip(units, weights, strict=True):
        sums[unit] += float(weight)  # type: ignore[assignment]
    return dict(sums)


def _overlap(pairs: frozenset[str], body: str) -> float:
    held: set[str] = set()
    for run in runs(fold(body)):
        held.update(character_pairs(run.text) if run.is_han else (run.text,))
    return len(pairs & held) / max(1, len(pairs))
