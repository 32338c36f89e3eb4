"""Which version of a statute is the current one, and what its status is, by the day."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from home.outbox import record_change

from .models import Status, Statute, StatuteVersion
from .register import KnownChange, load_register


def choose_current(statute: Statute, today: date) -> bool:
    """Set status and ``is_current`` of every version; whether anything changed.

    The current version is the latest in force; where none is in force yet, the first
    that will be.
    """
    changed = False
    languages: dict[str, list[StatuteVersion]] = {}
    for version in statute.versions.order_by("in_force_from", "version_on"):
        languages.setdefault(version.language, []).append(version)
    for versions in languages.values():
        begun = [version for version in versions if version.holds_on(today)]
        current = begun[-1] if begun else versions[0]
        # The old one first: the database allows one current version at a time.
        for version in sorted(versions, key=lambda item: item is current):
            changed |= _set(version, version is current, statute, today)
    return changed


def _set(
    version: StatuteVersion, is_current: bool, statute: Statute, today: date
) -> bool:
    before = (version.status, version.is_current, version.repealed_on)
    version.is_current = is_current
    change = _known_change(statute, version, today) if is_current else None
    version.status = _status(version, is_current, change, today)
    if change is not None and change.kind == "repealed" and not version.repealed_on:
        version.repealed_on = change.effective_on
    after = (version.status, version.is_current, version.repealed_on)
    if before == after:
        return False
    version.save(update_fields=["status", "is_current", "repealed_on"])
    return True


def _status(
    version: StatuteVersion, is_current: bool, change: KnownChange | None, today: date
) -> str:
    if not version.holds_on(today):
        return Status.NOT_YET
    is_repealed = change is not None and change.kind == "repealed"
    if is_repealed or (version.repealed_on and version.repealed_on <= today):
        return Status.REPEALED
    is_superseded = change is not None and change.kind in ("amended", "revised")
    if not is_current or is_superseded:
        return Status.AMENDED
    return Status.IN_FORCE


def _known_change(
    statute: Statute, version: StatuteVersion, today: date
) -> KnownChange | None:
    registered = load_register().statute(statute.slug)
    if registered is None or registered.title != statute.title:
        return None
    begun = [
        change
        for change in registered.changes
        if change.effective_on <= today and change.concerns(version.version_on)
    ]
    return begun[-1] if begun else None


def _due(today: date) -> QuerySet[Statute]:
    """Statutes whose status the day may have changed; few, in one query."""
    begun = Q(versions__status=Status.NOT_YET, versions__in_force_from__lte=today)
    ended = Q(versions__repealed_on__lte=today, versions__is_current=True)
    known = [item.slug for item in load_register().statutes if item.changes]
    return Statute.objects.filter(begun | ended | Q(slug__in=known)).distinct()


def refresh_statuses(today: date) -> int:
    """What the clock changes: versions that enter into force; how many statutes.

    Run daily by the worker; a second run on the same day changes nothing.
    """
    changed = 0
    for statute in _due(today):
        with transaction.atomic():
            if choose_current(statute, today):
                record_change(None, "statute", statute.pk)
                changed += 1
    return changed
