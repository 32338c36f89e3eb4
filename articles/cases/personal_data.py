"""Numbers that name a person: identity cards, telephones, bank cards. Pure code.

What a typical case must not hold when it becomes public (个人信息保护法; checklist 10.3).
Public hotlines (110, 12348, 400-…) are no personal data, and an index number, a statute's
year or an amount must not be mistaken for any.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    ID_CARD = "id_card"
    PHONE = "phone"
    BANK_CARD = "bank_card"


@dataclass(frozen=True, slots=True)
class Finding:
    kind: Kind
    start: int
    end: int
    excerpt: str  # the number masked, with a few words on both sides


@dataclass(frozen=True, slots=True)
class _Run:
    """Groups of digits with at most a space or a hyphen between two of them."""

    groups: tuple[tuple[int, str], ...]  # (where it begins, digits)
    end: int
    has_check_letter: bool  # an X follows, as at the end of an identity number


# A character by a character, so that positions stay true.
_PLAIN = str.maketrans(
    "０１２３４５６７８９Ｘｘ（）　\u00a0－‐‑–—﹣", "0123456789XX()  ------"
)
_RUN = re.compile(r"\d+(?:[ \-\u200b]{1,2}\d+)*")
_GROUP = re.compile(r"\d+")
_CHECK_LETTER = re.compile(r"[ \-]?[Xx](?![A-Za-z])")
_WEB_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"\u3000-\u9fff]+")
_BRACKETED_AREA = re.compile(r"\(\s*(0\d{2,3})\s*\)[ \-]*(\d{3,4})[ \-]?(\d{4})(?!\d)")
_NAMED_PHONE = re.compile(
    r"(?:电话|座机|手机|固话|致电|拨打|Tel)[^\d，。；\n]{0,6}?(\d{7,8})(?!\d)", re.I
)
_SAYS_ID = re.compile(r"身份证|身分证|證號碼|证件号|ID ?(?:card|No)", re.I)
_SAYS_ACCOUNT = re.compile(r"卡号|账号|帐号|帳號|銀行卡|银行卡|存折|开户")
_CONTEXT = 14
_EXCERPT = 8

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
# The first two digits of GB/T 2260, with 83 for residence permits of Taiwan people.
_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 "
    "61 62 63 64 65 71 81 82 83".split()
)
# How people write a mobile number: 138 0013 8000, 138-00138000, one digit at a time …
_MOBILE_SHAPES = {(11,), (3, 4, 4), (3, 8), (7, 4), (4, 3, 4), (3, 3, 5), (1,) * 11}
_MOBILE = re.compile(r"1[3-9]\d{9}")
_AREA = re.compile(r"0\d{2,3}")
_UNBROKEN_LANDLINE = re.compile(r"0(?:10|2\d)\d{8}|0[3-9]\d{2}\d{7,8}")
# What cards begin with, and how long such a card is: without it, one number of ten
# passes Luhn's check by chance.
_CARD = re.compile(
    r"62\d{14,17}|60\d{14,17}|6[3-9]\d{14,17}|9\d{15,18}"
    r"|4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|3[47]\d{13}|35\d{14}"
)
_ID_SHAPES_15 = {(15,), (6, 9), (6, 6, 3)}


def find_numbers(text: str, allowed: Collection[str] = ()) -> list[Finding]:
    """Personal numbers in the order in which they stand. ``allowed``: public telephone
    numbers, digits only."""
    plain = text.translate(_PLAIN)
    plain = _WEB_ADDRESS.sub(lambda match: " " * len(match[0]), plain)
    found: list[tuple[Kind, int, int]] = []
    for run in _runs(plain):
        found += _in_run(run, plain)
    for pattern in (_BRACKETED_AREA, _NAMED_PHONE):
        found += [
            (Kind.PHONE, match.start(1), match.end())
            for match in pattern.finditer(plain)
        ]
    kept: list[Finding] = []
    for kind, start, end in sorted(found, key=lambda item: (item[1], -item[2])):
        digits = "".join(_GROUP.findall(plain[start:end]))
        if kind is Kind.PHONE and digits in allowed:
            continue
        if not kept or start >= kept[-1].end:
            kept.append(Finding(kind, start, end, _excerpt(text, start, end)))
    return kept


def _runs(plain: str) -> Iterator[_Run]:
    for match in _RUN.finditer(plain):
        if match.start() and plain[match.start() - 1] in "0123456789.":
            continue
        groups = tuple(
            (match.start() + group.start(), group[0])
            for group in _GROUP.finditer(match[0])
        )
        letter = _CHECK_LETTER.match(plain, match.end())
        end = letter.end() if letter else match.end()
        yield _Run(groups, end, letter is not None)


def _in_run(run: _Run, plain: str) -> Iterator[tuple[Kind, int, int]]:
    """What any neighboring groups of a run make: a date may stand before a number."""
    for first in range(len(run.groups)):
        for last in range(first, len(run.groups)):
            groups = run.groups[first : last + 1]
            sizes = tuple(len(digits) for _start, digits in groups)
            if sum(sizes) > 19:
                break
            start = groups[0][0]
            end = groups[-1][0] + sizes[-1]
            before = plain[max(0, start - _CONTEXT) : start]
            is_last = last == len(run.groups) - 1
            digits = "".join(group for _start, group in groups)
            if is_last and run.has_check_letter and len(digits) == 17:
                digits, end = digits + "X", run.end
            kind = _kind_of(digits, sizes, before)
            if kind is not None:
                yield kind, start, end


def _kind_of(digits: str, sizes: Sequence[int], before: str) -> Kind | None:
    if _is_id_card(digits, tuple(sizes), bool(_SAYS_ID.search(before))):
        return Kind.ID_CARD
    if _is_mobile(digits, tuple(sizes)) or _is_landline(digits, sizes):
        return Kind.PHONE
    if 13 <= len(digits) <= 19 and digits.isdecimal():
        if _SAYS_ACCOUNT.search(before):
            return Kind.BANK_CARD
        if _CARD.fullmatch(digits) and passes_luhn(digits):
            return Kind.BANK_CARD
    return None


def _is_id_card(digits: str, sizes: tuple[int, ...], is_named: bool) -> bool:
    if digits[:2] not in _PROVINCES:
        return False
    if len(digits) == 18:
        return _is_day(digits[6:14]) and (is_named or has_check_digit(digits))
    if len(digits) == 15:
        return sizes in _ID_SHAPES_15 and _is_day("19" + digits[6:12])
    return False


def _is_day(digits: str) -> bool:
    """YYYYMMDD on which somebody who lives may have been born."""
    if not "1900" <= digits[:4] <= "2099":
        return False
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def has_check_digit(number: str) -> bool:
    """GB 11643, ISO 7064 MOD 11-2.

    >>> has_check_digit("11010519491231002X")
    True
    """
    total = sum(
        int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True)
    )
    return _CHECK_DIGITS[total % 11] == number[17].upper()


def passes_luhn(number: str) -> bool:
    """
    >>> passes_luhn("4111111111111111"), passes_luhn("4111111111111112")
    (True, False)
    """
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _is_mobile(digits: str, sizes: tuple[int, ...]) -> bool:
    for prefix in ("0086", "86", "0", ""):
        if not digits.startswith(prefix):
            continue
        rest = digits[len(prefix) :]
        shape = sizes[1:] if prefix and sizes[0] == len(prefix) else sizes
        if prefix and shape is sizes:
            shape = (sizes[0] - len(prefix), *sizes[1:])
        if _MOBILE.fullmatch(rest) and shape in _MOBILE_SHAPES:
            return True
    return False


def _is_landline(digits: str, sizes: Sequence[int]) -> bool:
    if len(sizes) == 1:
        return _UNBROKEN_LANDLINE.fullmatch(digits) is not None
    area, rest = digits[: sizes[0]], digits[sizes[0] :]
    if not _AREA.fullmatch(area):
        return False
    return tuple(sizes[1:]) in {(7,), (8,), (3, 4), (4, 4)} and rest[0] != "0"


def _excerpt(text: str, start: int, end: int) -> str:
    number = text[start:end]
    masked = f"{number[:3]}…{number[-2:]}"
    before = text[max(0, start - _EXCERPT) : start]
    after = text[end : end + _EXCERPT]
    return " ".join(f"{before}{masked}{after}".split())
