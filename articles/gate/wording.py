"""The rules of wording (``data/wording.yaml``) asked of the segments of a page.

Each rule is run once over the whole page: the texts are laid end to end, with a line
break between two. The rules are read and compiled once per process.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import yaml
from django.utils.translation import gettext

from articles.gate.masking import marked_words, own_words
from articles.gate.segments import Role, Segment
from home.findings import Finding, Severity

DATA = Path(__file__).with_name("data")
_LOST = "\ufffc\ufffd"


class Reads(StrEnum):
    """What a rule looks at."""

    OWN = "own"  # not what is quoted
    MARKED = "marked"  # also what stands in quotation marks
    ALL = "all"  # every character of every language, quotations too


@dataclass(frozen=True, slots=True)
class WordingRule:
    id: str
    pattern: re.Pattern[str]
    message: str  # why, and what to do where ``right`` cannot say it
    source: str
    dated: date
    severity: Severity = Severity.HINT
    right: str = ""  # what to write instead; groups of the pattern as \1
    reads: Reads = Reads.OWN
    positive: tuple[str, ...] = field(default=())
    negative: tuple[str, ...] = field(default=())


@lru_cache(maxsize=1)
def wording_rules() -> tuple[WordingRule, ...]:
    rows = yaml.safe_load((DATA / "wording.yaml").read_text(encoding="utf-8"))
    return tuple(
        WordingRule(
            id=f"wording.{row['id']}",
            pattern=re.compile(row["pattern"], re.MULTILINE),
            message=row["message"],
            source=row["source"],
            dated=row["date"],
            severity=Severity(row.get("severity", "hint")),
            right=row.get("right", ""),
            reads=Reads(row.get("reads", "own")),
            positive=tuple(row["positive"]),
            negative=tuple(row["negative"]),
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class _Laid:
    """Texts laid end to end; ``starts``: where each begins."""

    text: str
    segments: Sequence[Segment]
    starts: Sequence[int]

    def number_of(self, start: int) -> int:
        """Of the segment to which a position of the text belongs."""
        return bisect_right(self.starts, start) - 1


def _lay(segments: Sequence[Segment], texts: Iterable[str]) -> _Laid:
    parts, starts, length = [], [], 0
    for text in texts:
        starts.append(length)
        parts.append(text)
        length += len(text) + 1
    return _Laid("\n".join(parts), segments, starts)


def wording_findings(
    segments: Iterable[Segment], is_official: bool = False, only_blocking: bool = False
) -> Iterator[Finding]:
    """``is_official``: the text of a document stays as it was issued, so that a rule of
    wording is a hint there; characters that were lost are lost everywhere."""
    every = [one for one in segments if one.role != Role.LINK]
    own = [
        one
        for one in every
        if one.is_main and one.role in (Role.TEXT, Role.CONTACT, Role.NAME)
    ]
    laid = {
        Reads.OWN: _lay(own, (own_words(one.text) for one in own)),
        Reads.MARKED: _lay(own, (marked_words(one.text) for one in own)),
        Reads.ALL: _lay(every, (one.text for one in every)),
    }
    for rule in wording_rules():
        blocks = rule.severity == Severity.BLOCKING and (
            rule.reads == Reads.ALL or not is_official
        )
        if only_blocking and not blocks:
            continue
        yield from _of_rule(rule, laid[rule.reads], blocks)


def _of_rule(rule: WordingRule, laid: _Laid, blocks: bool) -> Iterator[Finding]:
    """What refuses is told place by place; of hints, one for each text: hundreds of
    commas of another keyboard are one thing to mend."""
    firsts: dict[int, re.Match[str]] = {}
    counts: Counter[int] = Counter()
    for match in rule.pattern.finditer(laid.text):
        number = match.start() if blocks else laid.number_of(match.start())
        firsts.setdefault(number, match)
        counts[number] += 1
    for number, match in firsts.items():
        yield _finding(rule, match, laid, blocks, counts[number])


def _finding(
    rule: WordingRule, match: re.Match[str], laid: _Laid, blocks: bool, times: int
) -> Finding:
    number = laid.number_of(match.start())
    segment, start = laid.segments[number], match.start() - laid.starts[number]
    end = min(start + len(match[0]), len(segment.text))
    words = _shown(segment.text[start:end])
    values = {"place": segment.place.label, "words": words}
    if rule.right:
        right = match.expand(rule.right)
        text = gettext("%(place)s里的“%(words)s”应当写成“%(right)s”：%(why)s")
        sentence = text % {**values, "right": right, "why": rule.message}
    else:
        text = gettext("%(place)s里的“%(words)s”：%(why)s")
        sentence = text % {**values, "why": rule.message}
    if times > 1:
        sentence += gettext("（这里一共 %(times)d 处）") % {"times": times}
    source = gettext("%(source)s（规则日期 %(day)s）") % {
        "source": rule.source,
        "day": rule.dated.isoformat(),
    }
    return segment.finding(rule.id, sentence, (start, end), source, blocks)


def _is_private(char: str) -> bool:
    return "\ue000" <= char <= "\uf8ff"


def _shown(words: str) -> str:
    """On one line, characters without a picture by their number."""
    return "".join(
        char
        if char.isprintable() and char not in _LOST and not _is_private(char)
        else f"U+{ord(char):04X}"
        for char in words[:40].replace("\n", " ")
    )
