"""Whose content a search may find: this portal's, or that of the whole prefecture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from home.models import Portal


@dataclass(frozen=True, slots=True)
class Scopes:
    """``libraries``: whose texts of law hold here as well."""

    own: tuple[int, ...]
    family: tuple[int, ...]
    libraries: tuple[int, ...]

    def portals(self, scope: str) -> tuple[int, ...]:
        return self.family if scope == "all" else self.own


def scopes_of(portal_id: int, rows: Mapping[int, Portal]) -> Scopes:
    """The scopes of a portal; ``rows``: all portals by id.

    A prefecture and its counties find each other's content on request and only while
    it is online; demo portals, which never are, find each other. Texts of law hold here
    where they are this portal's own or its prefecture's.
    """
    own = rows.get(portal_id)
    if own is None:
        return Scopes((portal_id,), (portal_id,), (portal_id,))
    above = (own.parent_id,) if own.parent_id else ()
    root = own.parent_id or own.pk
    family = {
        portal.pk
        for portal in rows.values()
        if root in (portal.pk, portal.parent_id) and _is_found(portal, own)
    }
    return Scopes(
        own=(own.pk,),
        family=tuple(sorted({own.pk, *family})),
        libraries=(own.pk, *above),
    )


def _is_found(portal: Portal, asking: Portal) -> bool:
    is_online = portal.state == Portal.State.ONLINE
    return bool(is_online or (asking.is_demo and portal.is_demo))
