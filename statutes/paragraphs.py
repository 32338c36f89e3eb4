"""The inside of a provision: 款, 项, 目 and tables, read from its stored text.

A provision is stored as lines, one per paragraph of the source, table rows as
``| a | b |``. Pure code: no model.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .numerals import CHINESE_CHARACTERS, parse_number
from .pinpoints import Pinpoint

_ITEM = re.compile(
    rf"“?(?:[（(]\s?([{CHINESE_CHARACTERS}]+)\s?[）)]|([{CHINESE_CHARACTERS}]+)、)"
)
_SUBITEM = re.compile(
    r"“?(?:[（(]([0-9０-９]{1,2})[）)]|([0-9０-９]{1,2})[.．、](?!\d)|([⒈-⒛]))"
)
_NOTE = re.compile(r"[①-⑳]")
_TABLE_RULE = re.compile(r"\|[\s:|-]+\|?")
TABLE_ROW = "|"


@dataclass(frozen=True, slots=True)
class Item:
    """One 项 with its mark, such as （一）; the 目 below it with theirs."""

    number: int
    text: str
    subitems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One 款. A note (①) and a table count as none."""

    text: str
    items: tuple[Item, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    is_note: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        """Every line as plain text, cells of a table side by side."""
        lines = [self.text] if self.text else []
        for item in self.items:
            lines.extend((item.text, *item.subitems))
        lines.extend("　".join(row) for row in self.table)
        return tuple(lines)


def read_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a provision's stored text."""
    found: list[Paragraph] = []
    for line in text.split("\n"):
        line = line.strip()
        if not line:
            continue
        if line.startswith(TABLE_ROW):
            _add_row(found, line)
        elif found and (item := _read_item(line, found[-1])) is not None:
            last = found[-1]
            found[-1] = Paragraph(last.text, item, last.table)
        else:
            found.append(Paragraph(line, is_note=bool(_NOTE.match(line))))
    return tuple(found)


def _add_row(found: list[Paragraph], line: str) -> None:
    if _TABLE_RULE.fullmatch(line):
        return
    row = tuple(cell.strip() for cell in line.strip("|").split("|"))
    if found and found[-1].table:
        last = found[-1]
        found[-1] = Paragraph(last.text, last.items, (*last.table, row))
    else:
        found.append(Paragraph("", table=(row,)))


def _read_item(line: str, paragraph: Paragraph) -> tuple[Item, ...] | None:
    """The items of ``paragraph`` with ``line`` added, or None: a new paragraph."""
    if paragraph.is_note or paragraph.table:
        return None
    match = _ITEM.match(line)
    if match is not None:
        number = parse_number(match[1] or match[2]) or 0
        return (*paragraph.items, Item(number, line))
    match = _SUBITEM.match(line)
    if match is None:
        return None
    if paragraph.items and _ITEM.match(paragraph.items[-1].text):
        last = paragraph.items[-1]
        grown = Item(last.number, last.text, (*last.subitems, line))
        return (*paragraph.items[:-1], grown)
    written = match[1] or match[2]
    number = int(written) if written else ord(match[3]) - ord("⒈") + 1
    return (*paragraph.items, Item(number, line))


def has_place(text: str, pinpoint: Pinpoint) -> bool:
    """Whether the 款, 项 and 目 that ``pinpoint`` names exist in a provision's text.

    项 without 款 may stand in any paragraph, as citations of one-paragraph provisions
    leave the 款 out.
    """
    counted = [
        part for part in read_paragraphs(text) if not part.is_note and not part.table
    ]
    if pinpoint.paragraph:
        if pinpoint.paragraph > len(counted):
            return False
        counted = [counted[pinpoint.paragraph - 1]]
    if not pinpoint.item:
        return not pinpoint.subitem
    items = [
        item for part in counted for item in part.items if item.number == pinpoint.item
    ]
    if not pinpoint.subitem:
        return bool(items)
    return any(len(item.subitems) >= pinpoint.subitem for item in items)
