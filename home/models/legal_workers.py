"""People who serve villages: advisers, 法律明白人, mediators; names with consent only."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from home.models.records import PortalRecord
from home.models.regions import TOWNSHIP, Region
from home.panels import record_panels
from home.phones import phone_problem

ENDS_SOON_DAYS = 30


class LegalWorker(PortalRecord):
    class Kind(models.TextChoices):
        ADVISER = "adviser", _("村（居）法律顾问")
        GUIDE = "guide", _("法律明白人")
        MEDIATOR = "mediator", _("人民调解员")

    name = models.CharField(
        _("姓名"), max_length=50, help_text=_("同意公开的日期内才在网上显示。")
    )
    kind = models.CharField(
        _("身份"), max_length=10, choices=Kind.choices, help_text=_("在村里做什么。")
    )
    organization = models.CharField(
        _("单位"),
        max_length=80,
        blank=True,
        help_text=_("律师事务所、司法所或者调解委员会；法律明白人可以不写。"),
    )
    township = models.ForeignKey(
        Region,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("乡镇（街道）"),
        help_text=_("服务哪个乡镇；服务全县的不选。"),
    )
    # Codes and not rows: a page lists hundreds of people without a query for each.
    villages = models.JSONField(
        _("服务的村"),
        default=list,
        blank=True,
        help_text=_("服务全乡镇的不选；按住 Ctrl 键可以选几个。"),
    )
    phone = models.CharField(
        _("电话"),
        max_length=60,
        blank=True,
        help_text=_("本人书面同意公开的号码；没有同意就不要填。"),
    )
    consent_on = models.DateField(
        _("同意公开的日期"),
        null=True,
        blank=True,
        help_text=_("本人哪一天签的同意书；没有同意书，姓名和电话都不公开。"),
    )
    consent_until = models.DateField(
        _("公开到哪一天"),
        null=True,
        blank=True,
        help_text=_("过了这一天，姓名和电话自动从网上撤下。"),
    )

    panels = record_panels(
        ["name", "organization"],
        [
            FieldPanel("portal"),
            FieldPanel("kind"),
            MultiFieldPanel(
                [FieldPanel("township"), FieldPanel("villages")], heading=_("服务范围")
            ),
            MultiFieldPanel(
                [
                    FieldPanel("phone"),
                    FieldPanel("consent_on"),
                    FieldPanel("consent_until"),
                ],
                heading=_("电话和本人同意"),
            ),
        ],
    )

    class Meta:
        ordering = ["township__code", "kind", "pk"]
        verbose_name = _("法律服务人员")
        verbose_name_plural = _("法律服务人员")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        problems: dict[str, Any] = {}
        if problem := phone_problem(self.phone):
            problems["phone"] = problem
        if self.consent_on and self.consent_on > timezone.localdate():
            problems["consent_on"] = _("同意公开的日期不能在今天之后。")
        if self.consent_on and not self.consent_until:
            problems["consent_until"] = _("请写公开到哪一天，同意不能没有期限。")
        elif self.consent_until and not self.consent_on:
            problems["consent_on"] = _("写了公开到哪一天，也要写本人同意的日期。")
        elif (
            self.consent_on
            and self.consent_until
            and self.consent_until < self.consent_on
        ):
            problems["consent_until"] = _("公开到的日期要在同意的日期之后。")
        problems.update(self._region_problems())
        if problems:
            raise ValidationError(problems)

    def _region_problems(self) -> dict[str, Any]:
        if self.township is not None and self.township.level != TOWNSHIP:
            return {"township": _("这里要选乡镇或者街道。")}
        if not self.villages:
            return {}
        if self.township is None:
            return {"township": _("选了村，也要选它所在的乡镇。")}
        if any(not code.startswith(self.township.code) for code in self.villages):
            return {"villages": _("选的村要都属于上面的乡镇。")}
        return {}

    def is_public(self, today: date) -> bool:
        """Whether the person agrees, today, to being named."""
        if self.consent_on is None or self.consent_until is None:
            return False
        return self.consent_on <= today <= self.consent_until

    def consent_state(self) -> str:
        """For the list in the admin."""
        today = timezone.localdate()
        if self.consent_on is None or self.consent_until is None:
            return str(_("没有同意书，不公开"))
        if self.consent_until < today:
            return str(_("已到期，不公开"))
        if (self.consent_until - today).days <= ENDS_SOON_DAYS:
            return str(_("快到期"))
        return str(_("公开"))

    consent_state.short_description = _("公开情况")  # type: ignore[attr-defined]  # Django's name for a column
