"""Working days, and the yearly notice that a prefecture enters."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from home.models import HolidayNotice, Portal, work_calendar
from home.models.roles import PortalRole
from home.workdays import Calendar, Notice, read_days
from tests.factories import make_portal, make_user

# 春节 2026: free from 15 to 23 February, worked on Saturday 14 and 28 February.
FRIDAY_BEFORE = date(2026, 2, 13)


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        (date(2026, 3, 2), 1, date(2026, 3, 3)),  # Monday → Tuesday
        (date(2026, 3, 6), 1, date(2026, 3, 9)),  # over a weekend
        (date(2026, 3, 7), 1, date(2026, 3, 9)),  # from a Saturday
        (FRIDAY_BEFORE, 1, date(2026, 2, 14)),  # a Saturday that is worked
        (FRIDAY_BEFORE, 2, date(2026, 2, 24)),  # over the holiday
        (date(2026, 3, 2), 20, date(2026, 3, 30)),
        (date(2026, 3, 2), 0, date(2026, 3, 2)),
    ],
)
def test_working_days_are_counted_from_the_day_after(
    start: date, count: int, expected: date
) -> None:
    assert Calendar().after(start, count) == expected
    assert Calendar().between(start, expected) == count


def test_days_back_are_below_zero() -> None:
    assert Calendar().between(date(2026, 3, 9), date(2026, 3, 6)) == -1


def test_year_without_a_notice_counts_monday_to_friday_and_is_named() -> None:
    calendar = Calendar()
    new_year = date(2031, 1, 1)  # a Wednesday
    assert calendar.is_workday(new_year)
    assert calendar.unknown_years(date(2026, 12, 1), new_year) == [
        2027,
        *range(2028, 2032),
    ]
    assert calendar.unknown_years(date(2026, 1, 5), date(2026, 2, 2)) == []


def test_entered_notice_stands_above_the_library() -> None:
    monday, saturday = date(2026, 3, 2), date(2026, 3, 7)
    notice = Notice(frozenset({monday}), frozenset({saturday}))
    calendar = Calendar({2026: notice})
    assert not calendar.is_workday(monday)
    assert calendar.is_workday(saturday)
    # The library's own days of that year are gone with it: one notice is the whole.
    assert calendar.is_workday(date(2026, 2, 17))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2027-02-05", {date(2027, 2, 5)}),
        ("2027年2月5日\n\n2027/2/8", {date(2027, 2, 5), date(2027, 2, 8)}),
        (
            "2027-02-27 至 2027-03-01",
            {date(2027, 2, 27), date(2027, 2, 28), date(2027, 3, 1)},
        ),
        ("", set()),
    ],
)
def test_days_are_read_as_a_clerk_writes_them(text: str, days: set[date]) -> None:
    assert read_days(text) == days


@pytest.mark.parametrize(
    "text",
    ["春节", "2027-02-30", "2027-02-07 至 2027-02-05", "2027-01-01 至 2027-12-31"],
)
def test_line_that_is_no_day_is_named(text: str) -> None:
    with pytest.raises(ValueError, match=text[:4]):
        read_days(f"2027-05-01\n{text}")


def notice(**values: object) -> HolidayNotice:
    return HolidayNotice(
        **{"year": 2027, "days_off": "2027-02-08", "days_worked": "", **values}
    )


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"days_off": "下周一"}, "看不懂这一行：下周一"),
        ({"days_off": "2026-02-09"}, "不在2027年里"),
        ({"days_worked": "2027-02-09"}, "只写要上班的星期六、星期日"),
        ({"days_off": "2027-02-06", "days_worked": "2027-02-06"}, "既写在放假里"),
    ],
)
def test_notice_with_a_fault_is_refused(values: dict[str, str], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        notice(**values).clean()


@pytest.mark.django_db
def test_stored_notice_is_counted_with() -> None:
    notice(days_worked="2027-02-06").save()
    calendar = work_calendar()
    assert calendar.knows(2027)
    assert not calendar.is_workday(date(2027, 2, 8))
    assert calendar.is_workday(date(2027, 2, 6))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("level", "status"), [(Portal.Level.PREFECTURE, 200), (Portal.Level.COUNTY, 302)]
)
def test_only_a_prefecture_enters_the_notice(level: str, status: int) -> None:
    portal = make_portal("yunling", "云岭市", "000001", level=level)
    client = Client(headers={"host": portal.host})
    client.force_login(make_user(portal, PortalRole.Role.ADMIN))
    address = reverse("wagtailsnippets_home_holidaynotice:add")
    assert client.get(address).status_code == status
