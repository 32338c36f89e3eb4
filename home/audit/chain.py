"""Writing a row of the audit log, and finding out whether all of them are as written."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from home.audit.models import NOTHING, AuditChain, AuditEntry
from home.clients import log_in_address
from home.outbox import await_turn
from home.record_of_events import Event, acting_request

MOST_DETAILS = 4_000


def append(event: Event) -> AuditEntry:
    """Add a row, in the transaction of the caller.

    The row of the chain stays locked until the commit, so numbers have no gap and each
    row seals the one that became visible before it. The outbox's counter comes first,
    as for everybody who locks rows of his own.
    """
    with transaction.atomic():
        await_turn()
        chain = locked_chain()
        entry = _entry(event, chain)
        entry.seal = entry.computed_seal()
        # AuditEntry.save() refuses everybody.
        entry.save_base(force_insert=True)
        chain.last, chain.last_seal = entry.number, entry.seal
        chain.save(update_fields=["last", "last_seal"])
    return entry


def locked_chain() -> AuditChain:
    chain, _created = AuditChain.objects.select_for_update().get_or_create(pk=1)
    return chain


def current_chain() -> AuditChain:
    """Where the log stands; nothing is written, where it has not begun."""
    return AuditChain.objects.filter(pk=1).first() or AuditChain()


def _entry(event: Event, chain: AuditChain) -> AuditEntry:
    request = acting_request.get()
    entry = AuditEntry(
        number=chain.last + 1,
        time=timezone.now(),
        action=event.action,
        user_id=event.user.pk if event.user is not None else None,
        user_name=event.user_name,
        address=log_in_address(request) if request is not None else "",
        portal_id=event.portal.pk if event.portal is not None else None,
        portal_name=str(event.portal.name) if event.portal is not None else "",
        subject_name=event.subject_name,
        details=_details(event, in_request=request is not None),
        previous=chain.last_seal,
    )
    if event.user is not None and not event.user_name:
        entry.user_name = event.user.get_username()
    if isinstance(event.subject, models.Model):
        entry.subject_type = event.subject._meta.label_lower
        entry.subject_id = str(event.subject.pk)
        entry.subject_name = event.subject_name or str(event.subject)
    for field in AuditEntry._meta.get_fields():
        if isinstance(field, models.CharField):
            value = getattr(entry, field.attname).replace("\x00", "")
            setattr(entry, field.attname, value[: field.max_length])
    return entry


def _details(event: Event, *, in_request: bool) -> dict[str, Any]:
    """As they come back from the database, on SQLite and PostgreSQL alike."""
    details = dict(event.details)
    if not in_request and Path(sys.argv[0]).name == "manage.py":
        details["command"] = " ".join(sys.argv[1:2])
    written = json.dumps(details, cls=DjangoJSONEncoder, ensure_ascii=False)
    written = written.replace("\\u0000", "")
    if len(written) > MOST_DETAILS:
        return {"cut": written[:MOST_DETAILS]}
    # Numbers with a fraction are text: databases write them each in their own way.
    read: dict[str, Any] = json.loads(written, parse_float=str)
    return read


# --- checking ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fault:
    """The first place at which the log is not as it was written."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found: how many rows are in order, and the first fault."""

    count: int
    fault: Fault | None


def first_number(since: datetime | None) -> int:
    """Where to begin: with the first row that is as young as ``since``."""
    chain = current_chain()
    if since is None:
        return chain.pruned + 1
    found = AuditEntry.objects.filter(time__gte=since).order_by("number").first()
    return found.number if found is not None else chain.last + 1


def check_rows(first: int, sealed: dict[int, str]) -> Checked:
    """Every row from ``first``: none changed, none missing, none more.

    ``sealed`` holds what the anchors say of some numbers (``home.audit.anchors``).
    """
    chain = current_chain()
    before = AuditEntry.objects.filter(number=first - 1).first()
    previous = before.seal if before is not None else chain.pruned_seal
    expected = first
    for entry in _rows(first):
        reason = _fault(entry, expected, previous, sealed)
        if reason:
            number = min(entry.number, expected)
            return Checked(expected - first, Fault(number, reason))
        previous, expected = entry.seal, entry.number + 1
    last = max([chain.last, *sealed])
    if expected <= last:
        return Checked(expected - first, Fault(expected, _("这一条以后的记录没有了")))
    if chain.last != expected - 1 or (expected > first and chain.last_seal != previous):
        reason = _("记录的末尾和登记的不一致")
        return Checked(expected - first, Fault(expected - 1, reason))
    return Checked(expected - first, None)


def _rows(first: int) -> Iterator[AuditEntry]:
    rows = AuditEntry.objects.filter(number__gte=first).order_by("number")
    yield from rows.iterator(chunk_size=2_000)


def _fault(
    entry: AuditEntry, expected: int, previous: str, sealed: dict[int, str]
) -> str:
    if entry.number > expected:
        return _("这一条没有了")
    if entry.seal != entry.computed_seal():
        return _("内容被改动过")
    if entry.previous != (previous or NOTHING):
        return _("和上一条接不上，这一条或者上一条被换过")
    if sealed.get(entry.number, entry.seal) != entry.seal:
        return _("和签过名的锚点不一致，这一条以前的记录被整段改写过")
    return ""
