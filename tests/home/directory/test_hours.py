"""Opening hours as clerks write them."""

from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from home.directory.hours import (
    CLOSED_WEEK,
    HoursError,
    Span,
    hours_lines,
    hours_summary,
    normalized,
    parse_hours,
    span_text,
    week_data,
)

MORNING, AFTERNOON = Span(510, 720), Span(870, 1080)
WORK_WEEK = ((MORNING, AFTERNOON),) * 5 + ((), ())


@pytest.mark.parametrize(
    "written",
    [
        "周一至周五 8:30-12:00 14:30-18:00",
        "星期一至星期五：8:30—12:00，14:30—18:00",
        "周一到五 8：30～12：00、14：30～18：00",
        "工作日 08:30至12:00;14:30至18:00",
        "周一、周二、周三 8:30-12:00 14:30-18:00\n\n周四和周五 14:30-18:00 8:30-12:00",
        "周一至周五 8:30-12:00 14:30-18:00\n周末 休息",
    ],
)
def test_ways_to_write_a_working_week_mean_the_same(written: str) -> None:
    assert parse_hours(written) == WORK_WEEK


@pytest.mark.parametrize(
    ("written", "day", "spans"),
    [
        ("每天 9:00-17:00", 6, (Span(540, 1020),)),
        ("周日 24小时", 6, (Span(0, 1440),)),
        ("周六 0:00-24:00", 5, (Span(0, 1440),)),
        ("礼拜天 9:00-10:00", 6, (Span(540, 600),)),
    ],
)
def test_single_days_are_understood(
    written: str, day: int, spans: tuple[Span, ...]
) -> None:
    assert parse_hours(written)[day] == spans


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("8:30-12:00", "没有写星期几"),
        ("周一至周五", "没有写几点到几点"),
        ("周一 12:00-8:30", "结束时间要晚于开始时间"),
        ("周一 8:30-8:30", "结束时间要晚于开始时间"),
        ("周一 8:75-9:00", "没有“8:75-9:00”这样的时间"),
        ("周一 8:30-25:00", "没有“8:30-25:00”这样的时间"),
        ("周一 8:30-12:00 11:00-13:00", "8:30–12:00 和 11:00–13:00 重叠"),
        ("周五至周一 8:30-12:00", "先后不对"),
        ("周一 8:30-12:00 逢集", "看不懂“逢集”"),
        ("周一周一 8:30-12:00", "周一写了两次"),
    ],
)
def test_wrong_hours_are_refused_with_the_reason(written: str, words: str) -> None:
    with pytest.raises(HoursError) as refused:
        parse_hours(written)
    assert words in str(refused.value)


def test_every_wrong_line_is_named() -> None:
    with pytest.raises(HoursError) as refused:
        parse_hours("周一 八点\n周二 9:00-10:00\n周二 11:00-12:00")
    assert [problem[:10] for problem in refused.value.problems] == [
        "办公时间第 1 行：",
        "办公时间第 3 行：",
    ]


def test_nothing_written_is_a_closed_week_without_lines() -> None:
    assert parse_hours(" \n") == CLOSED_WEEK
    assert hours_lines(CLOSED_WEEK) == ()
    assert hours_summary(CLOSED_WEEK) == ""


def test_days_with_equal_hours_stand_on_one_line_and_closed_days_last() -> None:
    lines = hours_lines(
        parse_hours("周一、周三、周五 9:00-12:00\n周六 9:00-10:00\n周二 全天")
    )
    assert [(line.days, line.spans) for line in lines] == [
        ("周一、周三、周五", ("9:00–12:00",)),
        ("周二", ("全天",)),
        ("周六", ("9:00–10:00",)),
        ("周四、周日", ()),
    ]


def test_summary_leaves_closed_days_out() -> None:
    assert hours_summary(WORK_WEEK) == "周一至周五 8:30–12:00，14:30–18:00"


def test_hours_are_said_in_the_language_of_the_page() -> None:
    with translation.override("zh-hant"):
        assert "週" in hours_summary(WORK_WEEK)


def test_script_gets_seven_days_in_minutes() -> None:
    assert week_data(WORK_WEEK) == ";".join(["510-720,870-1080"] * 5 + ["", ""])


spans = st.lists(st.tuples(st.integers(0, 1438), st.integers(1, 200)), max_size=3).map(
    lambda found: tuple(
        sorted(Span(start, min(start + length, 1440)) for start, length in found)
    )
)


def _apart(day: tuple[Span, ...]) -> bool:
    return all(a.end <= b.start for a, b in zip(day, day[1:], strict=False))


@given(st.tuples(*[spans.filter(_apart)] * 7))
def test_any_week_is_the_same_after_it_was_written_and_read(
    week: tuple[tuple[Span, ...], ...],
) -> None:
    names = "一二三四五六日"
    written = "\n".join(
        f"周{names[day]} {' '.join(map(span_text, found))}"
        for day, found in enumerate(week)
        if found
    )
    assert parse_hours(written) == week
    assert parse_hours(normalized(written)) == week
    assert normalized(normalized(written)) == normalized(written)
