"""From an analyzed query to tantivy's: what must hold, and what it scores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import tantivy
from tantivy import Occur
from tantivy import Query as TantivyQuery

from search.engines.base import LIBRARY_KINDS, LIBRARY_LANGUAGE, Filters, Query
from search.engines.embedded_documents import SHARED_PORTAL, schema
from search.query_analysis import Alternative, AnalyzedQuery, Concept, Term
from search.ranking import ranking


def full_query(query: Query) -> TantivyQuery:
    """What is found, with its score."""
    parts = [(Occur.Must, _silent(matching_query(query, query.filters)))]
    parts += [(Occur.Should, part) for part in _scores(query.analyzed)]
    return TantivyQuery.boolean_query(parts)


def matching_query(query: Query, filters: Filters) -> TantivyQuery:
    """What is found, without a score; for counting."""
    concepts = [_concept(concept) for concept in query.analyzed.concepts]
    required = max(1, min(query.required, len(concepts)))
    wanted = TantivyQuery.boolean_query(
        [(Occur.Should, concept) for concept in concepts],
        minimum_number_should_match=required,
    )
    found = _all([wanted, *_filters(filters)])
    if not filters.hidden:
        return found
    hidden = _any(_text("owner", owner) for owner in filters.hidden)
    return TantivyQuery.boolean_query([(Occur.Must, found), (Occur.MustNot, hidden)])


def _filters(filters: Filters) -> Iterator[TantivyQuery]:
    yield _language(filters.language)
    if filters.portals is not None:
        yield _portals(filters.portals, filters.libraries)
    if filters.kind:
        yield _text("kind", filters.kind)
    if filters.topic:
        yield _text("topics", filters.topic)
    if filters.year is not None:
        yield _number("year", filters.year)


def _language(language: str) -> TantivyQuery:
    own = _text("language", language)
    if language == LIBRARY_LANGUAGE:
        return own
    return _any([own, _all([_text("language", LIBRARY_LANGUAGE), _library()])])


def _portals(portals: Iterable[int], libraries: Iterable[int]) -> TantivyQuery:
    choices = [_number("portal", portal) for portal in (SHARED_PORTAL, *portals)]
    choices += [_all([_number("portal", p), _library()]) for p in libraries]
    return _any(choices)


def _library() -> TantivyQuery:
    return _any(_text("kind", kind) for kind in LIBRARY_KINDS)


def _concept(concept: Concept) -> TantivyQuery:
    terms = [concept.term, *(other.term for other in concept.alternatives)]
    return _any(_holds(term) for term in terms)


def _holds(term: Term) -> TantivyQuery:
    if term.is_single:
        return _text("singles", term.text)
    return _all([_text("text_pairs", pair) for pair in term.pairs])


def _scores(analyzed: AnalyzedQuery) -> Iterator[TantivyQuery]:
    yield from _in_fields(analyzed.words, analyzed.pairs, 1.0)
    for concept in analyzed.concepts:
        if concept.term.is_single:
            yield _weighted("singles", concept.term.text, 1.0)
        if others := [_alternative(other) for other in concept.alternatives]:
            # The best of them: ten words of the law for one of the reader's must not
            # outweigh a text that has the reader's own.
            tie = ranking().alternatives_tie
            yield TantivyQuery.disjunction_max_query(others, tie)
    yield TantivyQuery.const_score_query(
        _text("wording", analyzed.wording), ranking().exact_wording
    )


def _alternative(other: Alternative) -> TantivyQuery:
    """A phrase of several words counts no more than a word would."""
    weight = other.weight / max(1, len(other.term.words))
    return _any(_in_fields(other.term.words, other.term.pairs, weight))


def _in_fields(
    words: Iterable[str], pairs: Iterable[str], weight: float
) -> Iterator[TantivyQuery]:
    for word in words:
        yield _weighted("text_words", word, weight)
        yield _weighted("heading_words", word, weight)
    for pair in pairs:
        yield _weighted("text_pairs", pair, weight)
        yield _weighted("heading_pairs", pair, weight)


def _weighted(field: str, token: str, weight: float) -> TantivyQuery:
    score = weight * ranking().fields[field]
    return TantivyQuery.boost_query(_text(field, token), score)


def _text(field: str, value: str) -> TantivyQuery:
    option = "freq" if field.startswith(("text_", "heading_")) else "basic"
    return TantivyQuery.term_query(schema(), field, value, option)


def _number(field: str, value: int) -> TantivyQuery:
    return TantivyQuery.term_query(schema(), field, value)


def _all(queries: Iterable[TantivyQuery]) -> TantivyQuery:
    return tantivy.Query.boolean_query([(Occur.Must, query) for query in queries])


def _any(queries: Iterable[TantivyQuery]) -> TantivyQuery:
    return tantivy.Query.boolean_query([(Occur.Should, query) for query in queries])


def _silent(query: TantivyQuery) -> TantivyQuery:
    return TantivyQuery.const_score_query(query, 0.0)
