"""Pages that lie somewhere: township, village and coordinates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from home.directory.coordinates import coordinate_problems
from home.indexing import IndexEntry
from home.languages import localized
from home.links import language_path
from home.models.base import ContentPage
from home.models.regions import TOWNSHIP, VILLAGE, Region

if TYPE_CHECKING:
    from home.models.portals import Portal


class LocatedPage(ContentPage):
    township = models.ForeignKey(
        Region,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("乡镇（街道）"),
        help_text=_("名录按乡镇排列；县城里的也选所在的镇或者街道。"),
    )
    village = models.ForeignKey(
        Region,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("村（社区）"),
        help_text=_("在村里的才选，要属于上面的乡镇。"),
    )
    latitude = models.DecimalField(
        _("纬度"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(180)],
        help_text=_("较小的那个数，例如 25.040000；不清楚就留空。"),
    )
    longitude = models.DecimalField(
        _("经度"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("较大的那个数，例如 102.710000。"),
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        problems: dict[str, Any] = {**self._region_problems()}
        problems.update(coordinate_problems(self.latitude, self.longitude))
        if problems:
            raise ValidationError(problems)

    def _region_problems(self) -> dict[str, Any]:
        problems: dict[str, Any] = {}
        if self.township is not None and self.township.level != TOWNSHIP:
            problems["township"] = _("这里要选乡镇或者街道。")
        if self.village is None:
            return problems
        if self.village.level != VILLAGE:
            problems["village"] = _("这里要选村或者社区。")
        elif self.township is None:
            problems["township"] = _("选了村，也要选它所在的乡镇。")
        elif self.village.parent_code != self.township.code:
            problems["village"] = _("“%(village)s”不属于“%(township)s”。") % {
                "village": self.village.name,
                "township": self.township.name,
            }
        return problems

    def region_names(self, language: str) -> list[str]:
        """Township and village, for the search index; Chinese where not translated."""
        regions = (self.township, self.village)
        return [
            getattr(region, localized("name", language)) or str(region)
            for region in regions
            if region is not None
        ]

    def place_entry(self, portal: Portal, language: str, **texts: Any) -> IndexEntry:
        published = self.first_published_at or timezone.now()
        return IndexEntry(
            key=f"{self.kind}:{self.pk}:{language}",
            kind=self.kind,
            portal_id=portal.pk,
            language=language,
            title=self.text("heading", language),
            path=language_path(self.public_path(portal), language),
            context=" ".join(self.region_names(language)),
            topics=tuple(topic.slug for topic in self.topics.all()),
            published_on=timezone.localtime(published).date(),
            **texts,
        )


def location_panels() -> list[MultiFieldPanel]:
    return [
        MultiFieldPanel(
            [FieldPanel("township"), FieldPanel("village")], heading=_("在哪里")
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")])],
            heading=_("坐标（示意图用）"),
        ),
    ]
