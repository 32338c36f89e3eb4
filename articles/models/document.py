"""An official document (公文), as the disclosure regulation wants it published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from articles.blocks import DOCUMENT_BLOCKS
from articles.citing import CitingPage
from articles.models.index_number import (
    IndexNumber,
    given_number,
    number_fixed,
    number_taken,
    other_holder,
    propose_number,
)
from articles.originals.findings_panel import with_findings
from articles.policy.classes import class_choices
from articles.policy.deadlines import DISCLOSURE_DAYS
from articles.policy.facts import document_notes
from articles.policy.form import PolicyDocumentForm
from articles.policy.hints import disclosure_clock, document_hints
from articles.policy.numbers import normal_document_number, normal_index_number
from articles.policy.panels import ClockPanel
from articles.policy.presentation import present_document
from articles.policy.search import with_standing
from articles.policy.standing import Disclosure, Validity, standing_of
from home import streams
from home.findings import Said
from home.indexing import IndexEntry
from home.languages import localized
from home.models import Portal
from home.panels import edit_tabs, term_panels
from home.publication import PublicationError

if TYPE_CHECKING:
    from wagtail.models import Page

# 内容概述: 100 characters are usual (checklist 4.3). Other scripts need more room.
LONGEST_ABSTRACT = 100


class PolicyDocumentPage(CitingPage):
    kind = "document"
    page_description = _("通知、方案、规定等正式文件，有文号、日期和有效性。")
    template_name = "articles/document_page.html"
    body_field = "body"
    stream_fields = ("body",)
    base_form_class = PolicyDocumentForm
    fact_fields: ClassVar[tuple[str, ...]] = (
        "index_number",
        "document_number",
        "issuer",
        "written_on",
        "issued_on",
        "subject_class",
        "disclosure",
        "validity",
        "valid_until",
    )
    target_field = "replaced_by_id"
    # A copy is another document: it gets its own number and its own review.
    exclude_fields_in_copy: ClassVar[list[str]] = [
        "index_number",
        "document_number",
        "secrecy_reviewer",
        "secrecy_reviewed_on",
    ]

    summary = models.TextField(
        _("内容概述"),
        blank=True,
        max_length=400,
        help_text=_("这份文件讲什么，中文不超过 100 字；公开目录和列表里会显示。"),
    )
    body = StreamField(
        DOCUMENT_BLOCKS,
        blank=True,
        verbose_name=_("正文"),
        help_text=_(
            "照原文录入，标题用“小标题”。一份通知里有几个方案时，"
            "每个方案前面加一个“分件”，页面上会有目录。"
        ),
    )
    index_number = models.CharField(
        _("索引号"),
        max_length=120,
        blank=True,
        help_text=_(
            "留空时发布那一刻按本县的规则自动编号；旧文件照抄原来的。公开以后不能改。"
        ),
    )
    document_number = models.CharField(
        _("发文字号"),
        max_length=60,
        blank=True,
        help_text=_("例如：青司发〔2026〕3号；括号怎么打都可以。没有文号的留空。"),
    )
    issuer = models.CharField(
        _("发布机构"),
        max_length=200,
        blank=True,
        help_text=_("几家联合发文的都写上，用顿号隔开；留空时是本局。"),
    )
    written_on = models.DateField(
        _("成文日期"), null=True, blank=True, help_text=_("落款的日期。")
    )
    issued_on = models.DateField(
        _("发文日期"),
        null=True,
        blank=True,
        help_text=_("印发的日期；和成文日期相同时可以不填。"),
    )
    subject_class = models.CharField(
        _("主题分类"),
        max_length=40,
        blank=True,
        choices=class_choices,
        help_text=_("公开目录按它分类；普法、调解、法律援助选“公安、安全、司法”。"),
    )
    disclosure = models.CharField(
        _("公开方式"),
        max_length=10,
        choices=Disclosure.choices,
        default=Disclosure.ACTIVE,
        help_text=_("不予公开的文件不能发布。"),
    )
    disclosure_basis = models.CharField(
        _("不主动公开的依据"),
        max_length=200,
        blank=True,
        help_text=_(
            "不予公开、依申请公开的要写依据，例如：《政府信息公开条例》第十六条第二款；"
            "主动公开的留空。网页上不显示。"
        ),
    )
    validity = models.CharField(
        _("有效性"),
        max_length=10,
        choices=Validity.choices,
        default=Validity.VALID,
        help_text=_("文件失效、废止或者修改以后，当天就要改这里，页面上会标明。"),
    )
    valid_until = models.DateField(
        _("有效期至"),
        null=True,
        blank=True,
        help_text=_("文件里写明有效期的填最后一天，过了这一天页面自动标为失效。"),
    )
    replaced_by = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name=_("被哪份文件代替"),
        help_text=_("废止或者修改它的新文件；两份文件的页面会互相链接。"),
    )
    secrecy_reviewer = models.CharField(
        _("保密审查人"),
        max_length=50,
        blank=True,
        help_text=_("谁审查过可以公开；没有保密审查不能发布。"),
    )
    secrecy_reviewed_on = models.DateField(
        _("保密审查日期"),
        null=True,
        blank=True,
        help_text=_("哪一天审查的，不能晚于今天。"),
    )

    # Whether the search index and caches heard that ``valid_until`` has passed.
    lapse_recorded = models.BooleanField(default=False, editable=False)

    edit_handler = with_findings(
        edit_tabs(
            ["heading", "summary", "body"],
            [
                ClockPanel(disclosure_clock, DISCLOSURE_DAYS, heading=_("公开期限")),
                MultiFieldPanel(
                    [
                        FieldPanel("index_number"),
                        FieldPanel("document_number"),
                        FieldPanel("issuer"),
                        FieldPanel("written_on"),
                        FieldPanel("issued_on"),
                        FieldPanel("subject_class"),
                        FieldPanel("disclosure"),
                        FieldPanel("disclosure_basis"),
                    ],
                    heading=_("文件头"),
                ),
                MultiFieldPanel(
                    [
                        FieldPanel("validity"),
                        FieldPanel("valid_until"),
                        FieldPanel("replaced_by"),
                    ],
                    heading=_("有效性"),
                ),
                MultiFieldPanel(
                    [FieldPanel("secrecy_reviewer"), FieldPanel("secrecy_reviewed_on")],
                    heading=_("保密审查"),
                ),
                *term_panels(),
                FieldPanel("source"),
            ],
        )
    )

    class Meta:
        verbose_name = _("公文")
        verbose_name_plural = _("公文")

    # --- validation --------------------------------------------------------------------

    def clean(self) -> None:
        super().clean()
        faults: dict[str, Any] = {}
        self._clean_numbers(faults)
        self._clean_validity(faults)
        abstract = localized("summary", settings.LANGUAGE_CODE)
        if len(self.text("summary", settings.LANGUAGE_CODE)) > LONGEST_ABSTRACT:
            faults[abstract] = _("内容概述不超过 100 字。")
        if self.written_on and self.issued_on and self.issued_on < self.written_on:
            faults["issued_on"] = _("发文日期不能早于成文日期。")
        if self.secrecy_reviewed_on and self.secrecy_reviewed_on > timezone.localdate():
            faults["secrecy_reviewed_on"] = _("保密审查日期不能晚于今天。")
        if faults:
            raise ValidationError(faults)

    def _clean_numbers(self, faults: dict[str, Any]) -> None:
        try:
            self.document_number = normal_document_number(self.document_number)
        except ValueError:
            faults["document_number"] = _(
                "发文字号要写成“青司发〔2026〕3号”这样：先机关代字，再年份，最后是号数。"
            )
        self.index_number = normal_index_number(self.index_number)
        given = given_number(self.pk)
        if given and self.index_number and self.index_number != given:
            faults["index_number"] = number_fixed(given)
        elif self.index_number and (problem := self._number_taken()):
            faults["index_number"] = problem

    def _clean_validity(self, faults: dict[str, Any]) -> None:
        if self.replaced_by_id is None:
            return
        if self.replaced_by_id == self.pk:
            faults["replaced_by"] = _("一份文件不能代替它自己。")
        elif self.validity == Validity.VALID:
            faults["validity"] = _("有文件代替它，就请选“废止”“失效”或者“已修改”。")

    def _number_taken(self) -> str:
        portal = self.portal
        if portal is None or self.alias_of_id:
            return ""
        heading = other_holder(portal, self.index_number, self.pk)
        return number_taken(self.index_number, heading) if heading else ""

    def own_problems(self) -> list[Said]:
        problems = super().own_problems()
        if self.disclosure == Disclosure.NONE:
            text = _("公开方式是“不予公开”的文件不能发布。")
            problems.append(self.lacks("disclosure", text, "disclosure.none"))
        if not self.text("summary", settings.LANGUAGE_CODE).strip():
            problems.append(self.lacks("summary", _("请填写内容概述。")))
        if not self.subject_class:
            problems.append(self.lacks("subject_class", _("请选择主题分类。")))
        if self.written_on is None:
            problems.append(self.lacks("written_on", _("请填写成文日期。")))
        reviewer = self.secrecy_reviewer.strip()
        if not reviewer or self.secrecy_reviewed_on is None:
            text = _("请先做保密审查，并填写审查人和审查日期（条例第十七条）。")
            field = "secrecy_reviewed_on" if reviewer else "secrecy_reviewer"
            problems.append(self.lacks(field, text, "disclosure.secrecy"))
        elif self.secrecy_reviewed_on > timezone.localdate():
            text = _("保密审查日期不能晚于今天。")
            problems.append(
                self.lacks("secrecy_reviewed_on", text, "disclosure.secrecy")
            )
        if self.index_number and (taken := self._number_taken()):
            problems.append(self.lacks("index_number", taken))
        return problems

    @classmethod
    def list_notes(cls, facts: Mapping[str, Any], reader: Any) -> tuple[str, ...]:
        return document_notes(facts, reader)

    def own_hints(self) -> list[Said]:
        hints = [*super().own_hints(), *document_hints(self)]
        if self.disclosure != Disclosure.ACTIVE and not self.disclosure_basis.strip():
            text = _("不主动公开的文件要写依据（条例第十四条、第十五条、第十六条）。")
            hints.append(
                self.lacks("disclosure_basis", text, "disclosure.basis").hint()
            )
        reviewed, changed = self.secrecy_reviewed_on, self.latest_revision_created_at
        if reviewed and changed and timezone.localdate(changed) > reviewed:
            text = _("保密审查以后内容又改过，请再审查一遍，更新审查日期。")
            hints.append(
                self.lacks("secrecy_reviewed_on", text, "disclosure.secrecy").hint()
            )
        return hints

    def all_references(self) -> streams.References:
        found = super().all_references()
        if self.replaced_by_id:
            found.pages.add(self.replaced_by_id)
        return found

    # --- the index number is given once ------------------------------------------------

    def save(self, clean: bool = True, **kwargs: Any) -> None:
        if not self.live or kwargs.get("update_fields") is not None or self.alias_of_id:
            super().save(clean=clean, **kwargs)
            return
        typed = self.index_number
        try:
            self._save_public(clean, **kwargs)
        except ValidationError:
            # A number that was proposed and not given goes back into the series.
            self.index_number = typed
            raise

    @transaction.atomic
    def _save_public(self, clean: bool, **kwargs: Any) -> None:
        given = given_number(self.pk)
        if given and self.index_number not in ("", given):
            raise PublicationError(self.pk, [number_fixed(given)])
        self.index_number = given or self.index_number or self._propose()
        # A validity that was made longer lapses again.
        self.lapse_recorded = self._has_lapsed() and self.lapse_recorded
        super().save(clean=clean, **kwargs)
        portal = self.portal
        if not given and portal is not None:
            IndexNumber.give(portal, self.index_number, self.pk, self.title)

    def _has_lapsed(self) -> bool:
        return self.valid_until is not None and self.valid_until < timezone.localdate()

    def _propose(self) -> str:
        portal = self.portal
        if portal is None:
            return ""
        day = self.written_on or timezone.localdate()
        return propose_number(portal, day, self.subject_class)

    def with_content_json(self, content: Any) -> Page:
        """A draft made before the first publication does not know its number yet."""
        page = super().with_content_json(content)
        page.index_number = given_number(self.pk) or page.index_number
        return page

    # --- what others make of it --------------------------------------------------------

    def has_given_number(self) -> bool:
        return bool(given_number(self.pk))

    @property
    def standing_today_holds(self) -> bool:
        return self.standing(timezone.localdate()) == Validity.VALID

    def standing(self, today: date) -> Validity:
        """有效 / 失效 / 废止 / 已修改 on a certain day."""
        return standing_of(self.validity, self.valid_until, today)

    def present(self, reader: Any) -> Any:
        return present_document(self, reader)

    def search_entry(self, portal: Portal, language: str) -> IndexEntry:
        entry = self.build_search_entry(
            portal,
            language,
            # Whoever types a number exactly is shown its document first.
            alternatives=tuple(filter(None, (self.document_number, self.index_number))),
            summary=self.text("summary", language),
            body=streams.plain_text_of(self.stream_data("body", language)),
        )
        return with_standing(entry, self)
