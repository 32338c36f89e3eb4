"""Changes of what people may do, however they are made."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
)

from home.models import PortalRole
from home.record_of_events import note

GIVEN, TAKEN = "rights.group_given", "rights.group_taken"
PERMITTED, FORBIDDEN = "rights.permission_given", "rights.permission_taken"
CREATED, REMOVED = "rights.user_created", "rights.user_deleted"
ACTIVATED, DEACTIVATED = "rights.user_activated", "rights.user_deactivated"
RAISED, LOWERED = "rights.superuser_given", "rights.superuser_taken"

LABELS = {
    GIVEN: _("加入用户组"),
    TAKEN: _("移出用户组"),
    PERMITTED: _("授予权限"),
    FORBIDDEN: _("收回权限"),
    CREATED: _("新建用户"),
    REMOVED: _("删除用户"),
    ACTIVATED: _("启用用户"),
    DEACTIVATED: _("停用用户"),
    RAISED: _("设为超级管理员"),
    LOWERED: _("取消超级管理员"),
}
# Permissions of a group in one place, and the column that names the place.
PLACED = {
    GroupPagePermission: "page_id",
    GroupCollectionPermission: "collection_id",
    GroupSitePermission: "site_id",
}
FLAGS = {"is_active": (ACTIVATED, DEACTIVATED), "is_superuser": (RAISED, LOWERED)}
# Between the signals of one save or one clear.
BEFORE = "_audit_before"


def connect() -> None:
    user_model = get_user_model()
    pre_save.connect(_remember_flags, sender=user_model, dispatch_uid="audit")
    post_save.connect(_user_saved, sender=user_model, dispatch_uid="audit")
    post_delete.connect(_user_deleted, sender=user_model, dispatch_uid="audit")
    for through in (
        user_model.groups.through,
        user_model.user_permissions.through,
        Group.permissions.through,
    ):
        m2m_changed.connect(_members_changed, sender=through, dispatch_uid="audit")
    for model in (*PLACED, PortalRole):
        post_save.connect(_permission_saved, sender=model, dispatch_uid="audit")
        post_delete.connect(_permission_deleted, sender=model, dispatch_uid="audit")


# --- people ------------------------------------------------------------------------------


def _remember_flags(
    instance: Any, update_fields: frozenset[str] | None, **_kwargs: Any
) -> None:
    """What the row said; a log-in saves ``last_login`` alone and asks nothing."""
    if update_fields is not None and not update_fields & FLAGS.keys():
        setattr(instance, BEFORE, None)
        return
    stored = type(instance)._default_manager.filter(pk=instance.pk)
    setattr(instance, BEFORE, stored.values(*FLAGS).first())


def _user_saved(instance: Any, created: bool, **_kwargs: Any) -> None:
    if created:
        details = {"superuser": True} if instance.is_superuser else {}
        note(CREATED, subject=instance, details=details)
        return
    for name, was in (instance.__dict__.pop(BEFORE, None) or {}).items():
        if was != getattr(instance, name):
            given, taken = FLAGS[name]
            note(given if getattr(instance, name) else taken, subject=instance)


def _user_deleted(instance: Any, **_kwargs: Any) -> None:
    note(REMOVED, subject=instance)


# --- groups and permissions --------------------------------------------------------------


def _members_changed(
    sender: Any,
    instance: Any,
    action: str,
    reverse: bool,
    model: Any,
    pk_set: set[Any] | None,
    **_kwargs: Any,
) -> None:
    """``user.groups``, ``user.user_permissions``, ``group.permissions``, either side."""
    if action == "pre_clear":
        setattr(instance, BEFORE, _members(sender, instance, model))
        return
    if action == "post_clear":
        changed, is_given = instance.__dict__.pop(BEFORE, []), False
    elif action in {"post_add", "post_remove"}:
        changed = list(model._default_manager.filter(pk__in=pk_set or ()))
        is_given = action == "post_add"
    else:
        return
    for other in changed:
        holder, what = (other, instance) if reverse else (instance, other)
        _note_member(holder, what, is_given=is_given)


def _members(through: Any, instance: Any, model: Any) -> list[Any]:
    """Who or what stands on the other side of ``instance``."""
    sides = {
        field.related_model: field
        for field in through._meta.fields
        if field.is_relation
    }
    own, other = sides[type(instance)], sides[model]
    rows = through._default_manager.filter(**{own.name: instance})
    return list(model._default_manager.filter(pk__in=rows.values(other.attname)))


def _note_member(holder: Any, what: Any, *, is_given: bool) -> None:
    if isinstance(what, Permission):
        name = f"{what.content_type.app_label}.{what.codename}"
        note(
            PERMITTED if is_given else FORBIDDEN,
            subject=holder,
            details={"permission": name},
        )
        return
    # The group's portal: a role in it is what the portal's administrators look for.
    role = PortalRole.objects.filter(group=what).select_related("portal").first()
    note(
        GIVEN if is_given else TAKEN,
        subject=holder,
        portal=role.portal if role is not None else None,
        details={"group": what.name},
    )


def _permission_saved(instance: Any, created: bool, **_kwargs: Any) -> None:
    if created:
        _note_permission(PERMITTED, instance)


def _permission_deleted(instance: Any, **_kwargs: Any) -> None:
    _note_permission(FORBIDDEN, instance)


def _note_permission(action: str, instance: Any) -> None:
    details = _described(instance)
    # Deleted with its group: the name is all that is left.
    group = Group.objects.filter(pk=instance.group_id).first()
    note(
        action,
        subject=group or instance,
        portal=instance.portal if isinstance(instance, PortalRole) else None,
        details=details,
    )


def _described(instance: Any) -> dict[str, Any]:
    if isinstance(instance, PortalRole):
        return {"role": instance.role}
    place = PLACED[type(instance)]
    return {
        "permission": instance.permission.codename,
        place: getattr(instance, place),
    }


def permissions_of(group: Group) -> dict[str, Any]:
    """Everything that a group may do, for the row of its change.

    Wagtail's form of a group writes permissions in bulk, which sends no signal.
    """
    found: dict[str, Any] = {
        "all": sorted(
            f"{label}.{codename}"
            for label, codename in group.permissions.values_list(
                "content_type__app_label", "codename"
            )
        )
    }
    for model, name in PLACED.items():
        rows = model.objects.filter(group=group).order_by(name, "permission__codename")
        found[name] = [
            list(row) for row in rows.values_list(name, "permission__codename")
        ]
    return found
