"""From conditions and scores to tantivy's queries."""

from __future__ import annotations

import tantivy
from tantivy import Occur
from tantivy import Query as TantivyQuery

from search.engines.base import Filters, Query
from search.engines.documents import TOKEN_FIELDS
from search.engines.embedded_documents import schema
from search.engines.queries import (
    AllOf,
    BestOf,
    Condition,
    Fixed,
    Has,
    Score,
    Weighed,
    matching,
    scores,
)


def full_query(query: Query, wanted: TantivyQuery) -> TantivyQuery:
    """What is found (``matching_query``), with its score."""
    parts = [(Occur.Must, TantivyQuery.const_score_query(wanted, 0.0))]
    parts += [(Occur.Should, _score(part)) for part in scores(query.analyzed)]
    return TantivyQuery.boolean_query(parts)


def matching_query(query: Query, filters: Filters) -> TantivyQuery:
    """What is found, without a score; for counting."""
    return _condition(matching(query, filters))


def _condition(condition: Condition) -> TantivyQuery:
    if isinstance(condition, Has):
        return _term(condition.field, condition.value)
    parts = [_condition(part) for part in condition.parts]
    if len(parts) == 1 and not (isinstance(condition, AllOf) and condition.without):
        return parts[0]  # most words are one pair
    if isinstance(condition, AllOf):
        without = [(Occur.MustNot, _condition(part)) for part in condition.without]
        must = [(Occur.Must, part) for part in parts]
        return TantivyQuery.boolean_query([*must, *without])
    choices = [(Occur.Should, part) for part in parts]
    if condition.at_least == 1:
        return TantivyQuery.boolean_query(choices)
    return TantivyQuery.boolean_query(
        choices, minimum_number_should_match=condition.at_least
    )


def _score(score: Score) -> TantivyQuery:
    if isinstance(score, Weighed):
        return TantivyQuery.boost_query(_term(score.field, score.token), score.weight)
    if isinstance(score, Fixed):
        found = _term(score.field, score.value)
        return TantivyQuery.const_score_query(found, score.score)
    parts = [_score(part) for part in score.parts]
    if isinstance(score, BestOf):
        return TantivyQuery.disjunction_max_query(parts, score.tie)
    return TantivyQuery.boolean_query([(Occur.Should, part) for part in parts])


def _term(field: str, value: str | int) -> TantivyQuery:
    if isinstance(value, int):
        return tantivy.Query.term_query(schema(), field, value)
    option = "freq" if field in TOKEN_FIELDS else "basic"
    return TantivyQuery.term_query(schema(), field, value, option)
