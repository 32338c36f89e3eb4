"""Chinese legal citations in text and in search boxes.

``《民法典》第一千零四十六条第二款``; ``劳动法第三条和第五条``; ``民法典1046条``. A statute
is recognized by a name of the :class:`~statutes.names.NameIndex`, given as data;
``本法第三条`` and ``该法第三条`` name none and are left alone. Pure code: no model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .names import EDITION, NameIndex, fold
from .numerals import NUMBER, parse_number
from .pinpoints import (
    Pinpoint,
    format_pinpoint,
    provision_anchor,
    provision_label,
    read_pinpoints,
)

__all__ = [
    "CitationMatch",
    "Pinpoint",
    "find_citations",
    "format_citation",
    "format_pinpoint",
    "parse_citation_query",
    "provision_anchor",
    "provision_label",
]


@dataclass(frozen=True, slots=True)
class CitationMatch:
    """A citation found at ``text[start:end]``; no pinpoints: the whole statute."""

    start: int
    end: int
    statute_slug: str
    pinpoints: tuple[Pinpoint, ...]
    raw: str
    year: int = 0  # of the edition: 《刑法》（2020修正）


# A title longer than this, or one that crosses a line, is a mark left open.
_LONGEST_TITLE = 160
_OPEN, _CLOSE = "《〈", "》〉"
# Between a name and its provision: the edition, the part of the law, 的 or 中.
_DIVISION = (
    rf"(?:第\s?{NUMBER}\s?(?:分编|编|章|节)"
    r"|(?:总则|物权|合同|人格权|婚姻家庭|继承|侵权责任|分则)编?"
    r"|附则)"
)
_BRIDGE = re.compile(
    rf"\s?(?:{EDITION.pattern})?\s?(?:“?{_DIVISION}”?\s?)*[的中之]?\s?"
)
_BRIDGE_BACK = re.compile(
    rf"\s?(?:{EDITION.pattern})?\s?(?:“?{_DIVISION}”?\s?)*[的中之]?\s?$"
)
# Where a list of provisions may begin behind a bare name.
_START = re.compile(rf"第\s?{NUMBER}|(?<![0-9０-９])[0-9０-９]{{1,4}}\s?条")
# Without one of these there is no citation: a title in marks (those that open a tag of
# HTML are none), or where a provision begins.
_SIGNS = re.compile(r"[《〈«＜第条]|<(?!/?[a-z][a-z0-9]*[\s/>])")
# With what a bridge may begin.
_BRIDGE_SIGNS = frozenset("（“第总物合人婚继侵分附的中之")
# What turns a known name into another law: 云南省信访工作条例, 日本民法典, 原刑法.
_FOREIGN = re.compile(
    r"(?:[省市县区州盟旗]|日本|德国|法国|美国|英国|韩国|俄罗斯|瑞士|意大利|奥地利"
    r"|外国|台湾地区|香港|澳门|原|旧|\d年|年的)\s?$"
)


def find_citations(text: str, names: NameIndex) -> list[CitationMatch]:
    """All citations of known statutes in ``text``, in order, never overlapping.

    A known title in 书名号 is found with or without provisions; a name without them
    only directly before a provision.
    """
    if _SIGNS.search(text) is None:
        return []
    folded = fold(text)
    spans = list(_title_spans(folded))
    found = list(_titled(text, folded, spans, names))
    taken = sorted(spans + [(match.start, match.end) for match in found])
    found.extend(_bare(text, folded, taken, names))
    return sorted(found, key=lambda match: match.start)


def _title_spans(folded: str) -> Iterator[tuple[int, int]]:
    """Outermost 《…》 and 〈…〉, with the marks."""
    depth = start = 0
    for match in re.finditer(r"[《〈》〉\n]", folded):
        sign = match[0]
        if sign == "\n" or (depth and match.start() - start > _LONGEST_TITLE):
            depth = 0
        if sign in _OPEN:
            start = start if depth else match.start()
            depth += 1
        elif sign in _CLOSE and depth:
            depth -= 1
            if depth == 0:
                yield start, match.end()


def _titled(
    text: str, folded: str, spans: list[tuple[int, int]], names: NameIndex
) -> Iterator[CitationMatch]:
    for start, end in spans:
        slug = names.slug(folded[start + 1 : end - 1])
        if slug is None:
            continue
        edition = EDITION.match(folded, end) or EDITION.search(folded, start, end)
        whole_end = max(end, edition.end()) if edition else end
        bridge = _BRIDGE.match(folded, end)
        after = bridge.end() if bridge else end
        pinpoints, stop = read_pinpoints(folded, after)
        if not pinpoints:
            pinpoints, stop = _arabic(folded, after)
        stop = stop if pinpoints else whole_end
        year = int(edition["year"]) if edition else 0
        yield CitationMatch(start, stop, slug, pinpoints, text[start:stop], year)


def _bare(
    text: str, folded: str, taken: list[tuple[int, int]], names: NameIndex
) -> Iterator[CitationMatch]:
    barrier = 0
    # One mark per character: looking through all spans at each 第 takes seconds in a
    # text with thousands of both.
    is_taken = bytearray(len(folded))
    for start, end in taken:
        is_taken[start:end] = b"\x01" * (end - start)
    for match in _START.finditer(folded):
        at = match.start()
        if at < barrier or is_taken[at]:
            continue
        named = _name_before(folded, at, barrier, names)
        if named is None:
            continue
        begin, name_end = named
        pinpoints, stop = read_pinpoints(folded, at)
        if not pinpoints:
            pinpoints, stop = _arabic(folded, at)
        if not pinpoints:
            continue
        barrier = stop
        slug = names.slug(folded[begin:name_end]) or ""
        yield CitationMatch(begin, stop, slug, pinpoints, text[begin:stop])


def _name_before(
    folded: str, at: int, barrier: int, names: NameIndex
) -> tuple[int, int] | None:
    """The bare name whose provision begins at ``at``: (begin, end)."""
    ends = {at, len(folded[barrier:at].rstrip()) + barrier}
    window = max(barrier, at - 60)
    for length in range(window, at):
        # The longest bridge first: 民法典 总则编 | 第一条.
        sign = folded[length]
        if sign not in _BRIDGE_SIGNS and not sign.isspace():
            continue
        if _BRIDGE_BACK.fullmatch(folded, length, at):
            ends.add(length)
    for end in sorted(ends):
        begin = names.name_ending(folded, end, barrier)
        if begin is None:
            continue
        before = folded[max(barrier, begin - 8) : begin]
        if _FOREIGN.search(before) or before.endswith(("《", "〈")):
            return None
        return begin, end
    return None


def _arabic(folded: str, at: int) -> tuple[tuple[Pinpoint, ...], int]:
    """民法典1046条: the 第 left out, which is clear only directly behind a name."""
    if not re.match(r"[0-9０-９]{1,4}\s?条", folded[at : at + 8]):
        return (), at
    pinpoints, end = read_pinpoints(f"第{folded[at:]}", 0)
    return pinpoints, at + end - 1


def format_citation(title: str, pinpoint: Pinpoint | None = None) -> str:
    """《title》第…条…, with inner 书名号 made single as the standard asks."""
    inner = title.replace("《", "〈").replace("》", "〉")
    return f"《{inner}》{format_pinpoint(pinpoint) if pinpoint else ''}"


# --- search boxes --------------------------------------------------------------------
_BEFORE = re.compile(
    r"^(?:请问|我想问|我想看|查一下|查询|查找|查|看看|什么是|根据|依据|按照)\s*"
)
_AFTER = re.compile(
    r"^\s*的?\s*(?:规定|内容|原文|全文|条文|解释)?\s*"
    r"(?:是什么|有哪些|怎么规定的?|怎么说的?|如何规定的?|讲什么|说什么|规定了什么)?"
    r"\s*(?:内容)?[?？。！!\s]*$"
)
_LOOSE = re.compile(
    rf"^\s*第?\s*(?P<number>{NUMBER})\s*条?"
    rf"(?:\s*[之\-–.]\s*(?P<suffix>{NUMBER})(?!\s*[款项]))?(?P<rest>.*)$"
)
# 82条1款: people leave out the second 第 as well.
_UNMARKED_UNIT = re.compile(rf"(?<![第（0-9０-９])({NUMBER})\s?([款项目])")
_PROVISION_FIRST = re.compile(rf"^(?P<place>第?\s*{NUMBER}\s*条\S*?)\s*(?:的)?\s*$")


def parse_citation_query(query: str, names: NameIndex) -> CitationMatch | None:
    """The citation that a whole query is, or None where it is a question or words.

    Reads what people type: ``民法典1046条``, ``民法典 1046``, ``刑法133条之一``,
    ``《民法典》第一千零四十六条是什么``, ``民法典``. Whether the provision exists is
    for the caller to ask (``register.exists``).
    """
    folded = _BEFORE.sub("", fold(query).strip())
    for match in find_citations(folded, names):
        is_whole = match.start == 0 and _AFTER.match(folded[match.end :])
        if match.pinpoints and is_whole:
            return _for_query(query, match.statute_slug, match.pinpoints)
    slug, rest = _leading_name(folded, names)
    if slug is None:
        return _provision_first(query, folded, names)
    if _AFTER.match(rest):
        return _for_query(query, slug, ())
    pinpoints = _loose_pinpoints(rest)
    return _for_query(query, slug, pinpoints) if pinpoints else None


def _for_query(query: str, slug: str, pinpoints: tuple[Pinpoint, ...]) -> CitationMatch:
    return CitationMatch(0, len(query), slug, pinpoints, query)


def _leading_name(folded: str, names: NameIndex) -> tuple[str | None, str]:
    """The statute named first, in 书名号 or bare, and what follows the name."""
    if folded[:1] in ("《", "〈"):
        for start, end in _title_spans(folded):
            if start == 0:
                return names.slug(folded[1 : end - 1]), EDITION.sub("", folded[end:])
        return None, folded
    name_end = names.name_starting(folded)
    if name_end is None:
        return None, folded
    return names.slug(folded[:name_end]), EDITION.sub("", folded[name_end:])


def _loose_pinpoints(rest: str) -> tuple[Pinpoint, ...]:
    match = _LOOSE.match(rest)
    number = parse_number(match["number"]) if match else None
    if match is None or not number or number > 9999:
        return ()
    suffix = parse_number(match["suffix"] or "") or 0
    # Written out in full, so that one grammar reads 款 and 项.
    details = _UNMARKED_UNIT.sub(r"第\1\2", match["rest"].strip())
    full = provision_label(number, suffix) + details
    pinpoints, end = read_pinpoints(full, 0)
    return pinpoints if _AFTER.match(full[end:]) else ()


def _provision_first(query: str, folded: str, names: NameIndex) -> CitationMatch | None:
    """第1046条 民法典"""
    match = re.search(r"[》〉]?\s*$", folded)
    end = match.start() if match else len(folded)
    begin = names.name_ending(folded, end)
    if begin is None:
        return None
    slug = names.slug(folded[begin:end])
    place = _PROVISION_FIRST.match(folded[:begin].rstrip("《〈"))
    if slug is None or place is None:
        return None
    pinpoints = _loose_pinpoints(place["place"])
    return _for_query(query, slug, pinpoints) if pinpoints else None
