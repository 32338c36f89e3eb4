"""An event: a consultation day, a lecture, a village opera with the law in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField

from articles.blocks import BODY_BLOCKS
from articles.campaigns.plan import EventState
from articles.campaigns.presentation import present_event
from articles.citing import CitingPage
from home import streams
from home.findings import Said
from home.indexing import IndexEntry
from home.panels import edit_tabs, term_panels

if TYPE_CHECKING:
    from home.models import Portal


class EventPage(CitingPage):
    kind = "event"
    page_description = _("一场讲座、咨询、演出：什么时候、在哪里。")
    template_name = "articles/event_page.html"
    stream_fields = ("body",)
    fact_fields: ClassVar[tuple[str, ...]] = (
        "starts_at",
        "ends_at",
        "township_id",
        "organiser",
        "state",
        "people_reached",
    )
    fact_texts: ClassVar[tuple[str, ...]] = ("place",)

    summary = models.TextField(
        _("内容"),
        blank=True,
        max_length=300,
        help_text=_("一两句话说清楚做什么、谁可以来，列表和日历里会显示。"),
    )
    place = models.CharField(
        _("地点"),
        max_length=100,
        blank=True,
        help_text=_("写到村民找得到，例如：石桥镇集市口。"),
    )
    body = StreamField(
        BODY_BLOCKS,
        blank=True,
        verbose_name=_("详细情况"),
        help_text=_("活动前写怎么参加；活动后可以放照片，写办得怎么样。"),
    )
    starts_at = models.DateTimeField(
        _("开始时间"), help_text=_("哪一天几点开始，按北京时间。")
    )
    ends_at = models.DateTimeField(
        _("结束时间"), null=True, blank=True, help_text=_("不确定就空着。")
    )
    township = models.ForeignKey(
        "home.Region",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("乡镇"),
        help_text=_("在哪个乡镇、街道办；村名写在“地点”里，全县的活动不用选。"),
    )
    organiser = models.CharField(
        _("主办单位"),
        max_length=100,
        blank=True,
        help_text=_("谁来办，例如：县司法局石桥司法所。"),
    )
    state = models.CharField(
        _("状态"),
        max_length=10,
        choices=EventState.choices,
        default=EventState.PLANNED,
        help_text=_("活动办完、延期或者取消以后，请改过来。"),
    )
    people_reached = models.PositiveIntegerField(
        _("参加人数"),
        null=True,
        blank=True,
        help_text=_("活动办完以后填写，主题活动页会自动加总。"),
    )

    edit_handler = edit_tabs(
        ["heading", "summary", "place", "body"],
        [
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")])],
                heading=_("时间"),
            ),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("township"), FieldPanel("organiser")])],
                heading=_("在哪里办、谁来办"),
            ),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("state"), FieldPanel("people_reached")])],
                heading=_("办得怎么样"),
            ),
            *term_panels(),
            FieldPanel("source"),
        ],
    )
    parent_page_types: ClassVar[list[str]] = [
        "articles.CampaignPage",
        "home.ColumnPage",
    ]

    class Meta:
        verbose_name = _("活动")
        verbose_name_plural = _("活动")

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.ends_at and self.starts_at and self.ends_at < self.starts_at:
            errors["ends_at"] = _("结束时间不能早于开始时间。")
        is_held = self.state == EventState.HELD
        if is_held and self.starts_at and self.starts_at > timezone.now():
            errors["state"] = _("还没有到活动时间，不能选“已经举办”。")
        if self.people_reached is not None and not is_held:
            errors["people_reached"] = _("活动办完以后才能填参加人数，请先改状态。")
        if errors:
            raise ValidationError(errors)

    def own_hints(self) -> list[Said]:
        hints = super().own_hints()
        is_over = (self.ends_at or self.starts_at) < timezone.now()
        if is_over and self.state == EventState.PLANNED:
            hints.append(gettext("活动时间已经过了，请改状态，办了的填上参加人数。"))
        if self.state == EventState.HELD and self.people_reached is None:
            hints.append(gettext("活动已经举办，还没有填参加人数。"))
        if not self.text("place", "zh-hans"):
            hints.append(gettext("还没有写地点，读者不知道到哪里参加。"))
        return hints

    def present(self, reader: Any) -> Any:
        return present_event(self, reader)

    def search_entry(self, portal: Portal, language: str) -> IndexEntry:
        body = streams.plain_text_of(self.stream_data("body", language))
        place = str(self.text("place", language))
        return self.build_search_entry(
            portal,
            language,
            summary=self.text("summary", language),
            body="\n".join(part for part in (place, self.organiser, body) if part),
        )
