"""A legal question as people ask it, with the answer, the next step and the law."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from articles.blocks import BODY_BLOCKS, QuestionLinkBlock
from articles.citing import CitingPage
from articles.presentation import present_question
from home import streams
from home.findings import Said
from home.indexing import IndexEntry
from home.panels import edit_tabs, term_panels
from statutes.blocks import CitationBlock

if TYPE_CHECKING:
    from home.models import Portal

MAX_RELATED = 3


class QuestionPage(CitingPage):
    kind = "question"
    page_description = _("群众问的一个问题和一句话的答复，后面附法条。")
    template_name = "articles/question_page.html"
    summary_field = "answer"
    body_field = "answer"
    citing_texts = ("answer", "whom", "bring", "time_limit", "cost")
    stream_fields = ("explanation",)
    fact_texts = ("wordings",)

    wordings = models.TextField(
        _("其他问法"),
        blank=True,
        help_text=_("群众还会怎么问，一行写一种；每一种都能被搜到。"),
    )
    answer = models.TextField(
        _("一句话回答"),
        blank=True,
        max_length=200,
        help_text=_("先给结论，一句话，不用法律术语。"),
    )
    explanation = StreamField(
        BODY_BLOCKS,
        blank=True,
        verbose_name=_("为什么"),
        help_text=_("把道理讲明白，可以举例子。"),
    )
    whom = models.TextField(
        _("找谁"), blank=True, help_text=_("下一步去哪里、找谁、打什么电话。")
    )
    bring = models.TextField(_("带什么"), blank=True, help_text=_("要准备的材料。"))
    time_limit = models.TextField(
        _("期限"), blank=True, help_text=_("多久之内要办，过期有什么后果。")
    )
    cost = models.TextField(_("费用"), blank=True, help_text=_("要不要钱，要多少。"))
    legal_basis = StreamField(
        [("citation", CitationBlock())],
        blank=True,
        verbose_name=_("法律依据"),
        help_text=_("例如：《民法典》第一千零四十六条。"),
    )
    area = models.CharField(
        _("适用范围"),
        max_length=50,
        default="全国",
        help_text=_("这个回答在哪里适用：全国，或者某省、某市、某县。"),
    )
    reviewer = models.CharField(
        _("审核人"), max_length=50, blank=True, help_text=_("谁核对过法律内容。")
    )
    reviewed_on = models.DateField(
        _("审核日期"), null=True, blank=True, help_text=_("最近一次核对是哪一天。")
    )
    review_due = models.DateField(
        _("下次审核"), null=True, blank=True, help_text=_("法律会变，到期要重新核对。")
    )
    needs_check = models.BooleanField(
        _("待核对"),
        default=False,
        help_text=_("依据的法律可能已经修改时勾选，页面上会提醒读者。"),
    )
    related = StreamField(
        [("question_link", QuestionLinkBlock())],
        blank=True,
        max_num=MAX_RELATED,
        verbose_name=_("相关问答"),
        help_text=_("最多三个；不选时按主题自动挑选。"),
    )

    edit_handler = edit_tabs(
        [
            "heading",
            "wordings",
            "answer",
            "explanation",
            "whom",
            "bring",
            "time_limit",
            "cost",
        ],
        [
            FieldPanel("legal_basis"),
            *term_panels(),
            MultiFieldPanel(
                [FieldPanel("area"), FieldPanel("source")], heading=_("范围和来源")
            ),
            MultiFieldPanel(
                [
                    FieldPanel("reviewer"),
                    FieldPanel("reviewed_on"),
                    FieldPanel("review_due"),
                    FieldPanel("needs_check"),
                ],
                heading=_("审核"),
            ),
            FieldPanel("related"),
        ],
    )

    class Meta:
        verbose_name = _("法律问答")
        verbose_name_plural = _("法律问答")

    def clean(self) -> None:
        super().clean()
        if self.reviewed_on and self.review_due and self.review_due <= self.reviewed_on:
            raise ValidationError({"review_due": _("下次审核要在审核日期之后。")})

    def own_problems(self) -> list[Said]:
        problems = super().own_problems()
        if not self.text("answer", "zh-hans"):
            problems.append(self.lacks("answer", _("请填写“一句话回答”。")))
        if not self.legal_basis:
            problems.append(self.lacks("legal_basis", _("请至少写一条法律依据。")))
        return problems

    def all_references(self) -> streams.References:
        found = super().all_references()
        found.update(streams.references(self.related.raw_data if self.related else []))
        return found

    def wording_lines(self, language: str) -> tuple[str, ...]:
        lines = str(self.text("wordings", language)).splitlines()
        return tuple(line.strip() for line in lines if line.strip())

    def present(self, reader: Any) -> Any:
        return present_question(self, reader)

    def search_entry(self, portal: Portal, language: str) -> IndexEntry:
        steps = [
            str(self.text(field, language))
            for field in ("whom", "bring", "time_limit", "cost")
        ]
        explanation = streams.plain_text_of(self.stream_data("explanation", language))
        return self.build_search_entry(
            portal,
            language,
            alternatives=self.wording_lines(language),
            summary=self.text("answer", language),
            body="\n".join([explanation, *steps]),
        )
