"""The time limits of publication, counted in working days. Pure code.

A document is public within 20 working days of its making (政府信息公开条例第二十六条),
its interpretation within 3 of the document (checklist 5.2).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from home.workdays import Calendar

DISCLOSURE_DAYS = 20
INTERPRETATION_DAYS = 3
# From how many working days left on an editor is warned.
AMBER_BELOW = {DISCLOSURE_DAYS: 6, INTERPRETATION_DAYS: 2}

State = Literal["green", "amber", "red"]


@dataclass(frozen=True, slots=True)
class Clock:
    """A limit as it stands on a day; stopped when the thing was done."""

    state: State
    last_day: date
    left: int  # working days until ``last_day``; below zero: late by so many
    is_done: bool
    unknown_years: tuple[int, ...]  # counted Monday to Friday only

    @property
    def red_from(self) -> date:
        return self.last_day + timedelta(days=1)


def clock(
    start: date, days: int, today: date, calendar: Calendar, done: date | None = None
) -> Clock:
    """``done``: the day on which it was done, None while it is not."""
    last_day = calendar.after(start, days)
    left = calendar.between(done or today, last_day)
    if left < 0 or (done or today) > last_day:
        state: State = "red"
    elif done is None and left < AMBER_BELOW[days]:
        state = "amber"
    else:
        state = "green"
    unknown = calendar.unknown_years(start, last_day)
    return Clock(state, last_day, left, done is not None, tuple(unknown))
