"""The direct answer: a question of the portal that was asked in nearly the same words.

What the answer says is not decided here and not taken from the index: whoever shows it
reads the public page (``publishing.answers``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from home.indexing import IndexEntry
from search.analysis import wording_key
from search.lexicon import DATA_DIR, read_data
from search.query_analysis import AnalyzedQuery, Concept, analyze_query
from search.ranking import similarity


@dataclass(frozen=True, slots=True)
class AnswerRules:
    """``search/data/answers.yaml``."""

    least_likeness: float
    clear_likeness: float
    margin: float
    synonym: float
    kin: float
    least_concepts: int
    least_turn: int
    candidates: int


@dataclass(frozen=True, slots=True)
class Answered:
    """The entry of the question that answers; ``wording`` is the one that was near."""

    entry: IndexEntry
    wording: str
    likeness: float


@cache
def answer_rules() -> AnswerRules:
    data = read_data(DATA_DIR / "answers.yaml")
    return AnswerRules(**{name: entry["value"] for name, entry in data.items()})


def find_answer(
    analyzed: AnalyzedQuery,
    entries: Iterable[IndexEntry],
    is_own: Callable[[IndexEntry], bool],
) -> Answered | None:
    """The question among the best hits that the query asks, if it asks one clearly.

    ``is_own``: whether an entry is this portal's own, public, in the right language;
    no other county's text answers for this one.
    """
    rules = answer_rules()
    questions = [entry for entry in entries if entry.kind == "question"]
    best = sorted(
        (
            _nearest(analyzed, entry)
            for entry in questions[: rules.candidates]
            if is_own(entry)
        ),
        key=lambda found: -found.likeness,
    )
    if not best or best[0].likeness < rules.least_likeness:
        return None
    first = best[0].likeness
    if first < rules.clear_likeness and len(best) > 1:
        # Several pages may ask the same; then they are equally right.
        if first - best[1].likeness < rules.margin:
            return None
    return best[0]


def _nearest(analyzed: AnalyzedQuery, entry: IndexEntry) -> Answered:
    wordings = (entry.title, *entry.alternatives)
    likeness, wording = max(
        ((likeness_of(analyzed, text), text) for text in wordings),
        key=lambda pair: pair[0],
    )
    return Answered(entry, wording, likeness)


def likeness_of(analyzed: AnalyzedQuery, wording: str) -> float:
    """How much a query and a wording of a question ask the same, from 0 to 1."""
    key = wording_key(wording)
    if key == analyzed.wording:
        return 1.0
    asked, said = _subjects(analyzed), _subjects(_analyzed(wording))
    if len(asked) < answer_rules().least_concepts and not _is_same_turn(asked, said):
        return 0.0
    in_common = _held(asked, said) + _held(said, asked)
    whole = sum(_size(concept) for concept in (*asked, *said))
    by_meaning = in_common / whole if whole else 0.0
    return max(by_meaning, similarity(analyzed.wording, key))


def _subjects(analyzed: AnalyzedQuery) -> tuple[Concept, ...]:
    """The concepts, without a word that is part of another (宅基 of 宅基地)."""
    texts = [concept.term.text for concept in analyzed.concepts]
    return tuple(
        concept
        for concept in analyzed.concepts
        if not any(concept.term.text in text != concept.term.text for text in texts)
    )


def _is_same_turn(asked: tuple[Concept, ...], said: tuple[Concept, ...]) -> bool:
    """One turn of speech that is a question by itself: 借钱不还."""
    if len(asked) != 1 or len(asked[0].term.text) < answer_rules().least_turn:
        return False
    return [concept.term for concept in asked] == [concept.term for concept in said]


def _held(some: tuple[Concept, ...], others: tuple[Concept, ...]) -> float:
    """How much of some concepts is said by others too."""
    return sum(
        _size(one) * max((_alike(one, other) for other in others), default=0.0)
        for one in some
    )


def _alike(one: Concept, other: Concept) -> float:
    """1 for the same word, less for a word that stands for it, 0 for others."""
    if one.term.text == other.term.text:
        return 1.0
    rules = answer_rules()
    ones, others = set(_meanings(one)), set(_meanings(other))
    shared = 0.0
    if one.term.text in others or other.term.text in ones:
        shared = rules.synonym
    elif ones & others:  # 假农药 and 假种子 are both 假劣农资, and not the same
        shared = rules.kin
    inside = sorted((one.term.text, other.term.text), key=len)
    if len(inside[0]) > 1 and inside[0] in inside[1]:
        shared = max(shared, len(inside[0]) / len(inside[1]))
    return shared


def _meanings(concept: Concept) -> Iterator[str]:
    yield concept.term.text
    for other in concept.alternatives:
        yield other.term.text


def _size(concept: Concept) -> float:
    """Longer words say more; a single character says half of a word."""
    return min(len(concept.term.text), 4) / 2


@lru_cache(maxsize=8192)
def _analyzed(wording: str) -> AnalyzedQuery:
    return analyze_query(wording)
