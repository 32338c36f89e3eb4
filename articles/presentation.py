"""Plain data of articles and questions for the templates, built from a page row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from home.presentation import (
    BlockData,
    Card,
    CitedProvision,
    Picture,
    TopicData,
)


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
    reprint_href: str  # already led through the leaving page where it must be
    original_date: date | None
    cited: tuple[CitedProvision, ...]
    older: Card | None
    newer: Card | None
    related: tuple[Card, ...]
    qr_svg: Markup  # "" where the public address is not known


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
