"""Telephone numbers as clerks write them. Pure code."""

from __future__ import annotations

import re

_BETWEEN = re.compile(r"[、,，;；/\n]+|\s+(?=\d{3,})")
_EXTENSION = re.compile(r"(?:转|分机)\s*(\d{1,5})$")
_NUMBER = re.compile(r"\+?\d{3,15}")
_FILLER = re.compile(r"[\s()（）\-－—·]")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


def phone_numbers(text: str) -> tuple[tuple[str, str], ...]:
    """(as written, what ``tel:`` dials) of each number; "" where it is none.

    >>> phone_numbers("0536-1234567、12348")
    (('0536-1234567', '05361234567'), ('12348', '12348'))
    >>> phone_numbers("窗口")
    (('窗口', ''),)
    """
    parts = (part.strip() for part in _BETWEEN.split(text))
    return tuple((part, dialed(part)) for part in parts if part)


def dialed(written: str) -> str:
    """What a telephone dials for a number as written; an extension after a comma, as
    RFC 3966 phones pause there. "" for what is no number."""
    plain = written.translate(_DIGITS)
    extension = _EXTENSION.search(plain)
    if extension:
        plain = plain[: extension.start()]
    number = _FILLER.sub("", plain)
    if not _NUMBER.fullmatch(number):
        return ""
    return f"{number},{extension.group(1)}" if extension else number
