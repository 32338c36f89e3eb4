"""The outbox: what changed, written in the same transaction as the change.

``record_change`` is called inside the transaction that changes something. It takes the
next number from one counter row; the row stays locked until the commit, so numbers
become visible in their order and a receiver that has read up to N has missed nothing
below N. ``manage.py work`` hands new changes to each registered receiver in order, at
least once: a receiver must give the same result when it sees a change again.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import transaction
from django.db.models import F

if TYPE_CHECKING:
    from home.models import Portal

logger = logging.getLogger(__name__)

BATCH_SIZE = 500
# Seconds in which a receiver that could not take changes is left alone.
UNAVAILABLE_PAUSE = 10.0


class DeliveryError(Exception):
    """Receivers that failed; what they have not taken is delivered again."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__("、".join(names))
        self.names = tuple(names)


class ReceiverUnavailableError(Exception):
    """Raised by a receiver: what it hands changes on to cannot take them just now.

    That is no fault; it gets the same changes again after a pause.
    """


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """One change as a receiver sees it. ``portal_id`` None: it concerns all portals."""

    number: int
    portal_id: int | None
    # page | branch | portal | topic | region | record | redirect | statute | media
    subject: str
    key: str


Deliver = Callable[[Sequence[ChangeRecord]], None]
_receivers: dict[str, Deliver] = {}
# When a receiver that was unavailable is asked again.
_asked_again_at: dict[str, float] = {}


def register_receiver(name: str, deliver: Deliver) -> None:
    """Make ``deliver`` a receiver; ``name`` is its cursor's key and never changes."""
    _receivers[name] = deliver


def receivers() -> dict[str, Deliver]:
    return dict(_receivers)


def record_change(portal: Portal | None, subject: str, key: int | str) -> int:
    """Write an outbox row for a change; returns its number.

    To be called inside the transaction of the change: a row that is committed without
    its change, or lost beside it, is worth nothing. Requests run in a transaction
    (``ATOMIC_REQUESTS``) and so do our commands; tests prove it for every path. The
    transaction here only keeps the counter's row locked for one who has none.
    """
    with transaction.atomic():
        return _record(portal, subject, str(key))


def await_turn() -> None:
    """Wait for whoever has recorded a change and not committed yet.

    For code that locks rows of its own inside a transaction: the counter comes first
    for everybody, so that no two wait for each other on PostgreSQL.
    """
    counter_model = apps.get_model("home", "ChangeCounter")
    counter_model.objects.select_for_update().get_or_create(pk=1)


def _record(portal: Portal | None, subject: str, key: str) -> int:
    counter_model = apps.get_model("home", "ChangeCounter")
    change_model = apps.get_model("home", "Change")
    portal_model = apps.get_model("home", "Portal")
    counter_model.objects.get_or_create(pk=1)
    counter_model.objects.filter(pk=1).update(last=F("last") + 1)
    number = counter_model.objects.values_list("last", flat=True).get(pk=1)
    change_model.objects.create(
        number=number,
        portal_id=portal.pk if portal else None,
        subject=subject,
        key=key,
    )
    touched = portal_model.objects.all()
    if portal is not None:
        touched = touched.filter(pk=portal.pk)
    touched.update(change_number=number)
    return number


def pending(position: int, limit: int = BATCH_SIZE) -> list[ChangeRecord]:
    """Up to ``limit`` changes after ``position``, oldest first."""
    change_model = apps.get_model("home", "Change")
    rows = change_model.objects.filter(number__gt=position).order_by("number")[:limit]
    return [
        ChangeRecord(row.number, row.portal_id, row.subject, row.key) for row in rows
    ]


def between(position: int, last: int) -> list[ChangeRecord] | None:
    """Every change after ``position`` up to ``last``; None if some are pruned."""
    found = pending(position, max(0, last - position))
    return found if len(found) == max(0, last - position) else None


def deliver_pending() -> Iterator[tuple[str, int]]:
    """Hand every receiver what is new to it; yields (receiver, number of changes).

    The cursor is saved after the receiver has returned. Killed in between, the worker
    delivers the same changes once more. A receiver that fails keeps its cursor and does
    not keep the others waiting; ``DeliveryError`` names it in the end. One that is
    unavailable for an hour is no failure, and finds in the outbox what it has missed.
    """
    failed = []
    for name, deliver in receivers().items():
        if time.monotonic() < _asked_again_at.get(name, 0.0):
            continue
        try:
            for count in _deliver_to(name, deliver):
                yield name, count
            if _asked_again_at.pop(name, None) is not None:
                logger.warning("receiver %s takes changes again", name)
        except ReceiverUnavailableError as error:
            if name not in _asked_again_at:
                logger.warning("receiver %s takes no changes for now: %s", name, error)
            _asked_again_at[name] = time.monotonic() + UNAVAILABLE_PAUSE
        except Exception:
            logger.exception("receiver %s failed; it gets the same changes again", name)
            failed.append(name)
    if failed:
        raise DeliveryError(failed)


def _deliver_to(name: str, deliver: Deliver) -> Iterator[int]:
    cursor_model = apps.get_model("home", "Cursor")
    cursor, _created = cursor_model.objects.get_or_create(receiver=name)
    while changes := pending(cursor.position):
        deliver(changes)
        # A receiver that had to begin anew may have gone further by itself.
        cursor.refresh_from_db()
        cursor.position = max(cursor.position, changes[-1].number)
        cursor.save(update_fields=["position"])
        yield len(changes)


def prune_delivered(before: datetime) -> int:
    """Delete rows from before ``before`` that every receiver has passed; how many.

    Young rows stay: a rebuild of an index delivers again from where it began.
    """
    change_model = apps.get_model("home", "Change")
    cursor_model = apps.get_model("home", "Cursor")
    positions = dict(cursor_model.objects.values_list("receiver", "position"))
    if not _receivers or any(name not in positions for name in _receivers):
        return 0
    lowest = min(positions[name] for name in _receivers)
    deleted, _per_model = change_model.objects.filter(
        number__lte=lowest, recorded_at__lt=before
    ).delete()
    return deleted
