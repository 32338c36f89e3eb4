"""Who works for which portal: the one place that isolation in the admin asks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.query import PageQuerySet

from home.models import Portal, PortalRole


def portals_of(user: Any) -> QuerySet[Portal]:
    """The portals that a person works for; all of them for a superuser."""
    if not user.is_authenticated or not user.is_active:
        return Portal.objects.none()
    if user.is_superuser:
        return Portal.objects.all()
    return Portal.objects.filter(roles__group__user=user).distinct()


def is_prefecture_staff(user: Any) -> bool:
    """Whether a person looks after what all portals share.

    True of superusers and of the administrators of a prefecture's portal.
    """
    if not user.is_authenticated or not user.is_active:
        return False
    if user.is_superuser:
        return True
    return PortalRole.objects.filter(
        role=PortalRole.Role.ADMIN,
        portal__level=Portal.Level.PREFECTURE,
        group__user=user,
    ).exists()


def portals_with_role(user: Any, *roles: PortalRole.Role) -> QuerySet[Portal]:
    """Where somebody has one of these roles; everywhere, for superusers."""
    own = portals_of(user)
    if user.is_superuser:
        return own
    return own.filter(roles__role__in=roles, roles__group__user=user)


def governed_portals(user: Any) -> QuerySet[Portal]:
    """The portals whose people, settings and site somebody looks after."""
    own: QuerySet[Portal] = Portal.objects.all()
    if not is_prefecture_staff(user):
        own = portals_with_role(user, PortalRole.Role.ADMIN)
    return own.select_related("site").distinct().order_by("region_code", "pk")


def pages_of(user: Any, pages: PageQuerySet) -> PageQuerySet:
    """Those of ``pages`` that belong to a portal the person works for."""
    if user.is_active and user.is_superuser:
        return pages
    roots = portals_of(user).values_list("site__root_page__path", flat=True)
    below = Q(pk__in=[])
    for path in roots:
        below |= Q(path__startswith=path)
    return pages.filter(below)


def languages_of(user: Any) -> Iterable[str]:
    """The languages that the portals of a person use."""
    for codes in portals_of(user).values_list("languages", flat=True):
        yield from codes
