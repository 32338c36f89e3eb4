"""Regions from a table: code, name, name_en. All rows or none; repeatable."""

from __future__ import annotations

from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _

from home.directory.tables.cells import Column
from home.directory.tables.importing import ImportResult
from home.directory.tables.sheets import Row, RowProblem, read_rows
from home.models import Region, localized

NAME = localized("name", "zh-hans")
NAME_EN = localized("name", "en")
DIGITS = (6, 9, 12)


def read_code(text: str) -> str:
    if not (text.isascii() and text.isdecimal() and len(text) in DIGITS):
        raise ValueError(
            _("“%(code)s”不对：县 6 位、乡镇 9 位、村 12 位数字。") % {"code": text}
        )
    return text


def region_columns() -> list[Column]:
    return [
        Column("code", "code", read=read_code, is_required=True),
        Column(NAME, "name", is_required=True),
        Column(NAME_EN, "name_en"),
    ]


def import_regions(
    file: IO[bytes], name: str, *, dry_run: bool = False
) -> ImportResult:
    """Raises ``SheetError`` where the file itself cannot be read."""
    rows, problems = read_rows(file, name, region_columns())
    result = ImportResult(problems=problems)
    known = {region.code: region for region in Region.objects.all()}
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        _check(row, found, result)
    _check_parents(rows, {*known, *found}, result)
    changes = []
    for code, values in found.items():
        region = known.get(code)
        if region is None:
            result.added += 1
            changes.append(Region(code=code, **values))
        elif any(getattr(region, key) != value for key, value in values.items()):
            result.changed += 1
            for key, value in values.items():
                setattr(region, key, value)
            changes.append(region)
        else:
            result.unchanged += 1
    if not result.problems and not dry_run:
        with transaction.atomic():
            for region in changes:
                region.save()
        result.is_written = True
    result.problems.sort()
    return result


def _check(row: Row, found: dict[str, dict[str, Any]], result: ImportResult) -> None:
    values: dict[str, Any] = {}
    for column in region_columns():
        text = row.texts.get(column.key)
        if text is None:
            continue
        problem = ""
        if column.is_required and not text:
            problem = _("不能空着。")
        elif len(text) > 50:
            problem = _("最多 50 个字。")
        try:
            values[column.key] = column.read(text)
        except ValueError as error:
            problem = problem or str(error)
        if problem:
            result.problems.append(RowProblem(row.number, column.title, problem))
            return
    code = values.pop("code")
    if code in found:
        problem = _("代码 %(code)s 写了两次。") % {"code": code}
        result.problems.append(RowProblem(row.number, "code", problem))
    found[code] = values


def _check_parents(rows: list[Row], codes: set[str], result: ImportResult) -> None:
    for row in rows:
        code = row.texts.get("code", "")
        above = code[:-3]
        if len(code) > DIGITS[0] and len(code) in DIGITS and above not in codes:
            problem = _("没有上级 %(code)s，请把它也写进表格。") % {"code": above}
            result.problems.append(RowProblem(row.number, "code", problem))
