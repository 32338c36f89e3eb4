"""Whose published sites somebody may look at, and whose they may change."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from home.models import Portal, PortalRole
from home.record_admin import record_portals
from home.roles import is_prefecture_staff, portals_of


def watched_portals(user: Any) -> QuerySet[Portal]:
    """Of editors and administrators their own; all of them for prefecture staff."""
    if is_prefecture_staff(user):
        return _in_order(Portal.objects.all())
    return _in_order(record_portals(user))


def governed_portals(user: Any) -> QuerySet[Portal]:
    """Whose site somebody may rebuild, roll back and resume: administrators'."""
    if is_prefecture_staff(user):
        return _in_order(Portal.objects.all())
    own = portals_of(user).filter(
        roles__role=PortalRole.Role.ADMIN, roles__group__user=user
    )
    return _in_order(own)


def _in_order(portals: QuerySet[Portal]) -> QuerySet[Portal]:
    return portals.select_related("site").distinct().order_by("region_code", "pk")
