"""Days as people write them, in the language of the page."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.utils.dateformat import format as format_with

from home.wording.translating import gettext as _


def format_day(day: date) -> str:
    """2026年3月1日, 1 March 2026"""
    # Translators: a format of Django's filter "date"; every language has its own order.
    return _formatted(day.year, day.month, day.day, _("Y年n月j日"))


@lru_cache(maxsize=10_000)
def _formatted(year: int, month: int, day: int, pattern: str) -> str:
    """Lists of a portal say the same days over and over."""
    return format_with(date(year, month, day), pattern)
