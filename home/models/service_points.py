"""A place where people get legal help: where it is, when it is open, what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from home import streams
from home.blocks import CONTENT_BLOCKS
from home.directory.freshness import is_stale
from home.directory.hours import CLOSED_WEEK, HoursError, Week, normalized, parse_hours
from home.directory.point_form import ServicePointForm
from home.directory.point_view import present_point
from home.findings import Said
from home.indexing import IndexEntry
from home.models.directories import words_of
from home.models.located import LocatedPage, location_panels
from home.panels import edit_tabs, term_panels
from home.phones import phone_problem

if TYPE_CHECKING:
    from home.models.portals import Portal


class ServicePointPage(LocatedPage):
    class Entrance(models.TextChoices):
        YES = "yes", _("有无障碍通道")
        NO = "no", _("没有无障碍通道")
        UNKNOWN = "unknown", _("不清楚")

    kind = "point"
    page_description = _("一个能找到人帮忙的地方：地址、时间、电话。")
    template_name = "home/service_point_page.html"
    stream_fields = ("body",)
    fact_fields = (
        "level",
        "township_id",
        "village_id",
        "phone",
        "hours",
        "closed_on_holidays",
        "services",
        "accessible_entrance",
        "latitude",
        "longitude",
        "confirmed_on",
    )
    fact_texts = ("address", "hours_note")

    summary = models.TextField(
        _("一句话介绍"),
        blank=True,
        max_length=200,
        help_text=_("能帮什么忙，例如：有律师坐班，能申请法律援助，不收费。"),
    )
    level = models.CharField(
        _("类别"),
        max_length=50,
        help_text=_("本地的叫法不同时，请管理员在“法律服务用词”里改。"),
    )
    address = models.CharField(
        _("地址"),
        max_length=200,
        blank=True,
        help_text=_("写到门牌，再写一个好认的地方，例如：镇政府一楼，邮局对面。"),
    )
    hours = models.TextField(
        _("办公时间"),
        blank=True,
        help_text=_(
            "一行写几天，一天可以写几段，例如：周一至周五 8:30-12:00 14:30-18:00。"
            "没有写到的日子不开门。"
        ),
    )
    closed_on_holidays = models.BooleanField(
        _("法定节假日休息"),
        default=True,
        help_text=_("节假日也开门时不要勾选。"),
    )
    hours_note = models.CharField(
        _("时间说明"),
        max_length=100,
        blank=True,
        help_text=_("例如：逢集日中午不休息；去之前最好先打电话。"),
    )
    phone = models.CharField(
        _("电话"),
        max_length=60,
        blank=True,
        help_text=_("群众能打通的号码，带区号；几个号码用顿号隔开。"),
    )
    services = models.JSONField(
        _("服务项目"),
        default=list,
        blank=True,
        help_text=_("勾选这里真的能办的事。"),
    )
    accessible_entrance = models.CharField(
        _("无障碍通道"),
        max_length=10,
        choices=Entrance.choices,
        default=Entrance.UNKNOWN,
        help_text=_("坐轮椅的人能不能自己进门。"),
    )
    confirmed_on = models.DateField(
        _("核对日期"),
        null=True,
        blank=True,
        help_text=_("最近一次打电话或者上门核对是哪一天；满一年会提醒再核对。"),
    )
    body = StreamField(
        CONTENT_BLOCKS,
        blank=True,
        verbose_name=_("更多介绍"),
        help_text=_("怎么去、要带什么、谁在值班；没有就不写。"),
    )

    base_form_class = ServicePointForm
    edit_handler = edit_tabs(
        ["heading", "summary", "address", "hours_note", "body"],
        [
            FieldPanel("level"),
            *location_panels(),
            MultiFieldPanel(
                [
                    FieldPanel("hours"),
                    FieldPanel("closed_on_holidays"),
                    FieldPanel("phone"),
                ],
                heading=_("时间和电话"),
            ),
            MultiFieldPanel(
                [FieldPanel("services"), FieldPanel("accessible_entrance")],
                heading=_("服务"),
            ),
            FieldPanel("confirmed_on"),
            *term_panels(),
            FieldPanel("source"),
        ],
    )

    parent_page_types: ClassVar[list[str]] = ["home.DirectoryPage"]

    class Meta:
        verbose_name = _("法律服务点")
        verbose_name_plural = _("法律服务点")

    def clean(self) -> None:
        super().clean()
        problems: dict[str, Any] = {}
        try:
            self.hours = normalized(self.hours)
        except HoursError as error:
            problems["hours"] = list(error.problems)
        if problem := phone_problem(self.phone):
            problems["phone"] = problem
        if self.confirmed_on and self.confirmed_on > timezone.localdate():
            problems["confirmed_on"] = _("核对日期不能在今天之后。")
        if problems:
            raise ValidationError(problems)

    def own_problems(self) -> list[Said]:
        problems = super().own_problems()
        if not self.text("address", settings.LANGUAGE_CODE):
            problems.append(self.lacks("address", _("请填写地址。")))
        if not self.township_id:
            problems.append(self.lacks("township", _("请选择乡镇，名录按乡镇排列。")))
        if not self.hours and not self.phone:
            problems.append(self.lacks("hours", _("办公时间和电话至少填写一样。")))
        if self.level not in words_of(self.portal, "levels"):
            problems.append(self.lacks("level", _("请选择类别。")))
        return problems

    def own_hints(self) -> list[Said]:
        hints = super().own_hints()
        if is_stale(self.confirmed_on, timezone.localdate()):
            hints.append(
                str(_("一年内没有核对过。请打电话核对地址、时间和电话，再改核对日期。"))
            )
        if not self.hours:
            hints.append(str(_("没有写办公时间，群众可能白跑一趟。")))
        if not self.services:
            hints.append(str(_("没有勾选服务项目，按“调解”“值班律师”就搜不到它。")))
        return hints

    @property
    def week(self) -> Week:
        """The hours as spans; a closed week for hours that were never checked."""
        try:
            return parse_hours(self.hours)
        except HoursError:
            return CLOSED_WEEK

    def present(self, reader: Any) -> Any:
        return present_point(self, reader)

    def search_entry(self, portal: Portal, language: str) -> IndexEntry:
        words = words_of(portal, "levels") | words_of(portal, "services")
        names = [
            words[slug].name(language)
            for slug in (self.level, *self.services)
            if slug in words
        ]
        places = self.region_names(language)
        address = self.text("address", language) or self.text(
            "address", settings.LANGUAGE_CODE
        )
        body = streams.plain_text_of(self.stream_data("body", language))
        return self.place_entry(
            portal,
            language,
            alternatives=tuple(f"{place}{name}" for place in places for name in names),
            summary=self.text("summary", language) or address,
            body="\n".join([*names, *places, address, body]),
        )
