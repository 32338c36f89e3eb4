"""Whose published sites somebody may look at, and whose they may change."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from home.models import Portal
from home.record_admin import record_portals
from home.roles import is_prefecture_staff


def watched_portals(user: Any) -> QuerySet[Portal]:
    """Of editors and administrators their own; all of them for prefecture staff."""
    if is_prefecture_staff(user):
        return _in_order(Portal.objects.all())
    return _in_order(record_portals(user))


def _in_order(portals: QuerySet[Portal]) -> QuerySet[Portal]:
    return portals.select_related("site").distinct().order_by("region_code", "pk")
