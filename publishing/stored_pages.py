"""Pages as their rows hold them, by a query that is put together once per page type.

Django puts a query together anew each time that it is asked: for a page of sixty columns
in two tables that takes longer than all that the database does.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models.base import ModelState

from home.models import BasePage

ONE = " IN (%s)"


@dataclass(frozen=True, slots=True)
class PageQuery:
    """``SELECT`` of rows of a page type, with what turns columns into values."""

    model: type[BasePage]
    sql: str
    fields: Sequence[str]
    # Of the columns that need it: place, what makes a value of it, and of what.
    converters: Sequence[tuple[int, Callable[..., Any], Any]]

    @classmethod
    def of(cls, model: type[BasePage]) -> PageQuery:
        rows = model._base_manager.filter(pk__in=[0]).order_by()
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        if parameters != (0,) or not sql.endswith(ONE):
            raise RuntimeError(f"the query of {model} asks for more than numbers")
        columns = [column for column, _sql, _alias in compiler.select]
        found = compiler.get_converters(columns)
        return cls(
            model,
            sql,
            [column.target.attname for column in columns],
            [
                (place, convert, column)
                for place, (converters, column) in found.items()
                for convert in converters
            ],
        )

    def read(self, ids: Sequence[int]) -> Iterator[BasePage]:
        marks = ", ".join(["%s"] * len(ids))
        with connection.cursor() as cursor:
            cursor.execute(f"{self.sql.removesuffix(ONE)} IN ({marks})", ids)
            rows = cursor.fetchall()
        for row in rows:
            values = list(row)
            for place, convert, column in self.converters:
                values[place] = convert(values[place], column, connection)
            yield _of_row(self.model, dict(zip(self.fields, values, strict=True)))


def _of_row(model: type[BasePage], values: dict[str, Any]) -> BasePage:
    """The same as ``from_db``, without what four packages look through for each object
    that is made."""
    page = model.__new__(model)
    state = ModelState()
    state.adding, state.db = False, DEFAULT_DB_ALIAS
    page.__dict__.update(values, _state=state, _loaded_title=values["title"])
    return page


_queries: dict[type[BasePage], PageQuery] = {}


def stored_pages(model: type[BasePage], ids: Collection[int]) -> Iterator[BasePage]:
    """Those that are there, in no order; public or not."""
    query = _queries.get(model)
    if query is None:
        query = _queries[model] = PageQuery.of(model)
    return query.read(list(ids))


def stored_page(model: type[BasePage], page_id: int) -> BasePage:
    """Raises ``DoesNotExist`` as ``get`` does."""
    for page in stored_pages(model, [page_id]):
        return page
    raise model.DoesNotExist
