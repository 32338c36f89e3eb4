"""The second factor: a code from the phone (TOTP) or one of the recovery codes.

django-otp computes, compares, throttles and remembers what was used; here is who needs
one, and what of it goes into the audit log.
"""

from __future__ import annotations

import math
from base64 import b32encode
from collections.abc import Iterable
from typing import Any

import django_otp
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from home.accounts import events
from home.accounts.models import SecondFactorDemand
from home.models import PortalRole
from home.record_of_events import note
from home.roles import is_prefecture_staff

PHONE, CODES = "phone", "recovery"
CODE_COUNT = 10
CODE_DIGITS = 6


def is_demanded(user: Any) -> bool:
    """Of superusers and the prefecture's administrators always; else by role."""
    if settings.SECOND_FACTOR_ALWAYS and is_prefecture_staff(user):
        return True
    return SecondFactorDemand.objects.filter(portal_role__group__user=user).exists()


def phone_of(user: Any) -> TOTPDevice | None:
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def is_verified(request: HttpRequest) -> bool:
    return bool(request.user.is_verified())  # type: ignore[union-attr]  # of django-otp


# --- setting up --------------------------------------------------------------------------


def begin(user: Any) -> TOTPDevice:
    """The device that waits for its first code; asked twice, it is the same."""
    device = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    if device is None:
        device = TOTPDevice.objects.create(user=user, name=PHONE, confirmed=False)
    return device


def secret_of(device: TOTPDevice) -> str:
    """To be typed into the phone, in groups of four."""
    secret = b32encode(device.bin_key).decode()
    return " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))


def confirm(request: HttpRequest, token: str) -> list[str] | None:
    """Take the new phone; returns the recovery codes, or None for a wrong code."""
    user = request.user
    with transaction.atomic():
        waiting = TOTPDevice.objects.select_for_update().filter(
            user=user, confirmed=False
        )
        device = waiting.first()
        if device is None or not device.verify_token(_digits(token)):
            return None
        TOTPDevice.objects.filter(user=user, confirmed=True).delete()
        device.confirmed = True
        device.save(update_fields=["confirmed"])
        note(events.FACTOR_SET, subject=user)
        _open(request, device)
        return make_codes(user)


def make_codes(user: Any) -> list[str]:
    """New recovery codes; the old ones are worth nothing from now on."""
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name=CODES)
        codes = [StaticToken.random_token() for _number in range(CODE_COUNT)]
        StaticToken.objects.bulk_create(
            StaticToken(device=device, token=code) for code in codes
        )
        note(events.CODES_MADE, subject=user, details={"count": len(codes)})
    return [f"{code[:4]} {code[4:]}" for code in codes]


def codes_left(user: Any) -> int:
    return StaticToken.objects.filter(device__user=user).count()


# --- asking ------------------------------------------------------------------------------


def verify(request: HttpRequest, token: str) -> bool:
    """Open the admin for this session if the code is right."""
    user = request.user
    token = token.strip()
    model = TOTPDevice if _is_of_phone(token) else StaticDevice
    with transaction.atomic():
        devices = model.objects.select_for_update().filter(user=user, confirmed=True)
        for device in devices:
            if device.verify_token(_normal(token)):
                if model is StaticDevice:
                    details = {"count": codes_left(user)}
                    note(events.CODE_USED, subject=user, details=details)
                else:
                    note(events.FACTOR_PASSED, subject=user)
                _open(request, device)
                return True
        note(events.FACTOR_FAILED, subject=user)
    return False


def seconds_to_wait(user: Any) -> int:
    """After wrong codes: how long no code is looked at."""
    wait = 0
    for device in django_otp.devices_for_user(user):
        is_allowed, reason = device.verify_is_allowed()
        if not is_allowed and reason and "locked_until" in reason:
            left = (reason["locked_until"] - timezone.now()).total_seconds()
            wait = max(wait, math.ceil(left))
    return wait


def _open(request: HttpRequest, device: Any) -> None:
    """A new session key: what somebody planted or overheard before is worth nothing."""
    request.session.cycle_key()
    django_otp.login(request, device)


def _is_of_phone(token: str) -> bool:
    return len(_digits(token)) == CODE_DIGITS and _digits(token).isdecimal()


def _digits(token: str) -> str:
    return "".join(token.split())


def _normal(token: str) -> str:
    return "".join(token.replace("-", " ").split()).lower()


# --- taking away -------------------------------------------------------------------------


def remove(user: Any, event: str) -> None:
    """By oneself (``FACTOR_REMOVED``) or by an administrator (``FACTOR_RESET``)."""
    with transaction.atomic():
        for model in (TOTPDevice, StaticDevice):
            model.objects.filter(user=user).delete()
        note(event, subject=user)


def set_demand(role: PortalRole, *, is_demanded: bool) -> None:
    """Ask everybody of a role for it, or no longer."""
    rows = SecondFactorDemand.objects.filter(portal_role=role)
    if rows.exists() == is_demanded:
        return
    with transaction.atomic():
        if is_demanded:
            SecondFactorDemand.objects.create(portal_role=role)
        else:
            rows.delete()
        note(
            events.DEMAND_CHANGED,
            subject=role.group,
            portal=role.portal,
            details={"role": role.role, "demanded": is_demanded},
        )


def people_with_phone(users: Iterable[Any]) -> set[int]:
    found = TOTPDevice.objects.filter(user__in=users, confirmed=True)
    return set(found.values_list("user_id", flat=True))
