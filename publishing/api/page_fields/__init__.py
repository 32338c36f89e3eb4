"""The fields of a page, by kind. Those of ``COMMON`` come from the tree, without a
query; the others need the page's own row and its presenter.

Each family registers its kinds in a module of its own.
"""

from __future__ import annotations

from home.models import BasePage
from home.presentation import HomeView
from publishing.api.page_fields import (
    articles,
    campaigns,
    directories,
    policy,
    services,
)
from publishing.api.page_fields.registry import COMMON, OWN, PRESENTED, register
from publishing.api.serializers import Json, Serializer
from publishing.light_rows import PageRow, kind_models
from publishing.tree import default_language

__all__ = [
    "COMMON",
    "OWN",
    "articles",
    "available_fields",
    "campaigns",
    "column_fields",
    "common_fields",
    "directories",
    "own_fields",
    "policy",
    "services",
]


def available_fields(kind: str) -> tuple[str, ...]:
    """Without a kind only what all kinds have."""
    return (*COMMON, *OWN.get(kind, ()))


def common_fields(row: PageRow, to_json: Serializer) -> Json:
    context = to_json.context
    tree, language = context.tree, context.language
    topics = (tree.topics[pk][language] for pk in tree.page_topics.get(row.id, ()))
    has_source = kind_models()[row.kind].has_source
    fallback = context.reader.publisher_name if has_source else ""
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


register("home", ("body",), _home)
register("column", ("column_type", "keywords", "subcolumns", "page_count"))
