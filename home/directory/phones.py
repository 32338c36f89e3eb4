"""Telephone numbers of points and people, checked before they are stored. Pure code."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from home.phones import phone_links

_SEPARATORS = re.compile(r"[、，,;；/\n]+")
_NUMBER = re.compile(r"\+?\d[\d -]{1,18}\d(\s*转\s*\d+)?")


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    text: str
    href: str  # tel:…


def phone_numbers(written: str) -> tuple[PhoneNumber, ...]:
    return tuple(
        PhoneNumber(link["label"], link["href"]) for link in phone_links(written)
    )


def phone_problem(written: str) -> str:
    """Why this cannot be dialled; "" where it can."""
    for part in _SEPARATORS.split(written):
        if part.strip() and not _NUMBER.fullmatch(part.strip()):
            return _(
                "“%(number)s”不像电话号码。写成 0000-1234567，几个号码用顿号隔开。"
            ) % {"number": part.strip()}
    return ""
