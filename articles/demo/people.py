"""People to log in as: one who may do everything, and four for each portal."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import transaction

from home.auth import DEMO_EMAIL_DOMAIN
from home.models import Portal, PortalRole

SUPERUSER = "prefecture"
PASSWORD_FILE = "demo-password.txt"  # noqa: S105  (the name of a file)


class Account(NamedTuple):
    username: str
    what: str  # for whom and as what, as shown to people


def password_file() -> Path:
    return Path(settings.VAR_DIR) / PASSWORD_FILE


def username_of(portal: Portal, role: str) -> str:
    """``qingshan-editor``; the name of a demo portal is the first part of its host."""
    return f"{portal.host.split('.')[0]}-{role}"


def accounts() -> list[Account]:
    """The accounts that exist, in the order in which they are told."""
    present = set(
        get_user_model()
        .objects.filter(email__endswith=f"@{DEMO_EMAIL_DOMAIN}")
        .values_list("username", flat=True)
    )
    listed = [Account(SUPERUSER, "全部门户的管理员")]
    for portal in Portal.objects.filter(is_demo=True).select_related("site"):
        listed += [
            Account(username_of(portal, role), f"{portal.region_name}{role.label}")
            for role in PortalRole.Role
        ]
    return [account for account in listed if account.username in present]


def create_people() -> tuple[int, str]:
    """Make the accounts that are missing. Returns how many, and the password if it is
    new: it is told once and then only kept in ``var/``."""
    users = get_user_model()
    password, is_new = _password()
    # One hash for all: the password is the same, and hashing takes its time on purpose.
    hashed = make_password(password)
    made = 0
    with transaction.atomic():
        superuser, created = users.objects.get_or_create(
            username=SUPERUSER,
            defaults={
                "email": f"{SUPERUSER}@{DEMO_EMAIL_DOMAIN}",
                "first_name": "云岭市",
                "password": hashed,
                "is_superuser": True,
                "is_staff": True,
            },
        )
        made += created
        for portal in Portal.objects.filter(is_demo=True).select_related("site"):
            for portal_role in portal.roles.select_related("group"):
                username = username_of(portal, portal_role.role)
                user, created = users.objects.get_or_create(
                    username=username,
                    defaults={
                        "email": f"{username}@{DEMO_EMAIL_DOMAIN}",
                        "first_name": portal.region_name,
                        "last_name": portal_role.get_role_display(),
                        "password": hashed,
                    },
                )
                user.groups.add(portal_role.group)
                made += created
        if is_new:
            # Accounts of an earlier database would have a password that nobody knows.
            users.objects.filter(email__endswith=f"@{DEMO_EMAIL_DOMAIN}").update(
                password=hashed
            )
    return made, password if is_new else ""


def _password() -> tuple[str, bool]:
    """(the password, whether it was made just now)"""
    file = password_file()
    if file.exists():
        return file.read_text(encoding="utf-8").strip(), False
    password = secrets.token_urlsafe(12)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.chmod(0o600)
    file.write_text(password + "\n", encoding="utf-8")
    return password, True
