"""Spreadsheets as rows of texts: .xlsx, and .csv as office programs write it."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation

from home.directory.tables.cells import Column, lost_zero, safe, unsafe

MOST_ROWS = 5000
MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 50 * 1024 * 1024
# With empty ones: a file of 5 KB may name line one billion, and the reader makes every
# empty line before it.
MOST_LINES = 100_000
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A list of choices in a cell is at most this long in the format.
LONGEST_CHOICES = 255
HEADER_FILL = PatternFill("solid", start_color="DBE5EC")


class SheetError(Exception):
    """The file as a whole cannot be read; the message is a sentence."""


@dataclass(frozen=True, slots=True, order=True)
class RowProblem:
    """``row`` as the spreadsheet numbers it, the header is 1; ``column`` may be ""."""

    row: int
    column: str
    problem: str

    def __str__(self) -> str:
        if not self.column:
            return _("第 %(row)s 行：%(problem)s") % {
                "row": self.row,
                "problem": self.problem,
            }
        return _("第 %(row)s 行“%(column)s”：%(problem)s") % {
            "row": self.row,
            "column": self.column,
            "problem": self.problem,
        }


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    texts: dict[str, str]  # by key of the column


def read_rows(
    file: IO[bytes], name: str, columns: Sequence[Column]
) -> tuple[list[Row], list[RowProblem]]:
    """The rows that hold something, and what is wrong in single cells.

    Raises ``SheetError`` where the file or its header is wrong.
    """
    cells = _csv_cells(file) if name.lower().endswith(".csv") else _xlsx_cells(file)
    header = next(cells, None)
    if header is None:
        raise SheetError(_("表格是空的。"))
    placed = _placed(header, columns)
    rows: list[Row] = []
    problems: list[RowProblem] = []
    for number, values in enumerate(cells, start=2):
        if not any(_text(value) for value in values):
            continue
        if len(rows) == MOST_ROWS:
            raise SheetError(
                _("表格超过 %(number)s 行，请分成几个表格。") % {"number": MOST_ROWS}
            )
        texts = {}
        for place, column in placed.items():
            value = values[place] if place < len(values) else None
            texts[column.key] = _text(value)
            if problem := _problem(value, column):
                problems.append(RowProblem(number, column.title, problem))
        rows.append(Row(number, texts))
    return rows, problems


def _placed(header: Sequence[Any], columns: Sequence[Column]) -> dict[int, Column]:
    known = {column.title: column for column in columns}
    placed: dict[int, Column] = {}
    for place, value in enumerate(header):
        title = _text(value).rstrip("*＊ ")
        if not title:
            continue
        if title not in known:
            raise SheetError(
                _("第一行有不认识的列“%(title)s”，请用系统的模板。") % {"title": title}
            )
        if known[title] in placed.values():
            raise SheetError(_("第一行的“%(title)s”写了两次。") % {"title": title})
        placed[place] = known[title]
    missing = [
        column.title
        for column in columns
        if column.is_required and column not in placed.values()
    ]
    if missing:
        raise SheetError(_("第一行缺少：%(titles)s。") % {"titles": "、".join(missing)})
    return placed


def _text(value: Any) -> str:
    """The text of a cell; whole numbers without a decimal point."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return unsafe(str(value).strip())


def _problem(value: Any, column: Column) -> str:
    if isinstance(value, _Formula):
        return _("这里是公式。请复制这一列，用“粘贴为数值”贴回来。")
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if column.is_phone and is_number and lost_zero(_text(value)):
        return _(
            "号码存成了数字，开头的 0 可能丢了。请把这一列设成文本格式，重新填写。"
        )
    return ""


# What a damaged or forged workbook makes its reader raise.
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    ParseError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,  # a zip with a password
)


class _Formula(str):
    __slots__ = ()


def _xlsx_cells(file: IO[bytes]) -> Iterator[list[Any]]:
    data = _limited(file)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise SheetError(_("表格太大，请分成几个表格。"))
        sheet: Any = load_workbook(io.BytesIO(data), read_only=True).worksheets[0]
        # Where the file says too small a size, rows would be left out without a word.
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(max_col=50), start=1):
            if number > MOST_LINES:
                raise SheetError(
                    _("表格里的空行太多。请用系统的模板，只复制有内容的行。")
                )
            yield [
                _Formula(cell.value) if cell.data_type == "f" else cell.value
                for cell in cells
            ]
    except UNREADABLE as error:
        raise SheetError(
            _("打不开这个文件。请在表格软件里另存为 .xlsx 再上传。")
        ) from error


def _csv_cells(file: IO[bytes]) -> Iterator[list[Any]]:
    data = _limited(file)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("gb18030")  # as Chinese office programs save it
        except UnicodeDecodeError as error:
            raise SheetError(_("文字编码不对，请存成 UTF-8 的 .csv。")) from error
    try:
        yield from csv.reader(io.StringIO(text))
    except csv.Error as error:
        raise SheetError(
            _("打不开这个文件。请在表格软件里另存为 .xlsx 再上传。")
        ) from error


def _limited(file: IO[bytes]) -> bytes:
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise SheetError(_("文件超过 10 MB，请分成几个表格。"))
    return data


# --- writing ---------------------------------------------------------------------------


def write_sheet(
    title: str, columns: Sequence[Column], rows: Iterable[dict[str, str]]
) -> bytes:
    """A workbook with a header, lists of choices and every cell as text."""
    book = Workbook()
    sheet = book.create_sheet(title, 0)
    sheet.append([column.title + "*" * column.is_required for column in columns])
    for number, column in enumerate(columns, start=1):
        _dress(sheet, number, column)
    for row in rows:
        sheet.append([safe(row.get(column.key, "")) for column in columns])
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            cell.number_format = "@"
            if cell.value is not None:
                cell.data_type = "s"
    sheet.freeze_panes = "B2"
    _explain(book.worksheets[1], columns)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _explain(sheet: Any, columns: Sequence[Column]) -> None:
    """The second sheet says how to fill in the first; nobody reads it back."""
    sheet.title = _("填写说明")
    sheet.append([_("列"), _("必填"), _("可以填"), _("例子")])
    for column in columns:
        required = _("是") if column.is_required else ""
        choices = "、".join(column.choices)
        sheet.append([column.title, required, choices, safe(column.example)])
    for letter, width in zip("ABCD", (16, 8, 60, 40), strict=True):
        sheet.column_dimensions[letter].width = width


def _dress(sheet: Any, number: int, column: Column) -> None:
    letter = get_column_letter(number)
    header = sheet.cell(1, number)
    header.font = Font(bold=True)
    header.fill = HEADER_FILL
    sheet.column_dimensions[letter].width = 28 if len(column.example) > 12 else 16
    sheet.column_dimensions[letter].number_format = "@"
    hints = [_("必填。")] if column.is_required else []
    if column.choices:
        hints.append(
            _("可以填：%(choices)s。") % {"choices": "、".join(column.choices)}
        )
    if column.example:
        hints.append(_("例如：%(example)s") % {"example": column.example})
    if hints:
        header.comment = Comment("\n".join(hints), "乡法通", width=320, height=160)
    listed = ",".join(column.choices)
    if (
        column.choices
        and len(listed) <= LONGEST_CHOICES
        and "," not in "".join(column.choices)
    ):
        rule = DataValidation("list", formula1=f'"{listed}"', allow_blank=True)
        # More than one may stand in a cell where several can be chosen.
        rule.showErrorMessage = False
        sheet.add_data_validation(rule)
        rule.add(f"{letter}2:{letter}{MOST_ROWS}")
