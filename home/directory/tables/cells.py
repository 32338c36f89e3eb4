"""What a clerk types into a cell, and what it means. Pure code.

Every reader takes the text of a cell and raises ``ValueError`` with a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

Read = Callable[[str], Any]
Write = Callable[[Any], str]
LIST_SEPARATORS = re.compile(r"[、，,;；\n]+")
# What a spreadsheet takes for a formula when it opens the file again.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_DAY = re.compile(r"(\d{4})\s*[-/.年]?\s*(\d{1,2})\s*[-/.月]?\s*(\d{1,2})\s*日?")


@dataclass(frozen=True, slots=True)
class Column:
    """``key``: the field that it fills; ``choices``: what may stand in it."""

    key: str
    title: str
    read: Read = str
    write: Write = str
    is_required: bool = False
    is_phone: bool = False
    choices: tuple[str, ...] = ()
    example: str = ""


def read_day(text: str) -> date | None:
    """2026-03-01, 2026/3/1, 2026年3月1日, 20260301."""
    if not text:
        return None
    match = _DAY.fullmatch(text)
    try:
        if match is None:
            raise ValueError(text)
        return date(*map(int, match.groups()))
    except ValueError:
        raise ValueError(
            _("“%(text)s”不是日期，请写成 2026-03-01。") % {"text": text}
        ) from None


def write_day(day: date | None) -> str:
    return day.isoformat() if day else ""


def read_decimal(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        # Spreadsheets keep more digits than a place has.
        return round(Decimal(text), 6)
    except InvalidOperation:
        raise ValueError(_("“%(text)s”不是数。") % {"text": text}) from None


def write_decimal(number: Decimal | None) -> str:
    return f"{number.normalize():f}" if number is not None else ""


def read_number(text: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch(r"\d{1,9}", text):
        raise ValueError(_("“%(text)s”不是整数。") % {"text": text})
    return int(text)


def write_number(number: int | None) -> str:
    return str(number) if number is not None else ""


def read_year(text: str) -> int | None:
    return read_number(text.removesuffix("年"))


def read_list(text: str) -> list[str]:
    return [part.strip() for part in LIST_SEPARATORS.split(text) if part.strip()]


def chosen(choices: Mapping[str, str], default: str = "") -> tuple[Read, Write]:
    """Of ``choices``, stored value → what people read; both are understood."""
    values = {label: value for value, label in choices.items()}

    def read(text: str) -> str:
        if not text:
            return default
        if text in choices:
            return text
        if text not in values:
            raise ValueError(not_one_of(text, choices.values()))
        return values[text]

    return read, lambda value: choices.get(value, value)


def several(choices: Mapping[str, str]) -> tuple[Read, Write]:
    read_one, write_one = chosen(choices)

    def read(text: str) -> list[str]:
        return list(dict.fromkeys(read_one(part) for part in read_list(text)))

    return read, lambda values: "、".join(map(write_one, values))


def not_one_of(text: str, choices: Iterable[str]) -> str:
    return _("没有“%(text)s”这一种，只能是：%(choices)s。") % {
        "text": text,
        "choices": "、".join(choices),
    }


def differs(stored: Any, wanted: Any) -> bool:
    """Whether a field changes; the column of a language may hold NULL for no text."""
    return bool(stored != wanted) and not (stored is None and wanted == "")


def lost_zero(text: str) -> bool:
    """Whether a number in a cell for telephones may have had a 0 in front.

    A mobile number begins with 1; a short one (12348) or one without its area code
    is whole as it is.
    """
    is_mobile = len(text) == 11 and text.startswith("1")
    return text.isdecimal() and len(text) > 8 and not is_mobile


def safe(text: str) -> str:
    """A text that no spreadsheet runs: an apostrophe stands before what looks so."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def unsafe(text: str) -> str:
    """What ``safe`` was given."""
    if text.startswith("'") and text[1:].startswith(FORMULA_STARTS):
        return text[1:]
    return text
