"""The fields of a page, by kind. Those of ``COMMON`` come from the tree, without a
query; the others need the page's own row and its presenter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from articles.models import ArticlePage, QuestionPage
from articles.presentation import ArticleView, QuestionView
from home.models import BasePage
from home.presentation import Card, HomeView
from publishing.api.serializers import Json, Serializer, day
from publishing.light_rows import PageRow
from publishing.tree import default_language

COMMON = ("heading", "summary", "source", "topics", "audiences")
OWN: dict[str, tuple[str, ...]] = {
    "home": ("body",),
    "column": ("column_type", "keywords", "subcolumns", "page_count"),
    "article": (
        "author",
        "place",
        "cover",
        "body",
        "reprint",
        "citations",
        "older",
        "newer",
        "related",
    ),
    "question": (
        "wordings",
        "answer",
        "explanation",
        "next_step",
        "legal_basis",
        "citations",
        "area",
        "reviewer",
        "reviewed_on",
        "review_due",
        "needs_check",
        "older",
        "newer",
        "related",
    ),
}


def available_fields(kind: str) -> tuple[str, ...]:
    """Without a kind only what all kinds have."""
    return (*COMMON, *OWN.get(kind, ()))


def common_fields(row: PageRow, to_json: Serializer) -> Json:
    context = to_json.context
    tree, language = context.tree, context.language
    topics = (tree.topics[pk][language] for pk in tree.page_topics.get(row.id, ()))
    is_content = row.kind in ("article", "question")
    fallback = context.reader.publisher_name if is_content else ""
    return {
        "heading": row.headings[language],
        "summary": row.summaries.get(language, ""),
        "source": row.source or fallback,
        "topics": [to_json.topic(topic) for topic in topics],
        "audiences": [
            tree.audiences[pk][language] for pk in tree.page_audiences.get(row.id, ())
        ],
    }


def column_fields(row: PageRow, to_json: Serializer) -> Json:
    context = to_json.context
    tree, language = context.tree, context.language
    below = (
        tree.card(child.id, language)
        for child in tree.children.get(row.id, [])
        if child.kind == "column" and language in child.languages
    )
    keywords = row.keywords.get(language) or row.keywords[default_language()]
    return {
        "column_type": row.column_type,
        "keywords": [
            word.strip()
            for word in keywords.replace("，", ",").split(",")
            if word.strip()
        ],
        "subcolumns": to_json.references(card for card in below if card),
        "page_count": len(tree.content(row.id, language)),
    }


def own_fields(page: BasePage, to_json: Serializer) -> Json:
    """The fields of ``OWN`` of a page that the reader has been prepared for."""
    view = page.present(to_json.context.reader)
    return PRESENTED[page.kind](page, view, to_json)


def _home(_page: BasePage, view: HomeView, to_json: Serializer) -> Json:
    return {"body": to_json.blocks(view.blocks)}


def _article(page: ArticlePage, view: ArticleView, to_json: Serializer) -> Json:
    return {
        "author": view.author,
        "place": view.place,
        "cover": to_json.picture(view.cover),
        "body": to_json.blocks(view.blocks),
        "reprint": _reprint(page, view, to_json),
        "citations": [to_json.citation(cited) for cited in view.cited],
        **_neighbors(view.older, view.newer, view.related, to_json),
    }


def _reprint(page: ArticlePage, view: ArticleView, to_json: Serializer) -> Json | None:
    if not view.reprint_source:
        return None
    return {
        "source": view.reprint_source,
        "original_date": day(view.original_date),
        **to_json.link(view.reprint_path, href=view.reprint_href),
        "target": page.reprint_url or None,
    }


def _question(page: QuestionPage, view: QuestionView, to_json: Serializer) -> Json:
    return {
        "wordings": list(view.wordings),
        "answer": str(view.answer),
        "explanation": to_json.blocks(view.explanation),
        "next_step": {
            "whom": str(view.whom),
            "bring": str(view.bring),
            "time_limit": str(view.time_limit),
            "cost": str(view.cost),
        },
        "legal_basis": [to_json.citation(cited) for cited in view.legal_basis],
        "citations": [
            to_json.citation(cited) for cited in to_json.context.reader.cited(page)
        ],
        "area": view.area,
        "reviewer": view.reviewer,
        "reviewed_on": day(view.reviewed_on),
        "review_due": day(view.review_due),
        "needs_check": view.needs_check,
        **_neighbors(view.older, view.newer, view.related, to_json),
    }


def _neighbors(
    older: Card | None,
    newer: Card | None,
    related: tuple[Card, ...],
    to_json: Serializer,
) -> Json:
    return {
        "older": to_json.reference(older) if older else None,
        "newer": to_json.reference(newer) if newer else None,
        "related": to_json.references(related),
    }


PRESENTED: dict[str, Callable[[Any, Any, Serializer], Json]] = {
    "home": _home,
    "article": _article,
    "question": _question,
}
