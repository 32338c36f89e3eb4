"""Tables as somebody uploads them."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook

from home.directory.tables.importing import ImportResult, import_table
from home.directory.tables.points import PointTable
from tests.home.directory.conftest import Served

POINT_HEADER = ["名称", "类别", "乡镇", "地址", "电话", "办公时间", "服务项目"]
NEW_POINT = [
    "云雾司法所",
    "司法所",
    "云雾乡",
    "云雾乡政府一楼",
    "0000-1000002",
    "工作日 8:30-12:00；周六 9:00-11:00",
    "人民调解、值班律师",
]


def sheet(*rows: list[Any]) -> io.BytesIO:
    book = Workbook()
    page = book.worksheets[0]
    for row in rows:
        page.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    buffer.seek(0)
    return buffer


def points_of(county: Served, **options: Any) -> PointTable:
    return PointTable(county.portal, county.points, **options)


def bring(table: Any, *rows: list[Any], dry_run: bool = False) -> ImportResult:
    return import_table(table, sheet(*rows), "a.xlsx", dry_run=dry_run)


def counts(result: ImportResult) -> tuple[int, int, int]:
    assert result.problems == []
    return result.added, result.changed, result.unchanged
