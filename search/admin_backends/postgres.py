"""The admin's search in PostgreSQL, whose parsers take a run of Chinese for one word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import F
from modelsearch.backends.database.postgres.postgres import (
    PostgresAutocompleteQueryCompiler,
    PostgresIndex,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
    PostgresSearchRebuilder,
)

from search.admin_backends.cutting import CutObject, cut_query, index_columns
from search.admin_backends.state import DATABASE, are_whole, remember

NORMS = {"title": F("index_entries__title_norm"), "body": 1.0}


class Index(PostgresIndex):
    def add_items(self, model: Any, objs: Sequence[Any]) -> None:
        super().add_items(model, [CutObject(one) for one in objs])


class _CutQuery:
    """For a query compiler of PostgreSQL."""

    query: Any
    fields: Sequence[str] | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.query = cut_query(self.query)

    def get_fields_vectors(self, search_query: Any) -> list[tuple[Any, Any]]:
        """From the index: the columns of the model hold texts that are not cut."""
        columns = index_columns(self.fields or ())
        return [(F(f"index_entries__{name}"), NORMS[name]) for name in columns]


class QueryCompiler(_CutQuery, PostgresSearchQueryCompiler):
    pass


class AutocompleteQueryCompiler(_CutQuery, PostgresAutocompleteQueryCompiler):
    pass


class Rebuilder(PostgresSearchRebuilder):
    """Goes over the index in place: searches find what was there until then."""

    def finish(self) -> None:
        super().finish()
        remember(DATABASE)


class SearchBackend(PostgresSearchBackend):
    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler
    index_class = Index
    rebuilder_class = Rebuilder
    atomic_rebuilder_class = Rebuilder

    def __init__(self, params: dict[str, Any]) -> None:
        # No stemming and no stop words: the tokens are as they shall be found.
        super().__init__({"SEARCH_CONFIG": "simple", **params})

    def is_whole(self) -> bool:
        """Whether the worker has nothing to mend."""
        return are_whole(DATABASE)
