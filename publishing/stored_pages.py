"""One page as its row holds it, by a query that is put together once per page type.

Django puts a query together anew each time that it is asked: for a page of sixty columns
in two tables that takes longer than all that the database does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection

from home.models import BasePage


@dataclass(frozen=True, slots=True)
class PageQuery:
    """``SELECT`` of one row of a page type, with what turns columns into values."""

    model: type[BasePage]
    sql: str
    fields: Sequence[str]
    # Of the columns that need it: place, what makes a value of it, and of what.
    converters: Sequence[tuple[int, Sequence[Callable[..., Any]], Any]]

    @classmethod
    def of(cls, model: type[BasePage]) -> PageQuery:
        compiler = model._base_manager.filter(pk=0).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        if parameters != (0,):
            raise RuntimeError(f"the query of {model} asks for more than a number")
        columns = [column for column, _sql, _alias in compiler.select]
        found = compiler.get_converters(columns)
        return cls(
            model,
            sql,
            [column.target.attname for column in columns],
            [(place, converters, of) for place, (converters, of) in found.items()],
        )

    def read(self, page_id: int) -> BasePage:
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [page_id])
            row = cursor.fetchone()
        if row is None:
            raise self.model.DoesNotExist
        values = list(row)
        for place, converters, of in self.converters:
            for convert in converters:
                values[place] = convert(values[place], of, connection)
        return self.model.from_db(DEFAULT_DB_ALIAS, self.fields, values)


@cache
def _query(model: type[BasePage]) -> PageQuery:
    return PageQuery.of(model)


def stored_page(model: type[BasePage], page_id: int) -> BasePage:
    """Raises ``DoesNotExist`` as ``get`` does."""
    return _query(model).read(page_id)
