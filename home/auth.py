"""Logging in: the demo's accounts exist to be tried out, never on a public server."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend

DEMO_EMAIL_DOMAIN = "demo.invalid"


def is_demo_account(user: Any) -> bool:
    return str(user.email).lower().endswith(f"@{DEMO_EMAIL_DOMAIN}")


class DemoAwareBackend(ModelBackend):
    """Django's own backend, which refuses demo accounts unless ``DEBUG`` is on.

    Their names are known and their password has been printed. Sessions are refused as
    well: ``get_user`` asks the same question.
    """

    def user_can_authenticate(self, user: Any) -> bool:
        if is_demo_account(user) and not settings.DEBUG:
            return False
        return super().user_can_authenticate(user)
