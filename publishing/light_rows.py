"""The public pages of a portal as light rows: one query for all types and languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Length
from django.db.models.lookups import GreaterThan
from wagtail.models import PageViewRestriction

from home.models import BasePage, Portal, localized, page_models

EMPTY_STREAM = "[]"
# What every row begins with; the texts follow, each kind of text in all languages.
FACTS = (
    "pk",
    "kind_name",
    "path",
    "url_path",
    "first_published_at",
    "last_published_at",
    "show_in_menus",
    "source_name",
    "type_name",
    "target_page",
)


@dataclass(frozen=True, slots=True)
class PageRow:
    """A public page, in all the languages that its portal uses."""

    id: int
    kind: str
    tree_path: str
    path: str  # logical path, default language
    parent_id: int | None
    headings: dict[str, str]
    summaries: dict[str, str]
    languages: frozenset[str]  # in which it exists
    published_at: datetime | None
    updated_at: datetime | None
    show_in_menus: bool
    source: str
    column_type: str = ""  # columns only
    target_id: int | None = None  # the page which this one is about
    keywords: dict[str, str] = field(default_factory=dict)  # columns only


@lru_cache(maxsize=1)
def kind_models() -> dict[str, type[BasePage]]:
    return {model.kind: model for model in page_models()}


def page_rows(portal: Portal, languages: tuple[str, ...]) -> Iterator[PageRow]:
    """Parents before children; nothing below a page that is not public itself."""
    root = portal.site.root_page
    querysets = [
        _light_rows(model, root.path, languages) for model in kind_models().values()
    ]
    combined = querysets[0].union(*querysets[1:], all=True)
    ids: dict[str, int] = {}
    for values in sorted(combined, key=lambda values: str(values[2])):
        facts = dict(zip(FACTS, values, strict=False))
        tree_path = facts["path"]
        parent_id = ids.get(tree_path[: -BasePage.steplen])
        if parent_id is None and facts["kind_name"] != "home":
            continue
        ids[tree_path] = facts["pk"]
        texts = values[len(FACTS) :]
        yield _page_row(facts, texts, parent_id, root.url_path, languages)


def _page_row(
    facts: dict[str, Any],
    texts: tuple[Any, ...],
    parent_id: int | None,
    root_url: str,
    languages: tuple[str, ...],
) -> PageRow:
    count = len(languages)
    headings, summaries, exists, keywords = (
        dict(zip(languages, texts[start : start + count], strict=True))
        for start in range(0, 4 * count, count)
    )
    return PageRow(
        id=facts["pk"],
        kind=facts["kind_name"],
        tree_path=facts["path"],
        path="/" + facts["url_path"][len(root_url) :],
        parent_id=parent_id,
        headings=headings,
        summaries=summaries,
        languages=frozenset(code for code, flag in exists.items() if flag),
        published_at=facts["first_published_at"],
        updated_at=facts["last_published_at"],
        show_in_menus=bool(facts["show_in_menus"]),
        source=facts["source_name"],
        column_type=facts["type_name"],
        target_id=facts["target_page"],
        keywords=keywords,
    )


def _light_rows(
    model: type[BasePage], root_path: str, languages: tuple[str, ...]
) -> QuerySet[Any, tuple[Any, ...]]:
    """The light rows of one page type; the same columns for every type."""
    private = PageViewRestriction.objects.annotate(
        of=Cast(OuterRef("path"), CharField())
    ).filter(of__startswith=F("page__path"))
    texts = _texts(model, languages)
    source = F("source") if model.has_source else Value("")
    column_type = F("column_type") if model.kind == "column" else Value("")
    target = F(model.target_field) if model.target_field else Value(None)
    return (
        model._default_manager.filter(path__startswith=root_path, live=True)
        .exclude(Exists(private))
        .annotate(
            kind_name=Value(model.kind, CharField()),
            source_name=Cast(source, CharField()),
            type_name=Cast(column_type, CharField()),
            target_page=Cast(target, BigIntegerField()),
            **texts,
        )
        .order_by()
        .values_list(*FACTS, *texts)
    )


def _texts(model: type[BasePage], languages: tuple[str, ...]) -> dict[str, Any]:
    """Heading, summary, existence and keywords, each in all languages."""

    def keywords(code: str) -> Any:
        is_column = model.kind == "column"
        return F(localized("keywords", code)) if is_column else Value("")

    makers: dict[str, Callable[[str], Any]] = {
        "heading": lambda code: _text_or_empty(F(localized("heading", code))),
        "summary": lambda code: _text_or_empty(F(localized(model.summary_field, code))),
        "exists": lambda code: _existence(model, code),
        "keywords": lambda code: _text_or_empty(keywords(code)),
    }
    return {
        f"light_{name}_{code.replace('-', '_')}": make(code)
        for name, make in makers.items()
        for code in languages
    }


def _text_or_empty(expression: Any) -> Any:
    return Coalesce(
        Cast(expression, TextField()), Value("", TextField()), output_field=TextField()
    )


def _existence(model: type[BasePage], code: str) -> Any:
    """1 where heading and body are there (``BasePage.exists_in`` in SQL)."""
    heading = Length(_text_or_empty(F(localized("heading", code))))
    exists = Q(GreaterThan(heading, 0))
    if model.body_field:
        body = Length(_text_or_empty(F(localized(model.body_field, code))))
        least = len(EMPTY_STREAM) if model.body_field in model.stream_fields else 0
        exists &= Q(GreaterThan(body, least))
    return Case(
        When(exists, then=Value(1)), default=Value(0), output_field=IntegerField()
    )
