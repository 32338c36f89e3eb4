"""Plain data of a service guide for its template, built from a page row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from markupsafe import Markup

from articles.offices import OfficeData, offices
from home import streams
from home.phones import PhoneNumber, phone_numbers
from home.presentation import BlockData, Card, CitedProvision, Reader, TopicData
from media.presentation import Attachment

if TYPE_CHECKING:
    from articles.models import ServiceGuidePage


@dataclass(frozen=True, slots=True)
class WebLink:
    """A link to a system that somebody else runs."""

    path: str  # logical path of the leaving page, or ""
    href: str  # absolute address of a government site, or ""


@dataclass(frozen=True, slots=True)
class GuideView:
    """``articles/guide_page.html``: whom to ring and where to go, then the rest."""

    heading: str  # 事项名称
    summary: str
    office: OfficeData | None  # in charge
    phones: tuple[PhoneNumber, ...]
    place: Markup
    hours: Markup
    time_limit: Markup
    fee: Markup
    conditions: tuple[Markup, ...]
    materials: tuple[Markup, ...]
    steps: tuple[Markup, ...]
    online: WebLink | None
    booking: WebLink | None
    forms: tuple[tuple[Attachment, str], ...]  # file, shown name
    legal_basis: tuple[CitedProvision, ...]
    blocks: tuple[BlockData, ...]
    audiences: tuple[str, ...]
    topics: tuple[TopicData, ...]
    published_at: datetime | None
    source: str
    older: Card | None
    newer: Card | None
    related: tuple[Card, ...]
    qr_svg: Markup  # "" where the public address is not known


def present_guide(page: ServiceGuidePage, reader: Reader) -> GuideView:
    language = reader.language
    older, newer = reader.siblings(page.pk)
    office = next((data for data in offices(reader) if data.id == page.office_id), None)

    def words(field: str, otherwise: str = "") -> Markup:
        own = str(page.text(field, language)) or otherwise
        return reader.plain_text(own) if own else _in_chinese(page, field, reader)

    def items(field: str) -> tuple[Markup, ...]:
        return tuple(reader.plain_text(line) for line in page.lines(field, language))

    return GuideView(
        heading=page.text("heading", language),
        summary=page.text("summary", language),
        office=office,
        phones=phone_numbers(page.phone) or (office.phones if office else ()),
        place=words("place", office.address if office else ""),
        hours=words("hours", office.hours if office else ""),
        time_limit=words("time_limit"),
        fee=words("fee"),
        conditions=items("conditions"),
        materials=items("materials"),
        steps=items("steps"),
        online=_web_link(page.online_url, reader),
        booking=_web_link(page.booking_url, reader),
        forms=_forms(page, reader),
        legal_basis=cited_in(page.legal_basis, reader),
        blocks=streams.present(page.stream_data("body", language), reader),
        audiences=reader.audience_names(page),
        topics=reader.topics_of(page),
        published_at=page.first_published_at,
        source=page.source or reader.publisher_name,
        older=older,
        newer=newer,
        related=tuple(reader.related(page.pk)),
        qr_svg=reader.qr_svg(),
    )


def _in_chinese(page: ServiceGuidePage, field: str, reader: Reader) -> Markup:
    """An address or a time is of use also to a reader of another language."""
    words = reader.plain_text(str(page.text(field, settings.LANGUAGE_CODE)))
    if not words:
        return words
    return Markup('<span lang="zh-Hans" dir="ltr">{}</span>').format(words)


def _web_link(url: str, reader: Reader) -> WebLink | None:
    if not url:
        return None
    # The reader of the API says more than the two.
    link = reader.outward(url)
    return WebLink(link["path"], link["href"])


def _forms(
    page: ServiceGuidePage, reader: Reader
) -> tuple[tuple[Attachment, str], ...]:
    raw = page.forms.raw_data if page.forms else []
    shown = streams.present(raw, reader)
    return tuple((block.data["attachment"], block.data["title"]) for block in shown)


def cited_in(legal_basis: Any, reader: Reader) -> tuple[CitedProvision, ...]:
    """The provisions of a stream of citations, in order, each once."""
    raw = legal_basis.raw_data if legal_basis else []
    found = (item for block in raw for item in reader.cite(block["value"] or ""))
    return tuple(dict.fromkeys(found))
