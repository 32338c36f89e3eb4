"""A campaign: 民法典宣传月, 宪法宣传周, 乡村振兴法治同行 …"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.fields import StreamField

from articles.blocks import BODY_BLOCKS
from articles.campaigns import plan as campaigns
from articles.campaigns.blocks import MeasureBlock, PhaseBlock, TargetBlock
from articles.campaigns.presentation import present_campaign
from articles.citing import CitingPage
from home import streams
from home.blocks import AttachmentBlock
from home.findings import Said
from home.indexing import IndexEntry
from home.panels import edit_tabs, term_panels

if TYPE_CHECKING:
    from home.models import Portal

FIRST_WEEK = timedelta(days=6)
LAST_DAYS = timedelta(days=4)


def default_start() -> date:
    """The first day of next month."""
    today = timezone.localdate()
    return (today.replace(day=1) + timedelta(days=31)).replace(day=1)


def default_end() -> date:
    start = default_start()
    return start.replace(day=monthrange(start.year, start.month)[1])


def default_year() -> int:
    return default_start().year


def three_phases() -> list[tuple[str, dict[str, Any]]]:
    """What a new campaign begins with: the usual phases over the default period."""
    start, end = default_start(), default_end()
    middle, last = start + FIRST_WEEK, end - LAST_DAYS
    day = timedelta(days=1)
    return [
        ("phase", {"name": str(name), "starts_on": first, "ends_on": until})
        for name, first, until in (
            (_("动员部署"), start, middle),
            (_("整体推进"), middle + day, last - day),
            (_("总结验收"), last, end),
        )
    ]


class CampaignPage(CitingPage):
    kind = "campaign"
    page_description = _("宣传月、宣传周等：阶段、目标、各场活动和报道放在一起。")
    template_name = "articles/campaign_page.html"
    is_container = True
    stream_fields = ("body", "closing")
    fact_fields: ClassVar[tuple[str, ...]] = ("year", "starts_on", "ends_on", "phases")
    fact_texts: ClassVar[tuple[str, ...]] = ("slogan",)

    slogan = models.CharField(
        _("主题口号"),
        max_length=60,
        blank=True,
        help_text=_("今年活动的主题，一句话，例如：美好生活 民法典相伴。"),
    )
    summary = models.TextField(
        _("简介"),
        blank=True,
        max_length=300,
        help_text=_("一两句话说清楚是什么活动，列表和搜索结果里会显示。"),
    )
    body = StreamField(
        BODY_BLOCKS,
        blank=True,
        verbose_name=_("活动介绍"),
        help_text=_("为什么办、面向谁、怎么参加；阶段、措施和数字填在“资料”里。"),
    )
    closing = StreamField(
        BODY_BLOCKS,
        blank=True,
        verbose_name=_("活动总结"),
        help_text=_("活动结束后填写，显示在页面最前面。"),
    )
    year = models.PositiveSmallIntegerField(
        _("年份"),
        default=default_year,
        validators=[MinValueValidator(1986), MaxValueValidator(2100)],
        help_text=_("哪一年的活动，例如：2026。"),
    )
    starts_on = models.DateField(
        _("开始日期"), default=default_start, help_text=_("活动的第一天。")
    )
    ends_on = models.DateField(
        _("结束日期"), default=default_end, help_text=_("活动的最后一天。")
    )
    phases = StreamField(
        [("phase", PhaseBlock())],
        blank=True,
        default=three_phases,
        max_num=8,
        verbose_name=_("阶段"),
        help_text=_("按先后排列，都要在活动时间以内，互不重叠。"),
    )
    measures = StreamField(
        [("measure", MeasureBlock())],
        blank=True,
        verbose_name=_("措施和责任单位"),
        help_text=_("一条写一件事：谁牵头，谁配合。"),
    )
    targets = StreamField(
        [("target", TargetBlock())],
        blank=True,
        verbose_name=_("目标和进度"),
        help_text=_("要完成多少、已经完成多少，页面上画成进度条并列出表格。"),
    )
    materials = StreamField(
        [("attachment", AttachmentBlock())],
        blank=True,
        verbose_name=_("活动资料"),
        help_text=_("方案、海报、手册等可以下载的文件。"),
    )

    edit_handler = edit_tabs(
        ["heading", "slogan", "summary", "body", "closing"],
        [
            MultiFieldPanel(
                [
                    FieldRowPanel(
                        [
                            FieldPanel("year"),
                            FieldPanel("starts_on"),
                            FieldPanel("ends_on"),
                        ]
                    )
                ],
                heading=_("时间"),
            ),
            FieldPanel("phases"),
            FieldPanel("measures"),
            FieldPanel("targets"),
            FieldPanel("materials"),
            *term_panels(),
            FieldPanel("source"),
        ],
    )
    subpage_types: ClassVar[list[str]] = ["articles.ArticlePage", "articles.EventPage"]

    class Meta:
        verbose_name = _("主题活动")
        verbose_name_plural = _("主题活动")

    def clean(self) -> None:
        super().clean()
        if not (self.starts_on and self.ends_on):
            return
        if self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("结束日期不能早于开始日期。")})
        if self.year and not self.starts_on.year <= self.year <= self.ends_on.year:
            raise ValidationError(
                {"year": _("年份和活动时间对不上，请改年份或者改日期。")}
            )
        if errors := self.phase_errors():
            raise ValidationError({"phases": StreamBlockValidationError(errors)})

    def phase_errors(self) -> dict[int, StructBlockValidationError]:
        """By row: a phase outside the period, or before the end of the one above."""
        errors = {}
        previous_end: date | None = None
        for number, block in enumerate(self.phases):
            starts_on = block.value.get("starts_on")
            ends_on = block.value.get("ends_on")
            if not starts_on or not ends_on:
                continue
            found = {}
            if not self.starts_on <= starts_on <= self.ends_on:
                found["starts_on"] = gettext("这一天不在活动时间以内。")
            elif previous_end and starts_on <= previous_end:
                found["starts_on"] = gettext("要晚于上一个阶段的结束日期。")
            if ends_on > self.ends_on:
                found["ends_on"] = gettext("这一天不在活动时间以内。")
            if found:
                errors[number] = StructBlockValidationError(
                    {name: ValidationError(text) for name, text in found.items()}
                )
            previous_end = ends_on
        return errors

    def own_hints(self) -> list[Said]:
        hints = super().own_hints()
        if not self.phases:
            hints.append(gettext("还没有填写阶段，页面上看不出活动进行到哪一步。"))
        if not self.targets:
            hints.append(gettext("还没有填写目标，页面上不显示进度。"))
        is_over = self.ends_on < timezone.localdate()
        if is_over and not self.stream_data("closing", "zh-hans"):
            hints.append(gettext("活动已经结束，请补上活动总结。"))
        return hints

    def all_references(self) -> streams.References:
        found = super().all_references()
        found.update(streams.references(self.stored("materials")))
        return found

    def present(self, reader: Any) -> Any:
        return present_campaign(self, reader)

    def search_entry(self, portal: Portal, language: str) -> IndexEntry:
        measures = campaigns.measures_of(self.stored("measures"), language)
        targets = campaigns.targets_of(self.stored("targets"), language)
        texts = [
            streams.plain_text_of(self.stream_data(field, language))
            for field in self.stream_fields
        ]
        texts += [measure.text for measure in measures]
        texts += [f"{target.what}{target.number}{target.unit}" for target in targets]
        slogan = str(self.text("slogan", language))
        return self.build_search_entry(
            portal,
            language,
            alternatives=(slogan,) if slogan else (),
            summary=self.text("summary", language),
            body="\n".join(text for text in texts if text),
        )
