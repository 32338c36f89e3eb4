"""What the answered questions say about a new one: by likeness, and by frequency.

Three relations between a question and a provision are counted at three levels (the
provision itself, its neighborhood, its statute): how alike the questions are that it
answers, and how often it answers any. Sources: nearest-neighbor and popularity features
as usual in learning to rank (Liu, Learning to Rank for Information Retrieval, 2009).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack

from search.learning.answered import AnsweredQuestion, Place
from search.query_analysis import AnalyzedQuery, analyze_query

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]
# Likeness of two questions, 0 to 1, to these powers: one question that is nearly the
# same says more than many that share a word.
_PLACE_POWER, _AREA_POWER = 3, 2


@dataclass(frozen=True, slots=True)
class Level:
    """Which questions (rows) are answered by which units (columns)."""

    columns: dict[Hashable, int]
    answers: csr_matrix

    @classmethod
    def of(cls, units: Sequence[frozenset[Hashable]]) -> Level:
        columns: dict[Hashable, int] = {}
        for row in units:
            for unit in sorted(row, key=repr):
                columns.setdefault(unit, len(columns))
        rows = [number for number, row in enumerate(units) for _unit in row]
        places = [columns[unit] for row in units for unit in row]
        shape = (len(units), len(columns))
        return cls(columns, csr_matrix((np.ones(len(rows)), (rows, places)), shape))


@dataclass(frozen=True, slots=True)
class Recollection:
    """Of one query: values by column of the three levels."""

    places: Vector
    place_counts: Vector
    areas: tuple[Vector, Vector]  # neighborhoods, statutes
    area_counts: tuple[Vector, Vector]
    nearest: float


class Memory:
    """The answered questions of an installation, ready to be compared with."""

    def __init__(self, questions: Sequence[AnsweredQuestion]) -> None:
        self.questions = tuple(questions)
        tokens = [_tokens(analyze_query(each.query)) for each in questions]
        self._vocabulary: dict[str, int] = {}
        for row in tokens:
            for token in sorted(row):
                self._vocabulary.setdefault(token, len(self._vocabulary))
        counts = Counter(token for row in tokens for token in row)
        self._weights = {
            token: math.log(1 + len(tokens) / count) for token, count in counts.items()
        }
        self._unknown_weight = math.log(1 + len(tokens))
        self._vectors = vstack(
            [csr_matrix(self._vector(row)) for row in tokens]
        ).tocsr()
        provisions = [each.provisions for each in questions]
        self.places = Level.of([frozenset[Hashable](row) for row in provisions])
        self.neighborhoods = Level.of(
            [frozenset(place.neighborhood for place in row) for row in provisions]
        )
        self.statutes = Level.of(
            [frozenset(place.statute for place in row) for row in provisions]
        )

    def likeness(self, analyzed: AnalyzedQuery) -> Vector:
        """How much each answered question is like this one, 0 to 1."""
        return self._vectors @ self._vector(_tokens(analyzed))

    def recall(self, likeness: Vector, asked: Vector) -> Recollection:
        """``asked``: 1 for each question that may be remembered, else 0."""
        allowed = likeness * asked
        share = asked * (100.0 / max(1.0, float(asked.sum())))
        near = allowed**_AREA_POWER
        return Recollection(
            places=np.cbrt(self.places.answers.T @ allowed**_PLACE_POWER),
            place_counts=self.places.answers.T @ share,
            areas=(
                self.neighborhoods.answers.T @ near,
                self.statutes.answers.T @ near,
            ),
            area_counts=(
                self.neighborhoods.answers.T @ share,
                self.statutes.answers.T @ share,
            ),
            nearest=float(allowed.max(initial=0.0)),
        )

    def values(self, recollection: Recollection, place: Place) -> tuple[float, ...]:
        """Likeness and frequency of a provision, its neighborhood and its statute."""
        at = self.places.columns.get(place)
        near = self.neighborhoods.columns.get(place.neighborhood)
        law = self.statutes.columns.get(place.statute)
        (by_near, by_law), (near_counts, law_counts) = (
            recollection.areas,
            recollection.area_counts,
        )
        return (
            _value(recollection.places, at),
            _value(by_near, near),
            _value(by_law, law),
            _value(recollection.place_counts, at),
            _value(near_counts, near),
            _value(law_counts, law),
            recollection.nearest,
        )

    def _vector(self, tokens: frozenset[str]) -> Vector:
        """Of length 1 over all tokens, those that no question has included."""
        vector = np.zeros(len(self._vocabulary))
        square = 0.0
        for token in tokens:
            weight = self._weights.get(token, self._unknown_weight)
            square += weight * weight
            if token in self._vocabulary:
                vector[self._vocabulary[token]] = weight
        return vector / math.sqrt(square) if square else vector


def _tokens(analyzed: AnalyzedQuery) -> frozenset[str]:
    return frozenset((*analyzed.words, *analyzed.pairs))


def _value(values: Vector, column: int | None) -> float:
    return 0.0 if column is None else float(values[column])
