"""Telephone numbers as people write them, and as a telephone dials them. Pure code."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

_SEPARATORS = re.compile(r"[、，,;；/\s]+")
_EXTENSION = re.compile(r"转\s*\d+$")
_NUMBER = re.compile(r"\+?\d[\d-]{1,18}\d")


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    text: str
    href: str  # tel:…; an extension is not dialled


def phone_numbers(written: str) -> tuple[PhoneNumber, ...]:
    """Every number of ``0000-1234567、12348 转 2``; what is none is left out."""
    found = []
    for part in _parts(written):
        number = _EXTENSION.sub("", part).strip()
        if _NUMBER.fullmatch(number):
            found.append(PhoneNumber(part, f"tel:{number}"))
    return tuple(found)


def phone_problem(written: str) -> str:
    """Why this cannot be dialled; "" where it can."""
    for part in _parts(written):
        if not _NUMBER.fullmatch(_EXTENSION.sub("", part).strip()):
            return _(
                "“%(number)s”不像电话号码。写成 0000-1234567，几个号码用顿号隔开。"
            ) % {"number": part}
    return ""


def _parts(written: str) -> list[str]:
    joined = re.sub(r"\s*转\s*", "转", written.strip())
    return [part for part in _SEPARATORS.split(joined) if part]
