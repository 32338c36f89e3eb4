"""What a campaign plans and has reached: stored blocks as plain data, and its calendar.

No model and no clock: everything is computed from what is stored and a given day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

RawBlock = dict[str, Any]
State = Literal["upcoming", "current", "over"]

FULL_SHARE = 100
LEAP_DAY = (2, 29)


class EventState(TextChoices):
    PLANNED = "planned", _("计划举办")
    HELD = "held", _("已经举办")
    POSTPONED = "postponed", _("延期")
    CANCELLED = "cancelled", _("取消")


@dataclass(frozen=True, slots=True)
class Phase:
    """动员部署, 整体推进, 总结验收 …"""

    name: str
    starts_on: date
    ends_on: date
    text: str = ""

    def state(self, day: date) -> State:
        return period_state(self.starts_on, self.ends_on, day)


@dataclass(frozen=True, slots=True)
class Measure:
    text: str
    lead: str  # 牵头单位
    support: str = ""  # 协同责任单位


@dataclass(frozen=True, slots=True)
class Quarter:
    number: int  # 1 … 4
    planned: int  # in the unit of the target
    share: int | None  # percent, where the plan was written in shares
    achieved: int | None


@dataclass(frozen=True, slots=True)
class Target:
    what: str
    unit: str
    number: int
    quarters: tuple[Quarter, ...]
    achieved: int | None
    counted_on: date | None

    @property
    def percent(self) -> int | None:
        """How much is reached, rounded down: 99.9 % is not done yet."""
        if self.achieved is None:
            return None
        return self.achieved * FULL_SHARE // self.number


# --- reading what is stored ------------------------------------------------------------


def as_date(value: Any) -> date | None:
    """A date as JSON holds it or, before the first save, as the form made it."""
    if isinstance(value, date):
        return value
    return date.fromisoformat(value) if value else None


def values(raw: Iterable[RawBlock]) -> list[dict[str, Any]]:
    return [block["value"] for block in raw if block["value"]]


def listed(raw: Any) -> list[dict[str, Any]]:
    """The entries of a stored list block, with or without the ids of its items."""
    return [
        item["value"] if "value" in item and "type" in item else item
        for item in raw or []
    ]


def words(value: dict[str, Any], field: str, language: str) -> str:
    """The text in this language; the Chinese one where nobody has translated it."""
    for translation in listed(value.get("translations")):
        if translation.get("language") == language and translation.get(field):
            return str(translation[field])
    return str(value.get(field) or "")


def phases_of(raw: Iterable[RawBlock], language: str) -> tuple[Phase, ...]:
    """The phases that have both their days; a draft may lack them."""
    found = []
    for value in values(raw):
        starts_on, ends_on = as_date(value["starts_on"]), as_date(value["ends_on"])
        if starts_on and ends_on:
            name, text = (words(value, key, language) for key in ("name", "text"))
            found.append(Phase(name, starts_on, ends_on, text))
    return tuple(found)


def measures_of(raw: Iterable[RawBlock], language: str) -> tuple[Measure, ...]:
    return tuple(
        Measure(*(words(value, key, language) for key in ("text", "lead", "support")))
        for value in values(raw)
        if value.get("text")
    )


def targets_of(raw: Iterable[RawBlock], language: str) -> tuple[Target, ...]:
    return tuple(
        _target(value, language)
        for value in values(raw)
        if value.get("what") and value.get("number")
    )


def _target(value: dict[str, Any], language: str) -> Target:
    quarters = quarters_of(value)
    counted = [quarter.achieved for quarter in quarters if quarter.achieved is not None]
    return Target(
        what=words(value, "what", language),
        unit=words(value, "unit", language),
        number=int(value["number"]),
        quarters=quarters,
        achieved=sum(counted) if counted else value.get("achieved"),
        counted_on=as_date(value.get("counted_on")),
    )


def quarters_of(value: dict[str, Any]) -> tuple[Quarter, ...]:
    """The plan of a target, quarter by quarter; shares are made numbers."""
    entries = [entry for entry in listed(value.get("quarters")) if entry.get("quarter")]
    plans = [int(entry.get("planned") or 0) for entry in entries]
    is_share = value.get("planned_as") != "number"
    numbers = split(int(value["number"]), plans) if is_share else plans
    found = [
        Quarter(
            number=int(entry["quarter"]),
            planned=number,
            share=plan if is_share else None,
            achieved=entry.get("achieved"),
        )
        for entry, plan, number in zip(entries, plans, numbers, strict=True)
    ]
    return tuple(sorted(found, key=lambda quarter: quarter.number))


def split(total: int, shares: Sequence[int]) -> list[int]:
    """Whole numbers by shares of a hundred, the last rest to the largest remainders."""
    exact = [total * share for share in shares]
    numbers = [part // FULL_SHARE for part in exact]
    rest = sum(exact) // FULL_SHARE - sum(numbers)
    by_remainder = sorted(range(len(shares)), key=lambda at: -(exact[at] % FULL_SHARE))
    for at in by_remainder[:rest]:
        numbers[at] += 1
    return numbers


# --- the calendar ------------------------------------------------------------------------


def period_state(starts_on: date, ends_on: date, day: date) -> State:
    if day < starts_on:
        return "upcoming"
    return "over" if day > ends_on else "current"


def in_year(day: date, years: int, *, is_end: bool = False) -> date:
    """The same day of the calendar ``years`` later.

    29 February has none in a common year: what begins on it begins on 1 March, what
    ends on it ends on 28 February, so that neighbours do not overlap.
    """
    year = day.year + years
    if (day.month, day.day) == LEAP_DAY and not _is_leap(year):
        return date(year, 2, 28) if is_end else date(year, 3, 1)
    return day.replace(year=year)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


@dataclass(frozen=True, slots=True)
class Shift:
    """From the days of one campaign to those of the next: first the year, then days
    where the new one begins on another day of the calendar."""

    years: int
    days: int = 0

    @classmethod
    def between(cls, starts_on: date, new_start: date, years: int) -> Shift:
        return cls(years, (new_start - in_year(starts_on, years)).days)

    def start(self, day: date) -> date:
        return in_year(day, self.years) + timedelta(days=self.days)

    def end(self, day: date, starts_on: date) -> date:
        """``starts_on``: the shifted first day; nothing ends before it begins."""
        moved = in_year(day, self.years, is_end=True) + timedelta(days=self.days)
        return max(moved, starts_on)
