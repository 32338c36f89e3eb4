"""The audit log: rows that are only ever added, each sealed by the one before it.

``home.audit.chain`` writes and checks them. Neither the ORM nor the database changes or
deletes one: see :class:`SealedQuerySet` here and the triggers of migration 0002.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import Any, NoReturn

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

# Of the row before the first.
NOTHING = "0" * 64


class SealedError(TypeError):
    """Somebody tried to change what is only ever added to."""

    def __init__(self) -> None:
        super().__init__(
            "The audit log is only added to, by home.record_of_events.note()."
        )


class SealedQuerySet(models.QuerySet["AuditEntry"]):
    def _refuse(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise SealedError

    create = get_or_create = update_or_create = _refuse
    update = delete = bulk_create = bulk_update = _raw_delete = _refuse


class AuditEntry(models.Model):
    """Names are copied: the row still speaks when person, portal and thing are gone."""

    number = models.PositiveBigIntegerField(_("编号"), primary_key=True)
    time = models.DateTimeField(_("时间"), db_index=True)
    action = models.CharField(_("操作"), max_length=100, db_index=True)
    user_id = models.BigIntegerField(_("用户编号"), null=True)
    user_name = models.CharField(_("用户"), max_length=150, blank=True, db_index=True)
    address = models.CharField(_("网络地址"), max_length=64, blank=True)
    portal_id = models.BigIntegerField(_("门户编号"), null=True)
    portal_name = models.CharField(_("门户"), max_length=100, blank=True)
    subject_type = models.CharField(_("对象类型"), max_length=100, blank=True)
    subject_id = models.CharField(_("对象编号"), max_length=100, blank=True)
    subject_name = models.CharField(_("对象"), max_length=200, blank=True)
    details = models.JSONField(
        _("说明"), default=dict, blank=True, encoder=DjangoJSONEncoder
    )
    previous = models.CharField(_("上一条的校验值"), max_length=64)
    seal = models.CharField(_("校验值"), max_length=64)

    objects = SealedQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = _("操作日志")
        verbose_name_plural = _("操作日志")
        default_permissions = ()
        indexes = [
            models.Index(fields=["portal_id", "-number"], name="audit_of_a_portal")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        raise SealedError

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise SealedError

    def computed_seal(self) -> str:
        """Of everything that the row says, and of the row before it."""
        content = [
            self.number,
            self.time.astimezone(UTC).isoformat(timespec="microseconds"),
            self.action,
            self.user_id,
            self.user_name,
            self.address,
            self.portal_id,
            self.portal_name,
            self.subject_type,
            self.subject_id,
            self.subject_name,
            self.details,
            self.previous,
        ]
        written = json.dumps(
            content, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        return hashlib.sha256(written.encode()).hexdigest()


class AuditChain(models.Model):
    """One row: where the log ends and where it begins. Its lock puts writers in order."""

    last = models.PositiveBigIntegerField(default=0)
    last_seal = models.CharField(max_length=64, default=NOTHING)
    # The last row that was removed because its time was over.
    pruned = models.PositiveBigIntegerField(default=0)
    pruned_seal = models.CharField(max_length=64, default=NOTHING)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.pruned + 1}–{self.last}"
