"""Passwords, the lock after wrong ones, and how long a log-in lasts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django_otp.plugins.otp_totp.models import TOTPDevice
from time_machine import Traveller, travel

from home.accounts import events, factors
from home.accounts.models import PastPassword
from home.accounts.passwords import CHINESE_PASSWORDS
from home.audit.models import AuditEntry
from home.models import OneTimePassword
from home.portals.people import give_one_time_password
from tests.factories import TwoPortals
from tests.home.accounts.people import PASSWORD, code_of, log_in, person, phone
from tests.home.admin_asking import logged_in, text_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 6, 1, 30, tzinfo=UTC)
BY_MAIL = override_settings(WAGTAIL_PASSWORD_RESET_ENABLED=True)
OTHER = "另一条河 heliu 2027"
HASH = MD5PasswordHasher.encode


@pytest.fixture
def clock() -> Iterator[Traveller]:
    with travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def li(portals: TwoPortals, clock: Traveller) -> Any:
    return person("li", portals.qingshan.portal)


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


# --- the lock ----------------------------------------------------------------------------


def fail(times: int, name: str = "li", **data: str) -> Any:
    for _attempt in range(times):
        answer = log_in(name, "wrong", **data)
    return answer


def test_lock_says_when_it_ends_and_ends_then(li: Any, clock: Traveller) -> None:
    assert fail(4).status_code == 200
    locked = fail(1)
    assert locked.status_code == 429
    # 09:30 in China, a quarter of an hour, and the minute that has begun.
    assert "请在 09:46 以后再试" in text_of(locked)
    assert log_in("li").status_code == 429
    clock.shift(timedelta(minutes=14))
    # Trying on does not make it longer.
    assert log_in("li").status_code == 429
    clock.shift(timedelta(minutes=2))
    assert log_in("li").status_code == 302


def test_lock_of_one_address_leaves_the_owner_hers(li: Any) -> None:
    fail(6)
    assert log_in("li", address="198.51.100.77").status_code == 302


def test_name_that_is_tried_from_everywhere_is_locked_everywhere(li: Any) -> None:
    for place in range(5):
        fail(4, address=f"198.51.100.{place}")
    assert log_in("li", address="198.51.100.77").status_code == 429


@override_settings(LOCK_AFTER_FAILURES_FROM_ADDRESS=8)
def test_address_that_tries_everybody_is_locked(li: Any) -> None:
    for name in ("a", "b", "c", "d"):
        fail(2, name)
    assert log_in("li").status_code == 429
    assert log_in("li", address="198.51.100.77").status_code == 302


def test_nobody_learns_which_names_exist(li: Any) -> None:
    known, unknown = log_in("li", "wrong"), log_in("niemand", "wrong")

    def said(answer: Any, name: str) -> str:
        text = text_of(answer).replace(f'value="{name}"', "")
        return text[text.index('class="messages"') : text.index("<form")]

    assert said(known, "li") == said(unknown, "niemand")
    assert "密码不对" in said(known, "li")
    fail(4)
    fail(4, "niemand")
    assert said(log_in("li"), "li") == said(log_in("niemand"), "niemand")


def test_unknown_name_takes_the_time_of_a_password(li: Any) -> None:
    """A password is hashed either way, as often."""
    hashed = []
    for name in ("li", "niemand"):
        with mock.patch.object(
            MD5PasswordHasher, "encode", autospec=True, side_effect=HASH
        ) as encode:
            log_in(name, "wrong")
        hashed.append(encode.call_count)
    assert hashed == [1, 1]


# --- rules of passwords ------------------------------------------------------------------


@pytest.mark.parametrize(
    "password",
    [
        "short-9ch",
        "1234567890",
        "woaini5201314",
        "WoAiNi5201314",
        "Admin@12345",
        "liushifang1",
        PASSWORD,
    ],
)
def test_weak_passwords_are_refused(portals: TwoPortals, password: str) -> None:
    user = person("liushifang", portals.qingshan.portal)
    with pytest.raises(ValidationError):
        validate_password(password, user)


def test_good_password_is_taken(li: Any) -> None:
    validate_password(OTHER, li)
    validate_password("三个不相干的词 石桥 棉花 月亮")


def test_list_of_common_passwords_holds_no_idle_line() -> None:
    """What is shorter than ten is refused for that, and letters are compared small."""
    lines = CHINESE_PASSWORDS.read_text().splitlines()
    assert [line for line in lines if len(line) < 10 or line != line.lower()] == []
    assert sorted(set(lines)) == sorted(lines)


def test_last_five_passwords_are_not_taken_again(li: Any) -> None:
    used = [PASSWORD, *(f"{OTHER} {number}" for number in range(5))]
    for password in used[1:]:
        li.set_password(password)
        li.save()
    for password in used[1:]:
        with pytest.raises(ValidationError, match="最近用过"):
            validate_password(password, li)
    validate_password(PASSWORD, li)
    assert PastPassword.objects.filter(user=li).count() == 5


# --- who set it --------------------------------------------------------------------------


def test_password_that_an_administrator_types_is_a_first_one(
    portals: TwoPortals, li: Any
) -> None:
    """In Wagtail's own form of a user, which knows nothing of first passwords."""
    root = person("root", is_superuser=True)
    form = {
        "username": "li",
        "email": li.email,
        "first_name": "Li",
        "last_name": "Li",
        "is_active": "on",
        "groups": [group.pk for group in li.groups.all()],
        "password1": OTHER,
        "password2": OTHER,
    }
    url = reverse("wagtailusers_users:edit", args=[li.pk])
    assert logged_in(root).post(url, form).status_code == 302
    client = _logged_in("li", OTHER)
    assert client.get("/admin/pages/")["Location"] == reverse("first_password")
    own = {"new_password1": OTHER, "new_password2": OTHER}
    assert "最近用过" in text_of(client.post(reverse("first_password"), own))
    own = {"new_password1": "自己的一句话 2028", "new_password2": "自己的一句话 2028"}
    client.post(reverse("first_password"), own)
    assert is_in(client)
    said = AuditEntry.objects.filter(action__startswith="password", subject_id=li.pk)
    assert [(row.action, row.user_name) for row in said] == [
        (events.PASSWORD_CHANGED, "li"),
        (events.PASSWORD_SET, "root"),
        (events.PASSWORD_SET, ""),
    ]


def test_phone_comes_before_the_first_password(li: Any) -> None:
    """Else a printed password would open an account that has a phone."""
    password = give_one_time_password(li)
    phone(li)
    client = _logged_in("li", password)
    own = {"new_password1": "自己的一句话 2028", "new_password2": "自己的一句话 2028"}
    for answer in (
        client.get("/admin/"),
        client.post(reverse("first_password"), own),
    ):
        assert answer["Location"].startswith(reverse("accounts_verify"))
    li.refresh_from_db()
    assert li.check_password(password)


def test_phone_is_set_up_with_a_first_password_too(
    portals: TwoPortals, clock: Traveller
) -> None:
    user = person("zhao", portals.qingshan.portal)
    role = portals.qingshan.portal.roles.get(role="editor")
    factors.set_demand(role, is_demanded=True)
    client = _logged_in("zhao", give_one_time_password(user))
    assert client.get("/admin/")["Location"].startswith(reverse("accounts_set_up"))
    client.get(reverse("accounts_set_up"))
    device = TOTPDevice.objects.get(user=user)
    code = code_of(device, NOW.timestamp())
    client.post(reverse("accounts_set_up"), {"code": code})
    assert client.get("/admin/")["Location"] == reverse("first_password")


@BY_MAIL
def test_link_by_mail_is_ones_own(li: Any) -> None:
    give_one_time_password(li)
    assert _reset_by_mail(li, OTHER) == events.PASSWORD_CHANGED
    assert not OneTimePassword.objects.exists()


def _logged_in(name: str, password: str) -> Client:
    client = Client()
    log_in(name, password, client=client)
    return client


def _reset_by_mail(user: Any, password: str) -> str:
    client = Client()
    link = reverse(
        "wagtailadmin_password_reset_confirm",
        args=[
            urlsafe_base64_encode(force_bytes(user.pk)),
            default_token_generator.make_token(user),
        ],
    )
    form = client.get(link)["Location"]
    client.post(form, {"new_password1": password, "new_password2": password})
    assert not is_in(client)
    entry = AuditEntry.objects.filter(subject_id=str(user.pk)).first()
    assert entry is not None
    return entry.action


@BY_MAIL
def test_reset_by_mail_goes_not_round_the_phone(li: Any) -> None:
    phone(li)
    _reset_by_mail(li, OTHER)
    client = _logged_in("li", OTHER)
    assert client.get("/admin/")["Location"].startswith(reverse("accounts_verify"))


def test_other_sessions_end_when_the_password_changes(li: Any) -> None:
    first, second = _logged_in("li", PASSWORD), _logged_in("li", PASSWORD)
    assert is_in(first)
    account = {
        "password-old_password": PASSWORD,
        "password-new_password1": OTHER,
        "password-new_password2": OTHER,
        "name_email-first_name": "Li",
        "name_email-last_name": "Li",
        "name_email-email": li.email,
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
        "theme-keyboard_shortcuts": "on",
        "locale-current_time_zone": "Asia/Shanghai",
    }
    answer = first.post(reverse("wagtailadmin_account"), account)
    assert answer.status_code == 302
    li.refresh_from_db()
    assert li.check_password(OTHER)
    assert is_in(first)
    assert not is_in(second)


# --- how long a log-in lasts -------------------------------------------------------------


def test_log_in_ends_after_half_an_hour_without_work(li: Any, clock: Traveller) -> None:
    client = logged_in(li)
    clock.shift(timedelta(minutes=29))
    assert is_in(client)
    clock.shift(timedelta(minutes=29))
    assert is_in(client)
    clock.shift(timedelta(minutes=31))
    ended = client.get("/admin/pages/")
    assert ended["Location"] == "/admin/login/?next=/admin/pages/"
    assert "您有一段时间没有操作" in text_of(client.get(ended["Location"]))
    entry = AuditEntry.objects.first()
    assert entry is not None
    assert (entry.action, entry.details) == (events.SESSION_ENDED, {"why": "idle"})


def test_log_in_ends_after_twelve_hours_of_work(li: Any, clock: Traveller) -> None:
    client = logged_in(li)
    for _quarter in range(47):
        clock.shift(timedelta(minutes=15))
        assert client.get(reverse("wagtailadmin_login")).status_code == 302
    clock.shift(timedelta(minutes=16))
    ended = client.get("/admin/")
    assert ended.status_code == 302
    assert "这次登录时间太长" in text_of(client.get(ended["Location"]))


def test_page_that_is_only_open_is_no_work(li: Any, clock: Traveller) -> None:
    client = logged_in(li)
    is_in(client)
    url = reverse("accounts_session")
    for left in (1500, 1200, 900, 600, 300):
        clock.shift(timedelta(minutes=5))
        assert client.get(url).json()["left"] == left
    clock.shift(timedelta(minutes=5))
    assert client.get(url).json() == {"left": 0}
    assert not is_in(client)


def test_button_of_the_warning_goes_on(li: Any, clock: Traveller) -> None:
    client = logged_in(li)
    url = reverse("accounts_session")
    clock.shift(timedelta(minutes=28))
    answer = client.post(url).json()
    assert (answer["left"], answer["user"]) == (1800, li.pk)
    clock.shift(timedelta(minutes=28))
    assert is_in(client)


def test_nobody_gets_a_token(li: Any) -> None:
    assert Client().get(reverse("accounts_session")).json() == {"left": 0}
    phone(li)
    assert logged_in(li).get(reverse("accounts_session")).json() == {"left": 0}


def test_public_pages_ask_for_no_session(portals: TwoPortals) -> None:
    answer = Client(headers={"host": portals.qingshan.host}).get("/")
    assert answer.status_code == 200
    assert not answer.cookies
