"""The public pages of a portal as light rows: one query for all types and languages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
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
from wagtail.models import Page, PageViewRestriction

from home.models import BasePage, Portal, localized, page_models

EMPTY_STREAM = "[]"
TERMS = ("topics", "audiences")
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
    # Where it stands in the tree. Wagtail moves a page on to make room for another,
    # which changes nothing that anybody sees.
    tree_path: str = field(compare=False)
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


@dataclass(frozen=True, slots=True)
class Root:
    """Where a portal's pages are, and in which languages they are read."""

    path: str
    url_path: str
    languages: tuple[str, ...]

    @classmethod
    def of(cls, portal: Portal) -> Root:
        page = portal.site.root_page
        return cls(page.path, page.url_path, tuple(portal.languages))


def page_rows(root: Root) -> Iterator[PageRow]:
    """Parents before children; nothing below a page that is not public itself."""
    querysets = [
        _light_rows(kind, root.languages).filter(path__startswith=root.path)
        for kind in kind_models()
    ]
    combined = querysets[0].union(*querysets[1:], all=True)
    ids: dict[str, int] = {}
    for values in sorted(combined, key=lambda values: str(values[2])):
        found = StoredRow(root, values)
        parent_id = ids.get(found.parent_path)
        if parent_id is None and found.kind != "home":
            continue
        ids[found.tree_path] = found.id
        yield found.row(parent_id)


@dataclass(slots=True)
class StoredRow:
    """A row as it was read, before it is known whether its parent is public."""

    root: Root
    values: tuple[Any, ...]
    topics: set[int] = field(default_factory=set)
    audiences: set[int] = field(default_factory=set)

    @property
    def id(self) -> int:
        return int(self.values[0])

    @property
    def kind(self) -> str:
        return str(self.values[1])

    @property
    def tree_path(self) -> str:
        return str(self.values[2])

    @property
    def parent_path(self) -> str:
        return self.tree_path[: -BasePage.steplen]

    def row(self, parent_id: int | None) -> PageRow:
        facts = dict(zip(FACTS, self.values, strict=False))
        languages = self.root.languages
        texts = self.values[len(FACTS) : len(FACTS) + len(TEXTS) * len(languages)]
        headings, summaries, exists, keywords = (
            dict(zip(languages, texts[start : start + len(languages)], strict=True))
            for start in range(0, len(texts), len(languages))
        )
        return PageRow(
            id=facts["pk"],
            kind=facts["kind_name"],
            tree_path=facts["path"],
            path="/" + facts["url_path"][len(self.root.url_path) :],
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


# --- some of them --------------------------------------------------------------------------


def kinds_of(root: Root, page_ids: Collection[int]) -> dict[int, tuple[str, bool]]:
    """The kind of each of these pages that is live, and whether anything is below."""
    found = Page.objects.filter(
        pk__in=page_ids, live=True, path__startswith=root.path
    ).values_list("pk", "content_type_id", "numchild")
    kinds = {
        pk: (_kind_of(content_type), below > 0) for pk, content_type, below in found
    }
    return {pk: facts for pk, facts in kinds.items() if facts[0]}


def _kind_of(content_type_id: int) -> str:
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    kind = str(getattr(model, "kind", ""))
    return kind if kind in kind_models() else ""


def ids_below(tree_path: str) -> set[int]:
    """Everything live below a place of the tree, whether the public may see it or not."""
    found = Page.objects.filter(path__startswith=tree_path, live=True)
    return set(found.exclude(path=tree_path).values_list("pk", flat=True))


def tree_paths(root: Root) -> Iterable[tuple[int, str]]:
    return Page.objects.filter(path__startswith=root.path, live=True).values_list(
        "pk", "path"
    )


def stored_rows(root: Root, kind: str, page_ids: Collection[int]) -> list[StoredRow]:
    """Those of these pages that are live and not private, with their terms: one query."""
    model = kind_models()[kind]
    terms = TERMS if model.has_topics else ()
    rows = _light_rows(kind, root.languages, terms)
    found: dict[int, StoredRow] = {}
    # A page comes once for each pair of a topic and an audience that it has.
    for values in rows.filter(pk__in=page_ids, path__startswith=root.path):
        row = found.setdefault(values[0], StoredRow(root, values))
        if terms:
            row.topics.add(values[-2])
            row.audiences.add(values[-1])
    return list(found.values())


# --- the query -----------------------------------------------------------------------------


@lru_cache(maxsize=512)
def _light_rows(
    kind: str, languages: tuple[str, ...], terms: tuple[str, ...] = ()
) -> QuerySet[Any, Any]:
    """One page type with all that a row needs; kept, since it takes longer to put this
    together than to run it."""
    model = kind_models()[kind]
    private = PageViewRestriction.objects.annotate(
        of=Cast(OuterRef("path"), CharField())
    ).filter(of__startswith=F("page__path"))
    source = F("source") if model.has_source else Value("")
    column_type = F("column_type") if model.kind == "column" else Value("")
    target = F(model.target_field) if model.target_field else Value(None)
    return (
        model._default_manager.filter(live=True)
        .exclude(Exists(private))
        .annotate(
            kind_name=Value(model.kind, CharField()),
            source_name=Cast(source, CharField()),
            type_name=Cast(column_type, CharField()),
            target_page=Cast(target, BigIntegerField()),
            **_texts(model, languages),
        )
        .order_by()
        .values_list(*FACTS, *_text_names(languages), *terms)
    )


TEXTS = ("heading", "summary", "exists", "keywords")


def _text_names(languages: tuple[str, ...]) -> list[str]:
    return [_text_name(name, code) for name in TEXTS for code in languages]


def _text_name(name: str, code: str) -> str:
    return f"light_{name}_{code.replace('-', '_')}"


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
        _text_name(name, code): makers[name](code)
        for name in TEXTS
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
