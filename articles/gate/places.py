"""Where somebody lives, and the plate of somebody's vehicle. Pure code.

An address counts down to the door: a room of a building, a household of a village group,
or a street number behind 家住. The address of an office names a street and a number and
no room, and is no finding. Masked forms (3 号楼×单元) are none either.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

_NUMBER = r"[0-9０-９一二三四五六七八九十百]{1,5}"
_HAN = r"[\u4e00-\u9fff]"
_ROOM = rf"(?:{_NUMBER}\s?(?:单元|门洞)\s?{_NUMBER}\s?[室号户]?|{_NUMBER}\s?室)"
_BUILDING = rf"(?:{_NUMBER}\s?(?:号楼|栋|幢|座)|{_NUMBER}\s?号院)"
_DOOR = re.compile(
    # 人民路12号3单元402室, 幸福小区5号楼2单元301
    rf"{_HAN}{{2,12}}(?:(?:路|街|巷|弄|道|胡同|小区|花园|家园|新村|社区|苑)"
    rf"\s?(?:{_NUMBER}\s?号\s?)?(?:{_BUILDING}\s?)?{_ROOM}"
    # 石桥村三组12号
    rf"|(?:村|屯|庄|寨)\s?{_NUMBER}\s?(?:组|队|社)\s?{_NUMBER}\s?[号户])"
)
_LIVES = re.compile(
    rf"(?:家住|现住|住址(?:是|为|：)?|户籍地(?:是|为|：)?|住在|租住(?:在|于)?|居住(?:在|于))\s?"
    rf"(?P<address>{_HAN}{{2,20}}?(?:路|街|巷|弄|道|胡同|村|组|屯)\s?{_NUMBER}\s?号)"
)
_PLATE = re.compile(
    r"(?<![A-Za-z0-9])[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
    r"\s?[A-HJ-NP-Z]\s?[·•\-]?\s?"
    r"(?P<number>(?=[A-HJ-NP-Z0-9]*\d)(?:[A-HJ-NP-Z0-9]{5,6}|[A-HJ-NP-Z0-9]{4}[学警港澳挂]))"
    r"(?![A-Za-z0-9*×])"
)


@dataclass(frozen=True, slots=True)
class PlaceFinding:
    kind: str  # address | plate
    start: int
    end: int
    excerpt: str  # the end of it masked


def find_addresses(text: str, allowed: Collection[str] = ()) -> Iterator[PlaceFinding]:
    """``allowed``: addresses of offices, without spaces."""
    end = 0
    found = [(match.start(), match.end()) for match in _DOOR.finditer(text)]
    found += [match.span("address") for match in _LIVES.finditer(text)]
    for start, stop in sorted(found):
        if start < end:
            continue
        end = stop
        written = re.sub(r"\s", "", text[start:stop])
        if not any(written in known or known in written for known in allowed):
            yield PlaceFinding("address", start, stop, _masked(text[start:stop]))


def find_plates(text: str) -> Iterator[PlaceFinding]:
    for match in _PLATE.finditer(text):
        start, end = match.span()
        yield PlaceFinding("plate", start, end, _masked(text[start:end]))


def _masked(words: str) -> str:
    kept = max(2, len(words) - 4)
    return f"{words[:kept]}…"
