"""From a file to a draft: page, original and findings in one transaction, or nothing."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from articles.document_import import (
    Block,
    BlockKind,
    DocumentKind,
    Finding,
    ImportRefusedError,
    ParsedDocument,
    Place,
    read_document,
)
from articles.models import (
    ArticlePage,
    ImportedOriginal,
    InterpretationPage,
    PolicyDocumentPage,
)
from articles.models.index_number import other_holder
from articles.policy.numbers import normal_document_number, normal_index_number
from articles.policy.standing import Disclosure, Validity
from home.languages import localized
from home.models import BasePage, ColumnPage, Portal

MODELS: dict[str, type[BasePage]] = {
    DocumentKind.DOCUMENT: PolicyDocumentPage,
    DocumentKind.INTERPRETATION: InterpretationPage,
    DocumentKind.ARTICLE: ArticlePage,
}
# Where a document goes when nobody says it: the first column of this type.
COLUMN_TYPES = {
    DocumentKind.DOCUMENT: ColumnPage.ColumnType.DOCUMENTS,
    DocumentKind.INTERPRETATION: ColumnPage.ColumnType.INTERPRETATION,
    DocumentKind.ARTICLE: ColumnPage.ColumnType.NEWS,
}
# What sites write besides the names of the choices.
_WORDS = {
    "主动公开": Disclosure.ACTIVE,
    "依申请公开": Disclosure.REQUEST,
    "不予公开": Disclosure.NONE,
    "有效": Validity.VALID,
    "现行有效": Validity.VALID,
    "是": Validity.VALID,
    "失效": Validity.EXPIRED,
    "已失效": Validity.EXPIRED,
    "无效": Validity.EXPIRED,
    "废止": Validity.REPEALED,
    "已废止": Validity.REPEALED,
    "已修改": Validity.AMENDED,
    "修改": Validity.AMENDED,
}
_LONGEST_BLOCK = 80  # of a heading block


class AlreadyImportedError(ImportRefusedError):
    """The same file is in this portal already; ``page`` is what was made of it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        super().__init__(
            _("这个文件已经导入过，草稿在 %(address)s（%(title)s）。")
            % {"address": self.address, "title": page.title}
        )


@dataclass(frozen=True, slots=True)
class ImportOrder:
    """What somebody wants imported, and where."""

    content: bytes
    name: str
    portal: Portal
    column: ColumnPage | None = None
    kind: str = ""  # guessed when empty
    user: Any = None
    again: bool = False


@transaction.atomic
def import_document(order: ImportOrder) -> ImportedOriginal:
    """Raises ``ImportRefusedError`` with a sentence; then nothing was written."""
    parsed = read_document(order.content, order.name)
    digest = sha256(order.content).hexdigest()
    # The row of the portal is locked: two who send the same file wait for each other.
    Portal.objects.select_for_update().get(pk=order.portal.pk)
    known = ImportedOriginal.objects.filter(portal=order.portal, sha256=digest)
    if not order.again and (earlier := known.select_related("page").first()):
        raise AlreadyImportedError(earlier.page)
    kind = order.kind or str(parsed.kind)
    column = order.column or default_column(order.portal, kind)
    _check_column(column, order.portal, MODELS[kind])
    drafting = Drafting(parsed, order.portal, MODELS[kind])
    page = drafting.page()
    page.owner = order.user  # an author may change what is her own
    column.add_child(instance=page)
    page.save_revision(user=order.user, clean=False)
    original = ImportedOriginal(
        portal=order.portal,
        page_id=page.pk,
        name=order.name[-255:],
        sha256=digest,
        encoding=parsed.encoding,
        imported_at=timezone.now(),
        imported_by=order.user,
        header=_stored_header(parsed),
        findings=[
            _stored(finding) for finding in (*drafting.findings, *parsed.findings)
        ],
    )
    _store_file(original, order.content)
    return original


def _store_file(original: ImportedOriginal, content: bytes) -> None:
    """The file goes again where the row cannot be stored."""
    original.file.save(original.name, ContentFile(content), save=False)
    try:
        original.save()
    except Exception:
        original.file.delete(save=False)
        raise


def columns_of(portal: Portal) -> models.QuerySet[ColumnPage]:
    root = portal.site.root_page
    return ColumnPage.objects.filter(path__startswith=root.path).order_by("path")


def default_column(portal: Portal, kind: str) -> ColumnPage:
    wanted = COLUMN_TYPES[DocumentKind(kind)]
    column = columns_of(portal).filter(column_type=wanted).first()
    if column is None:
        raise ImportRefusedError(
            _("门户里没有“%(type)s”类的栏目，请指明放到哪个栏目。") % {"type": wanted}
        )
    return column


def _check_column(column: ColumnPage, portal: Portal, model: type[BasePage]) -> None:
    if column.portal != portal:
        raise ImportRefusedError(_("这个栏目不属于要导入的门户。"))
    if model not in column.allowed_subpage_models():
        raise ImportRefusedError(
            _("栏目“%(column)s”里不能放“%(kind)s”。")
            % {"column": column.title, "kind": model._meta.verbose_name}
        )


class Drafting:
    """Fills a page with what was read; what does not fit is a finding of its own."""

    def __init__(
        self, parsed: ParsedDocument, portal: Portal, model: type[BasePage]
    ) -> None:
        self.parsed, self.portal, self.model = parsed, portal, model
        self.findings: list[Finding] = []

    def page(self) -> Any:
        page: Any = self.model(live=False)
        header = self.parsed.header
        title = header.title or self.parsed.name.rpartition(".")[0] or self.parsed.name
        self._text(page, localized("heading", settings.LANGUAGE_CODE), title, "标题")
        if header.summary:
            name = localized("summary", settings.LANGUAGE_CODE)
            self._text(page, name, header.summary, "摘要")
        self._text(page, "source", header.source or header.issuer, "来源")
        body = [_stream_block(block, self.model) for block in self.parsed.blocks]
        setattr(page, localized("body", settings.LANGUAGE_CODE), _stream(body))
        if isinstance(page, PolicyDocumentPage):
            self._fill_document(page)
        elif isinstance(page, InterpretationPage):
            self._text(
                page, "interpreter", header.interpreter or header.author, "解读人"
            )
            title = f"{header.office}{header.interpreter_title}"
            self._text(page, "interpreter_title", title, "解读人职务")
        elif isinstance(page, ArticlePage):
            self._fill_article(page)
        return page

    def _fill_document(self, page: PolicyDocumentPage) -> None:
        header = self.parsed.header
        for name, label in (("issuer", "发布机构"), ("index_number", "索引号")):
            self._text(page, name, getattr(header, name), label)
        page.index_number = normal_index_number(page.index_number)
        self._check_number(page)
        try:
            page.document_number = normal_document_number(header.document_number)
        except ValueError:
            self._unknown("发文字号", header.document_number)
        page.written_on, page.issued_on = header.written_on, header.issued_on
        page.valid_until = header.valid_until
        if page.written_on and page.issued_on and page.issued_on < page.written_on:
            self._unknown("发文日期", str(page.issued_on))
            page.issued_on = None
        for name, label in (("disclosure", "公开方式"), ("validity", "有效性")):
            said = getattr(header, name)
            if said in _WORDS:
                setattr(page, name, _WORDS[said])
            elif said:
                self._unknown(label, said)
        self._choose_class(page)

    def _choose_class(self, page: PolicyDocumentPage) -> None:
        said = self.parsed.header.subject_class
        field = PolicyDocumentPage._meta.get_field("subject_class")
        slugs = {str(name): slug for slug, name in field.flatchoices}
        if said in slugs:
            page.subject_class = str(slugs[said])
        elif said:
            self._unknown("主题分类", said)

    def _check_number(self, page: PolicyDocumentPage) -> None:
        """A number that is taken is named, and left for the editor to decide."""
        number = page.index_number
        if not number:
            return
        holder = other_holder(self.portal, number, None)
        if not holder:
            root = self.portal.site.root_page.path
            draft = PolicyDocumentPage.objects.filter(
                path__startswith=root, index_number=number
            ).first()
            holder = draft.title if draft else ""
        if holder:
            params = {"number": number, "title": holder}
            self.findings.append(
                Finding("index_number_taken", (Place(0, number),), params)
            )

    def _fill_article(self, page: ArticlePage) -> None:
        header = self.parsed.header
        self._text(page, "author", header.author, "作者")
        day = header.published_on or header.issued_on or header.written_on
        if (header.source or header.issuer) and day:
            self._text(page, "reprint_source", header.source or header.issuer, "转载自")
            page.original_date = day

    def _text(self, page: Any, name: str, value: str, label: str) -> None:
        limit = page._meta.get_field(name).max_length
        if limit and len(value) > limit:
            code = "title_too_long" if label == "标题" else "value_too_long"
            params: dict[str, str | int] = {"label": label, "limit": limit}
            self.findings.append(Finding(code, (Place(0, value),), params))
            value = value[:limit]
        setattr(page, name, value)

    def _unknown(self, label: str, value: str) -> None:
        params = {"label": label, "value": value}
        self.findings.append(Finding("unknown_value", (Place(0, value),), params))


# --- what is stored -------------------------------------------------------------------------


def _stream(blocks: list[tuple[str, Any]]) -> list[dict[str, Any]]:
    return [{"type": kind, "value": value} for kind, value in blocks]


def _stream_block(block: Block, model: type[BasePage]) -> tuple[str, Any]:
    if block.kind == BlockKind.TABLE:
        width = max(map(len, block.rows))
        rows = [[*row, *[""] * (width - len(row))] for row in block.rows]
        return "table", {
            "data": rows,
            "first_row_is_table_header": True,
            "first_col_is_header": False,
            "table_caption": "",
        }
    if block.kind == BlockKind.PART:
        if issubclass(model, PolicyDocumentPage):
            return "part", {"title": block.text}
        return "heading", {"text": block.text[:_LONGEST_BLOCK], "level": "h2"}
    if block.kind == BlockKind.HEADING and len(block.text) <= _LONGEST_BLOCK:
        return "heading", {
            "text": block.text,
            "level": "h2" if block.level <= 1 else "h3",
        }
    lead = html.escape(block.lead, quote=False)
    rest = html.escape(block.text[len(block.lead) :], quote=False)
    return "text", f"<p><b>{lead}</b>{rest}</p>" if lead else f"<p>{rest}</p>"


def _stored(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "params": dict(finding.params),
        "places": [asdict(place) for place in finding.places],
        "done": False,
    }


def _stored_header(parsed: ParsedDocument) -> dict[str, str]:
    return dict(_filled(asdict(parsed.header)))


def _filled(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in values.items():
        if value:
            yield name, value.isoformat() if isinstance(value, date) else value
