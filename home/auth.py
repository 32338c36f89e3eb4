"""Logging in: the demo's accounts exist to be tried out, never on a public server."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend

from home.models import OneTimePassword

DEMO_EMAIL_DOMAIN = "demo.invalid"


def is_demo_account(user: Any) -> bool:
    return str(user.email).lower().endswith(f"@{DEMO_EMAIL_DOMAIN}")


class DemoAwareBackend(ModelBackend):
    """Django's own backend, which refuses demo accounts unless ``DEBUG`` is on.

    Their names are known and their password has been printed. Sessions are refused as
    well: ``get_user`` asks the same question.
    """

    def authenticate(self, *args: Any, **kwargs: Any) -> Any:
        """A one-time password that nobody used in time opens nothing any more."""
        user = super().authenticate(*args, **kwargs)
        if user is None:
            return None
        given = OneTimePassword.objects.filter(user=user).first()
        return None if given is not None and given.is_over else user

    def user_can_authenticate(self, user: Any) -> bool:
        if is_demo_account(user) and not settings.DEBUG:
            return False
        return super().user_can_authenticate(user)
