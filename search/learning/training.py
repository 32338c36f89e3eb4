"""Train the ranking, and say by cross-validation how well it will do on new questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import xgboost
from numpy.typing import NDArray

from search.engines.base import EngineHit, Searcher
from search.evaluation import provision_query
from search.learning import CANDIDATES
from search.learning.answered import AnsweredQuestion, Place
from search.learning.features import Features, features
from search.learning.memory import Memory
from search.learning.model import TrainedRanking
from search.query_analysis import AnalyzedQuery, analyze_query

# Fewer teach nothing that would hold for the next question.
LEAST_QUESTIONS = 50
FOLDS = 5
# A training question must not remember itself, nor those it will be compared with.
_INNER_FOLDS = 8
_SEED = 20261123
_ROUNDS = 150
_SETTINGS = {
    "objective": "binary:logistic",
    "max_depth": 3,
    "eta": 0.08,
    "min_child_weight": 5,
    "subsample": 0.8,
    "colsample_bytree": 0.6,
    "lambda": 10,
    "seed": _SEED,
    "nthread": 1,  # the same model on every machine
}

Mask = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scores:
    """Means over all questions, each 0 to 1."""

    recall: float  # of the first ten
    mrr: float  # of the first ten


@dataclass(frozen=True, slots=True)
class Trained:
    ranking: TrainedRanking
    before: Scores  # the plain ranking
    after: Scores  # cross-validated


@dataclass(frozen=True, slots=True)
class _Asked:
    question: AnsweredQuestion
    analyzed: AnalyzedQuery
    hits: tuple[EngineHit, ...]

    @property
    def places(self) -> list[Place]:
        return [Place.of(hit.entry) for hit in self.hits]


def train(
    questions: Sequence[AnsweredQuestion],
    engine: Searcher,
    report: Callable[[], object] = lambda: None,
) -> Trained:
    """``report`` hears of each question that was searched for."""
    asked = list(_ask(questions, engine, report))
    memory = Memory(questions)
    likeness = np.vstack([memory.likeness(each.analyzed) for each in asked])
    np.fill_diagonal(likeness, 0.0)
    generator = np.random.default_rng(_SEED)
    fold_of = generator.permutation(len(asked)) % FOLDS
    ranked: list[list[Place]] = [[] for _each in asked]
    for fold in range(FOLDS):
        is_known = fold_of != fold
        known = [asked[number] for number in np.flatnonzero(is_known)]
        rows = _rows(asked, memory, likeness, is_known, generator)
        booster = _fit([rows[number] for number in np.flatnonzero(is_known)], known)
        for number in np.flatnonzero(~is_known):
            ranked[number] = _ranked(booster, rows[number], asked[number])
    everything = np.ones(len(asked), dtype=bool)
    rows = _rows(asked, memory, likeness, everything, generator)
    return Trained(
        TrainedRanking(memory, _fit(rows, asked)),
        score([each.places for each in asked], questions),
        score(ranked, questions),
    )


def _ask(
    questions: Sequence[AnsweredQuestion],
    engine: Searcher,
    report: Callable[[], object],
) -> Iterator[_Asked]:
    for question in questions:
        analyzed = analyze_query(question.query)
        hits = (
            ()
            if analyzed.is_empty
            else engine.search(provision_query(analyzed, CANDIDATES)).hits
        )
        report()
        yield _Asked(question, analyzed, hits)


def _rows(
    asked: Sequence[_Asked],
    memory: Memory,
    likeness: NDArray[np.float64],
    is_known: NDArray[np.bool_],
    generator: np.random.Generator,
) -> list[Features]:
    """The features of every question, as if it were new.

    A known question remembers only known ones of other inner folds. Leaving out only
    itself would tell the model the answer: its own provisions would be those that are
    remembered once less than in the others.
    """
    inner = generator.integers(0, _INNER_FOLDS, len(asked))
    rows = []
    for number, each in enumerate(asked):
        may = is_known & ((inner != inner[number]) | (not is_known[number]))
        recollection = memory.recall(likeness[number], may.astype(np.float64))
        rows.append(
            features(each.analyzed, each.hits, memory, recollection)
            if each.hits
            else np.empty((0, 0), dtype=np.float32)
        )
    return rows


def _fit(rows: Sequence[Features], asked: Sequence[_Asked]) -> xgboost.Booster:
    table = np.vstack([each for each in rows if len(each)])
    labels = [
        place in each.question.provisions for each in asked for place in each.places
    ]
    data = xgboost.DMatrix(table, label=np.array(labels, dtype=np.float32), nthread=1)
    return xgboost.train(_SETTINGS, data, _ROUNDS)


def _ranked(booster: xgboost.Booster, rows: Features, asked: _Asked) -> list[Place]:
    if not len(rows):
        return []
    order = np.argsort(-booster.inplace_predict(rows), kind="stable")
    places = asked.places
    return [places[int(number)] for number in order]


def score(
    ranked: Sequence[Sequence[Place]], questions: Sequence[AnsweredQuestion]
) -> Scores:
    recalls, ranks = [], []
    for places, question in zip(ranked, questions, strict=True):
        first = list(places[:10])
        recalls.append(len(question.provisions & set(first)) / len(question.provisions))
        ranks.append(
            next(
                (
                    1 / rank
                    for rank, place in enumerate(first, start=1)
                    if place in question.provisions
                ),
                0.0,
            )
        )
    return Scores(float(np.mean(recalls)), float(np.mean(ranks)))
