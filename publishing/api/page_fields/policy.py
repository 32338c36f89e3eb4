"""Official documents, interpretations and the catalogue."""

from __future__ import annotations

from dataclasses import asdict

from articles.models import CataloguePage, InterpretationPage, PolicyDocumentPage
from articles.policy.facts import DocumentHead
from articles.policy.presentation import (
    CatalogueView,
    Contents,
    DocumentView,
    InterpretationView,
)
from home.presentation import Card
from publishing.api.page_fields.registry import neighbors, register
from publishing.api.serializers import Json, Serializer, day


def _numbers(head: DocumentHead) -> Json:
    return {
        "index_number": head.index_number,
        "document_number": head.document_number,
        "issuer": head.issuer,
        "written_on": day(head.written_on),
        "issued_on": day(head.issued_on),
        "subject_class": head.subject_class,
        "disclosure": head.disclosure,
        "validity": head.validity,
        "valid_until": day(head.valid_until),
    }


def _contents(lines: tuple[Contents, ...]) -> list[Json]:
    return [asdict(line) for line in lines]


def _optional(card: Card | None, to_json: Serializer) -> Json | None:
    return to_json.reference(card) if card else None


def _document(
    _page: PolicyDocumentPage, view: DocumentView, to_json: Serializer
) -> Json:
    replacing = view.replaced_by.card if view.replaced_by else None
    return {
        "numbers": _numbers(view.head),
        "replaced_by": _optional(replacing, to_json),
        "replaces": to_json.references(row.card for row in view.replaces),
        "interpretations": to_json.references(view.interpretations),
        "contents": _contents(view.contents),
        "body": to_json.blocks(view.blocks),
        "citations": [to_json.citation(cited) for cited in view.cited],
        **neighbors(view.older, view.newer, view.related, to_json),
    }


def _interpretation(
    _page: InterpretationPage, view: InterpretationView, to_json: Serializer
) -> Json:
    document = view.document.card if view.document else None
    return {
        "document": _optional(document, to_json),
        "form": view.form,
        "interpreter": view.interpreter,
        "interpreter_title": view.interpreter_title,
        "office": view.office,
        "contents": _contents(view.contents),
        "body": to_json.blocks(view.blocks),
        "citations": [to_json.citation(cited) for cited in view.cited],
        **neighbors(view.older, view.newer, view.related, to_json),
    }


def _catalogue(_page: CataloguePage, view: CatalogueView, to_json: Serializer) -> Json:
    return {
        "documents": [
            {"page": to_json.reference(row.card), "numbers": _numbers(row.head)}
            for row in view.rows
        ]
    }


register(
    "document",
    (
        "numbers",
        "replaced_by",
        "replaces",
        "interpretations",
        "contents",
        "body",
        "citations",
        "older",
        "newer",
        "related",
    ),
    _document,
)
register(
    "interpretation",
    (
        "document",
        "form",
        "interpreter",
        "interpreter_title",
        "office",
        "contents",
        "body",
        "citations",
        "older",
        "newer",
        "related",
    ),
    _interpretation,
)
register("catalogue", ("documents",), _catalogue)
