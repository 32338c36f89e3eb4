"""Plain data of a typical case for its template, built from a page row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from markupsafe import Markup

from articles.guide_presentation import cited_in
from articles.kin import kin
from home import streams
from home.presentation import BlockData, Card, CitedProvision, Reader, TopicData

if TYPE_CHECKING:
    from articles.models import TypicalCasePage


@dataclass(frozen=True, slots=True)
class CaseView:
    """``articles/case_page.html``: what it means for you, then what happened."""

    heading: str
    summary: str
    case_type: str  # "mediation" …
    case_type_label: str
    year: int | None
    place: str
    meaning: tuple[Markup, ...]  # paragraphs, as the next three
    facts: tuple[Markup, ...]
    dispute: tuple[Markup, ...]
    outcome: tuple[Markup, ...]
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


def present_case(page: TypicalCasePage, reader: Reader) -> CaseView:
    language = reader.language
    older, newer = reader.siblings(page.pk)

    def paragraphs(field: str) -> tuple[Markup, ...]:
        found = page.paragraphs(field, language)
        return tuple(reader.plain_text(text) for text in found)

    return CaseView(
        heading=page.text("heading", language),
        summary=page.text("summary", language),
        case_type=page.case_type,
        case_type_label=str(page.get_case_type_display()),
        year=page.year,
        place=page.place,
        meaning=paragraphs("meaning"),
        facts=paragraphs("facts"),
        dispute=paragraphs("dispute"),
        outcome=paragraphs("outcome"),
        legal_basis=cited_in(page.legal_basis, reader),
        blocks=streams.present(page.stream_data("body", language), reader),
        audiences=reader.audience_names(page),
        topics=reader.topics_of(page),
        published_at=page.first_published_at,
        source=page.source or reader.publisher_name,
        older=older,
        newer=newer,
        related=kin(page.pk, reader, guide=2, question=3, article=1),
        qr_svg=reader.qr_svg(),
    )
