"""What of a person still stands on a page (个人信息保护法, articles 6 and 25).

In cases and questions it refuses the publication; elsewhere it is a hint, since news and
directories name people on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from functools import cached_property

from django.utils.translation import gettext

from articles.cases.personal_data import Kind, find_numbers
from articles.cases.personal_names import find_full_names
from articles.gate.places import PlaceFinding, find_addresses, find_plates
from articles.gate.segments import Role, Segment
from articles.models import QuestionPage, TypicalCasePage
from home.findings import Finding
from home.models import (
    BasePage,
    HostingIdentity,
    Office,
    Portal,
    PublisherIdentity,
    ServicePointPage,
)
from home.phones import phone_numbers

SOURCE = "《个人信息保护法》第六条、第二十五条（2021年11月1日起施行）"
ID_CARD, PHONE, BANK_CARD, NAME, ADDRESS, PLATE = (
    f"personal.{kind}"
    for kind in ("id_card", "phone", "bank_card", "name", "address", "plate")
)
RULES = (ID_CARD, PHONE, BANK_CARD, NAME, ADDRESS, PLATE)
_RULE_OF = {Kind.ID_CARD: ID_CARD, Kind.PHONE: PHONE, Kind.BANK_CARD: BANK_CARD}
_NAMELESS = frozenset({Role.NAME, Role.SLUG, Role.CITATION, Role.LINK})
# Of samples and examples.
_NOBODY = frozenset({"张三", "李四", "王五", "赵六"})


class Strictness(StrEnum):
    """What personal data does: in a case even a contact has no business."""

    CASE = "case"
    QUESTION = "question"
    ELSEWHERE = "elsewhere"

    @property
    def blocks(self) -> bool:
        return self is not Strictness.ELSEWHERE


def strictness_of(page: BasePage) -> Strictness:
    if isinstance(page, TypicalCasePage):
        return Strictness.CASE
    is_question = isinstance(page, QuestionPage)
    return Strictness.QUESTION if is_question else Strictness.ELSEWHERE


class PublicContacts:
    """What a portal gives to the public itself. Read when it is first asked for: most
    pages hold no number at all."""

    def __init__(self, find_portal: Callable[[], Portal | None]) -> None:
        self._find_portal = find_portal

    @cached_property
    def _rows(self) -> list[tuple[str, str]]:
        portal = self._find_portal()
        if portal is None:
            return []
        site = {"site": portal.site_id}
        below = portal.site.root_page.path
        points = ServicePointPage.objects.live().filter(path__startswith=below)
        return [
            *Office.objects.filter(portal=portal).values_list(
                "phone", "address_zh_hans"
            ),
            *PublisherIdentity.objects.filter(**site).values_list(
                "phone", "address_zh_hans"
            ),
            *(
                (phone, "")
                for phone in HostingIdentity.objects.filter(**site).values_list(
                    "phone", flat=True
                )
            ),
            *points.values_list("phone", "address_zh_hans"),
        ]

    @cached_property
    def phones(self) -> frozenset[str]:
        """Digits only; an extension, which follows after a comma, left out."""
        numbers = (
            phone.href
            for written, _address in self._rows
            for phone in phone_numbers(written or "")
        )
        return frozenset(re.sub(r"\D", "", number.split(",")[0]) for number in numbers)

    @cached_property
    def addresses(self) -> frozenset[str]:
        written = (re.sub(r"\s", "", address or "") for _phone, address in self._rows)
        return frozenset(address for address in written if address)


def personal_findings(
    segments: Iterable[Segment], contacts: PublicContacts, strictness: Strictness
) -> Iterator[Finding]:
    """Everything but names, in order."""
    for segment in segments:
        is_public = segment.role == Role.CONTACT and strictness != Strictness.CASE
        if is_public or segment.role == Role.LINK:
            continue
        yield from _numbers(segment, contacts, strictness.blocks)
        yield from _places(segment, contacts, strictness.blocks)


def _numbers(
    segment: Segment, contacts: PublicContacts, blocks: bool
) -> Iterator[Finding]:
    if not find_numbers(segment.text):
        return
    for found in find_numbers(segment.text, contacts.phones):
        values = {"place": segment.place.label, "excerpt": found.excerpt}
        yield segment.finding(
            _RULE_OF[found.kind],
            _number_sentence(found.kind) % values,
            (found.start, found.end),
            SOURCE,
            blocks,
        )


def _number_sentence(kind: Kind) -> str:
    match kind:
        case Kind.ID_CARD:
            return gettext("%(place)s里有身份证号码（%(excerpt)s），请删去。")
        case Kind.PHONE:
            return gettext(
                "%(place)s里有电话号码（%(excerpt)s），请删去；"
                "只有公开的热线和本局登记的办公电话可以写。"
            )
        case Kind.BANK_CARD:
            return gettext("%(place)s里有银行卡号或者账号（%(excerpt)s），请删去。")


def _places(
    segment: Segment, contacts: PublicContacts, blocks: bool
) -> Iterator[Finding]:
    found: list[PlaceFinding] = list(find_plates(segment.text))
    if segment.role != Role.CONTACT and any(find_addresses(segment.text)):
        found += find_addresses(segment.text, contacts.addresses)
    for place in found:
        if place.kind == "plate":
            rule = PLATE
            text = gettext("%(place)s里有车牌号（%(excerpt)s），请删去或者遮住几位。")
        else:
            rule = ADDRESS
            text = gettext(
                "%(place)s里有住址（%(excerpt)s），请只写到乡镇或者村，不写门牌。"
            )
        values = {"place": segment.place.label, "excerpt": place.excerpt}
        span = (place.start, place.end)
        yield segment.finding(rule, text % values, span, SOURCE, blocks)


def name_findings(segments: Iterable[Segment]) -> Iterator[Finding]:
    """A name cannot be told for certain, so it is a hint."""
    for segment in segments:
        if segment.role in _NAMELESS:
            continue
        for found in find_full_names(segment.text):
            if found.name in _NOBODY:
                continue
            values = {
                "place": segment.place.label,
                "name": found.name,
                "excerpt": found.excerpt,
                "surname": found.surname,
            }
            text = gettext(
                "%(place)s里的“%(name)s”像是当事人的全名（%(excerpt)s），"
                "请改成“%(surname)s某”。"
            )
            span = (found.start, found.start + len(found.name))
            yield segment.finding(NAME, text % values, span, SOURCE, False)
