"""Plain data of a standard page for its template, built from a page row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from markupsafe import Markup

from home import streams
from home.presentation import BlockData, Card, CitedProvision, Reader, TopicData

if TYPE_CHECKING:
    from articles.models import InformationPage


@dataclass(frozen=True, slots=True)
class InformationView:
    """``articles/information_page.html``."""

    heading: str
    summary: str
    purpose: str  # "duties" …
    year: int | None  # of an annual report
    blocks: tuple[BlockData, ...]
    cited: tuple[CitedProvision, ...]
    audiences: tuple[str, ...]
    topics: tuple[TopicData, ...]
    published_at: datetime | None
    updated_at: datetime | None
    source: str
    older: Card | None  # the report of the year before, say
    newer: Card | None
    qr_svg: Markup  # "" where the public address is not known


def present_information(page: InformationPage, reader: Reader) -> InformationView:
    language = reader.language
    older, newer = reader.siblings(page.pk)
    return InformationView(
        heading=page.text("heading", language),
        summary=page.text("summary", language),
        purpose=page.purpose,
        year=page.year,
        blocks=streams.present(page.stream_data("body", language), reader),
        cited=reader.cited(page),
        audiences=reader.audience_names(page),
        topics=reader.topics_of(page),
        published_at=page.first_published_at,
        updated_at=page.last_published_at,
        source=page.source or reader.publisher_name,
        older=older,
        newer=newer,
        qr_svg=reader.qr_svg(),
    )
