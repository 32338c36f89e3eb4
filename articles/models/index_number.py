"""索引号: the pattern of each portal, and every number that was ever given.

A number names one document for good: it is unique in its portal, it is never given a
second time, also not after its page was deleted, and it never changes once public.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Page

from articles.policy.classes import document_classes
from articles.policy.numbers import normal_index_number
from home.models import Portal
from home.outbox import await_turn
from home.publication import PublicationError

DEFAULT_PATTERN = "{机构}/{年}-{序号}"
SERIAL = "{序号}"
# The pieces of a pattern, as a clerk writes them.
PIECES = ("{机构}", "{年}", "{月}", "{日}", "{分类}", SERIAL)


@register_setting(icon="order")
class IndexNumberPattern(BaseSiteSetting):
    """How the index numbers of a portal are built: there is no national pattern."""

    unit_code = models.CharField(
        _("机构代码"),
        max_length=40,
        blank=True,
        validators=[RegexValidator(r"^[0-9A-Za-z]*$", _("机构代码只有数字和字母。"))],
        help_text=_(
            "索引号开头的代码，由县政府信息公开主管部门给定，例如 640323008；"
            "留空时用本县的行政区划代码。"
        ),
    )
    pattern = models.CharField(
        _("索引号的写法"),
        max_length=80,
        default=DEFAULT_PATTERN,
        help_text=_(
            "可用 {机构}、{年}、{月}、{日}、{分类}、{序号}，中间的符号照写。"
            "例如 {机构}/{年}-{序号} 写出来是 640323008/2018-00315。"
        ),
    )
    serial_width = models.PositiveSmallIntegerField(
        _("序号的位数"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
        help_text=_("不足的位数前面补零，例如 5 位：00315。"),
    )

    panels = [
        FieldPanel("unit_code"),
        FieldPanel("pattern"),
        FieldPanel("serial_width"),
    ]

    class Meta:
        verbose_name = _("公文索引号规则")
        verbose_name_plural = _("公文索引号规则")

    def clean(self) -> None:
        super().clean()
        rest = self.pattern
        for piece in PIECES:
            rest = rest.replace(piece, "")
        if "{" in rest or "}" in rest:
            raise ValidationError(
                {
                    "pattern": _("花括号里只能写：%(pieces)s。")
                    % {"pieces": "、".join(PIECES)}
                }
            )
        if self.pattern.count(SERIAL) != 1:
            raise ValidationError(
                {"pattern": _("写法里要有一个 {序号}，否则索引号会重复。")}
            )

    def around_serial(self, portal: Portal, day: date, subject_class: str) -> str:
        """The pattern with everything filled in but the serial number."""
        known = document_classes().get(subject_class)
        values = {
            "{机构}": self.unit_code or portal.region_code,
            "{年}": f"{day:%Y}",
            "{月}": f"{day:%m}",
            "{日}": f"{day:%d}",
            "{分类}": known.code if known else "00",
        }
        text = self.pattern
        for piece, value in values.items():
            text = text.replace(piece, value)
        return normal_index_number(text)


class IndexNumberSeries(models.Model):
    """How far the serial numbers of one series have come; it only goes up.

    A series is everything of a number but its serial: in most patterns one per year.
    """

    portal = models.ForeignKey(Portal, models.CASCADE, related_name="+")
    around = models.CharField(max_length=120)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["portal", "around"], name="index_number_series_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.around} ≤ {self.last}"

    def next(self) -> int:
        """One more. The update locks the row until the transaction ends, so that two
        who publish at the same moment wait for each other."""
        rows = IndexNumberSeries.objects.filter(pk=self.pk)
        rows.update(last=F("last") + 1)
        return rows.values_list("last", flat=True).get()


class IndexNumber(models.Model):
    """A number that was given. The row stays when its page is deleted."""

    portal = models.ForeignKey(Portal, models.CASCADE, related_name="index_numbers")
    number = models.CharField(max_length=120)
    page = models.OneToOneField(Page, models.SET_NULL, null=True, related_name="+")
    heading = models.CharField(max_length=120)
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["portal", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["portal", "number"], name="index_number_unique_in_portal"
            )
        ]

    def __str__(self) -> str:
        return self.number

    @classmethod
    def give(cls, portal: Portal, number: str, page_id: int, heading: str) -> None:
        """Raises ``PublicationError`` where another took the number a moment before."""
        try:
            with transaction.atomic():
                cls.objects.create(
                    portal=portal, number=number, page_id=page_id, heading=heading
                )
        except IntegrityError:
            taken = other_holder(portal, number, page_id)
            raise PublicationError(page_id, [number_taken(number, taken)]) from None


def propose_number(portal: Portal, day: date, subject_class: str) -> str:
    """The next free number of the portal's pattern; taken from the series at once."""
    pattern = IndexNumberPattern.objects.filter(site_id=portal.site_id).first()
    pattern = pattern or IndexNumberPattern(site_id=portal.site_id)
    around = pattern.around_serial(portal, day, subject_class)
    await_turn()
    series, _made = IndexNumberSeries.objects.get_or_create(
        portal=portal, around=around
    )
    while True:
        serial = str(series.next()).zfill(pattern.serial_width)
        number = around.replace(SERIAL, serial)
        # An imported document may have brought this number with it.
        if not IndexNumber.objects.filter(portal=portal, number=number).exists():
            return number


def given_number(page_id: int | None) -> str:
    """The number under which a page has been public; "" before its first publication."""
    if page_id is None:
        return ""
    found = IndexNumber.objects.filter(page_id=page_id).values_list("number", flat=True)
    return found.first() or ""


def other_holder(portal: Portal, number: str, page_id: int | None) -> str:
    """The heading of another document that has or had this number; "" where none."""
    rows = IndexNumber.objects.filter(portal=portal, number=number)
    if page_id is not None:
        rows = rows.exclude(page_id=page_id)
    taken: Any = rows.values_list("heading", flat=True).first()
    return taken or ""


def number_taken(number: str, heading: str) -> str:
    return gettext("索引号 %(number)s 已经给了“%(heading)s”，不能重复使用。") % {
        "number": number,
        "heading": heading,
    }


def number_fixed(number: str) -> str:
    return gettext("这份文件已经用索引号 %(number)s 公开过，不能再改。") % {
        "number": number
    }
