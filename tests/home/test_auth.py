"""Demo accounts open nothing where DEBUG is off."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.http import HttpRequest
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from home.auth import DemoAwareBackend
from home.clients import log_in_address

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


@override_settings(CLIENT_ADDRESS_HEADER="HTTP_X_REAL_IP")
def test_wrong_passwords_lock_out_who_typed_them_and_nobody_else() -> None:
    make_account("somebody@example.org")
    form = {"username": "somebody", "password": "wrong"}
    for _attempt in range(5):
        post_log_in(form, "198.51.100.4")

    # All of them come from one proxy.
    form["password"] = PASSWORD
    assert post_log_in(form, "198.51.100.4").status_code == 429
    assert post_log_in(form, "198.51.100.5").status_code == 302


@pytest.mark.parametrize(
    ("named", "stored"),
    [("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"), ("no address", "127.0.0.1")],
)
@override_settings(CLIENT_ADDRESS_HEADER="HTTP_X_REAL_IP")
def test_log_in_address_is_always_an_address(named: str, stored: str) -> None:
    request = RequestFactory().post("/", HTTP_X_REAL_IP=named)

    assert log_in_address(request) == stored


def post_log_in(form: dict[str, str], address: str) -> Any:
    headers = {"x-real-ip": address}
    return Client().post(reverse("wagtailadmin_login"), form, headers=headers)
