"""Dates of a statute, read from the head of its file and from its last provision.

Pure code: no model.
"""

from __future__ import annotations

import re
from datetime import date

from .numerals import parse_number
from .parsed import Event

_CHINESE_YEAR = r"[一二三四五六七八九〇○零Ｏ]{4}"
_CHINESE_DAY = r"[一二三四五六七八九十]{1,3}"
_DATE = re.compile(
    rf"(?P<year>\d{{4}}|{_CHINESE_YEAR})\s?年\s?(?P<month>\d{{1,2}}|{_CHINESE_DAY})\s?月"
    rf"\s?(?P<day>\d{{1,2}}|{_CHINESE_DAY})\s?日"
)
_IN_FORCE = re.compile(r"施行|实施|执行|生效|试行")
_ONLY_IN_FORCE = re.compile(r"起?(?:正式)?(?:施行|实施|执行|生效|试行)[）)]?")
_PUBLISHED = re.compile(r"公布|发布|颁布|令第|公告")
_CHANGED = re.compile(r"修正|修订|修改|改正|通过的《|补充")
_ADOPTED = re.compile(r"通过")
_WHOLE_REVISION = re.compile(r"修订(?:通过)?[）)]?$")
_FROM_DATE = re.compile(
    rf"自\s?(?P<date>{_DATE.pattern.replace('?P<', '?P<d_')})\s?起?\s?(?:施行|实施|生效|执行|试行)"
)
_FROM_PUBLICATION = re.compile(
    r"自(?:本\S{1,4})?(?:公布|发布|颁布|印发)之日起\s?(?:施行|实施|生效|执行|试行)"
)


def read_date(text: str) -> date | None:
    """The first date in ``text``, in either writing; None where there is none."""
    match = _DATE.search(text)
    return _to_date(match["year"], match["month"], match["day"]) if match else None


def _to_date(year: str, month: str, day: str) -> date | None:
    numbers = [parse_number(part.replace("Ｏ", "〇")) for part in (year, month, day)]
    try:
        return date(*[number or 0 for number in numbers])
    except ValueError:
        return None


def read_event(line: str) -> Event:
    """One line of the head: date, one space, event; or a line that goes on."""
    stripped = line.strip().strip("　").lstrip("（(")
    match = _DATE.match(stripped)
    if match is None:
        return Event(None, stripped)
    day = _to_date(match["year"], match["month"], match["day"])
    text = stripped[match.end() :].strip().strip("　")
    return Event(day, _closed(text))


def _closed(text: str) -> str:
    """``text`` without a bracket that was opened on another line."""
    if text.endswith(("）", ")")) and text.count("（") + text.count("(") < text.count(
        "）"
    ) + text.count(")"):
        return text[:-1]
    return text


def promulgated_on(events: list[Event]) -> date | None:
    """The day of publication where the head names it, else of adoption."""
    dated = [event for event in events if event.date and not is_only_in_force(event)]
    for event in dated:
        if _CHANGED.search(event.text):
            break
        if _PUBLISHED.search(event.text) and not _ADOPTED.search(event.text):
            return event.date
    return dated[0].date if dated else None


def amended_on(events: list[Event]) -> date | None:
    """The day of the latest amendment; None for a text that never changed."""
    dated = [event for event in events if event.date and not is_only_in_force(event)]
    latest: date | None = None
    for place, event in enumerate(dated):
        is_later_adoption = (
            place > 0
            and bool(_ADOPTED.search(event.text))
            and any(_ADOPTED.search(other.text) for other in dated[:place])
            and event.date != dated[0].date
            # Court and procuratorate adopt one interpretation on two days.
            and not _is_joint_adoption(dated[0], event)
        )
        if place > 0 and (_CHANGED.search(event.text) or is_later_adoption):
            latest = max(latest or event.date, event.date)  # type: ignore[type-var]  # dated
    return latest


def _is_joint_adoption(first: Event, event: Event) -> bool:
    if first.date is None or event.date is None:
        return False
    other_body = ("检察" in first.text) != ("检察" in event.text)
    return other_body and abs((event.date - first.date).days) < 400


def latest_on(events: list[Event]) -> date | None:
    """The day of the last thing that made the text what it is."""
    days = [e.date for e in events if e.date and not is_only_in_force(e)]
    return max(days) if days else None


def is_only_in_force(event: Event) -> bool:
    """Whether the line says no more than 施行."""
    return bool(_ONLY_IN_FORCE.fullmatch(event.text))


def effective_on(
    events: list[Event], last_text: str, promulgated: date | None
) -> date | None:
    """Entry into force: from a line of the head, else from the last provision."""
    for event in events:
        if event.date and is_only_in_force(event):
            return event.date
        if event.date and event.text.endswith("公布施行"):
            return event.date
    named = list(_FROM_DATE.finditer(last_text))
    if named:
        match = named[-1]
        return _to_date(match["d_year"], match["d_month"], match["d_day"])
    says_publication = _FROM_PUBLICATION.search(last_text) or any(
        _IN_FORCE.search(event.text) and "之日" in event.text for event in events
    )
    if says_publication:
        dated = [e for e in events if e.date and not is_only_in_force(e)]
        if (
            dated
            and _WHOLE_REVISION.search(dated[-1].text)
            and "《" not in dated[-1].text
        ):
            return dated[-1].date
        return promulgated
    return None


def read_issuer(events: list[Event]) -> str:
    """Who made the statute, as the first line of its head says."""
    for event in events:
        match = _ISSUER.search(event.text)
        if match:
            return _issuer_name(match)
    return ""


_ISSUER = re.compile(
    r"(?:第.{1,4}届)?(?P<npc>全国人民代表大会(?P<sc>常务委员会)?)"
    r"|(?P<state>中华人民共和国国务院|国务院)(?P<cmc>、(?:中华人民共和国)?中央军事?委员?会?)?"
    r"|(?P<court>最高人民法院)(?P<and>、最高人民检察院)?"
    r"|(?P<proc>最高人民检察院)|(?P<council>政务院)|(?P<party>中共中央、国务院|中央军委)"
    r"|(?P<local>[\u4e00-\u9fff]{2,16}?人民(?:代表大会(?:常务委员会)?|政府))"
)


def _issuer_name(match: re.Match[str]) -> str:
    if match["npc"]:
        return "全国人民代表大会" + (match["sc"] or "")
    if match["state"]:
        return "国务院" + ("、中央军事委员会" if match["cmc"] else "")
    if match["court"]:
        return "最高人民法院" + (match["and"] or "")
    local = re.sub(r"第.{1,3}届", "", match["local"] or "")
    return match["proc"] or match["council"] or match["party"] or local
