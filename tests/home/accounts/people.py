"""People with a password, a phone and a clock."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from home.models import Portal
from tests.factories import PASSWORD, UserFactory


def person(
    name: str, portal: Portal | None = None, role: str = "editor", **values: Any
) -> Any:
    """With a password of her own."""
    user = UserFactory(username=name, **values)
    user.set_password(PASSWORD)
    user.save()
    if portal is not None:
        user.groups.add(portal.roles.get(role=role).group)
    return user


def log_in(
    name: str, password: str = PASSWORD, client: Client | None = None, **data: str
) -> Any:
    address = data.pop("address", "198.51.100.4")
    return (client or Client()).post(
        reverse("wagtailadmin_login"),
        {"username": name, "password": password, **data},
        REMOTE_ADDR=address,
    )


def phone(user: Any, **values: Any) -> TOTPDevice:
    return TOTPDevice.objects.create(user=user, name="phone", confirmed=True, **values)


def code_of(device: TOTPDevice, at: float) -> str:
    """What the phone shows at a time."""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time = at
    return f"{totp.token():06d}"
