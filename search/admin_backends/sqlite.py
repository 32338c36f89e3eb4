"""The admin's search in SQLite: FTS5 takes a run of Chinese for one word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from modelsearch.backends.database.sqlite.sqlite import (
    SQLiteAutocompleteQueryCompiler,
    SQLiteIndex,
    SQLiteSearchBackend,
    SQLiteSearchQueryCompiler,
    SQLiteSearchRebuilder,
)

from search.admin_backends.cutting import CutObject, cut_query, index_columns
from search.admin_backends.state import DATABASE, are_whole, remember


class Index(SQLiteIndex):
    def add_items(self, model: Any, objs: Sequence[Any]) -> None:
        super().add_items(model, [CutObject(one) for one in objs])


class _CutQuery:
    """For a query compiler of SQLite."""

    query: Any
    fields: Sequence[str] | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.query = cut_query(self.query)

    def check(self) -> None:
        super().check()  # type: ignore[misc]  # a mix-in
        if self.fields:
            self.fields = index_columns(self.fields)


class QueryCompiler(_CutQuery, SQLiteSearchQueryCompiler):
    pass


class AutocompleteQueryCompiler(_CutQuery, SQLiteAutocompleteQueryCompiler):
    pass


class Rebuilder(SQLiteSearchRebuilder):
    """Goes over the index in place: searches find what was there until then."""

    def finish(self) -> None:
        super().finish()
        remember(DATABASE)


class SearchBackend(SQLiteSearchBackend):
    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler
    index_class = Index
    rebuilder_class = Rebuilder
    atomic_rebuilder_class = Rebuilder

    def is_whole(self) -> bool:
        """Whether the worker has nothing to mend."""
        return are_whole(DATABASE)
