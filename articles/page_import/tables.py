"""Tables of an old page: those with data, and those that only arrange. Pure code."""

from __future__ import annotations

from typing import Any

from lxml.etree import _Element as Element

from articles.page_import.paragraphs import tidy
from articles.page_import.saved_page import text_of

# Inside a cell they say that the table arranges a page.
_ARRANGED = ("table", "img", "ul", "ol", "h1", "h2", "h3", "h4", "iframe", "video")
MOST_COLUMNS = 30
_LONGEST_CELL = 600


def read(table: Element) -> dict[str, Any] | None:
    """The value of a table block; None where the table only arranges its contents."""
    rows = [
        row for row in table.iter("tr") if any(cell.tag in ("td", "th") for cell in row)
    ]
    if any(table.find(f".//{inner}") is not None for inner in _ARRANGED):
        return None
    if len(rows) < 2:
        return None
    grid = _grid(rows)
    width = max(len(line) for line in grid)
    if not 2 <= width <= MOST_COLUMNS:
        return None
    caption = tidy(
        " ".join(text_of(found) for found in table.findall("caption"))
    ).strip()
    first = rows[0]
    if not caption and len(first) == 1 and len(grid) > 2:
        # A line across the whole table is its title.
        caption, grid, rows = grid[0][0], grid[1:], rows[1:]
    if any(len(cell) > _LONGEST_CELL for line in grid for cell in line):
        return None
    data = [line + [""] * (width - len(line)) for line in grid]
    data = [line for line in data if any(line)]
    if len(data) < 2:
        return None
    has_header = _is_header(rows[0])
    return {
        "data": data,
        "cell": [],
        "mergeCells": [],
        "first_row_is_table_header": has_header,
        "first_col_is_header": False,
        "table_header_choice": "row" if has_header else "",
        "table_caption": caption[:200],
    }


def _grid(rows: list[Element]) -> list[list[str]]:
    """Cells by line; one that reaches down is said again on every line, one that
    reaches across leaves the cells beside it empty."""
    grid: list[list[str]] = []
    below: dict[tuple[int, int], str] = {}
    for number, row in enumerate(rows):
        line: list[str] = []
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while (number, len(line)) in below:
                line.append(below[number, len(line)])
            text, start = _text(cell), len(line)
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            line += [text, *[""] * (across - 1)]
            for step in range(1, down):
                for offset in range(across):
                    below[number + step, start + offset] = text if not offset else ""
        while (number, len(line)) in below:
            line.append(below[number, len(line)])
        grid.append(line)
    return grid


def _span(cell: Element, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    number = int(value) if value.isascii() and value.isdecimal() else 1
    return min(max(number, 1), MOST_COLUMNS)


def _text(cell: Element) -> str:
    lines = [str(piece) for piece in cell.itertext()]
    return tidy("".join(lines)).strip()


def _is_header(row: Element) -> bool:
    cells = [cell for cell in row if cell.tag in ("td", "th") and _text(cell)]
    return bool(cells) and all(
        cell.tag == "th" or _text(cell) == "".join(map(text_of, _bold(cell))).strip()
        for cell in cells
    )


def _bold(cell: Element) -> list[Element]:
    return list(cell.iter("b", "strong"))
