"""Telephone numbers as people write them, checked, and what a phone dials. Pure code."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

_BETWEEN_NUMBERS = re.compile(r"[、，,/;；\n]")
_EXTENSION = re.compile(r"\s*转\s*")
_NUMBER = re.compile(r"\+?\d[\d -]{1,18}\d(\s*转\s*\d+)?")


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    text: str
    href: str  # tel:…


def phone_numbers(written: str) -> tuple[PhoneNumber, ...]:
    """Each number of ``0000-1234801、12348``, in order."""
    found = []
    for part in _BETWEEN_NUMBERS.split(written):
        number, *extension = _EXTENSION.split(part.strip(), maxsplit=1)
        digits = re.sub(r"[^\d+]", "", number)
        if digits:
            # A comma waits until somebody answers, then dials on.
            dialed = ",".join([digits, *(re.sub(r"\D", "", one) for one in extension)])
            found.append(PhoneNumber(part.strip(), f"tel:{dialed}"))
    return tuple(found)


def phone_problem(written: str) -> str:
    """Why this cannot be dialled; "" where it can."""
    for part in _BETWEEN_NUMBERS.split(written):
        if part.strip() and not _NUMBER.fullmatch(part.strip()):
            return _(
                "“%(number)s”不像电话号码。写成 0000-1234567，几个号码用顿号隔开。"
            ) % {"number": part.strip()}
    return ""
