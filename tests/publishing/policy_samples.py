"""Full examples of a document, an interpretation and the catalogue.

What every page shows (body, cards, topics …) comes from ``samples``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from articles.policy.facts import DocumentHead
from articles.policy.presentation import (
    CatalogueView,
    Contents,
    DocumentView,
    InterpretationView,
    ListedDocument,
)
from articles.presentation import ArticleView
from home.presentation import BlockData, Card, Filter, Pagination

DOCUMENT = "articles/document_page.html"
INTERPRETATION = "articles/interpretation_page.html"
CATALOGUE = "articles/catalogue_page.html"

HEAD = DocumentHead(
    index_number="113703030042173115/2020-5114104",
    document_number="青司发〔2026〕3号",
    issuer="青山县司法局、青山县民政局",
    written_on=date(2026, 3, 1),
    issued_on=date(2026, 3, 2),
    subject_class="公安、安全、司法",
    disclosure="active",
    disclosure_label="主动公开",
    validity="repealed",
    validity_label="废止",
    valid_until=date(2028, 2, 29),
)
IN_FORCE = replace(
    HEAD, validity="valid", validity_label="有效", document_number="", valid_until=None
)
EXPIRED = replace(HEAD, validity="expired", validity_label="失效")
AMENDED = replace(HEAD, validity="amended", validity_label="已修改")
PARTS = (
    BlockData("part", "p1", {"title": "人民调解工作三年方案", "anchor": "p1"}),
    BlockData("part", "p2", {"title": "普法宣传三年方案", "anchor": "p2"}),
)
SECTIONS = tuple(
    BlockData("section", anchor, {"part": part, "text": text, "anchor": anchor})
    for anchor, part, text in (
        ("s91", "background", "背景依据"),
        ("s92", "changes", "新旧政策差异"),
    )
)


# What a page of content shows, of whatever kind.
COMMON = (
    "heading summary published_at source cited topics audiences related older newer"
    " qr_svg"
).split()


def policy_views(
    article: ArticleView, cards: tuple[Card, ...], body: tuple[BlockData, ...]
) -> Iterator[tuple[str, str, str, Any]]:
    """(name, template, path, view)."""
    common = {name: getattr(article, name) for name in COMMON}
    rows = tuple(
        ListedDocument(card, head)
        for card, head in zip(
            cards * 2, (HEAD, IN_FORCE, EXPIRED, AMENDED), strict=True
        )
    )
    document = full_document(common, rows, body)
    yield "document", DOCUMENT, "/zhengce/a/", document
    for name, head in (("expired", EXPIRED), ("amended", AMENDED)):
        yield f"{name} document", DOCUMENT, "/zhengce/a/", replace(document, head=head)
    interpretation = full_interpretation(common, rows[0], body)
    yield "interpretation", INTERPRETATION, "/jiedu/a/", interpretation
    catalogue = full_catalogue(rows)
    yield "catalogue", CATALOGUE, "/mulu/page/2/", catalogue
    empty = replace(catalogue, rows=(), years=(), classes=(), active_filter="")
    yield "empty catalogue", CATALOGUE, "/mulu/", empty


def full_document(
    common: dict[str, Any],
    rows: tuple[ListedDocument, ...],
    body: tuple[BlockData, ...],
) -> DocumentView:
    return DocumentView(
        head=HEAD,
        replaced_by=rows[1],
        replaces=rows[:2],
        interpretations=tuple(row.card for row in rows[:2]),
        contents=(
            Contents("人民调解工作三年方案", "p1", 1),
            Contents("怎样证明", "s2", 2),
            Contents("没有合同", "s3", 3),
        ),
        blocks=(PARTS[0], *body, PARTS[1]),
        public_note="（此件公开发布）",
        **common,
    )


def full_interpretation(
    common: dict[str, Any], row: ListedDocument, body: tuple[BlockData, ...]
) -> InterpretationView:
    return InterpretationView(
        form="text",
        form_label="文字解读",
        interpreter="李某",
        interpreter_title="青山县司法局局长",
        office="普法与依法治理股",
        office_phone="0000-1234567",
        document=row,
        contents=(Contents("背景依据", "s91", 2), Contents("新旧政策差异", "s92", 2)),
        blocks=(SECTIONS[0], *body, SECTIONS[1]),
        **common,
    )


def full_catalogue(rows: tuple[ListedDocument, ...]) -> CatalogueView:
    return CatalogueView(
        heading="政府信息公开目录",
        summary="本局公开的全部文件。",
        rows=rows,
        pagination=Pagination(2, "/mulu/page/3/", "/mulu/page/1/", "/mulu/", 56),
        years=(Filter("2026年", "/mulu/year/2026/", 7, True),),
        classes=(Filter("公安、安全、司法", "/mulu/class/gongan-sifa/", 7, False),),
        active_filter="2026年",
    )
