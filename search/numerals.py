"""Numbers that mean the same however written: 第46条 is 第四十六条, 30天 is 三十日.

Found numbers become extra search words; the text around them stays as it is, because
一年 inside 统一年度 is no number and must not be torn apart. Pure code: no model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from statutes.numerals import parse_number

_CHINESE = "零〇一二两三四五六七八九十百千万"
# A law counts 日 and 周岁 where people say 天 and 岁. Longest first: the pattern takes
# the first that fits.
_MEASURES = {
    "个月": "个月",
    "周岁": "岁",
    "小时": "小时",
    "分钟": "分钟",
    "平方米": "平方米",
    "块钱": "元",
    "年": "年",
    "月": "月",
    "日": "日",
    "天": "日",
    "周": "周",
    "岁": "岁",
    "倍": "倍",
    "元": "元",
    "块": "元",
    "亩": "亩",
    "条": "条",
    "款": "款",
    "项": "项",
    "编": "编",
    "章": "章",
    "节": "节",
}
# A number is read from its first digit and ends soon: a body with ten thousand digits in
# a row takes no longer than another, and no float overflows.
_ARABIC = r"(?<![0-9])[0-9]{1,12}(?:\.[0-9]{1,12})?(?![0-9])"
_QUANTITY = re.compile(
    rf"""
    百分之(?P<share>[{_CHINESE}]{{1,20}}|[0-9]{{1,12}})(?![0-9{_CHINESE}])
    | (?P<percent>{_ARABIC})%
    | (?P<ordinal>第)?
      (?:(?<![{_CHINESE}])(?P<chinese>[{_CHINESE}]{{1,20}})
         | (?P<arabic>{_ARABIC})(?P<ten_thousand>万)?)
      (?P<measure>{"|".join(_MEASURES)})
      (?:之(?P<inserted>[一二三四五六七八九十]{{1,12}}|[0-9]{{1,12}}))?
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its measure; ``words`` are its forms, the most exact first."""

    start: int
    end: int
    words: tuple[str, ...]


def quantities(folded: str) -> Iterator[Quantity]:
    """Every number with a measure in folded text."""
    for match in _QUANTITY.finditer(folded):
        if words := _forms(match):
            yield Quantity(match.start(), match.end(), words)


def _forms(match: re.Match[str]) -> tuple[str, ...]:
    if match["percent"]:
        return (f"{_plain(float(match['percent']))}%",)
    if match["share"]:
        share = _value(match["share"])
        return () if share is None else (f"{share}%",)
    if match["arabic"]:
        factor = 10_000 if match["ten_thousand"] else 1
        form = _plain(float(match["arabic"]) * factor)
    else:
        value = _value(match["chinese"])
        if value is None:
            return ()
        form = str(value)
    form += _MEASURES[match["measure"]]
    if match["inserted"]:
        form += f"之{_value(match['inserted'])}"
    return (f"第{form}", form) if match["ordinal"] else (form,)


def _value(text: str) -> int | None:
    """The number, also above ten thousand; None where the characters make none."""
    head, separator, tail = text.partition("万")
    if not separator:
        return parse_number(text)
    thousands = parse_number(head)
    rest = parse_number(tail) if tail else 0
    if thousands is None or rest is None:
        return None
    return thousands * 10_000 + rest


def _plain(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)
