"""Working days of China: time limits that the law counts in them. Pure code.

Each autumn the State Council announces the holidays of the next year, with the weekends
that are worked in exchange (调休). The library ``chinese_calendar`` knows the notices up
to the year of its release; later ones come in as ``Notice`` (``HolidayNotice`` in the
admin). For a year of which nothing is known, Monday to Friday are counted, and
``Calendar.unknown_years`` says so: a limit that reaches into it may move.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from chinese_calendar import constants

FRIDAY = 4
# The years of which the library holds the notice. A notice also names a day or two of
# the year before (元旦), which alone do not make that year known.
LIBRARY_YEARS = frozenset(day.year for day in constants.holidays)
LONGEST_RANGE = 31


@dataclass(frozen=True, slots=True)
class Notice:
    """What one year's notice changes: weekdays that are free, weekends that are not."""

    days_off: frozenset[date] = frozenset()
    days_worked: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked. An entered notice stands above the library's."""

    notices: Mapping[int, Notice] = field(default_factory=dict)

    def knows(self, year: int) -> bool:
        return year in self.notices or year in LIBRARY_YEARS

    def is_workday(self, day: date) -> bool:
        notice = self.notices.get(day.year)
        if notice is not None:
            if day in notice.days_off:
                return False
            return day in notice.days_worked or day.weekday() <= FRIDAY
        if day in constants.holidays:
            return False
        return day in constants.workdays or day.weekday() <= FRIDAY

    def after(self, start: date, count: int) -> date:
        """The ``count``-th working day after ``start``; that day itself is not counted
        (民法典第二百零一条)."""
        day, left = start, count
        while left > 0:
            day += timedelta(days=1)
            left -= self.is_workday(day)
        return day

    def between(self, start: date, end: date) -> int:
        """How many working days lie after ``start``, up to and with ``end``; below zero
        where ``end`` comes first."""
        if end < start:
            return -self.between(end, start)
        return sum(
            self.is_workday(start + timedelta(days=number))
            for number in range(1, (end - start).days + 1)
        )

    def unknown_years(self, start: date, end: date) -> list[int]:
        """The years that these days touch and of which no notice is known."""
        return [
            year for year in range(start.year, end.year + 1) if not self.knows(year)
        ]


_DAY = r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
_LINE = re.compile(rf"{_DAY}(?:\s*(?:至|到|~|～|—+|-)\s*{_DAY})?")


def read_days(lines: str) -> frozenset[date]:
    """The days of a text with one day or range a line.

    >>> sorted(day.day for day in read_days("2027-02-05 至 2027-02-07"))
    [5, 6, 7]

    Raises ``ValueError`` with the line that is none.
    """
    return frozenset(
        day
        for line in lines.splitlines()
        if line.strip()
        for day in _days_of(line.strip())
    )


def _days_of(line: str) -> Iterable[date]:
    match = _LINE.fullmatch(line)
    if match is None:
        raise ValueError(line)
    numbers = [int(number) for number in match.groups() if number is not None]
    try:
        first = date(*numbers[:3])
        last = date(*numbers[3:]) if len(numbers) > 3 else first
    except ValueError:
        raise ValueError(line) from None
    length = (last - first).days
    if not 0 <= length < LONGEST_RANGE:
        raise ValueError(line)
    return [first + timedelta(days=number) for number in range(length + 1)]
