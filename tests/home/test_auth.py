"""Demo accounts open nothing where DEBUG is off."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import reverse

from home.auth import DemoAwareBackend

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery staple"


def make_account(email: str) -> Any:
    return get_user_model().objects.create_superuser("somebody", email, PASSWORD)


def log_in() -> Any:
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = "127.0.0.1"
    return authenticate(request, username="somebody", password=PASSWORD)


@override_settings(DEBUG=True)
def test_demo_account_logs_in_during_development() -> None:
    account = make_account("somebody@demo.invalid")

    assert log_in() == account


@pytest.mark.parametrize("email", ["somebody@demo.invalid", "somebody@DEMO.invalid"])
@override_settings(DEBUG=False)
def test_demo_account_is_refused_in_production(email: str) -> None:
    make_account(email)

    assert log_in() is None


@override_settings(DEBUG=False)
def test_other_accounts_log_in_in_production() -> None:
    account = make_account("somebody@demo.invalid.example.org")

    assert log_in() == account


def test_session_of_a_demo_account_ends_when_debug_is_turned_off() -> None:
    client = Client()
    account = make_account("somebody@demo.invalid")
    with override_settings(DEBUG=True):
        client.force_login(account, backend="home.auth.DemoAwareBackend")
        assert client.get(reverse("wagtailadmin_home")).status_code == 200

    with override_settings(DEBUG=False):
        assert client.get(reverse("wagtailadmin_home")).status_code == 302


def test_the_backend_is_in_use() -> None:
    account = make_account("somebody@example.org")

    assert account.is_active
    assert log_in().backend == (
        f"{DemoAwareBackend.__module__}.{DemoAwareBackend.__qualname__}"
    )
