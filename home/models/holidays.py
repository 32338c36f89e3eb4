"""The yearly notice on holidays and shifted working days, shared by all portals."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from home.workdays import Calendar, Notice, read_days


class HolidayNotice(models.Model):
    """One year's notice of the State Council (国务院办公厅关于…年部分节假日安排的通知)."""

    year = models.PositiveSmallIntegerField(
        _("年份"),
        unique=True,
        validators=[MinValueValidator(2004), MaxValueValidator(2099)],
        help_text=_("哪一年的节假日安排，例如：2027。"),
    )
    days_off = models.TextField(
        _("放假的日子"),
        help_text=_(
            "通知里放假调休的日子，一行写一天或者一段，例如：2027-02-05 至 2027-02-11。"
        ),
    )
    days_worked = models.TextField(
        _("上班的周末"),
        blank=True,
        help_text=_("通知里要上班的星期六、星期日，一行写一天。"),
    )

    panels = [FieldPanel("year"), FieldPanel("days_off"), FieldPanel("days_worked")]

    class Meta:
        ordering = ["-year"]
        verbose_name = _("节假日安排")
        verbose_name_plural = _("节假日安排")

    def __str__(self) -> str:
        return str(_("%(year)s年节假日安排") % {"year": self.year})

    def clean(self) -> None:
        super().clean()
        for name in ("days_off", "days_worked"):
            self._check_days(name)
        notice = self.as_notice()
        if notice.days_off & notice.days_worked:
            raise ValidationError(
                {"days_worked": _("有的日子既写在放假里，又写在上班里，请核对。")}
            )
        if any(day.weekday() < 5 for day in notice.days_worked):
            raise ValidationError(
                {"days_worked": _("这里只写要上班的星期六、星期日，请核对日期。")}
            )

    def _check_days(self, name: str) -> None:
        try:
            days = read_days(getattr(self, name))
        except ValueError as fault:
            raise ValidationError(
                {
                    name: _("看不懂这一行：%(line)s。请写成 2027-02-05 这样的日期。")
                    % {"line": fault}
                }
            ) from fault
        if self.year and any(day.year != self.year for day in days):
            raise ValidationError(
                {name: _("有的日子不在%(year)s年里，请核对。") % {"year": self.year}}
            )

    def as_notice(self) -> Notice:
        return Notice(read_days(self.days_off), read_days(self.days_worked))


def work_calendar() -> Calendar:
    """The working days as far as they are known today; one query."""
    return Calendar(
        {notice.year: notice.as_notice() for notice in HolidayNotice.objects.all()}
    )
