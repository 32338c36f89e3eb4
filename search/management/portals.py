"""The portal that a command line names."""

from __future__ import annotations

from django.core.management.base import CommandError

from home.models import Portal


def portal_named(host: str) -> Portal:
    """Raises ``CommandError`` with the hosts there are."""
    portals = Portal.objects.select_related("site")
    for portal in portals:
        if portal.host == host:
            return portal
    known = "、".join(portal.host for portal in portals) or "（还没有门户）"
    raise CommandError(f"没有主机名为 {host} 的门户。现有门户：{known}")
