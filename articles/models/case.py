"""A typical case (典型案例): what happened, how it ended, what it means for villagers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from articles.blocks import BODY_BLOCKS
from articles.cases.presentation import present_case
from articles.citing import CitingPage
from home import streams
from home.findings import Said
from home.indexing import IndexEntry
from home.panels import edit_tabs, term_panels
from statutes.blocks import CitationBlock

if TYPE_CHECKING:
    from home.models import Portal

CASE_TEXTS = ("facts", "dispute", "outcome", "meaning")
REQUIRED_TEXTS = ("facts", "outcome", "meaning")


class TypicalCasePage(CitingPage):
    class Type(models.TextChoices):
        MEDIATION = "mediation", _("人民调解")
        LEGAL_AID = "legal_aid", _("法律援助")
        LITIGATION = "litigation", _("诉讼")
        NOTARY = "notary", _("公证")
        ARBITRATION = "arbitration", _("仲裁")
        INSPECTION = "inspection", _("行政处理（劳动监察等）")
        OTHER = "other", _("其他")

    kind = "case"
    page_description = _("一个真实的纠纷怎么解决，隐去姓名后讲给村民听。")
    template_name = "articles/case_page.html"
    body_field = "facts"
    stream_fields = ("body",)
    citing_texts = CASE_TEXTS
    fact_fields = ("case_type", "year", "place")

    summary = models.TextField(
        _("摘要"),
        blank=True,
        max_length=300,
        help_text=_("一两句话说清楚是什么纠纷、怎么解决的；列表里会显示。"),
    )
    facts = models.TextField(
        _("案情"),
        blank=True,
        help_text=_("发生了什么；人名只写姓，例如“张某”。空一行就另起一段。"),
    )
    dispute = models.TextField(
        _("争议焦点"), blank=True, help_text=_("双方争的是什么；空一行就另起一段。")
    )
    outcome = models.TextField(
        _("处理结果"),
        blank=True,
        help_text=_("怎么调解、怎么判的，最后落实没有；空一行就另起一段。"),
    )
    meaning = models.TextField(
        _("给村民的话"),
        blank=True,
        help_text=_("遇到同样的事该怎么办，用大白话说；空一行就另起一段。"),
    )
    legal_basis = StreamField(
        [("citation", CitationBlock())],
        blank=True,
        verbose_name=_("法律依据"),
        help_text=_("例如：《民法典》第一千零六十七条。"),
    )
    body = StreamField(
        BODY_BLOCKS,
        blank=True,
        verbose_name=_("补充内容"),
        help_text=_("照片、文书样本、延伸阅读；没有就留空。"),
    )
    case_type = models.CharField(
        _("案件类型"),
        max_length=20,
        choices=Type.choices,
        default=Type.MEDIATION,
        help_text=_("这件事最后是通过什么途径解决的。"),
    )
    year = models.PositiveSmallIntegerField(
        _("年份"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1949), MaxValueValidator(2100)],
        help_text=_("办结的年份，例如：2026。"),
    )
    place = models.CharField(
        _("地点"),
        max_length=50,
        blank=True,
        help_text=_("写到乡镇就够了，例如：石桥镇；写得太细会让人认出当事人。"),
    )
    anonymity_checked_by = models.CharField(
        _("匿名核对人"),
        max_length=50,
        blank=True,
        help_text=_("写稿人以外的第二个人，核对过看不出当事人是谁。"),
    )
    anonymity_checked_on = models.DateField(
        _("匿名核对日期"),
        null=True,
        blank=True,
        help_text=_("最后一次核对的日期；内容改过要重新核对。"),
    )

    edit_handler = edit_tabs(
        ["heading", "summary", "facts", "dispute", "outcome", "meaning", "body"],
        [
            MultiFieldPanel(
                [FieldPanel(name) for name in ("case_type", "year", "place")],
                heading=_("案件"),
            ),
            FieldPanel("legal_basis"),
            MultiFieldPanel(
                [
                    FieldPanel("anonymity_checked_by"),
                    FieldPanel("anonymity_checked_on"),
                ],
                heading=_("匿名核对"),
            ),
            *term_panels(),
            FieldPanel("source"),
        ],
    )

    class Meta:
        verbose_name = _("典型案例")
        verbose_name_plural = _("典型案例")

    def clean(self) -> None:
        super().clean()
        checked = self.anonymity_checked_on
        if checked and checked > timezone.localdate():
            raise ValidationError(
                {"anonymity_checked_on": _("匿名核对的日期不能在今天以后。")}
            )

    def own_problems(self) -> list[Said]:
        problems = super().own_problems()
        problems += [
            self.lacks(
                field,
                gettext("请填写“%(field)s”。")
                % {"field": self._meta.get_field(field).verbose_name},
            )
            for field in REQUIRED_TEXTS
            if not str(self.text(field, settings.LANGUAGE_CODE)).strip()
        ]
        if not self.legal_basis:
            problems.append(
                self.lacks("legal_basis", gettext("请至少写一条法律依据。"))
            )
        if not (self.anonymity_checked_by.strip() and self.anonymity_checked_on):
            text = gettext("请第二个人核对看不出当事人是谁，填写匿名核对人和日期。")
            problems.append(self.lacks("anonymity_checked_by", text))
        elif self.checked_by_the_writer():
            text = gettext("匿名核对人不能是写稿人自己，请换一个人核对。")
            problems.append(self.lacks("anonymity_checked_by", text))
        return problems

    def checked_by_the_writer(self) -> bool:
        owner = self.owner
        if owner is None:
            return False
        # Chinese names are written without a space, surname first.
        names = {owner.get_username(), f"{owner.last_name}{owner.first_name}"}
        return self.anonymity_checked_by.replace(" ", "") in names - {""}

    def own_hints(self) -> list[Said]:
        hints = super().own_hints()
        checked, changed = self.anonymity_checked_on, self.latest_revision_created_at
        if checked and changed and timezone.localdate(changed) > checked:
            hints.append(
                gettext("匿名核对以后内容又改过，请再核对一遍，更新核对日期。")
            )
        return hints

    def paragraphs(self, field: str, language: str) -> tuple[str, ...]:
        """The paragraphs of a text; an empty line ends one."""
        text = str(self.text(field, language)).replace("\r\n", "\n")
        parts = (part.strip() for part in text.split("\n\n"))
        return tuple(part for part in parts if part)

    def present(self, reader: Any) -> Any:
        return present_case(self, reader)

    def search_entry(self, portal: Portal, language: str) -> IndexEntry:
        return self.build_search_entry(
            portal,
            language,
            summary=self.text("summary", language),
            body="\n".join(
                [
                    *(str(self.text(field, language)) for field in CASE_TEXTS),
                    streams.plain_text_of(self.stream_data("body", language)),
                    self.place,
                ]
            ),
        )
