"""Days on which usual hours may not hold: public holidays and the weekends worked for
them, as far as the State Council has announced them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from chinese_calendar import constants

# Set by the regulation on public holidays itself, whatever the yearly notice says.
FIXED = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
DAYS_AHEAD = 366


def special_days(today: date) -> str:
    """From ``today`` on for a year: ``2026-10-01 2026-10-02 …``, for the script."""
    return _from_month(today.replace(day=1))


@lru_cache(maxsize=4)
def _from_month(first: date) -> str:
    """By month, so that an export of tomorrow has the same bytes as one of today."""
    last = first + timedelta(days=DAYS_AHEAD + 31)
    days = {day for day in _announced() if first <= day <= last}
    days |= {day for day in _fixed(first.year) if first <= day <= last}
    return " ".join(day.isoformat() for day in sorted(days))


def _announced() -> Iterator[date]:
    # A holiday on a weekend changes nothing for who is closed then, but everything for
    # who is open on weekends.
    yield from constants.holidays
    yield from constants.workdays


def _fixed(year: int) -> Iterator[date]:
    for number in (year, year + 1):
        for month, day in FIXED:
            yield date(number, month, day)
