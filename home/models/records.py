"""What belongs to one portal and is no page: offices, people, registers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from home.models.portals import Portal
from home.outbox import record_change
from home.panels import record_panels

if TYPE_CHECKING:
    from typing import Self


class PortalRecordQuerySet(models.QuerySet[Any]):
    def of_portal(self, portal: Portal) -> PortalRecordQuerySet:
        return self.filter(portal=portal)


class PortalRecord(models.Model):
    """A row of one portal; in the admin through ``home.record_admin`` and nowhere else.

    Deletions are recorded by a signal (``home.signals``), since a row may also go with
    others.
    """

    portal = models.ForeignKey(
        Portal, models.CASCADE, related_name="+", verbose_name=_("门户")
    )

    objects = PortalRecordQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
            record_change(self.portal, "record", f"{self._meta.model_name}:{self.pk}")

    @classmethod
    def for_public(cls, portal_id: int) -> models.QuerySet[Self]:
        """The rows that the public pages of a portal show, in their order; a model
        that shows related rows adds its prefetches."""
        rows: models.QuerySet[Self] = cls._default_manager.filter(portal_id=portal_id)
        return rows


def portal_records() -> list[type[PortalRecord]]:
    """Every kind of record of the installation."""
    return [model for model in apps.get_models() if issubclass(model, PortalRecord)]


class Office(PortalRecord):
    """An office of the bureau (股室、司法所): named once, shown wherever it helps."""

    name = models.CharField(
        _("名称"), max_length=60, help_text=_("例如：公共法律服务股。")
    )
    head = models.CharField(
        _("负责人"), max_length=50, blank=True, help_text=_("对外公开的负责人姓名。")
    )
    duties = models.TextField(
        _("职责"), blank=True, help_text=_("管哪些事，一行写一项。")
    )
    phone = models.CharField(
        _("电话"), max_length=40, blank=True, help_text=_("群众能打通的办公电话。")
    )
    address = models.CharField(
        _("地址"), max_length=120, blank=True, help_text=_("到哪里找，写到门牌。")
    )
    hours = models.CharField(
        _("办公时间"),
        max_length=120,
        blank=True,
        help_text=_("例如：周一至周五 8:30–12:00，14:30–17:30。"),
    )
    order = models.PositiveSmallIntegerField(
        _("排序"), default=100, help_text=_("数字小的排在前面。")
    )

    panels = record_panels(
        ["name", "duties", "address", "hours"],
        [
            FieldPanel("portal"),
            FieldPanel("head"),
            FieldPanel("phone"),
            FieldPanel("order"),
        ],
    )

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("股室和司法所")
        verbose_name_plural = _("股室和司法所")

    def __str__(self) -> str:
        return self.name
