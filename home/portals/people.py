"""The people of a portal: accounts, roles, one-time passwords, and who may touch whom.

An account is its portal's when all its groups are. One that works for another portal as
well, or has rights from elsewhere, is looked after by the prefecture: a county's
administrator may give it a role here or take that away, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from home.models import OneTimePassword, Portal, PortalRole, limits_of
from home.roles import governed_portals, is_prefecture_staff

Role = PortalRole.Role
# Read out on the telephone and typed from paper: no 0 O 1 l I.
LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
ONE_TIME_LENGTH = 12
ONE_TIME_DAYS = 7
# Not part of a page's slug, so that no two portals share a user name.
SEPARATOR = "."


@dataclass(frozen=True, slots=True)
class NewPerson:
    username: str
    name: str
    role: PortalRole.Role
    email: str = ""


def people_of(portal: Portal | int) -> QuerySet[Any]:
    """Everybody who works for a portal, locked accounts too."""
    people = get_user_model()._default_manager
    return people.filter(groups__portal_role__portal=portal).distinct()


def people_with(portal: Portal | int, *roles: PortalRole.Role) -> QuerySet[Any]:
    """Those who have one of these roles in a portal."""
    people = get_user_model()._default_manager
    return people.filter(
        groups__portal_role__portal=portal, groups__portal_role__role__in=roles
    ).distinct()


def role_in(portal: Portal, person: Any) -> PortalRole.Role | None:
    """The highest of the roles that somebody has in a portal."""
    found = set(portal.roles.filter(group__user=person).values_list("role", flat=True))
    return next((role for role in Role if role.value in found), None)


def username_prefix(portal: Portal) -> str:
    """What all user names of a portal begin with.

    The names of an installation are one list: that one is taken would tell a county
    of another county's people.
    """
    return f"{portal.site.root_page.slug}{SEPARATOR}"


def may_manage(actor: Any, person: Any) -> bool:
    """Whether ``actor`` may change, lock or unlock the account itself."""
    if actor.is_superuser:
        return True
    if person.is_superuser or person.user_permissions.exists():
        return False
    theirs = person.groups.exclude(
        portal_role__portal__in=governed_portals(actor).values("pk")
    )
    return not theirs.exists()


def require_management(actor: Any, person: Any) -> None:
    if not may_manage(actor, person):
        raise ValidationError(_("这个账号由市级管理员管理，请和他们联系。"))


# --- what is done to an account --------------------------------------------------------


@transaction.atomic
def create_person(actor: Any, portal: Portal, person: NewPerson) -> tuple[Any, str]:
    """The account and its one-time password, which nobody can read again.

    The whole name is the first name: Wagtail's menu shows that one.
    ``actor`` None: the command line.
    """
    _check_room(portal)
    user = get_user_model()(
        username=person.username, first_name=person.name, email=person.email
    )
    UnicodeUsernameValidator()(person.username)
    try:
        user.full_clean(exclude=["password"])
    except ValidationError as error:
        errors = error.message_dict
        if "username" in errors:
            errors["username"] = [_("这个用户名不能用，或者已经有人用了，请换一个。")]
        raise ValidationError(errors) from error
    user.set_unusable_password()
    user.save()
    user.groups.add(_group(portal, person.role))
    password = give_one_time_password(user)
    _log(actor, user, "create", portal, role=person.role.label)
    return user, password


def take_in(actor: Any, portal: Portal, username: str, role: PortalRole.Role) -> Any:
    """Give somebody of another portal a role in this one as well: the prefecture's to
    do, for whoever may try names out learns who works elsewhere."""
    if not is_prefecture_staff(actor):
        raise ValidationError(_("这一步由市级管理员来做，请和他们联系。"))
    people = get_user_model()._default_manager
    person = people.filter(username=username, is_superuser=False).first()
    if person is None:
        raise ValidationError({"username": _("没有这个账号：%s") % username})
    set_role(actor, portal, person, role)
    return person


@transaction.atomic
def set_role(
    actor: Any, portal: Portal, person: Any, role: PortalRole.Role | None
) -> None:
    """Give somebody one role in a portal in place of what they had; None: no role."""
    before = role_in(portal, person)
    if person.is_superuser and not actor.is_superuser:
        require_management(actor, person)
    if before == Role.ADMIN and role != Role.ADMIN:
        _check_other_admins(actor, portal, person)
    if before is None and role is not None and person.is_active:
        _check_room(portal)
    person.groups.remove(*Group.objects.filter(portal_role__portal=portal))
    if role is not None:
        person.groups.add(_group(portal, role))
    label = role.label if role else _("不再为本门户工作")
    _log(actor, person, "role", portal, role=label)


@transaction.atomic
def set_active(actor: Any, portal: Portal, person: Any, is_active: bool) -> None:
    require_management(actor, person)
    if person.is_active == is_active:
        return
    if is_active:
        _check_room(portal)
    elif person == actor:
        raise ValidationError(_("不能停用自己的账号。"))
    elif role_in(portal, person) == Role.ADMIN:
        _check_other_admins(actor, portal, person)
    person.is_active = is_active
    person.save(update_fields=["is_active"])
    _log(actor, person, "activate" if is_active else "deactivate", portal)


@transaction.atomic
def reset_password(actor: Any, portal: Portal, person: Any) -> str:
    """A new one-time password; open sessions end, since the old password is gone."""
    require_management(actor, person)
    if person == actor:
        raise ValidationError(_("自己的密码在右下角“账号设置”里改。"))
    password = give_one_time_password(person)
    _log(actor, person, "reset", portal)
    return password


@transaction.atomic
def rename_person(
    actor: Any, portal: Portal, person: Any, name: str, email: str
) -> None:
    require_management(actor, person)
    if (person.first_name, person.last_name, person.email) == (name, "", email):
        return
    person.first_name, person.last_name, person.email = name, "", email
    person.full_clean(exclude=["password", "username"])
    person.save(update_fields=["last_name", "first_name", "email"])
    _log(actor, person, "rename", portal)


def give_one_time_password(user: Any) -> str:
    password = get_random_string(ONE_TIME_LENGTH, LETTERS)
    user.set_password(password)
    user.save(update_fields=["password"])
    until = timezone.now() + timedelta(days=ONE_TIME_DAYS)
    OneTimePassword.objects.update_or_create(user=user, defaults={"valid_until": until})
    return password


# --- rules -----------------------------------------------------------------------------


def _group(portal: Portal, role: PortalRole.Role) -> Group:
    return portal.roles.get(role=role).group


def _check_room(portal: Portal) -> None:
    most = limits_of(portal).max_users
    if people_of(portal).filter(is_active=True).count() >= most:
        raise ValidationError(
            _("本门户最多 %(most)s 个启用的账号，请先停用不用的，或者请市级调整。")
            % {"most": most}
        )


def _check_other_admins(actor: Any, portal: Portal, person: Any) -> None:
    """A portal without an administrator could only be helped from outside."""
    if is_prefecture_staff(actor):
        return
    others = people_with(portal, Role.ADMIN).filter(is_active=True)
    if not others.exclude(pk=person.pk).exists():
        raise ValidationError(_("这是本门户唯一的管理员，请先让别人也当管理员。"))


def _log(actor: Any, person: Any, action: str, portal: Portal, **data: Any) -> None:
    log(
        instance=person,
        action=f"home.person.{action}",
        user=actor,
        data={"portal": portal.pk, "portal_name": portal.name, **data},
        content_changed=False,
    )
