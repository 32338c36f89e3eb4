"""Opening hours as a clerk writes them, line by line, and as a week of spans.

Pure code. ``parse_hours("周一至周五 8:30-12:00 14:30-18:00")`` gives a week: seven
tuples of spans, Monday first. Dashes, colons and commas may be full or half width;
周, 星期 and 礼拜 are the same; a day that no line names is closed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

DAY_MINUTES = 24 * 60
WORKDAYS = range(5)
WEEKEND = range(5, 7)
EVERY_DAY = range(7)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From ``start`` to ``end``, in minutes after midnight; the end is not open."""

    start: int
    end: int


Week = tuple[tuple[Span, ...], ...]
CLOSED_WEEK: Week = ((),) * 7


@dataclass(frozen=True, slots=True)
class HoursLine:
    """Days with the same hours, as a page shows them."""

    days: str  # 周一至周五
    spans: tuple[str, ...]  # 8:30–12:00; empty: closed


class HoursError(ValueError):
    """What is wrong with written hours, in sentences that name the line."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = tuple(problems)


# --- reading ---------------------------------------------------------------------------

_DAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_WIDE = str.maketrans("０１２３４５６７８９：，；　", "0123456789:,; ")
_TO = r"(?:至|到|[-–—－~～])"
_DAY = r"(?:(?:周|星期|礼拜)[一二三四五六日天])"
_DAY_RANGE = re.compile(rf"({_DAY})\s*{_TO}+\s*((?:周|星期|礼拜)?[一二三四五六日天])")
_DAY_ONE = re.compile(_DAY)
_GROUPS = {
    "每天": EVERY_DAY,
    "每日": EVERY_DAY,
    "天天": EVERY_DAY,
    "工作日": WORKDAYS,
    "周末": WEEKEND,
}
_GROUP = re.compile("|".join(_GROUPS))
_SEPARATORS = re.compile(r"[\s,、;和及]+")
_TIME = r"(\d{1,2}):(\d{2})"
_SPAN = re.compile(rf"{_TIME}\s*{_TO}+\s*{_TIME}")
_ALL_DAY = re.compile(r"24\s*小时|全天")
_CLOSED = re.compile(r"休息|不办公|关门|不开门")


def parse_hours(text: str) -> Week:
    """Raises ``HoursError`` with everything that is wrong; no text is a closed week."""
    week: list[tuple[Span, ...] | None] = [None] * 7
    problems: list[str] = []
    for number, written in enumerate(text.splitlines(), start=1):
        line = written.translate(_WIDE).strip()
        if not line:
            continue
        try:
            days, spans = _read_line(line)
            twice = [day for day in days if week[day] is not None]
            if twice:
                raise ValueError(_("%(day)s写了两次。") % {"day": day_name(twice[0])})
        except ValueError as error:
            problems.append(
                _("办公时间第 %(line)s 行：%(problem)s")
                % {"line": number, "problem": error}
            )
            continue
        for day in days:
            week[day] = spans
    if problems:
        raise HoursError(problems)
    return tuple(spans or () for spans in week)


def _read_line(line: str) -> tuple[list[int], tuple[Span, ...]]:
    days, rest = _read_days(line)
    if not days:
        raise ValueError(_("没有写星期几，例如：周一至周五 8:30-12:00。"))
    spans, rest = _read_spans(rest)
    if rest := _SEPARATORS.sub("", rest).strip(":。"):
        raise ValueError(
            _("看不懂“%(words)s”，请写成：周一至周五 8:30-12:00 14:30-18:00。")
            % {"words": rest}
        )
    return days, spans


def _read_days(line: str) -> tuple[list[int], str]:
    found: list[int] = []

    def take_range(match: re.Match[str]) -> str:
        first, last = _DAYS[match[1][-1]], _DAYS[match[2][-1]]
        if last < first:
            raise ValueError(
                _("“%(words)s”的先后不对，一周从周一算起。") % {"words": match[0]}
            )
        found.extend(range(first, last + 1))
        return " "

    def take_group(match: re.Match[str]) -> str:
        found.extend(_GROUPS[match[0]])
        return " "

    def take_one(match: re.Match[str]) -> str:
        found.append(_DAYS[match[0][-1]])
        return " "

    rest = _DAY_RANGE.sub(take_range, line)
    rest = _GROUP.sub(take_group, rest)
    rest = _DAY_ONE.sub(take_one, rest)
    for day in found:
        if found.count(day) > 1:
            raise ValueError(_("%(day)s写了两次。") % {"day": day_name(day)})
    return sorted(found), rest


def _read_spans(text: str) -> tuple[tuple[Span, ...], str]:
    if _ALL_DAY.search(text):
        return (Span(0, DAY_MINUTES),), _ALL_DAY.sub(" ", text, count=1)
    if _CLOSED.search(text):
        return (), _CLOSED.sub(" ", text, count=1)
    spans = sorted(_span(match) for match in _SPAN.finditer(text))
    if not spans:
        raise ValueError(_("没有写几点到几点，例如：8:30-12:00；不开门就写“休息”。"))
    for earlier, later in zip(spans, spans[1:], strict=False):
        if later.start < earlier.end:
            raise ValueError(
                _("%(one)s 和 %(other)s 重叠了。")
                % {"one": span_text(earlier), "other": span_text(later)}
            )
    return tuple(spans), _SPAN.sub(" ", text)


def _span(match: re.Match[str]) -> Span:
    hours = [int(match[1]), int(match[3])]
    minutes = [int(match[2]), int(match[4])]
    start, end = (
        60 * hour + minute for hour, minute in zip(hours, minutes, strict=True)
    )
    if max(minutes) > 59 or max(start, end) > DAY_MINUTES:
        raise ValueError(_("没有“%(words)s”这样的时间。") % {"words": match[0]})
    if end <= start:
        raise ValueError(
            _("“%(words)s”里结束时间要晚于开始时间，下午请按 24 小时写。")
            % {"words": match[0]}
        )
    return Span(start, end)


# --- writing ---------------------------------------------------------------------------


def day_name(day: int) -> str:
    return day_names()[day]


def day_names() -> tuple[str, ...]:
    return (
        _("周一"),
        _("周二"),
        _("周三"),
        _("周四"),
        _("周五"),
        _("周六"),
        _("周日"),
    )


def time_text(minutes: int) -> str:
    """8:30; the end of a day is 24:00."""
    return f"{minutes // 60}:{minutes % 60:02}"


def span_text(span: Span) -> str:
    return f"{time_text(span.start)}–{time_text(span.end)}"


def hours_lines(week: Week) -> tuple[HoursLine, ...]:
    """Days of equal hours together, in the order of the week; closed days last.

    Nothing for a week that is closed throughout: then no hours were given.
    """
    groups: dict[tuple[Span, ...], list[int]] = {}
    for day, spans in enumerate(week):
        groups.setdefault(spans, []).append(day)
    closed = groups.pop((), [])
    if not groups:
        return ()
    lines = [
        HoursLine(days_text(days), tuple(map(_shown, spans)))
        for spans, days in groups.items()
    ]
    return (*lines, *([HoursLine(days_text(closed), ())] if closed else []))


def _shown(span: Span) -> str:
    return _("全天") if span == Span(0, DAY_MINUTES) else span_text(span)


def days_text(days: Iterable[int]) -> str:
    """周一至周五; 周一、周三; 每天."""
    wanted = sorted(days)
    if wanted == list(EVERY_DAY):
        return _("每天")
    names = day_names()
    parts = [
        _("%(first)s至%(last)s") % {"first": names[run[0]], "last": names[run[-1]]}
        if len(run) > 2
        else pgettext("between days of the week", "、").join(names[day] for day in run)
        for run in _runs(wanted)
    ]
    return pgettext("between days of the week", "、").join(parts)


def _runs(days: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def hours_summary(week: Week) -> str:
    """On one line: 周一至周五 8:30–12:00，14:30–18:00；周六 9:00–12:00."""
    parts = [
        _("%(days)s %(times)s")
        % {
            "days": line.days,
            "times": pgettext("between spans of a day", "，").join(line.spans),
        }
        for line in hours_lines(week)
        if line.spans
    ]
    return pgettext("between lines of hours", "；").join(parts)


def normalized(text: str) -> str:
    """The same hours, written the one way in which they are stored."""
    groups: dict[tuple[Span, ...], list[int]] = {}
    for day, spans in enumerate(parse_hours(text)):
        if spans:
            groups.setdefault(spans, []).append(day)
    return "\n".join(
        f"{_stored_days(days)} {' '.join(_stored_span(span) for span in spans)}"
        for spans, days in groups.items()
    )


def _stored_days(days: list[int]) -> str:
    names = "一二三四五六日"
    return "、".join(
        f"周{names[run[0]]}至周{names[run[-1]]}"
        if len(run) > 2
        else "、".join(f"周{names[day]}" for day in run)
        for run in _runs(days)
    )


def _stored_span(span: Span) -> str:
    return f"{time_text(span.start)}-{time_text(span.end)}"


def week_data(week: Week) -> str:
    """For the script: days apart by ``;``, spans by ``,``, in minutes (``510-720``)."""
    return ";".join(
        ",".join(f"{span.start}-{span.end}" for span in spans) for spans in week
    )
