"""An article: news, notices, explainers, guides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from articles.blocks import BODY_BLOCKS
from articles.models.imported import ImportedPage, OriginPanel
from articles.originals.findings_panel import with_findings
from articles.presentation import present_article
from home import streams
from home.indexing import IndexEntry
from home.panels import edit_tabs, term_panels

if TYPE_CHECKING:
    from home.models import Portal


class ArticlePage(ImportedPage):
    kind = "article"
    page_description = _("活动报道、普法文章、通知公告。")
    template_name = "articles/article_page.html"
    body_field = "body"
    stream_fields = ("body",)

    summary = models.TextField(
        _("摘要"),
        blank=True,
        max_length=300,
        help_text=_("一两句话说清楚讲什么，列表和搜索结果里会显示。"),
    )
    body = StreamField(
        BODY_BLOCKS,
        blank=True,
        verbose_name=_("正文"),
        help_text=_("一段一段添加；长文用小标题分开，引用法律用“法条引用”。"),
    )
    author = models.CharField(
        _("作者"), max_length=50, blank=True, help_text=_("作者或者责任编辑。")
    )
    place = models.CharField(
        _("地点"),
        max_length=50,
        blank=True,
        help_text=_("事情发生在哪里，例如：石桥镇杏花村。"),
    )
    cover = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("题图"),
        help_text=_("显示在标题下面；没有合适的就不放。"),
    )
    reprint_source = models.CharField(
        _("转载自"),
        max_length=100,
        blank=True,
        help_text=_("转载时填写原发布单位；原标题不要改动。"),
    )
    reprint_url = models.URLField(
        _("原文地址"), blank=True, help_text=_("原文的网址，以 https:// 开头。")
    )
    original_date = models.DateField(
        _("原文日期"), null=True, blank=True, help_text=_("原单位发布的日期。")
    )

    edit_handler = with_findings(
        edit_tabs(
            ["heading", "summary", "body"],
            [
                *term_panels(),
                FieldPanel("cover"),
                MultiFieldPanel(
                    [FieldPanel("source"), FieldPanel("author"), FieldPanel("place")],
                    heading=_("出处"),
                ),
                MultiFieldPanel(
                    [
                        FieldPanel("reprint_source"),
                        FieldPanel("reprint_url"),
                        FieldPanel("original_date"),
                    ],
                    heading=_("转载"),
                ),
                OriginPanel(),
            ],
        )
    )

    parent_page_types: ClassVar[list[str]] = [
        "home.ColumnPage",
        "articles.CampaignPage",
    ]

    class Meta:
        verbose_name = _("文章")
        verbose_name_plural = _("文章")

    def clean(self) -> None:
        super().clean()
        reprint = (self.reprint_source, self.original_date)
        if (any(reprint) or self.reprint_url) and not all(reprint):
            raise ValidationError(
                {"reprint_source": _("转载的文章要同时写明原发布单位和原文日期。")}
            )

    def all_references(self) -> streams.References:
        found = super().all_references()
        if self.cover_id:
            found.images.add(self.cover_id)
        if self.reprint_url:
            found.urls.add(self.reprint_url)
        return found

    def present(self, reader: Any) -> Any:
        return present_article(self, reader)

    def search_entry(self, portal: Portal, language: str) -> IndexEntry:
        return self.build_search_entry(
            portal,
            language,
            summary=self.text("summary", language),
            body=streams.plain_text_of(self.stream_data("body", language)),
        )
