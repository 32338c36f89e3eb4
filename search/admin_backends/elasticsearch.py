"""The admin's search in Elasticsearch, whose `standard` analyzer takes every Chinese
character for a word and is content with any of them.

The database's index is kept as well. It answers while the server does not, and while
something is missing on the server because it did not answer when it was saved.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from elasticsearch import ApiError, Elasticsearch, TransportError
from elasticsearch.helpers import BulkIndexError
from modelsearch.backends import get_search_backend
from modelsearch.backends.elasticsearch8 import (
    Elasticsearch8AutocompleteQueryCompiler,
    Elasticsearch8Index,
    Elasticsearch8Mapping,
    Elasticsearch8SearchBackend,
    Elasticsearch8SearchQueryCompiler,
    Elasticsearch8SearchResults,
)
from modelsearch.backends.elasticsearchbase import ElasticsearchIndexRebuilder, Field
from modelsearch.index import AutocompleteField, SearchField
from modelsearch.query import MatchAll, SearchQuery

from search.admin_backends.cutting import cut_query, cut_value
from search.admin_backends.state import are_whole, forget, remember

logger = logging.getLogger(__name__)

# The name in WAGTAILSEARCH_BACKENDS of the one that answers instead.
INSTEAD = "database"
# Seconds. An editor waits for no longer before the database answers.
PATIENCE = 3
FAILURES = (ApiError, TransportError, BulkIndexError)


class Mapping(Elasticsearch8Mapping):
    # Whole tokens here too: the last one of a query is looked for as a prefix.
    edgengram_analyzer_config: dict[str, str] = {}

    def _get_document_field_data(self, field: Any, obj: Any) -> tuple[str, Any, Any]:
        name, value, partials = super()._get_document_field_data(field, obj)
        if isinstance(field, SearchField):
            value = cut_value(value)
        elif isinstance(field, AutocompleteField):
            value = cut_value(value)
            partials = [value]
        return name, value, partials


class Index(Elasticsearch8Index):
    """Notes what the server did not take."""

    def add_item(self, item: Any) -> None:
        with self._noting():
            super().add_item(item)

    def add_items(self, model: Any, items: Sequence[Any]) -> None:
        with self._noting():
            super().add_items(model, items)

    def delete_item(self, item: Any) -> None:
        with self._noting():
            super().delete_item(item)

    @contextmanager
    def _noting(self) -> Iterator[None]:
        try:
            yield
        except FAILURES:
            forget(self.name)
            raise


class _CutQuery:
    """For a query compiler of Elasticsearch."""

    mapping_class = Mapping
    DEFAULT_OPERATOR = "and"
    query: SearchQuery

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = self.query
        self.query = cut_query(self.query)


class QueryCompiler(_CutQuery, Elasticsearch8SearchQueryCompiler):
    pass


class AutocompleteQueryCompiler(_CutQuery, Elasticsearch8AutocompleteQueryCompiler):
    def get_inner_query(self) -> dict[str, Any]:
        if isinstance(self.query, MatchAll):
            return {"match_all": {}}
        names = self.remapped_fields or ["_edgengrams"]
        found: dict[str, Any] = self._join_and_compile_queries(
            self.query, [Field(name) for name in names]
        )
        return found

    def _compile_plaintext_query(
        self, query: Any, fields: Sequence[Field], boost: float = 1.0
    ) -> dict[str, Any]:
        """Every token, the last as a prefix; whole ones decide the order."""
        name = fields[0].field_name
        typed = {"query": query.query_string, "operator": query.operator}
        whole = {"query": query.query_string, "boost": boost}
        return {
            "bool": {
                "must": {"match_bool_prefix": {name: typed}},
                "should": {"match": {name: whole}},
            }
        }


class Results(Elasticsearch8SearchResults):
    """From the server, or from the database where that does not know better."""

    def _do_search(self) -> list[Any]:
        if self._is_whole():
            try:
                return list(super()._do_search())
            except FAILURES as error:
                _warn(error)
        return list(self._instead())

    def _do_count(self) -> int:
        if self._is_whole():
            try:
                return int(super()._do_count())
            except FAILURES as error:
                _warn(error)
        return int(self._instead().count())

    def facet(self, field_name: str) -> Any:
        if self._is_whole():
            try:
                return super().facet(field_name)
            except FAILURES as error:
                _warn(error)
        return self._instead().facet(field_name)

    def _is_whole(self) -> bool:
        model = self.query_compiler.queryset.model
        return are_whole(self.backend.get_index_for_model(model).name)

    def _instead(self) -> Any:
        compiler = self.query_compiler
        backend = get_search_backend(INSTEAD)
        is_typing = isinstance(compiler, AutocompleteQueryCompiler)
        found = (backend.autocomplete if is_typing else backend.search)(
            compiler.asked,
            compiler.queryset,
            fields=compiler.fields,
            order_by_relevance=compiler.order_by_relevance,
        )
        if self._score_field:
            found = found.annotate_score(self._score_field)
        return found[self.start : self.stop]


def _warn(error: Exception) -> None:
    logger.warning("the database answers a search of the admin: %s", error)


class Rebuilder(ElasticsearchIndexRebuilder):
    """Empties the index and fills it; the database answers until that is done."""

    def start(self) -> Any:
        forget(self.index.name)
        return super().start()

    def finish(self) -> None:
        super().finish()
        remember(self.index.name)


@cache
def _client(options: str) -> Elasticsearch:
    return Elasticsearch(**json.loads(options))


def one_client(**options: Any) -> Elasticsearch:
    """One for all: Wagtail asks for a backend, and with it a client, at every search."""
    return _client(json.dumps(options, sort_keys=True))


class SearchBackend(Elasticsearch8SearchBackend):
    mapping_class = Mapping
    index_class = Index
    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler
    results_class = Results
    basic_rebuilder_class = Rebuilder
    atomic_rebuilder_class = Rebuilder
    client_class = staticmethod(one_client)
    settings = {
        "settings": {"analysis": {"analyzer": {"default": {"type": "whitespace"}}}}
    }

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__({"TIMEOUT": PATIENCE, **params})

    def is_whole(self) -> bool:
        """Whether the worker has nothing to mend."""
        return are_whole(*(index.name for index in self.all_indexes()))
