"""Numbers as Chinese law writes them: 第一千零四十六条, 第１０４６条, 第1046条.

Pure code: no model.
"""

from __future__ import annotations

import re

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,  # what many files type for 〇
    "两": 2,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_WRITTEN = "零一二三四五六七八九"

# Every character a number may be made of, for use inside a character class.
CHINESE_CHARACTERS = "零〇○一二三四五六七八九两十百千"
ARABIC_CHARACTERS = "0-9０-９"
# A number in either writing, as a regular expression.
NUMBER = rf"(?:[{CHINESE_CHARACTERS}]+|[{ARABIC_CHARACTERS}]+)"

# No law counts further, and int() refuses some thousand digits with an error.
_LONGEST = 20

_POSITIONAL = re.compile(r"[零〇○一二三四五六七八九]+")
_NAMED = re.compile(
    r"(?:(?P<千>[一二三四五六七八九两])千)?"
    r"(?P<z1>零)?(?:(?P<百>[一二三四五六七八九两])百)?"
    r"(?P<z2>零)?(?:(?P<十>[一二三四五六七八九])?(?P<ten>十))?"
    r"(?P<z3>零)?(?P<一>[一二三四五六七八九])?"
)


def parse_number(text: str) -> int | None:
    """The integer that ``text`` writes, or None where it writes none.

    >>> parse_number("一千零四十六"), parse_number("１０４６"), parse_number("二〇二一")
    (1046, 1046, 2021)
    """
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return None
    if text.isdecimal():
        return int(text)  # int() reads full-width digits too
    if _POSITIONAL.fullmatch(text):
        if len(text) > 1 and text[0] in "零〇○" and len(text) == 2:
            return _DIGITS[text[1]]
        return int("".join(str(_DIGITS[c]) for c in text))
    return _parse_named(text.replace("〇", "零").replace("○", "零"))


def _parse_named(text: str) -> int | None:
    match = _NAMED.fullmatch(text)
    if match is None:
        return None
    total = _DIGITS[match["一"]] if match["一"] else 0
    if match["ten"]:
        total += 10 * (_DIGITS[match["十"]] if match["十"] else 1)
    for unit in ("百", "千"):
        if match[unit]:
            total += _DIGITS[match[unit]] * _UNITS[unit]
    return total or None


def write_number(number: int) -> str:
    """A positive integer below 10,000 in the form laws use.

    >>> write_number(1046), write_number(10), write_number(110)
    ('一千零四十六', '十', '一百一十')
    """
    if not 0 < number < 10_000:
        raise ValueError(f"{number} is not a number of a provision")
    parts: list[str] = []
    gap = False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit == 0:
            gap = bool(parts)
            continue
        if gap:
            parts.append("零")
            gap = False
        # 十一, not 一十一, where nothing stands before it; but 一百一十一.
        parts.append(
            name if unit == 10 and digit == 1 and not parts else _WRITTEN[digit] + name
        )
    return "".join(parts)
