"""An entry of a register: a model village (民主法治示范村) or a culture site (阵地)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from home import streams
from home.blocks import CONTENT_BLOCKS
from home.directory.place_view import present_place
from home.findings import Said
from home.indexing import IndexEntry
from home.models.located import LocatedPage, location_panels
from home.panels import edit_tabs, term_panels

if TYPE_CHECKING:
    from home.models.portals import Portal

FIRST_YEAR = 2003  # 民主法治示范村 have been named since then


class PlacePage(LocatedPage):
    class Register(models.TextChoices):
        MODEL_VILLAGE = "model_village", _("民主法治示范村")
        CULTURE_SITE = "culture_site", _("法治文化阵地")

    class Rank(models.TextChoices):
        NATIONAL = "national", _("全国")
        PROVINCE = "province", _("省级")
        CITY = "city", _("市级")
        COUNTY = "county", _("县级")

    kind = "place"
    page_description = _("一个民主法治示范村，或者一处法治文化阵地。")
    template_name = "home/place_page.html"
    stream_fields = ("body",)
    fact_fields = (
        "register",
        "rank",
        "named_year",
        "township_id",
        "village_id",
        "latitude",
        "longitude",
    )

    summary = models.TextField(
        _("一句话介绍"),
        blank=True,
        max_length=200,
        help_text=_("有什么特色，例如：每逢赶集有法治山歌表演。"),
    )
    register = models.CharField(
        _("名册"),
        max_length=20,
        choices=Register.choices,
        default=Register.MODEL_VILLAGE,
        help_text=_("登记在哪一本名册里。"),
    )
    rank = models.CharField(
        _("级别"),
        max_length=10,
        choices=Rank.choices,
        default=Rank.COUNTY,
        help_text=_("命名文件上的级别；有几个级别时选最高的。"),
    )
    named_year = models.PositiveSmallIntegerField(
        _("命名年份"),
        null=True,
        blank=True,
        validators=[
            MinValueValidator(FIRST_YEAR, _("命名年份不能早于 %(limit_value)s 年。"))
        ],
        help_text=_("命名或者建成的年份，例如 2023。"),
    )
    cover = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("照片"),
        help_text=_("一张能认出地方的照片；没有合适的就不放。"),
    )
    body = StreamField(
        CONTENT_BLOCKS,
        blank=True,
        verbose_name=_("介绍"),
        help_text=_("有什么做法和活动，怎么去。"),
    )

    edit_handler = edit_tabs(
        ["heading", "summary", "body"],
        [
            MultiFieldPanel(
                [
                    FieldPanel("register"),
                    FieldPanel("rank"),
                    FieldPanel("named_year"),
                ],
                heading=_("名册"),
            ),
            *location_panels(),
            FieldPanel("cover"),
            *term_panels(),
            FieldPanel("source"),
        ],
    )

    parent_page_types: ClassVar[list[str]] = ["home.DirectoryPage"]

    class Meta:
        verbose_name = _("示范村和阵地")
        verbose_name_plural = _("示范村和阵地")

    def clean(self) -> None:
        super().clean()
        if self.named_year and self.named_year > timezone.localdate().year:
            raise ValidationError({"named_year": _("命名年份不能在今年之后。")})

    def own_problems(self) -> list[Said]:
        problems = super().own_problems()
        if not self.township_id:
            problems.append(self.lacks("township", _("请选择乡镇，名册按乡镇排列。")))
        if self.register == self.Register.MODEL_VILLAGE and not self.named_year:
            problems.append(self.lacks("named_year", _("请填写命名年份。")))
        return problems

    def all_references(self) -> streams.References:
        found = super().all_references()
        if self.cover_id:
            found.images.add(self.cover_id)
        return found

    def present(self, reader: Any) -> Any:
        return present_place(self, reader)

    def search_entry(self, portal: Portal, language: str) -> IndexEntry:
        places = self.region_names(language)
        label = str(self.get_register_display())
        body = streams.plain_text_of(self.stream_data("body", language))
        return self.place_entry(
            portal,
            language,
            alternatives=tuple(f"{place}{label}" for place in places),
            summary=self.text("summary", language),
            body="\n".join([label, str(self.get_rank_display()), *places, body]),
        )
