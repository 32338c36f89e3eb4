"""Pages that every bureau's site must have: duties, leaders, disclosure, privacy …"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from articles.citing import CitingPage
from articles.information.blocks import INFORMATION_BLOCKS
from articles.information.presentation import present_information
from home import streams
from home.dates import format_day
from home.findings import Said
from home.indexing import IndexEntry
from home.panels import edit_tabs, term_panels

if TYPE_CHECKING:
    from home.models import Portal


COLUMN_TYPES = {
    "duties": "机构职能",
    "leaders": "负责人信息",
    "disclosure_guide": "信息公开指南",
    "disclosure_request": "依法申请公开",
    "disclosure_report": "信息公开年报",
}


class InformationPage(CitingPage):
    class Purpose(models.TextChoices):
        DUTIES = "duties", _("机构职能")
        LEADERS = "leaders", _("负责人信息")
        DISCLOSURE_GUIDE = "disclosure_guide", _("政府信息公开指南")
        DISCLOSURE_REQUEST = "disclosure_request", _("依申请公开")
        DISCLOSURE_REPORT = "disclosure_report", _("政府信息公开年度报告")
        PRIVACY = "privacy", _("隐私说明")
        ACCESSIBILITY = "accessibility", _("无障碍声明")
        ERRORS = "errors", _("找错和纠错")
        OTHER = "other", _("其他")

    kind = "information"
    page_description = _("机构职能、公开指南、年报、隐私说明等固定的页面。")
    template_name = "articles/information_page.html"
    body_field = "body"
    stream_fields = ("body",)
    fact_fields = ("purpose", "year")

    purpose = models.CharField(
        _("用途"),
        max_length=20,
        choices=Purpose.choices,
        default=Purpose.OTHER,
        help_text=_("每种用途一个网站只公开一页；年度报告每年一页。"),
    )
    year = models.PositiveSmallIntegerField(
        _("年度"),
        null=True,
        blank=True,
        validators=[MinValueValidator(2008), MaxValueValidator(2100)],
        help_text=_("只有年度报告要填：报告的是哪一年，例如：2025。"),
    )
    summary = models.TextField(
        _("摘要"),
        blank=True,
        max_length=300,
        help_text=_("一两句话说清楚这一页讲什么，列表和搜索结果里会显示。"),
    )
    body = StreamField(
        INFORMATION_BLOCKS,
        blank=True,
        verbose_name=_("正文"),
        help_text=_("机构职能用“内设机构”列出科室，负责人用“负责人”逐个填写。"),
    )

    edit_handler = edit_tabs(
        ["heading", "summary", "body"],
        [
            MultiFieldPanel(
                [FieldPanel("purpose"), FieldPanel("year")], heading=_("用途")
            ),
            *term_panels(),
            FieldPanel("source"),
        ],
    )

    class Meta:
        verbose_name = _("标准页面")
        verbose_name_plural = _("标准页面")

    def clean(self) -> None:
        super().clean()
        is_report = self.purpose == self.Purpose.DISCLOSURE_REPORT
        if is_report and not self.year:
            raise ValidationError({"year": _("年度报告要填写是哪一年的。")})
        if self.year and not is_report:
            raise ValidationError({"year": _("只有年度报告要填年度，请清空这一格。")})

    def own_problems(self) -> list[Said]:
        problems = super().own_problems()
        if other := self.same_purpose():
            problems.append(
                gettext(
                    "这个网站已经公开了一页“%(purpose)s”，标题是“%(heading)s”；"
                    "请修改那一页，或者先把它撤下来。"
                )
                % {
                    "purpose": self.get_purpose_display(),
                    "heading": other.text("heading", "zh-hans"),
                }
            )
        return problems

    def own_hints(self) -> list[Said]:
        """The annual report is due on 31 January (政府信息公开条例, article 49)."""
        is_report = self.purpose == self.Purpose.DISCLOSURE_REPORT
        if not is_report or self.year is None or self.live:
            return []
        due = date(self.year + 1, 1, 31)
        if timezone.localdate() > due:
            text = gettext("年度报告应当在%(date)s以前公布，已经过期，请尽快公布。")
        else:
            text = gettext("年度报告要在%(date)s以前公布。")
        return [text % {"date": format_day(due)}]

    @property
    def column_type(self) -> str:
        """``ColumnType`` of the head tags (checklist 2.2); "": that of the column."""
        return COLUMN_TYPES.get(self.purpose, "")

    def same_purpose(self) -> InformationPage | None:
        """Another public page of the portal that serves what only one page may."""
        portal = self.portal
        if self.purpose == self.Purpose.OTHER or portal is None:
            return None
        return (
            InformationPage.objects.live()
            .descendant_of(portal.site.root_page)
            .filter(purpose=self.purpose, year=self.year)
            .exclude(pk=self.pk)
            .first()
        )

    def present(self, reader: Any) -> Any:
        return present_information(self, reader)

    def search_entry(self, portal: Portal, language: str) -> IndexEntry:
        return self.build_search_entry(
            portal,
            language,
            alternatives=(str(self.get_purpose_display()),)
            if self.purpose != self.Purpose.OTHER
            else (),
            summary=self.text("summary", language),
            body=streams.plain_text_of(self.stream_data("body", language)),
        )
