"""Removing what has been kept long enough: whole months, from the oldest on."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.audit.anchors import PRUNED, write_anchor
from home.audit.chain import locked_chain
from home.audit.models import AuditEntry
from home.outbox import await_turn
from home.record_of_events import note

# The Cybersecurity Law asks for six months; no setting makes it less.
LEAST_DAYS = 184
PRUNED_EVENT = "audit.pruned"
PRUNED_LABEL = gettext_lazy("清理到期的操作日志")


def kept_days() -> int:
    return max(LEAST_DAYS, settings.AUDIT_KEPT_DAYS)


def prune() -> list[str]:
    """A job of the worker. The seal of the last row that goes stays in the chain."""
    with transaction.atomic():
        await_turn()
        chain = locked_chain()
        last = _last_outdated(chain.pruned)
        if last is None:
            return []
        count = last.number - chain.pruned
        # First the signed note: removed rows without one would count as stolen.
        write_anchor(PRUNED, last.number, last.seal)
        chain.pruned, chain.pruned_seal = last.number, last.seal
        chain.save(update_fields=["pruned", "pruned_seal"])
        # AuditEntry.objects refuses everybody; the trigger has let go of these.
        AuditEntry._base_manager.filter(number__lte=last.number).delete()
        note(PRUNED_EVENT, details={"count": count, "last": last.number})
    return [_("清理了 %(count)s 条到期的操作日志") % {"count": count}]


def _last_outdated(pruned: int) -> AuditEntry | None:
    """The last row before the first that has to stay."""
    kept_from = timezone.localtime(timezone.now() - timedelta(days=kept_days()))
    month = kept_from.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    rows = AuditEntry.objects.order_by("number")
    staying = rows.filter(time__gte=month).first()
    outdated = rows.filter(time__lt=month, number__gt=pruned)
    if staying is not None:
        outdated = outdated.filter(number__lt=staying.number)
    return outdated.last()
