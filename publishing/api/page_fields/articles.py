"""Articles and questions."""

from __future__ import annotations

from articles.models import ArticlePage, QuestionPage
from articles.presentation import ArticleView, QuestionView
from publishing.api.page_fields.registry import neighbors, register
from publishing.api.serializers import Json, Serializer, day, moment


def _article(page: ArticlePage, view: ArticleView, to_json: Serializer) -> Json:
    return {
        "author": view.author,
        "place": view.place,
        "cover": to_json.picture(view.cover),
        "body": to_json.blocks(view.blocks),
        "reprint": _reprint(page, view, to_json),
        "imported": _imported(view),
        "campaign": to_json.reference(view.campaign) if view.campaign else None,
        "citations": [to_json.citation(cited) for cited in view.cited],
        **neighbors(view.older, view.newer, view.related, to_json),
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


def _imported(view: ArticleView) -> Json | None:
    """As text: the old address leads nowhere any more, or to what nobody keeps."""
    if view.imported_at is None:
        return None
    return {"at": moment(view.imported_at), "from": view.imported_from}


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
        **neighbors(view.older, view.newer, view.related, to_json),
    }


register(
    "article",
    (
        "author",
        "place",
        "cover",
        "body",
        "reprint",
        "imported",
        "campaign",
        "citations",
        "older",
        "newer",
        "related",
    ),
    _article,
)
register(
    "question",
    (
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
    _question,
)
