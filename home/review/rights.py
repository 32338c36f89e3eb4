"""Whose sheets and limits a person sees and sets; whose ways: ``governed_portals``."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from home.models import Portal
from home.roles import governed_portals, is_prefecture_staff, portals_of


def limited_portals(user: Any) -> QuerySet[Portal]:
    """Whose limits a person sets: the prefecture's business."""
    governed = governed_portals(user)
    return governed if is_prefecture_staff(user) else governed.none()


def seen_portals(user: Any) -> QuerySet[Portal]:
    """Whose sheets a person may read: one's own, and those that one looks after."""
    return Portal.objects.filter(
        Q(pk__in=portals_of(user).values("pk"))
        | Q(pk__in=governed_portals(user).values("pk"))
    )
