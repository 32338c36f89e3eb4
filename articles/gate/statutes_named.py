"""Laws that a page names: repealed ones, provisions that do not exist, wrong names.

What exists is known from the library and the register; what was repealed, from the
register and ``data/repealed.yaml``. A text about how things were (废止, 原, a year) may
name an old law.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import yaml
from django.utils.translation import gettext

from articles.gate.masking import unquoted
from articles.gate.segments import Role, Segment, sentence_around
from articles.gate.wording import DATA
from home.findings import Finding
from statutes.checking import wrong_places
from statutes.citations import CitationMatch, find_citations
from statutes.names import NameIndex, derived_names, name_key
from statutes.naming import FindPortal, name_index
from statutes.register import load_register

PROVISION, REPEALED, NAME = "statute.provision", "statute.repealed", "statute.name"
_READ = frozenset({Role.TEXT, Role.CITATION, Role.CONTACT})
# Before the name, or in its sentence: it is told how things were.
_PAST = re.compile(
    r"废止|失效|取代|代替|替代|不再|旧法|当时|曾经|历史|以前|之前|施行前|通过以前|原来|原有"
    r"|(?:19|20)\d\d\s?年|二十世纪|上世纪|新中国第一部|首部|第一部"
)
_PAST_BEFORE = re.compile(r"[原旧老]\s?$")
_TITLE = re.compile(
    r"《(?P<name>[^《》\n]{2,30}?(?:(?<!办)法|条例))(?:（[^）]{1,12}）)?》"
)
_BARE_PROVISION = re.compile(r"第[一二三四五六七八九十百千\d]+条")
# Names of other countries' and places' laws, which the register does not hold.
_ELSEWHERE = re.compile(
    r"[省市州县区盟旗]|日本|德国|法国|美国|英国|韩国|俄罗斯|瑞士|香港|澳门|台湾|欧盟|联合国"
    r"|国际|村|镇|暂行|试行|草案|征求意见"
)
_LIKE = 0.82


@dataclass(frozen=True, slots=True)
class Repealed:
    name: str
    repealed_on: date
    now: str
    source: str


@lru_cache(maxsize=1)
def repealed_names() -> dict[str, Repealed]:
    """By the key of every name."""
    found: dict[str, Repealed] = {}
    register = load_register()
    for statute in register.statutes:
        for change in statute.changes:
            if change.kind == "repealed":
                row = Repealed(statute.title, change.effective_on, "", change.source)
                for name in (statute.title, *derived_names(statute.title)):
                    # 规则（试行）is repealed, and 规则 is in force.
                    if register.statute(name) is statute:
                        found[name_key(name)] = row
    for entry in yaml.safe_load((DATA / "repealed.yaml").read_text(encoding="utf-8")):
        row = Repealed(
            entry["names"][0], entry["repealed_on"], entry["now"], entry["source"]
        )
        found.update({name_key(name): row for name in entry["names"]})
    return found


@lru_cache(maxsize=1)
def _bare_repealed() -> re.Pattern[str]:
    """婚姻法第三条, without marks: only in front of a provision. Not the end of the
    name of some other law."""
    names = sorted(
        (key for key in repealed_names() if len(key) <= 12), key=len, reverse=True
    )
    either = "|".join(map(re.escape, names))
    return re.compile(rf"(?<![\u4e00-\u9fff])({either})(?={_BARE_PROVISION.pattern})")


@lru_cache(maxsize=1)
def _current_names() -> tuple[str, ...]:
    """The short names of laws and regulations, to which a slip may be near."""
    newer = yaml.safe_load((DATA / "new_laws.yaml").read_text(encoding="utf-8"))
    return (
        *(
            name
            for statute in load_register().statutes
            if statute.category in ("law", "administrative")
            for name in list(derived_names(statute.title))[:1] or [statute.title]
            if len(name) <= 20
        ),
        *(row["name"] for row in newer),
    )


@lru_cache(maxsize=512)
def similar_name(name: str) -> str:
    """The law that somebody may have meant by a name that none has; "" for no idea."""
    near = difflib.get_close_matches(name, _current_names(), n=1, cutoff=_LIKE)
    return near[0] if near and near[0] != name else ""


@dataclass(frozen=True, slots=True)
class Reading:
    """``as_of``: the day whose law the page tells of; ``is_official``: an issued text,
    which nobody changes any more, gets hints."""

    as_of: date
    is_official: bool = False


def statute_findings(
    segments: Iterable[Segment],
    reading: Reading,
    only_blocking: bool = False,
    find_portal: FindPortal = lambda: None,
) -> Iterator[Finding]:
    if only_blocking and reading.is_official:
        return
    read = [
        replace(one, text=unquoted(one.text))
        for one in segments
        if one.role in _READ and _may_cite(one.text)
    ]
    if not read:
        return
    names = name_index(find_portal)
    cited = [(one, find_citations(one.text, names)) for one in read]
    blocks = not reading.is_official
    yield from _provisions(cited, names, blocks)
    for segment, _matches in cited:
        yield from _repealed(segment, reading)
        if segment.is_main and not only_blocking:
            yield from _unknown(segment, names)


def _may_cite(text: str) -> bool:
    return "《" in text or ("第" in text and "条" in text)


def _provisions(
    cited: Sequence[tuple[Segment, list[CitationMatch]]],
    names: NameIndex,
    blocks: bool,
) -> Iterator[Finding]:
    segment_of = {id(match): one for one, matches in cited for match in matches}
    every = [match for _one, matches in cited for match in matches]
    for match, problem in wrong_places(every, names):
        segment = segment_of[id(match)]
        if _is_past(segment.text, match.start, match.end):
            continue
        text = gettext("%(place)s里的“%(words)s”：%(problem)s请核对条文号。")
        values = {"place": segment.place.label, "words": match.raw, "problem": problem}
        source = gettext("法律法规库和名录（%(day)s收集）") % {
            "day": load_register().collected_on
        }
        span = (match.start, match.end)
        yield segment.finding(PROVISION, text % values, span, source, blocks)


def _repealed(segment: Segment, reading: Reading) -> Iterator[Finding]:
    """In 书名号 or in front of a provision. A provision of it refuses publication; a
    name alone is a hint."""
    spans = [
        (found.start("name"), found.end("name")) for found in _titles(segment.text)
    ]
    spans += [found.span(1) for found in _bare_repealed().finditer(segment.text)]
    for start, end in spans:
        row = repealed_names().get(name_key(segment.text[start:end]))
        if row is None or row.repealed_on > reading.as_of:
            continue
        if _is_past(segment.text, start, end):
            continue
        after = segment.text[end : end + 24].lstrip("》）")
        blocks = not reading.is_official and bool(_BARE_PROVISION.match(after))
        values = {
            "place": segment.place.label,
            "name": segment.text[start:end],
            "day": row.repealed_on,
            "now": row.now,
        }
        text = gettext("%(place)s里的“%(name)s”%(day)s起已经废止。")
        if row.now:
            text = gettext("%(place)s里的“%(name)s”%(day)s起已经废止，现在用%(now)s。")
        yield segment.finding(REPEALED, text % values, (start, end), row.source, blocks)


def _titles(text: str) -> Iterator[re.Match[str]]:
    """Titles that do not stand inside another title."""
    for match in _TITLE.finditer(text):
        opened = text.count("《", 0, match.start()) - text.count("》", 0, match.start())
        if opened == 0:
            yield match


def _unknown(segment: Segment, names: NameIndex) -> Iterator[Finding]:
    """A name that no law has, and that is near to one."""
    for match in _titles(segment.text):
        name = match["name"]
        if name in names or name_key(name) in repealed_names():
            continue
        if _ELSEWHERE.search(name) or _is_past(segment.text, *match.span("name")):
            continue
        if right := similar_name(name.removeprefix("中华人民共和国")):
            text = gettext(
                "%(place)s里的《%(name)s》在法律法规名录里没有查到，是不是《%(right)s》？"
            )
            values = {"place": segment.place.label, "name": name, "right": right}
            source = gettext("法律法规名录（%(day)s收集）") % {
                "day": load_register().collected_on
            }
            span = match.span("name")
            yield segment.finding(NAME, text % values, span, source, False)


def _is_past(text: str, start: int, end: int) -> bool:
    if _PAST_BEFORE.search(text[max(0, start - 3) : start].rstrip("《")):
        return True
    return bool(_PAST.search(sentence_around(text, start, end)))
