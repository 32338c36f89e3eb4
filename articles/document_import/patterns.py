"""The written forms that several readers ask for: numbers, dates, names of units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from statutes.dates import read_date as read_chinese_date
from statutes.numerals import parse_number

SPACE = " \t\u00a0\u3000\u2002\u2003\u2009"
HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
_NUMERAL = "[一二三四五六七八九十]{1,3}"
SENTENCE_END = "。！？!?；;…"
_CLOSERS = "”’」』）)》〉】]"

# What an official document calls itself (党政机关公文处理工作条例 and usage).
DOCUMENT_WORDS = (
    "决议|决定|命令|公报|公告|通告|意见|通知|通报|报告|请示|批复|函|纪要|方案|办法|规定|细则|"
    "计划|规划|规则|制度|纲要|要点|标准|清单|目录|章程|条例|指南|规程|预案|措施|名单|须知|准则|"
    "答复|安排|守则|机制|流程|分工|一览表|申请表|公约|倡议书|实施方案"
)
ENDS_AS_DOCUMENT = re.compile(rf"(?:{DOCUMENT_WORDS})(?:[（(].{{1,12}}[）)])?》?$")
UNIT = re.compile(
    r"^[^。，,；;：:！!？?0-9]{2,28}(?:局|厅|部|委|委员会|办公室|办|政府|中心|所|院|处|会|"
    r"科|站|公司|法院|检察院|协会|小组|司|署)$"
)
_NUMERIC_DATE = re.compile(r"(\d{4})\s*[-/.—–]\s*(\d{1,2})\s*[-/.—–]\s*(\d{1,2})")
_DATE_LINE = re.compile(
    r"^(?:\d{4}|[一二三四五六七八九〇○零ＯO]{4})\s*年.{1,6}月.{1,5}日$|^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}$"
)


@dataclass(frozen=True, slots=True)
class Marker:
    """A number at the beginning of a paragraph."""

    level: int
    written: str
    value: int
    fault: str = ""  # "broken", "spaced"
    style: str = ""  # of its own kind of number: "chapter", "article", "、" …


_MARKERS: tuple[tuple[int, str, re.Pattern[str]], ...] = (
    (1, "chapter", re.compile(rf"第({_NUMERAL})[章编](?=[{SPACE}{HAN}])")),
    (1, "section", re.compile(rf"第({_NUMERAL})(?:节|部分)(?=[{SPACE}{HAN}：:])")),
    (1, "han", re.compile(rf"({_NUMERAL})[{SPACE}]*、")),
    (
        2,
        "bracketed",
        re.compile(rf"[（(][{SPACE}]*({_NUMERAL})[{SPACE}]*[）)][、.．]?"),
    ),
    (3, "article", re.compile(r"第([一二三四五六七八九十百零]{1,5})条")),
    (3, "arabic", re.compile(r"(\d{1,2})[.．、](?![\d.．。])")),
    (4, "arabic_bracketed", re.compile(r"[（(](\d{1,2})[）)][、.．]?")),
    (4, "circled", re.compile(r"([①-⑳])")),
)
_SPACED = re.compile(rf"(\d{{1,2}})[{SPACE}]+[.．、](?![\d.．。])")
# 1。.  1..  1。、 and 一。 一， where 、 belongs; (一 without its bracket.
_BROKEN: tuple[tuple[int, re.Pattern[str]], ...] = (
    (3, re.compile(r"(\d{1,2})(?:。[.．、]|[.．、]{2,}|[.．、]。|，[.．、])")),
    (1, re.compile(rf"({_NUMERAL})[。.．]+、?(?=[{HAN}])")),
    (2, re.compile(rf"[（(]({_NUMERAL})[.、。](?=[{HAN}])")),
)


def read_marker(text: str) -> Marker | None:
    """The number with which ``text`` begins, also where it is written wrongly."""
    for level, style, pattern in _MARKERS:
        if match := pattern.match(text):
            return Marker(level, match[0], _value(match[1]), style=style)
    if match := _SPACED.match(text):
        return Marker(3, match[0], int(match[1]), "spaced", "arabic")
    for level, pattern in _BROKEN:
        if match := pattern.match(text):
            style = {1: "han", 2: "bracketed", 3: "arabic"}[level]
            return Marker(level, match[0], _value(match[1]), "broken", style)
    return None


def _value(written: str) -> int:
    if "①" <= written <= "⑳":
        return ord(written) - ord("①") + 1
    return parse_number(written) or 0


def read_date(text: str) -> date | None:
    """2020-05-12 08:55, 2020/5/13, 2020年5月6日, 二〇二〇年五月六日."""
    if match := _NUMERIC_DATE.search(text):
        try:
            return date(*(int(part) for part in match.groups()))
        except ValueError:
            return None
    return read_chinese_date(text)


def is_date_line(text: str) -> bool:
    return bool(_DATE_LINE.match(text)) and read_date(text) is not None


def ends_sentence(text: str) -> bool:
    """Whether a paragraph ends where a sentence, a list item or a label ends."""
    bare = text.rstrip(_CLOSERS)
    return not bare or bare[-1] in SENTENCE_END + "：:" or bare != text


def without_space(text: str) -> str:
    return re.sub(r"\s+", "", text)


def excerpt(text: str, start: int = 0, end: int | None = None, around: int = 12) -> str:
    """A short piece of ``text`` around a position, with dots where it goes on."""
    end = start if end is None else end
    first, last = max(0, start - around), min(len(text), end + around)
    return f"{'…' if first else ''}{text[first:last]}{'…' if last < len(text) else ''}"
