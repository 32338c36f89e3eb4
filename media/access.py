"""Who may have a file of the media library.

The public may have what a live page of the portal of the request uses. Which pages use
what is known to apps that this one may not import, so they register a check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal

from django.http import HttpRequest
from wagtail.permissions import policy_registry

from media.models import PortalDocument, PortalImage

Kind = Literal["image", "document"]
UseCheck = Callable[[HttpRequest, Kind, int], bool]
# What an admin may do to be shown a file; who may only add has no business with it.
PREVIEW_ACTIONS = ("choose", "change", "delete")

_use_checks: list[UseCheck] = []


def register_use_check(check: UseCheck) -> UseCheck:
    """Register ``check(request, kind, pk)``: does a live page of this portal use it?

    ``request.portal`` is never ``None`` when it is called. Usable as a decorator.
    """
    if check not in _use_checks:
        _use_checks.append(check)
    return check


def unregister_use_check(check: UseCheck) -> None:
    _use_checks.remove(check)


def is_public(request: HttpRequest, instance: PortalImage | PortalDocument) -> bool:
    """Whether anybody may have it on this host; false without a portal or a check."""
    if getattr(request, "portal", None) is None:
        return False
    # A consent that was withdrawn counts at once, before pages are published anew.
    if instance.publication_problems():
        return False
    kind: Kind = "image" if isinstance(instance, PortalImage) else "document"
    return any(check(request, kind, instance.pk) for check in _use_checks)


def may_preview(request: HttpRequest, instance: PortalImage | PortalDocument) -> bool:
    """Whether the person logged in may see it in the admin (drafts, thumbnails)."""
    user = request.user
    if not user.is_authenticated or not user.has_perm("wagtailadmin.access_admin"):
        return False
    policy = policy_registry.get_by_type(type(instance))
    return policy.user_has_any_permission_for_instance(user, PREVIEW_ACTIONS, instance)


def foreign_ids(
    user: Any, model: type[PortalImage] | type[PortalDocument], ids: Iterable[int]
) -> set[int]:
    """Those of the ids that this user may not choose, unknown ones included.

    Wagtail's choosers offer only what the user may choose, but the form that takes the
    answer believes any number: page forms have to ask here about newly chosen ids.
    """
    wanted = set(ids)
    allowed = (
        policy_registry.get_by_type(model)
        .instances_user_has_permission_for(user, "choose")
        .filter(pk__in=wanted)
        .values_list("pk", flat=True)
    )
    return wanted - set(allowed)
