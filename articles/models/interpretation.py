"""An interpretation (政策解读) of an official document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from articles.blocks import INTERPRETATION_BLOCKS
from articles.citing import CitingPage
from articles.models.document import PolicyDocumentPage
from articles.originals.findings_panel import with_findings
from articles.policy.deadlines import INTERPRETATION_DAYS
from articles.policy.hints import interpretation_clock, interpretation_hints
from articles.policy.panels import ClockPanel
from articles.policy.presentation import present_interpretation
from home import streams
from home.findings import Said
from home.indexing import IndexEntry
from home.models import Office, portal_of_path
from home.panels import edit_tabs, term_panels

if TYPE_CHECKING:
    from home.models import Portal


class InterpretationPage(CitingPage):
    class Form(models.TextChoices):
        """解读形式 (checklist 5.3)."""

        TEXT = "text", _("文字解读")
        GRAPHIC = "graphic", _("图解")
        VIDEO = "video", _("视频解读")
        AUDIO = "audio", _("音频解读")
        INTERVIEW = "interview", _("访谈")
        QA = "qa", _("问答")

    kind = "interpretation"
    page_description = _("用大白话讲清楚一份公文，和公文互相链接。")
    template_name = "articles/interpretation_page.html"
    body_field = "body"
    stream_fields = ("body",)
    target_field = "document_id"

    summary = models.TextField(
        _("摘要"),
        blank=True,
        max_length=300,
        help_text=_("一两句话说清楚文件给群众带来什么，列表和搜索结果里会显示。"),
    )
    body = StreamField(
        INTERPRETATION_BLOCKS,
        blank=True,
        verbose_name=_("解读正文"),
        help_text=_(
            "用“解读要点”分段：背景依据、目的意义、主要内容……没有的就不写。"
            "用自己的话讲，不要照抄文件。"
        ),
    )
    document = models.ForeignKey(
        PolicyDocumentPage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="interpretations",
        verbose_name=_("解读哪份文件"),
        help_text=_("从本门户的公文里选；文件公开以后，解读才能发布。"),
    )
    form = models.CharField(
        _("解读形式"),
        max_length=10,
        choices=Form.choices,
        default=Form.TEXT,
        help_text=_("一份文件最好有两种以上形式的解读。"),
    )
    interpreter = models.CharField(
        _("解读人"),
        max_length=50,
        blank=True,
        help_text=_("谁起草谁解读；单位负责人是第一解读人。"),
    )
    interpreter_title = models.CharField(
        _("解读人职务"), max_length=100, blank=True, help_text=_("例如：县司法局局长。")
    )
    office = models.ForeignKey(
        Office,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("解读部门"),
        help_text=_("起草文件的股室，群众有疑问可以打它的电话。"),
    )

    edit_handler = with_findings(
        edit_tabs(
            ["heading", "summary", "body"],
            [
                ClockPanel(
                    interpretation_clock, INTERPRETATION_DAYS, heading=_("解读期限")
                ),
                FieldPanel("document"),
                MultiFieldPanel(
                    [
                        FieldPanel("form"),
                        FieldPanel("interpreter"),
                        FieldPanel("interpreter_title"),
                        FieldPanel("office"),
                    ],
                    heading=_("谁来解读"),
                ),
                *term_panels(),
                FieldPanel("source"),
            ],
        )
    )

    class Meta:
        verbose_name = _("政策解读")
        verbose_name_plural = _("政策解读")

    def clean(self) -> None:
        super().clean()
        if self._is_of_other_portal():
            raise ValidationError({"document": _("这份文件不在本门户里，请重新选择。")})

    def _is_of_other_portal(self) -> bool:
        if self.document is None or not self.path:
            return False
        return portal_of_path(self.document.path) != self.portal

    def own_problems(self) -> list[Said]:
        problems = super().own_problems()
        if self.document is None:
            problems.append(self.lacks("document", _("请选择解读的是哪份文件。")))
        elif not self.document.live:
            text = _("文件“%(heading)s”还没有公开，请先发布文件，再发布解读。")
            values = {"heading": self.document.title}
            problems.append(self.lacks("document", text % values))
        if not self.interpreter.strip():
            problems.append(self.lacks("interpreter", _("请填写解读人。")))
        if not self.stream_data("body", settings.LANGUAGE_CODE):
            problems.append(self.lacks("body", _("请填写解读正文。")))
        return problems

    def own_hints(self) -> list[Said]:
        return [*super().own_hints(), *interpretation_hints(self)]

    def all_references(self) -> streams.References:
        found = super().all_references()
        if self.document_id:
            found.pages.add(self.document_id)
        return found

    def present(self, reader: Any) -> Any:
        return present_interpretation(self, reader)

    def search_entry(self, portal: Portal, language: str) -> IndexEntry:
        return self.build_search_entry(
            portal,
            language,
            summary=self.text("summary", language),
            body=streams.plain_text_of(self.stream_data("body", language)),
            context=self._public_heading_of_document(portal, language),
        )

    def _public_heading_of_document(self, portal: Portal, language: str) -> str:
        """ "" for a document that was withdrawn, closed or moved to another portal."""
        document = self.document
        if document is None or not document.live:
            return ""
        is_own = document.path.startswith(portal.site.root_page.path)
        if not is_own or document.get_view_restrictions().exists():
            return ""
        return str(document.text("heading", language))
