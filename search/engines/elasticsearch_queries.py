"""From conditions and scores to the body of a search request."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from search.engines.base import Query
from search.engines.queries import (
    AllOf,
    BestOf,
    Condition,
    Fixed,
    Has,
    Score,
    Weighed,
    choices,
    matching,
    scores,
)

MOST_FACETS = 200
FACET_FIELDS = {"kind": "kind", "topic": "topics", "year": "year"}

Body = dict[str, Any]


def search_body(query: Query) -> Body:
    """Hits, their number and the facets, in one request, as the client takes it.

    What a reader has chosen narrows the hits after counting (``post_filter``), so that
    each facet can be counted without its own choice.
    """
    chosen = choices(query.filters)
    body = {
        "query": _weighted_by_entry(query),
        "aggs": _facets(chosen),
        "from_": query.offset,
        "size": query.limit,
        "track_total_hits": True,
        "source": {"includes": ["entry"]},
    }
    if chosen:
        body["post_filter"] = _all(list(chosen.values()))
    return body


def _weighted_by_entry(query: Query) -> Body:
    everything = replace(query.filters, kind="", topic="", year=None)
    found = {
        "bool": {
            "filter": [_condition(matching(query, everything))],
            "should": [_score(part) for part in scores(query.analyzed)],
        }
    }
    weight = {"field_value_factor": {"field": "weight", "missing": 1.0}}
    return {
        "function_score": {
            "query": found,
            "functions": [weight],
            "boost_mode": "multiply",
        }
    }


def _facets(chosen: dict[str, Condition]) -> Body:
    facets = {}
    for name, field in FACET_FIELDS.items():
        others = [condition for other, condition in chosen.items() if other != name]
        facets[name] = {
            "filter": _all(others),
            "aggs": {"values": {"terms": {"field": field, "size": MOST_FACETS}}},
        }
    return facets


def _all(conditions: list[Condition]) -> Body:
    return _condition(AllOf(tuple(conditions)))


def _condition(condition: Condition) -> Body:
    if isinstance(condition, Has):
        return {"term": {condition.field: condition.value}}
    parts = [_condition(part) for part in condition.parts]
    if isinstance(condition, AllOf):
        if not parts:
            return {"match_all": {}}
        without = [_condition(part) for part in condition.without]
        return {"bool": {"filter": parts, "must_not": without}}
    return {"bool": {"should": parts, "minimum_should_match": condition.at_least}}


def _score(score: Score) -> Body:
    if isinstance(score, Weighed):
        wanted = {"value": score.token, "boost": score.weight}
        return {"term": {score.field: wanted}}
    if isinstance(score, Fixed):
        return {
            "constant_score": {
                "filter": {"term": {score.field: score.value}},
                "boost": score.score,
            }
        }
    parts = [_score(part) for part in score.parts]
    if isinstance(score, BestOf):
        return {"dis_max": {"queries": parts, "tie_breaker": score.tie}}
    return {"bool": {"should": parts}}
