"""Take out of a query what could tell who asked: before anything is stored. Pure code.

Numbers, e-mail addresses, accounts, addresses with a house number and names of people
become 〔号码〕, 〔邮箱〕 and so on; numbers of statutes and provisions, years and the
public lines 123xx stay. Masking errs on the side of hiding: a word too many masked makes
a report a little harder to read, one too few tells on somebody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from articles.cases.personal_data import find_numbers
from search.analysis import HAN, runs
from search.folding import fold
from search.name_masking import name_spans

# A longer text tells a story, and stories tell who tells them: not kept at all.
LONGEST_KEPT = 40
# With its labels.
LONGEST_MASKED = 60

NUMBER, EMAIL, ACCOUNT, ADDRESS, NAME, DATE, WEB = (
    "〔号码〕", "〔邮箱〕", "〔账号〕", "〔地址〕", "〔姓名〕", "〔日期〕", "〔网址〕",
)  # fmt: skip
LABELS = (NUMBER, EMAIL, ACCOUNT, ADDRESS, NAME, DATE, WEB)

# What may not come from a reader: our own brackets and the characters used below.
_RESERVED = re.compile("[〔〕\ue000-\uf8ff]")
# While it is masked a text holds one private character per label, and the digits that
# stay are shifted out of the way.
_MARK = {label: chr(0xE000 + place) for place, label in enumerate(LABELS)}
_LABEL = {mark: label for label, mark in _MARK.items()}
_ANY_MARK = re.compile("([" + "".join(_LABEL) + "])")
_SHIFT = 0xE100
_SHIFTED = {0xE100 + ord(digit): digit for digit in "0123456789"}

# No more digits follow, with a separator or without.
_ENDS = r"(?![ \-._·,/]{0,2}\d)"
_BEGINS = r"(?<!\d)(?<!\d[ \-._·,/])"
_READABLE = re.compile(
    rf"第\s?\d{{1,4}}(?=\s?[条章编节款项号])"
    rf"|{_BEGINS}\d{{1,4}}(?=\s?条)"
    rf"|(?<=[法典例释定])\s?\d{{1,4}}{_ENDS}"
    rf"|{_BEGINS}(?:19|20)\d\d(?=年(?!\d))"
    r"|释\s?(?:19|20)\d\d\s?\d{1,4}(?=\s?号)"
    rf"|(?<![a-z]){_BEGINS}123\d\d{_ENDS}(?![a-z])"
)
_WEB = re.compile(rf"(?:https?://|www\.)[^\s{HAN}]+")
_EMAIL = re.compile(
    rf"(?:[a-z0-9._+\-]+|[{HAN}]{{1,4}})\s?@\s?[a-z0-9\-]+(?:\.[a-z0-9\-]+)*"
)
_ACCOUNT = re.compile(
    r"(?:微信|qq|vx|wx|wechat|抖音|快手|支付宝)(?:号码?|账号|id)?\s*[:是为]?\s*"
    r"(?P<id>[a-z0-9][a-z0-9_\-]{4,})"
)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
    r"[a-z][ ·\-]?(?=[a-z0-9]{0,5}\d)[a-z0-9]{5,6}(?![a-z0-9])"
)
_MIXED = re.compile(r"(?<![a-z0-9])(?=(?:[a-z_\-]*\d){4})[a-z0-9_\-]{6,}")
_DATE = re.compile(r"\d{2,4}\s?年\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号])?")
_DIGITS = re.compile(r"\+?\d(?:[ \-._·,/:~*+()]{0,2}\d){3,}x?")
_SPOKEN = re.compile(
    r"[0-9〇零一二三四五六七八九幺两](?:[ \-]?[0-9〇零一二三四五六七八九幺两]){5,}"
)
_COUNT = r"(?:\d{1,5}|[一二三四五六七八九十百]{1,4})"
_ADDRESS = re.compile(
    rf"(?P<name>[{HAN}]{{0,4}}?)"
    r"(?P<place>大道|路|街|巷|弄|胡同|村|寨|屯|庄|社区|小区|花园|苑|镇|乡|公寓|大厦)"
    rf"(?P<door>(?:\s?第?{_COUNT}\s?(?:号楼|号院|号|栋|幢|座|弄|单元|室|户|组|社|队|楼|层))+)"
)
# What stands before the name of a street and is no part of it.
_NO_PLACE = re.compile("^.*[我你他她在住到是于的从去家和与跟给向叫让把被]")


def masked_query(text: str) -> str | None:
    """What may be kept of a query, in one spelling; None where nothing may.

    >>> masked_query("老板13800138000不给工钱，怎么办？")
    '老板〔号码〕不给工钱怎么办'
    """
    folded = fold(_RESERVED.sub(" ", text)).strip()
    if not folded or len(folded) > LONGEST_KEPT:
        return None
    kept = _spelled(mask(folded))
    is_short = len(kept) <= LONGEST_MASKED
    return kept if is_short and _says_something(kept) else None


def mask(folded: str) -> str:
    """Folded text with labels in place of what is personal."""
    text = _WEB.sub(_MARK[WEB], folded)
    text = _EMAIL.sub(_MARK[EMAIL], text)
    text = _ACCOUNT.sub(_only_group("id", ACCOUNT), text)
    text = _ADDRESS.sub(_address, text)
    text = _DATE.sub(_MARK[DATE], text)
    text = _cut(
        text, ((one.start, one.end) for one in find_numbers(text)), _MARK[NUMBER]
    )
    for pattern in (_PLATE, _MIXED):
        text = pattern.sub(_MARK[NUMBER], text)
    text = _READABLE.sub(_shift, text)
    for pattern in (_DIGITS, _SPOKEN):
        text = pattern.sub(_MARK[NUMBER], text)
    text = text.translate(_SHIFTED)
    text = _cut(text, name_spans(text), _MARK[NAME])
    return _ANY_MARK.sub(lambda match: _LABEL[match[0]], text)


def has_label(kept: str) -> bool:
    return any(label in kept for label in LABELS)


def without_labels(kept: str) -> str:
    """The words of a reader, for a form."""
    for label in LABELS:
        kept = kept.replace(label, " ")
    return " ".join(kept.split())


def _spelled(masked: str) -> str:
    """Without punctuation and final particles: one spelling of the same query."""
    parts: list[str] = []
    for piece in _ANY_MARK.split(_marked(masked)):
        if piece in _LABEL:
            parts.append(_LABEL[piece])
            continue
        is_latin = False
        for run in runs(piece):
            if is_latin and not run.is_han:
                parts.append(" ")
            parts.append(run.text)
            is_latin = not run.is_han
    text = "".join(parts)
    return text.rstrip("吗呢啊呀吧") or text


def _marked(masked: str) -> str:
    for label, mark in _MARK.items():
        masked = masked.replace(label, mark)
    return masked


def _says_something(kept: str) -> bool:
    return bool(_ANY_MARK.sub("", _marked(kept)).strip())


def _address(match: re.Match[str]) -> str:
    """The words before the name of the place stay."""
    before = _NO_PLACE.match(match["name"])
    return (before[0] if before else "") + _MARK[ADDRESS]


def _only_group(group: str, label: str) -> Callable[[re.Match[str]], str]:
    def replace(match: re.Match[str]) -> str:
        start, end = (place - match.start() for place in match.span(group))
        return f"{match[0][:start]}{_MARK[label]}{match[0][end:]}"

    return replace


def _shift(match: re.Match[str]) -> str:
    return "".join(
        chr(_SHIFT + ord(sign)) if sign in "0123456789" else sign for sign in match[0]
    )


def _cut(text: str, spans: Iterable[tuple[int, int]], mark: str) -> str:
    """The text with a mark in place of each span; spans do not overlap."""
    parts: list[str] = []
    place = 0
    for start, end in sorted(spans):
        parts += (text[place:start], mark)
        place = end
    return "".join([*parts, text[place:]])
