"""Phases, targets and days of a campaign, without a database."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from articles.campaigns.plan import (
    Shift,
    in_year,
    listed,
    measures_of,
    period_state,
    phases_of,
    split,
    targets_of,
    words,
)


def block(kind: str, **value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value}


def quarter(number: int, planned: int, achieved: int | None = None) -> dict[str, Any]:
    return {"quarter": str(number), "planned": planned, "achieved": achieved}


def target(**values: Any) -> Any:
    stored = {"what": "举办活动", "unit": "场", "number": 700, "quarters": [], **values}
    return targets_of([block("target", **stored)], "zh-hans")[0]


@pytest.mark.parametrize(
    ("total", "shares", "numbers"),
    [
        (70, (10, 50, 40), [7, 35, 28]),
        (8_000, (10, 50, 40), [800, 4_000, 3_200]),
        (7, (33, 33, 34), [2, 2, 3]),
        (1, (50, 50), [1, 0]),
        (3, (25, 25, 25, 25), [1, 1, 1, 0]),
        (700, (100,), [700]),
    ],
)
def test_shares_become_whole_numbers_that_sum_to_the_target(
    total: int, shares: tuple[int, ...], numbers: list[int]
) -> None:
    assert split(total, shares) == numbers
    assert sum(numbers) == total


def test_every_split_of_every_target_sums_to_it() -> None:
    for total in range(1, 120):
        for first in range(101):
            assert sum(split(total, (first, 100 - first))) == total


def test_quarters_are_summed_and_stand_in_order() -> None:
    found = target(
        planned_as="share",
        quarters=[quarter(3, 40), quarter(1, 10, 70), quarter(2, 50, 280)],
    )

    assert found.achieved == 350
    assert found.percent == 50
    assert [(entry.number, entry.planned, entry.share) for entry in found.quarters] == [
        (1, 70, 10),
        (2, 350, 50),
        (3, 280, 40),
    ]


def test_numbers_by_quarter_are_taken_as_they_are() -> None:
    found = target(planned_as="number", quarters=[quarter(1, 300), quarter(2, 400)])

    assert [(entry.planned, entry.share) for entry in found.quarters] == [
        (300, None),
        (400, None),
    ]
    assert found.achieved is None
    assert found.percent is None


def test_nearly_done_is_not_shown_as_done() -> None:
    assert target(achieved=699).percent == 99
    assert target(achieved=700).percent == 100
    assert target(achieved=770).percent == 110


def test_items_of_a_list_are_read_with_and_without_their_ids() -> None:
    plain = quarter(1, 100)
    stored = [{"type": "item", "value": plain, "id": "a"}, plain]

    assert listed(stored) == [plain, plain]
    assert listed(None) == []


def test_a_translation_changes_words_and_no_number() -> None:
    english = {"language": "en", "what": "Events held", "unit": "events"}
    raw = [
        block("target", what="举办活动", unit="场", number=9, translations=[english])
    ]

    (chinese,) = targets_of(raw, "zh-hans")
    (translated,) = targets_of(raw, "en")

    assert (translated.what, translated.unit) == ("Events held", "events")
    assert (chinese.what, chinese.number) == ("举办活动", translated.number)


def test_what_nobody_translated_stays_chinese() -> None:
    value = {"name": "动员部署", "translations": [{"language": "en", "name": ""}]}

    assert words(value, "name", "en") == "动员部署"
    assert words(value, "text", "en") == ""


def test_unfinished_rows_of_a_draft_are_left_out() -> None:
    assert (
        phases_of([block("phase", name="动员", starts_on=None, ends_on=None)], "") == ()
    )
    assert measures_of([block("measure", text="", lead=None)], "") == ()
    assert targets_of([block("target", what="办活动", number=None)], "") == ()


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 4, 30), "upcoming"),
        (date(2026, 5, 1), "current"),
        (date(2026, 5, 31), "current"),
        (date(2026, 6, 1), "over"),
    ],
)
def test_first_and_last_day_belong_to_a_period(day: date, state: str) -> None:
    assert period_state(date(2026, 5, 1), date(2026, 5, 31), day) == state


# --- moving to another year ------------------------------------------------------------


def test_days_keep_their_place_in_the_calendar() -> None:
    shift = Shift.between(date(2026, 5, 1), date(2027, 5, 1), 1)

    assert shift.start(date(2026, 5, 12)) == date(2027, 5, 12)
    assert shift.end(date(2026, 5, 31), date(2027, 5, 1)) == date(2027, 5, 31)


def test_another_first_day_moves_all_days_by_as_many() -> None:
    shift = Shift.between(date(2026, 5, 1), date(2027, 5, 6), 1)

    assert shift.start(date(2026, 5, 12)) == date(2027, 5, 17)


def test_leap_day_keeps_neighbors_apart() -> None:
    first_end, second_start = date(2028, 2, 28), date(2028, 2, 29)

    assert in_year(first_end, 1, is_end=True) == date(2029, 2, 28)
    assert in_year(second_start, 1) == date(2029, 3, 1)
    assert in_year(second_start, 1, is_end=True) == date(2029, 2, 28)
    assert in_year(second_start, 4) == date(2032, 2, 29)
    # 2100 is no leap year.
    assert in_year(date(2096, 2, 29), 4) == date(2100, 3, 1)


def test_periods_cut_anywhere_never_overlap_after_the_move() -> None:
    start, day = date(2028, 2, 1), timedelta(days=1)
    for length in range(1, 59):
        cut = start + length * day
        shift = Shift.between(start, in_year(start, 1), 1)
        end_of_first = shift.end(cut, shift.start(start))
        assert end_of_first < shift.start(cut + day), cut


def test_nothing_ends_before_it_begins() -> None:
    leap_day = date(2028, 2, 29)
    shift = Shift.between(leap_day, date(2029, 3, 1), 1)

    assert shift.end(leap_day, date(2029, 3, 1)) == date(2029, 3, 1)
