"""Counties, townships and villages by their official codes; all portals share them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from home.languages import localized
from home.models.portals import Portal
from home.outbox import record_change
from home.panels import record_panels

# Digits of a code by level: GB/T 2260 for counties, GB/T 10114 for townships, the
# statistical codes (统计用区划代码) for villages.
COUNTY, TOWNSHIP, VILLAGE = 6, 9, 12
LEVEL_NAMES = {
    COUNTY: _("县（市、区）"),
    TOWNSHIP: _("乡镇、街道"),
    VILLAGE: _("村、社区"),
}


# Nobody scrolls past villages to a township.
FIELD_LEVELS = {"township": TOWNSHIP, "village": VILLAGE}


@dataclass(frozen=True, slots=True)
class RegionData:
    """A region in one language, for presenters."""

    id: int
    code: str
    name: str

    @property
    def level(self) -> int:
        """``COUNTY``, ``TOWNSHIP`` or ``VILLAGE``."""
        return len(self.code)

    @property
    def parent_code(self) -> str:
        return self.code[:-3] if self.level > COUNTY else ""


class RegionQuerySet(models.QuerySet["Region"]):
    def of_portal(self, portal: Portal) -> RegionQuerySet:
        """The county of a portal with all below it; of a prefecture, its counties."""
        below = Portal.objects.filter(parent=portal).values_list(
            "region_code", flat=True
        )
        return self.starting_with([own_prefix(portal.region_code), *below])

    def starting_with(self, codes: Iterable[str]) -> RegionQuerySet:
        found = Q(pk__in=[])
        for code in codes:
            found |= Q(code__startswith=code)
        return self.filter(found)

    def as_data(self, languages: Sequence[str]) -> dict[int, dict[str, RegionData]]:
        """By id and language, the names in Chinese where a language lacks one."""
        names = [localized("name", code) for code in languages]
        found: dict[int, dict[str, RegionData]] = {}
        for pk, code, *texts in self.values_list("pk", "code", *names):
            found[pk] = {
                language: RegionData(pk, code, text or texts[0] or code)
                for language, text in zip(languages, texts, strict=True)
            }
        return found

    def of_level(self, digits: int) -> RegionQuerySet:
        """Those whose codes have so many digits: ``TOWNSHIP``, ``VILLAGE`` …"""
        return self.filter(code__regex=rf"^\d{{{digits}}}$")

    def of_field(self, name: str) -> RegionQuerySet:
        """Those that may stand in a field of this name."""
        level = FIELD_LEVELS.get(name)
        return self.of_level(level) if level else self

    def as_choices(self) -> list[tuple[Any, Any]]:
        """For a form: villages below the names of their townships."""
        found = list(self.order_by("code"))
        above = {one.parent_code for one in found if one.level == VILLAGE}
        townships = {
            one.code: str(one) for one in Region.objects.filter(code__in=above)
        }
        choices: list[tuple[Any, Any]] = []
        for code, group in groupby(found, key=lambda one: one.parent_code):
            options = [(one.pk, str(one)) for one in group]
            choices += [(townships[code], options)] if code in townships else options
        return choices


def own_prefix(code: str) -> str:
    """What all codes below a county or prefecture begin with (GB/T 2260).

    >>> own_prefix("530400"), own_prefix("530423")
    ('5304', '530423')
    """
    while code.endswith("00") and len(code) > 2:
        code = code[:-2]
    return code


class Region(models.Model):
    """A place with an official code; the code says what it belongs to."""

    code = models.CharField(
        _("区划代码"),
        max_length=VILLAGE,
        unique=True,
        validators=[
            RegexValidator(
                r"^\d{6}(\d{3}(\d{3})?)?$",
                _("区划代码是 6 位（县）、9 位（乡镇）或 12 位（村）数字。"),
            )
        ],
        help_text=_("县 6 位，乡镇 9 位，村 12 位；下级代码以上级代码开头。"),
    )
    name = models.CharField(
        _("名称"), max_length=50, help_text=_("例如：石桥镇、杏花村。")
    )

    objects = RegionQuerySet.as_manager()

    panels = record_panels(["name"], [FieldPanel("code")])

    class Meta:
        ordering = ["code"]
        verbose_name = _("行政区划")
        verbose_name_plural = _("行政区划")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
            record_change(None, "region", self.pk)

    def clean(self) -> None:
        super().clean()
        above = self.parent_code
        if above and not Region.objects.filter(code=above).exists():
            raise ValidationError(
                {"code": _("没有上级区划 %(code)s，请先添加上级。") % {"code": above}}
            )

    @property
    def level(self) -> int:
        """``COUNTY``, ``TOWNSHIP`` or ``VILLAGE``."""
        return len(self.code)

    @property
    def parent_code(self) -> str:
        """The code of what it belongs to; "" for a county."""
        return self.code[:-3] if self.level > COUNTY else ""
