"""Texts and queries of the admin's search, cut by the one analysis.

A text becomes its pairs of neighboring characters, in their order, and its single
characters after them; a query becomes, for each of its words, the tokens which that
word has in a text. So 欠薪 is found inside 农民工欠薪求助指南, wherever a dictionary
would cut it, and while it is still being typed.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import Any

from modelsearch.index import AutocompleteField, RelatedFields, SearchField
from modelsearch.query import (
    MATCH_NONE,
    And,
    Boost,
    Fuzzy,
    Not,
    Or,
    Phrase,
    PlainText,
    SearchQuery,
)

from search.analysis import analyze, character_pairs, runs
from search.folding import fold
from search.query_analysis import required_tokens


def cut_text(text: str) -> str:
    """What stands in the index for ``text``.

    >>> cut_text("第4条")
    '4 第4条 4条 第 条'
    """
    tokens = analyze(text)
    return " ".join((*tokens.pairs, *dict.fromkeys(tokens.singles)))


def cut_value(value: Any) -> str:
    """As ``cut_text``, for whatever a search field may hold."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return cut_value(list(value.values()))
    if isinstance(value, list | tuple):
        return " ".join(cut_value(item) for item in value)
    return cut_text(str(value))


def cut_query(query: SearchQuery) -> SearchQuery:
    """The query in tokens; one without any word, such as “？”, finds nothing."""
    return _cut(query) or MATCH_NONE


def _cut(query: SearchQuery) -> SearchQuery | None:
    if isinstance(query, PlainText):
        return _words(query)
    if isinstance(query, Phrase):
        return _phrase(query.query_string)
    if isinstance(query, Fuzzy):
        tokens = [
            token for word in required_tokens(query.query_string) for token in word
        ]
        return (
            Fuzzy(" ".join(tokens), query.operator, query.unaccent) if tokens else None
        )
    if isinstance(query, And | Or):
        parts = [part for part in map(_cut, query.subqueries) if part is not None]
        return type(query)(parts) if len(parts) > 1 else next(iter(parts), None)
    if isinstance(query, Not | Boost):
        inner = _cut(query.subquery)
        if inner is None:
            return None
        return Not(inner) if isinstance(query, Not) else Boost(inner, query.boost)
    return query


def _words(query: PlainText) -> SearchQuery | None:
    """All tokens of a word must be there, also where one word of several is enough."""
    words = [" ".join(tokens) for tokens in required_tokens(query.query_string)]
    if not words:
        return None
    if query.operator == "or":
        choices = [PlainText(word, "and", query.boost) for word in words]
        return reduce(lambda first, second: first | second, choices)
    return PlainText(" ".join(words), "and", query.boost)


def _phrase(text: str) -> Phrase | None:
    """A text that holds the phrase holds its pairs one after the other."""
    tokens: list[str] = []
    for run in runs(fold(text)):
        tokens += character_pairs(run.text) if run.is_han else [run.text]
    if not tokens:  # one character
        tokens = [run.text for run in runs(fold(text))][:1]
    return Phrase(" ".join(tokens)) if tokens else None


# --- what a database's index reads of an object ------------------------------------------


class CutObject:
    """An object as Wagtail's indexers read it, with its texts cut."""

    def __init__(self, original: Any) -> None:
        self.original = original
        self.pk = original.pk

    def get_search_fields(self) -> list[Any]:
        return [_cut_field(field) for field in self.original.get_search_fields()]


def _cut_field(field: Any) -> Any:
    if isinstance(field, RelatedFields):
        return _RelatedFields(
            field.field_name, [_cut_field(one) for one in field.fields]
        )
    if isinstance(field, SearchField):
        return _CutSearchField(field.field_name, field.boost, **field.kwargs)
    if isinstance(field, AutocompleteField):
        return _CutAutocompleteField(field.field_name, **field.kwargs)
    return field


class _RelatedFields(RelatedFields):
    def get_value(self, obj: Any) -> Any:
        return super().get_value(_original(obj))


class _CutSearchField(SearchField):
    def get_value(self, obj: Any) -> Any:
        return cut_value(super().get_value(_original(obj)))


class _CutAutocompleteField(AutocompleteField):
    def get_value(self, obj: Any) -> Any:
        return cut_value(super().get_value(_original(obj)))


def _original(obj: Any) -> Any:
    return obj.original if isinstance(obj, CutObject) else obj


def index_columns(fields: Iterable[str]) -> list[str]:
    """Where a database's index has these fields: it knows the title and the rest."""
    return list(dict.fromkeys("title" if f == "title" else "body" for f in fields))
