"""What each role of a portal may do, and the groups that carry it.

Everything is granted on the portal's own home page, collection and site, so that a
group can be given to anybody without a second thought about other counties. The only
permissions without a place are those for shared terms, and a prefecture's administrators
alone have them.
"""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
)

from home.models import Portal, PortalRole

Role = PortalRole.Role

PAGE_PERMISSIONS = {
    # "add" lets people change their own pages as long as nobody has published them.
    Role.AUTHOR: ("add_page",),
    Role.EDITOR: ("add_page", "change_page", "publish_page"),
    Role.ADMIN: (
        "add_page",
        "change_page",
        "publish_page",
        "bulk_delete_page",
        "lock_page",
        "unlock_page",
    ),
    # A reviewer meets a page while it waits for the reviewer (``home.review``).
    Role.REVIEWER: (),
}
MEDIA_PERMISSIONS = {
    Role.AUTHOR: ("add", "choose"),
    Role.EDITOR: ("add", "change", "choose"),
    Role.ADMIN: ("add", "change", "choose"),
    Role.REVIEWER: (),
}
SITE_PERMISSIONS = {
    Role.ADMIN: [
        "home.change_hostingidentity",
        "home.change_publisheridentity",
        "home.change_directorywords",
    ],
}
# Of a prefecture's administrators: the words and holidays that all portals share.
SHARED_PERMISSIONS = tuple(
    f"home.{action}_{model}"
    for model in ("topic", "audience", "region", "holidaynotice")
    for action in ("add", "change", "delete")
)


def register_site_permission(role: PortalRole.Role, name: str) -> None:
    """Let an app to the right give a role more to do on its own site."""
    names = SITE_PERMISSIONS.setdefault(role, [])
    if name not in names:
        names.append(name)


def permission(name: str) -> Permission:
    """``"home.change_topic"`` as a row."""
    app_label, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)


def create_role(portal: Portal, role: PortalRole.Role) -> PortalRole:
    """The group of one role, with everything it may do."""
    group = Group.objects.create(name=_group_name(portal, role))
    group.permissions.add(permission("wagtailadmin.access_admin"))
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(
            group=group,
            page_id=portal.site.root_page_id,
            permission=permission(f"wagtailcore.{codename}"),
        )
        for codename in PAGE_PERMISSIONS[role]
    )
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(
            group=group,
            collection=portal.collection,
            permission=permission(f"{app_label}.{action}_{kind}"),
        )
        for app_label, kind in (("wagtailimages", "image"), ("wagtaildocs", "document"))
        for action in MEDIA_PERMISSIONS[role]
    )
    GroupSitePermission.objects.bulk_create(
        GroupSitePermission(group=group, site=portal.site, permission=permission(name))
        for name in SITE_PERMISSIONS.get(role, ())
    )
    if role == Role.ADMIN and portal.level == Portal.Level.PREFECTURE:
        group.permissions.add(*map(permission, SHARED_PERMISSIONS))
    return PortalRole.objects.create(portal=portal, group=group, role=role)


def _group_name(portal: Portal, role: PortalRole.Role) -> str:
    """Counties of two prefectures may have the same name; groups may not."""
    name = f"{portal.region_name} {role.label}"
    if Group.objects.filter(name=name).exists():
        return f"{portal.region_name} {portal.region_code} {role.label}"
    return name
