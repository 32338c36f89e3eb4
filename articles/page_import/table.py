"""The list of pages: one row each, columns by their Chinese header in any order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from articles.page_import.faults import TableError
from home.directory.tables.sheets import UNREADABLE


@dataclass(frozen=True, slots=True)
class Column:
    header: str
    help: str
    example: str
    is_required: bool = False
    width: int = 20


COLUMNS = (
    Column("文件", "保存的网页文件，从文件夹算起的路径。", "2018/123.html", True, 24),
    Column(
        "旧网址",
        "网页在旧网站上的完整地址；有几个地址时一行一个，第一个是主要的。",
        "http://www.qingshan.example/show.asp?id=123",
        True,
        44,
    ),
    Column("标题", "留空时取网页里的标题。", "我县举办民法典宣讲", width=36),
    Column(
        "栏目",
        "栏目的名称或者网址用名；留空时用命令里指定的栏目。",
        "dongtai",
        width=14,
    ),
    Column(
        "发布日期",
        "在旧网站上发布的日期，可以带时间；留空时取网页里写明的日期。",
        "2018-03-01 09:30",
        width=18,
    ),
    Column("来源", "发布单位；留空时取网页里写明的来源。", "青山县司法局"),
    Column("作者", "作者或者责任编辑；留空时取网页里写明的作者。", "", width=12),
    Column("摘要", "一两句话，最多三百字。", "", width=36),
    Column("主题", "主题的名称，用顿号隔开；必须是系统里已有的主题。", ""),
    Column("人群", "适用人群的名称，用顿号隔开；必须是系统里已有的。", ""),
    Column("关键词", "和主题同名的关键词算作主题，其余的不导入。", ""),
    Column(
        "正文位置", "正文在网页里的位置，写法如 #zoom 或 div.content。", "", width=18
    ),
    Column(
        "人物肖像",
        "这一页的图片：“无人”或者“已同意”；留空表示还没有弄清楚，网页先存为草稿。",
        "无人",
        width=12,
    ),
)
HEADERS = tuple(column.header for column in COLUMNS)
REQUIRED = tuple(column.header for column in COLUMNS if column.is_required)
# One table is read into memory.
MOST_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class Row:
    number: int  # as the table program counts, the headers being row 1
    values: dict[str, str]
    # A cell that the table program knows to be a day or a moment.
    moment: datetime | date | None = None

    def __getitem__(self, header: str) -> str:
        return self.values.get(header, "")


@dataclass(slots=True)
class Table:
    rows: list[Row] = field(default_factory=list)
    unknown: tuple[str, ...] = ()  # headers that nothing is made of


def read_table(path: Path) -> Table:
    """Raises ``TableError`` with a sentence where the table as a whole is no good."""
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except FileNotFoundError as error:
        raise TableError(_("找不到表格 %(path)s。") % {"path": path}) from error
    except UNREADABLE as error:
        raise _no_table(path) from error
    try:
        table = _read_sheet(book.worksheets[0])
    except UNREADABLE as error:
        raise _no_table(path) from error
    finally:
        book.close()
    if not table.rows:
        raise TableError(_("表格里没有网页：第一行是列名，从第二行起每行一个网页。"))
    return table


def _read_sheet(sheet: Any) -> Table:
    # Where the file says too small a size, rows would be left out without a word.
    sheet.reset_dimensions()
    lines = sheet.iter_rows(values_only=True)
    headers = [_header(cell) for cell in next(lines, ())]
    _check_headers(headers)
    table = Table(unknown=tuple(h for h in headers if h and h not in HEADERS))
    for number, cells in enumerate(lines, start=2):
        if number > MOST_ROWS:
            raise TableError(
                _("表格超过 %(limit)s 行，请分成几个。") % {"limit": MOST_ROWS}
            )
        row = _row(number, headers, cells)
        if any(row.values.values()):
            table.rows.append(row)
    return table


def _no_table(path: Path) -> TableError:
    return TableError(
        _("%(path)s 不是 .xlsx 表格，请用表格软件另存为 .xlsx。") % {"path": path}
    )


def _header(cell: Any) -> str:
    """发布日期（必填）, *发布日期 → 发布日期."""
    return re.sub(r"[（(].*?[)）]|[*＊\s]", "", str(cell or ""))


def _check_headers(headers: list[str]) -> None:
    missing = [name for name in REQUIRED if name not in headers]
    if missing:
        raise TableError(
            _("表格第一行缺少这些列：%(names)s。可以用 --template 得到一张空表。")
            % {"names": "、".join(missing)}
        )
    twice = sorted({name for name in headers if name and headers.count(name) > 1})
    if twice:
        raise TableError(
            _("表格第一行有重复的列：%(names)s。") % {"names": "、".join(twice)}
        )


def _row(number: int, headers: list[str], cells: tuple[Any, ...]) -> Row:
    values: dict[str, str] = {}
    moment: datetime | date | None = None
    for header, cell in zip(headers, cells, strict=False):
        if header not in HEADERS or cell is None:
            continue
        if header == "发布日期" and isinstance(cell, datetime | date):
            moment = cell
        values[header] = _text(cell)
    return Row(number, values, moment)


def _text(cell: Any) -> str:
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def write_template(path: Path) -> None:
    """A table with the headers, what each column takes, and one row to overwrite."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101  (a new workbook has a sheet)
    sheet.title = _("旧网页")
    sheet.append(
        [f"{c.header}（必填）" if c.is_required else c.header for c in COLUMNS]
    )
    sheet.append([column.example for column in COLUMNS])
    sheet.freeze_panes = "A2"
    notes = book.create_sheet(_("说明"))
    for header, text in (
        (_("列名"), _("怎么填")),
        *((c.header, c.help) for c in COLUMNS),
    ):
        notes.append([header, text])
    notes.column_dimensions["A"].width = 14
    notes.column_dimensions["B"].width = 80
    for index, column in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = column.width
        # As text: a table program would make 2018/3 of 2018/123.html otherwise.
        sheet.cell(2, index).number_format = "@"
    for each in (sheet, notes):
        for cell in each[1]:
            cell.font = Font(bold=True)
            cell.alignment = Alignment(vertical="center")
    book.save(path)
