"""Plain data of documents, interpretations and the catalogue for the templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from markupsafe import Markup

from articles.policy.facts import DocumentHead, head_of, own_head
from articles.policy.standing import Disclosure
from home import streams
from home.models import Office
from home.presentation import (
    BlockData,
    Card,
    CitedProvision,
    Filter,
    Pagination,
    Reader,
    TopicData,
)

if TYPE_CHECKING:
    from articles.models import CataloguePage, InterpretationPage, PolicyDocumentPage

PART = "part"
SAYS_PUBLIC = "此件公开发布"


@dataclass(frozen=True, slots=True)
class Contents:
    """A line of a table of contents; ``level`` 1 is a part, 2 a heading, 3 a small
    one."""

    text: str
    anchor: str
    level: int


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A document where another page mentions it."""

    card: Card
    head: DocumentHead


@dataclass(frozen=True, slots=True)
class DocumentView:
    """``articles/document_page.html``."""

    heading: str
    summary: str
    head: DocumentHead
    replaced_by: ListedDocument | None
    replaces: tuple[ListedDocument, ...]
    interpretations: tuple[Card, ...]
    published_at: datetime | None
    source: str
    contents: tuple[Contents, ...]
    blocks: tuple[BlockData, ...]
    public_note: str  # （此件公开发布）, where the text does not say so itself
    cited: tuple[CitedProvision, ...]
    topics: tuple[TopicData, ...]
    audiences: tuple[str, ...]
    related: tuple[Card, ...]
    older: Card | None
    newer: Card | None
    qr_svg: Markup


@dataclass(frozen=True, slots=True)
class InterpretationView:
    """``articles/interpretation_page.html``."""

    heading: str
    summary: str
    form: str
    form_label: str
    interpreter: str
    interpreter_title: str
    office: str
    office_phone: str
    document: ListedDocument | None
    published_at: datetime | None
    source: str
    contents: tuple[Contents, ...]
    blocks: tuple[BlockData, ...]
    cited: tuple[CitedProvision, ...]
    topics: tuple[TopicData, ...]
    audiences: tuple[str, ...]
    related: tuple[Card, ...]
    older: Card | None
    newer: Card | None
    qr_svg: Markup


@dataclass(frozen=True, slots=True)
class CatalogueView:
    """``articles/catalogue_page.html``."""

    heading: str
    summary: str
    rows: tuple[ListedDocument, ...]
    pagination: Pagination
    years: tuple[Filter, ...] = ()
    classes: tuple[Filter, ...] = ()
    active_filter: str = ""


def present_document(page: PolicyDocumentPage, reader: Reader) -> DocumentView:
    language = reader.language
    older, newer = reader.siblings(page.pk)
    raw = page.stream_data("body", language)
    blocks = numbered(streams.present(raw, reader))
    replaced = reader.referring("document", page.pk)
    return DocumentView(
        heading=page.text("heading", language),
        summary=page.text("summary", language),
        head=own_head(page, reader),
        replaced_by=listed_document(page.replaced_by_id, reader),
        replaces=tuple(listed_documents(replaced, reader)),
        interpretations=tuple(reader.referring("interpretation", page.pk)),
        published_at=page.first_published_at,
        source=page.source or reader.publisher_name,
        contents=tuple(contents_of(blocks)),
        blocks=blocks,
        public_note=public_note(page, streams.plain_text_of(raw)),
        cited=reader.cited(page),
        topics=reader.topics_of(page),
        audiences=reader.audience_names(page),
        related=tuple(reader.related(page.pk)),
        older=older,
        newer=newer,
        qr_svg=reader.qr_svg(),
    )


def public_note(page: PolicyDocumentPage, text: str) -> str:
    """The line that ends a public document; most originals carry it themselves."""
    if page.disclosure == Disclosure.REQUEST:
        return _("（此件依申请公开）")
    return "" if SAYS_PUBLIC in text else _("（此件公开发布）")


def present_interpretation(
    page: InterpretationPage, reader: Reader
) -> InterpretationView:
    language = reader.language
    older, newer = reader.siblings(page.pk)
    blocks = streams.present(page.stream_data("body", language), reader)
    offices = {office.pk: office for office in reader.records(Office)}
    office = offices.get(page.office_id) if page.office_id else None
    return InterpretationView(
        heading=page.text("heading", language),
        summary=page.text("summary", language),
        form=page.form,
        form_label=str(page.get_form_display()),
        interpreter=page.interpreter,
        interpreter_title=page.interpreter_title,
        office=office.name if office else "",
        office_phone=office.phone if office else "",
        document=listed_document(page.document_id, reader),
        published_at=page.first_published_at,
        source=page.source or reader.publisher_name,
        contents=tuple(contents_of(blocks)),
        blocks=blocks,
        cited=reader.cited(page),
        topics=reader.topics_of(page),
        audiences=reader.audience_names(page),
        related=tuple(reader.related(page.pk)),
        older=older,
        newer=newer,
        qr_svg=reader.qr_svg(),
    )


def present_catalogue(page: CataloguePage, reader: Reader) -> CatalogueView:
    """All of it, as the preview shows it; ``publishing.catalogues`` cuts it."""
    rows = listed_documents(reader.every("document"), reader)
    # A stable sort: documents of one day stay in the order of publication.
    found = sorted(rows, key=lambda row: row.head.written_on or date.min, reverse=True)
    return CatalogueView(
        heading=page.text("heading", reader.language),
        summary=page.text("summary", reader.language),
        rows=tuple(found),
        pagination=Pagination(None, "", "", "", len(found)),
    )


def listed_document(page_id: int | None, reader: Reader) -> ListedDocument | None:
    """None where the document is not public."""
    card = reader.card(page_id) if page_id else None
    head = head_of(reader.facts(card.id), reader) if card else None
    return ListedDocument(card, head) if card and head else None


def listed_documents(cards: Iterable[Card], reader: Reader) -> Iterator[ListedDocument]:
    for card in cards:
        if found := listed_document(card.id, reader):
            yield found


def numbered(blocks: Iterable[BlockData]) -> tuple[BlockData, ...]:
    """Parts get the anchors p1, p2 …: a link to the second plan of a notice stays
    right when a paragraph is put in before it."""
    found = []
    count = 0
    for block in blocks:
        if block.type != PART:
            found.append(block)
            continue
        count += 1
        anchor = f"p{count}"
        data = {**block.data, "anchor": anchor}
        found.append(replace(block, id=anchor, data=data))
    return tuple(found)


def contents_of(blocks: Iterable[BlockData]) -> Iterator[Contents]:
    for block in blocks:
        data = block.data
        if block.type == PART:
            yield Contents(data["title"], data["anchor"], 1)
        elif block.type == "section":
            yield Contents(data["text"], data["anchor"], 2)
        elif block.type == "heading":
            yield Contents(data["text"], data["anchor"], data["level"])
