"""Whose sheets, ways and limits a person sees and sets."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from home.models import Portal, PortalRole
from home.roles import portals_of

ADMIN = PortalRole.Role.ADMIN


def _as_admin(user: Any) -> QuerySet[Portal]:
    own = portals_of(user)
    if user.is_superuser:
        return own
    return own.filter(roles__role=ADMIN, roles__group__user=user)


def governed_portals(user: Any) -> QuerySet[Portal]:
    """Whose ways a person sets: the portals that the person administers."""
    return _as_admin(user)


def limited_portals(user: Any) -> QuerySet[Portal]:
    """Whose limits a person sets: a prefecture's, of itself and of its counties."""
    if user.is_superuser:
        return portals_of(user)
    prefectures = _as_admin(user).filter(level=Portal.Level.PREFECTURE)
    numbers = list(prefectures.values_list("pk", flat=True))
    return Portal.objects.filter(Q(pk__in=numbers) | Q(parent__in=numbers))


def seen_portals(user: Any) -> QuerySet[Portal]:
    """Whose sheets a person may read: one's own, and of the counties below."""
    return Portal.objects.filter(
        Q(pk__in=portals_of(user).values("pk"))
        | Q(pk__in=limited_portals(user).values("pk"))
    )
