"""Plain data of articles and questions for the templates, built from a page row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from markupsafe import Markup

from articles.campaigns.presentation import campaign_of
from articles.kin import kin
from home import streams
from home.presentation import (
    BlockData,
    Card,
    CitedProvision,
    Reader,
    TopicData,
)
from media.presentation import Picture

if TYPE_CHECKING:
    from articles.models import ArticlePage, QuestionPage


@dataclass(frozen=True, slots=True)
class ArticleView:
    """``articles/article_page.html``."""

    heading: str
    summary: str
    published_at: datetime | None
    source: str
    author: str
    place: str
    audiences: tuple[str, ...]
    topics: tuple[TopicData, ...]
    cover: Picture | None
    blocks: tuple[BlockData, ...]
    reprint_source: str
    reprint_path: str  # logical path of the leaving page, or ""
    reprint_href: str  # absolute address of a government site, or ""
    original_date: date | None
    cited: tuple[CitedProvision, ...]
    older: Card | None
    newer: Card | None
    related: tuple[Card, ...]
    qr_svg: Markup  # "" where the public address is not known
    imported_at: datetime | None = None  # it came from an old website that day
    imported_from: str = ""  # its address there
    campaign: Card | None = None  # that it reports on


@dataclass(frozen=True, slots=True)
class QuestionView:
    """``articles/question_page.html``: the answer first, then why, then what next."""

    heading: str  # the question as people ask it
    wordings: tuple[str, ...]
    answer: Markup  # one sentence
    explanation: tuple[BlockData, ...]
    whom: Markup  # next step: whom to go to
    bring: Markup  # what to bring
    time_limit: Markup
    cost: Markup
    legal_basis: tuple[CitedProvision, ...]
    area: str
    audiences: tuple[str, ...]
    topics: tuple[TopicData, ...]
    reviewer: str
    reviewed_on: date | None
    review_due: date | None
    needs_check: bool  # 待核对: rests on a text that changed since
    published_at: datetime | None
    source: str
    related: tuple[Card, ...]  # at most three, chosen or computed
    older: Card | None
    newer: Card | None
    qr_svg: Markup
    kin: tuple[Card, ...] = ()  # guides, cases, the service points


def present_article(page: ArticlePage, reader: Reader) -> ArticleView:
    language = reader.language
    older, newer = reader.siblings(page.pk)
    blocks = streams.present(page.stream_data("body", language), reader)
    reprint = reader.outward(page.reprint_url) if page.reprint_url else {}
    return ArticleView(
        heading=page.text("heading", language),
        summary=page.text("summary", language),
        published_at=page.first_published_at,
        source=page.source or reader.publisher_name,
        author=page.author,
        place=page.place,
        audiences=reader.audience_names(page),
        topics=reader.topics_of(page),
        cover=reader.picture(page.cover_id),
        blocks=blocks,
        reprint_source=page.reprint_source,
        reprint_path=reprint.get("path", ""),
        reprint_href=reprint.get("href", ""),
        original_date=page.original_date,
        imported_at=page.imported_at,
        imported_from=page.imported_from,
        cited=reader.cited(page),
        older=older,
        newer=newer,
        related=tuple(reader.related(page.pk)),
        qr_svg=reader.qr_svg(),
        campaign=campaign_of(page, reader),
    )


def present_question(page: QuestionPage, reader: Reader) -> QuestionView:
    language = reader.language
    older, newer = reader.siblings(page.pk)

    def words(field: str) -> Markup:
        return reader.plain_text(page.text(field, language))

    basis = page.legal_basis.raw_data if page.legal_basis else []
    return QuestionView(
        heading=page.text("heading", language),
        wordings=page.wording_lines(language),
        answer=words("answer"),
        explanation=streams.present(page.stream_data("explanation", language), reader),
        whom=words("whom"),
        bring=words("bring"),
        time_limit=words("time_limit"),
        cost=words("cost"),
        legal_basis=tuple(
            provision for block in basis for provision in reader.cite(block["value"])
        ),
        area=page.area,
        audiences=reader.audience_names(page),
        topics=reader.topics_of(page),
        reviewer=page.reviewer,
        reviewed_on=page.reviewed_on,
        review_due=page.review_due,
        needs_check=page.needs_check,
        published_at=page.first_published_at,
        source=page.source or reader.publisher_name,
        related=_related_questions(page, reader),
        older=older,
        newer=newer,
        qr_svg=reader.qr_svg(),
        kin=kin(page.pk, reader, guide=2, case=2),
    )


def _related_questions(page: QuestionPage, reader: Reader) -> tuple[Card, ...]:
    """Chosen by the editor; where none is chosen, those that share a topic."""
    chosen = page.related.raw_data if page.related else []
    cards = [reader.card(block["value"]) for block in chosen]
    found = tuple(card for card in cards if card is not None)
    if found:
        return found
    return tuple(reader.related(page.pk, limit=3, kind="question"))
