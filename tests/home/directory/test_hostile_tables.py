"""Tables that were forged or damaged: refused with a sentence, and at once."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from home.directory.tables.cells import Column
from home.directory.tables.sheets import MOST_LINES, Row, SheetError, read_rows
from tests.home.directory.sheets import sheet

COLUMNS = [Column("name", "名称")]
SHEET = "xl/worksheets/sheet1.xml"


def forged(rows: str, dimension: str = "") -> io.BytesIO:
    """A workbook with 名称 in its first row, and ``rows`` as they are below it."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(sheet(["名称"])) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            text = source.read(name)
            if name == SHEET:
                xml = re.sub("<dimension[^>]*/>", dimension, text.decode())
                text = xml.replace("</sheetData>", f"{rows}</sheetData>").encode()
            target.writestr(name, text)
    made.seek(0)
    return made


def line(number: int, text: str) -> str:
    cell = f'<c r="A{number}" t="inlineStr"><is><t>{text}</t></is></c>'
    return f'<row r="{number}">{cell}</row>'


def rows_of(file: io.BytesIO, name: str = "a.xlsx") -> list[Row]:
    return read_rows(file, name, COLUMNS)[0]


def test_line_far_below_is_refused_and_a_few_empty_lines_are_not() -> None:
    assert [row.number for row in rows_of(forged(line(900, "石桥")))] == [900]
    with pytest.raises(SheetError, match="空行太多"):
        rows_of(forged(line(1_000_000_000, "石桥")))
    with pytest.raises(SheetError, match="空行太多"):
        rows_of(forged("<row/>" * MOST_LINES))


def test_rows_below_the_size_that_the_file_states_are_read() -> None:
    stated = '<dimension ref="A1"/>'
    rows = rows_of(forged(line(2, "石桥") + line(3, "云雾"), stated))
    assert [row.texts["name"] for row in rows] == ["石桥", "云雾"]


@pytest.mark.parametrize(
    "rows",
    [
        "<row",
        '<row r="2"><c r="A2" t="s"><v>99999</v></c></row>',
        '<row r="2"><c r="A2" t="n"><v>abc</v></c></row>',
        '<row r="2"><c r="ZZZZZ2"><v>1</v></c></row>',
        '<row r="x"><c r="A2"><v>1</v></c></row>',
    ],
)
def test_damaged_sheet_is_refused_with_a_sentence(rows: str) -> None:
    with pytest.raises(SheetError, match="打不开这个文件"):
        rows_of(forged(rows))


def test_endless_cell_of_a_csv_is_refused_with_a_sentence() -> None:
    assert len(rows_of(io.BytesIO("名称\n石桥".encode()), "a.csv")) == 1
    endless = '名称\n"' + "石" * 200_000
    with pytest.raises(SheetError, match="打不开这个文件"):
        rows_of(io.BytesIO(endless.encode()), "a.csv")
