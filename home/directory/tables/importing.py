"""A table into a portal: every row is checked before anything is written.

One transaction; the same table again changes nothing. Who may do it is asked where the
table comes in (``home.directory.table_admin``); a command may.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import IO, Any, Protocol

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from home.directory.tables.cells import Column
from home.directory.tables.sheets import Row, RowProblem, read_rows


class Table(Protocol):
    """One kind of thing of one portal (``points``, ``people``, ``places``)."""

    columns: Sequence[Column]

    @property
    def title(self) -> str: ...

    def find(self, values: dict[str, Any]) -> Any | None:
        """What exists of this row; ``LookupError`` with a sentence for a wrong 编号."""
        ...

    def key(self, values: dict[str, Any]) -> tuple[Any, ...]:
        """By what a row without 编号 is recognized."""
        ...

    def assign(self, known: Any | None, values: dict[str, Any]) -> tuple[Any, bool]:
        """(what will be saved, whether the row changes it); nothing is written yet."""
        ...

    def check(self, instance: Any, is_new: bool) -> None:
        """Raises ``ValidationError``, by field where it can."""
        ...

    def save(self, instance: Any, is_new: bool) -> None: ...

    def rows(self) -> list[dict[str, str]]:
        """What there is, for an export."""
        ...


@dataclass(slots=True)
class ImportResult:
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[RowProblem] = field(default_factory=list)
    is_written: bool = False

    @property
    def total(self) -> int:
        return self.added + self.changed + self.unchanged


@dataclass(frozen=True, slots=True)
class Planned:
    instance: Any
    is_new: bool
    is_changed: bool


def import_table(
    table: Table, file: IO[bytes], name: str, *, dry_run: bool = False
) -> ImportResult:
    """Raises ``SheetError`` where the file itself cannot be read."""
    rows, problems = read_rows(file, name, table.columns)
    result = ImportResult(problems=problems)
    with transaction.atomic():
        planned = _plan(table, rows, result)
        for item in planned:
            if item.is_new:
                result.added += 1
            elif item.is_changed:
                result.changed += 1
            else:
                result.unchanged += 1
        if not result.problems and not dry_run:
            for item in planned:
                if item.is_changed:
                    table.save(item.instance, item.is_new)
            result.is_written = True
    result.problems.sort()
    return result


def _plan(table: Table, rows: Sequence[Row], result: ImportResult) -> list[Planned]:
    seen: dict[tuple[Any, ...], int] = {}
    faulty = {problem.row for problem in result.problems}
    planned = []
    for row in rows:
        if row.number in faulty:
            continue
        found = _values(table.columns, row)
        if isinstance(found, list):
            result.problems += found
            continue
        item = _planned(table, row, found, seen)
        if isinstance(item, Planned):
            planned.append(item)
        else:
            result.problems += item
    return planned


def _values(columns: Sequence[Column], row: Row) -> dict[str, Any] | list[RowProblem]:
    values: dict[str, Any] = {}
    problems = []
    for column in columns:
        if column.key not in row.texts:
            continue
        text = row.texts[column.key]
        if column.is_required and not text:
            problems.append(RowProblem(row.number, column.title, _("不能空着。")))
            continue
        try:
            values[column.key] = column.read(text)
        except ValueError as error:
            problems.append(RowProblem(row.number, column.title, str(error)))
    return problems or values


def _planned(
    table: Table,
    row: Row,
    values: dict[str, Any],
    seen: dict[tuple[Any, ...], int],
) -> Planned | list[RowProblem]:
    try:
        known = table.find(values)
    except LookupError as error:
        return [RowProblem(row.number, _title(table, "number"), str(error.args[0]))]
    key = ("known", known.pk) if known is not None else table.key(values)
    if key in seen:
        return [
            RowProblem(
                row.number, "", _("和第 %(row)s 行是同一个。") % {"row": seen[key]}
            )
        ]
    seen[key] = row.number
    try:
        instance, is_changed = table.assign(known, values)
        table.check(instance, known is None)
    except ValidationError as error:
        return _problems(table, row, error)
    return Planned(instance, known is None, is_changed or known is None)


def _problems(table: Table, row: Row, error: ValidationError) -> list[RowProblem]:
    if not hasattr(error, "error_dict"):
        return [RowProblem(row.number, "", text) for text in error.messages]
    return [
        RowProblem(row.number, _title(table, name), text)
        for name, texts in error.message_dict.items()
        for text in texts
    ]


def _title(table: Table, field_name: str) -> str:
    """The column of a field; "" for what the table has no column for."""
    for column in table.columns:
        if field_name in (column.key, f"{column.key}_zh_hans"):
            return column.title
    return ""
