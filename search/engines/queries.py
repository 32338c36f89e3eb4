"""What must hold of a hit and what it scores, in a form that every engine translates.

A *condition* says what is found and gives no score; *scores* are added up. An engine
knows how to ask for these few shapes and nothing of ranking.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search.engines.base import LIBRARY_KINDS, LIBRARY_LANGUAGE, Filters, Query
from search.engines.documents import FAMILIES, SHARED_PORTAL, TEXT
from search.query_analysis import Alternative, AnalyzedQuery, Concept, Term
from search.ranking import ranking


@dataclass(frozen=True, slots=True)
class Has:
    """The field holds this value or token."""

    field: str
    value: str | int


@dataclass(frozen=True, slots=True)
class AllOf:
    """All parts hold, and none of ``without``."""

    parts: tuple[Condition, ...]
    without: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least so many of the parts hold."""

    parts: tuple[Condition, ...]
    at_least: int = 1


Condition = Has | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Weighed:
    """BM25 of a token in a field, times ``weight``."""

    field: str
    token: str
    weight: float


@dataclass(frozen=True, slots=True)
class Fixed:
    """So much where the field holds the value."""

    field: str
    value: str
    score: float


@dataclass(frozen=True, slots=True)
class SumOf:
    parts: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class BestOf:
    """The best of the parts, and of the others a share of ``tie``."""

    parts: tuple[Score, ...]
    tie: float


Score = Weighed | Fixed | SumOf | BestOf


# --- what is found --------------------------------------------------------------------


def matching(query: Query, filters: Filters) -> Condition:
    """All that a hit must fulfill."""
    chosen = choices(filters).values()
    return AllOf((concepts(query), *surroundings(filters), *chosen), hidden(filters))


def concepts(query: Query) -> Condition:
    """Enough of what is asked for."""
    asked = tuple(_concept(concept) for concept in query.analyzed.concepts)
    return AnyOf(asked, max(1, min(query.required, len(asked))))


def surroundings(filters: Filters) -> tuple[Condition, ...]:
    """Language and portals: the filters that have no facet."""
    language = _language(filters.language)
    if filters.portals is None:
        return (language,)
    return language, _portals(filters.portals, filters.libraries)


def hidden(filters: Filters) -> tuple[Condition, ...]:
    """What a hit must not be."""
    return tuple(Has("owner", owner) for owner in filters.hidden)


def choices(filters: Filters) -> dict[str, Condition]:
    """What a reader has narrowed the result to, by the name of the facet."""
    chosen: dict[str, Condition] = {}
    if filters.kind:
        chosen["kind"] = Has("kind", filters.kind)
    if filters.topic:
        chosen["topic"] = Has("topics", filters.topic)
    if filters.year is not None:
        chosen["year"] = Has("year", filters.year)
    return chosen


def _language(language: str) -> Condition:
    own = Has("language", language)
    if language == LIBRARY_LANGUAGE:
        return own
    return AnyOf((own, AllOf((Has("language", LIBRARY_LANGUAGE), _library()))))


def _portals(portals: Iterable[int], libraries: Iterable[int]) -> Condition:
    whole = (SHARED_PORTAL, *portals)
    laws = [portal for portal in libraries if portal not in whole]
    return AnyOf(
        (
            *(Has("portal", portal) for portal in whole),
            *(AllOf((Has("portal", portal), _library())) for portal in laws),
        )
    )


def _library() -> Condition:
    return AnyOf(tuple(Has("kind", kind) for kind in LIBRARY_KINDS))


def _concept(concept: Concept) -> Condition:
    terms = (concept.term, *(other.term for other in concept.alternatives))
    return AnyOf(tuple(_holds(term) for term in terms))


def _holds(term: Term) -> Condition:
    if term.is_single:
        return Has("singles", term.text)
    return AllOf(tuple(Has(TEXT.pairs, pair) for pair in term.pairs))


# --- what it scores -------------------------------------------------------------------


def scores(analyzed: AnalyzedQuery) -> Iterator[Score]:
    """What is added up for a hit, before it is multiplied with the entry's weight."""
    yield from _in_fields(analyzed.words, analyzed.pairs, 1.0)
    rules = ranking()
    for concept in analyzed.concepts:
        if concept.term.is_single:
            yield Weighed("singles", concept.term.text, rules.fields["singles"])
        if others := tuple(_alternative(other) for other in concept.alternatives):
            # The best of them: ten words of the law for one of the reader's must not
            # outweigh a text that has the reader's own.
            yield BestOf(others, rules.alternatives_tie)
    yield Fixed("wording", analyzed.wording, rules.exact_wording)


def _alternative(other: Alternative) -> Score:
    """A phrase of several words counts no more than a word would."""
    weight = other.weight / max(1, len(other.term.words))
    return SumOf(tuple(_in_fields(other.term.words, other.term.pairs, weight)))


def _in_fields(
    words: Iterable[str], pairs: Iterable[str], weight: float
) -> Iterator[Score]:
    weights = ranking().fields
    for word in words:
        for family in FAMILIES:
            yield Weighed(family.words, word, weight * weights[family.words])
    for pair in pairs:
        for family in FAMILIES:
            yield Weighed(family.pairs, pair, weight * weights[family.pairs])
