"""The law library in Wagtail's admin menu."""

from __future__ import annotations

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from .library_admin import (
    LibraryGroup,
    LibraryPermissionPolicy,
    NamePermissionPolicy,
)
from .models import Statute, StatuteName, StatuteVersion

register_permission_policy(Statute, LibraryPermissionPolicy(Statute))
register_permission_policy(StatuteVersion, LibraryPermissionPolicy(StatuteVersion))
register_permission_policy(StatuteName, NamePermissionPolicy(StatuteName))


@hooks.register("register_admin_viewset")
def library_viewsets() -> LibraryGroup:
    return LibraryGroup()
