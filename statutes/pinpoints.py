"""Places inside a statute: 第一千零四十六条第二款第三项, and lists of them.

The grammar works on folded text (``names.fold``). Pure code: no model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from .numerals import CHINESE_CHARACTERS, NUMBER, parse_number, write_number

# 第一项至第九项 is read as nine places; a longer list than this is a slip.
LONGEST_EXPANSION = 30


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """One place, or the provisions from ``number`` to ``end_number``; 0 = not named."""

    number: int
    suffix: int = 0  # 第十七条之一: 1
    paragraph: int = 0  # 款
    item: int = 0  # 项
    subitem: int = 0  # 目
    end_number: int = 0
    end_suffix: int = 0

    @property
    def is_range(self) -> bool:
        return self.end_number > 0

    @property
    def anchor(self) -> str:
        return provision_anchor(self.number, self.suffix)


def provision_anchor(number: int, suffix: int = 0) -> str:
    """The anchor of a provision on its page.

    >>> provision_anchor(1046), provision_anchor(17, 1)
    ('t1046', 't17-1')
    """
    return f"t{number}-{suffix}" if suffix else f"t{number}"


def provision_label(number: int, suffix: int = 0) -> str:
    """第十七条之一"""
    label = f"第{write_number(number)}条"
    return f"{label}之{write_number(suffix)}" if suffix else label


def format_pinpoint(pinpoint: Pinpoint) -> str:
    """The pinpoint in words, as laws write it (项 without brackets)."""
    text = provision_label(pinpoint.number, pinpoint.suffix)
    if pinpoint.is_range:
        return f"{text}至{provision_label(pinpoint.end_number, pinpoint.end_suffix)}"
    for value, unit in (
        (pinpoint.paragraph, "款"),
        (pinpoint.item, "项"),
        (pinpoint.subitem, "目"),
    ):
        if value:
            text += f"第{write_number(value)}{unit}"
    return text


# --- grammar -------------------------------------------------------------------------
# 之 begins a suffix only where a number ends: not 之一般, not 之二分之一.
_SUFFIX = (
    rf"(?:\s?之\s?(?P<suffix>{NUMBER})"
    rf"(?![般切致些并律直旦定样分{CHINESE_CHARACTERS}]))?"
)
# 第三条例, 第三条件, 第一项目 and 第二款项 are other words.
_PROVISION = re.compile(
    rf"(?P<lead>第)?\s?(?P<number>{NUMBER})\s?条(?![款例幅件]){_SUFFIX}"
)
_UNIT = re.compile(
    rf"(?P<lead>第?\s?（|第)?\s?(?P<number>{NUMBER})\s?）?\s?"
    r"(?:(?P<unit>款(?!项)|项(?!目)|目(?![录标的前]))|条(?![款例幅件]))"
)
# 第十、十一条; 第（一）、（三）项: numbers whose unit stands only at the end.
_OPEN = re.compile(rf"(?P<lead>第?\s?（|第)?\s?(?P<number>{NUMBER})\s?）?")
_RANGE = re.compile(r"\s?(?:至|到|—+|–+|－|-|~|～)\s?")
_JOIN = re.compile(r"\s?(?:、|以及|及其|和|及|与|或者|或)\s?")
# Signs that also part clauses, so that only a whole 第…条 continues the list.
_WEAK_JOIN = re.compile(r"\s?(?:，|,|；|;|并)\s?|\s")
_FIELDS = {"款": "paragraph", "项": "item", "目": "subitem"}


class _Element(NamedTuple):
    """One number of a list and how it is joined to the one before."""

    joined: str  # "" directly, "join", "weak", "range"
    unit: str  # 条 款 项 目, or "" while its unit is still to come
    number: int
    suffix: int
    end: int


def read_pinpoints(text: str, start: int) -> tuple[tuple[Pinpoint, ...], int]:
    """The list of pinpoints at ``start`` of a folded text, and where it ends.

    Both 第 and 条 are asked for, as running text writes a citation.
    """
    reading = _Reading(start)
    waiting: list[_Element] = []
    for element in _elements(text, start):
        if not element.unit:
            waiting.append(element)
            continue
        group = [part._replace(unit=element.unit) for part in waiting] + [element]
        waiting = []
        if not reading.take(group):
            break
    return tuple(reading.found), reading.end


def _elements(text: str, at: int) -> Iterator[_Element]:
    joined, has_open = "", False
    while True:
        element = _element(text, at, joined, has_open=has_open)
        if element is None:
            return
        yield element
        has_open = not element.unit
        joined, at = _separator(text, element.end)
        if has_open and joined not in ("join", "range"):
            return


def _separator(text: str, at: int) -> tuple[str, int]:
    for name, pattern in (("range", _RANGE), ("join", _JOIN), ("weak", _WEAK_JOIN)):
        match = pattern.match(text, at)
        if match is not None:
            return name, match.end()
    return "", at


def _element(text: str, at: int, joined: str, *, has_open: bool) -> _Element | None:
    # 第十、十一条 and 第十条至十二条 leave out the second 第.
    may_lack_lead = has_open or joined == "range"
    match = _PROVISION.match(text, at)
    if match is not None:
        unit = "条"
        suffix = parse_number(match["suffix"] or "") or 0
    else:
        if joined == "weak":
            return None
        suffix = 0
        match = _UNIT.match(text, at)
        unit = (match["unit"] or "") if match is not None else ""
        if not unit:
            match = _OPEN.match(text, at)
    if match is None or not (match["lead"] or may_lack_lead):
        return None
    number = parse_number(match["number"])
    if not number or number > 9999:
        return None
    return _Element(joined, unit, number, suffix, match.end())


class _Reading:
    """The places read so far; ``take`` refuses what cannot follow them."""

    def __init__(self, start: int) -> None:
        self.found: list[Pinpoint] = []
        self.end = start

    def take(self, group: list[_Element]) -> bool:
        """Add elements that share a unit: all of them, or none and False."""
        found = list(self.found)
        for element in group:
            if element.unit == "条":
                found = _with_provision(found, element)
            else:
                found = _with_unit(found, element)
            if not found:
                return False
        self.found, self.end = found, group[-1].end
        return True


def _with_provision(found: list[Pinpoint], element: _Element) -> list[Pinpoint]:
    place = Pinpoint(element.number, element.suffix)
    if element.joined != "range":
        # Without any sign between them, 第一条第二条 is no list that people write.
        return [*found, place] if element.joined or not found else []
    if not found:
        return []
    last = found[-1]
    is_bare = not (last.paragraph or last.item or last.subitem or last.is_range)
    if not is_bare or (place.number, place.suffix) <= (last.number, last.suffix):
        return []
    ranged = replace(last, end_number=place.number, end_suffix=place.suffix)
    return [*found[:-1], ranged]


def _with_unit(found: list[Pinpoint], element: _Element) -> list[Pinpoint]:
    if not found or found[-1].is_range:
        return []
    last, field = found[-1], _FIELDS[element.unit]
    place = _moved(last, element.unit, element.number)
    if element.joined == "range":
        low = getattr(last, field)
        if not 0 < low < element.number <= low + LONGEST_EXPANSION:
            return []
        numbers = range(low + 1, element.number + 1)
        return [*found, *(_moved(last, element.unit, number) for number in numbers)]
    if element.joined:
        return [*found, place]
    # Directly behind: 第十条第二款第一项 narrows the place before it.
    is_narrower = place == replace(last, **{field: element.number})
    return [*found[:-1], place] if is_narrower and not getattr(last, field) else []


def _moved(place: Pinpoint, unit: str, number: int) -> Pinpoint:
    """``place`` at another 款, 项 or 目; what is below that starts anew."""
    if unit == "款":
        return replace(place, paragraph=number, item=0, subitem=0)
    if unit == "项":
        return replace(place, item=number, subitem=0)
    return replace(place, subitem=number)
