"""The second factor: set up, asked for, throttled, lost, reset, and never gone round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from time_machine import Traveller, travel

from home.accounts import events, factors
from home.accounts.middleware import OPEN_VIEWS
from home.accounts.models import SecondFactorDemand
from home.audit.models import AuditEntry
from media.models import PortalDocument
from tests.factories import TwoPortals
from tests.home.accounts.people import code_of, log_in, person, phone
from tests.home.admin_asking import logged_in, text_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 6, 1, 30, tzinfo=UTC)
HOME = "/admin/"


@pytest.fixture
def clock() -> Iterator[Traveller]:
    with travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def wang(portals: TwoPortals, clock: Traveller) -> Any:
    """An administrator of a county that demands a second factor of its administrators."""
    user = person("wang", portals.qingshan.portal, "admin")
    role = portals.qingshan.portal.roles.get(role="admin")
    SecondFactorDemand.objects.create(portal_role=role)
    return user


def now() -> float:
    return datetime.now(UTC).timestamp()


def enter(client: Client, code: str, **data: str) -> Any:
    return client.post(reverse("accounts_verify"), {"code": code, **data})


def is_in(client: Client) -> bool:
    return client.get(HOME).status_code == 200


def actions() -> list[str]:
    return list(AuditEntry.objects.order_by("number").values_list("action", flat=True))


# --- setting up --------------------------------------------------------------------------


def test_first_log_in_leads_to_the_phone_and_shows_the_codes_once(wang: Any) -> None:
    client = Client()
    log_in("wang", client=client)
    asked = client.get("/admin/pages/")
    assert asked["Location"] == "/admin/login/phone/?next=%2Fadmin%2Fpages%2F"
    page = text_of(client.get(asked["Location"]))
    device = TOTPDevice.objects.get(user=wang)
    assert not device.confirmed
    assert "<svg" in page
    assert factors.secret_of(device) in page
    assert " style=" not in page[page.index("<main") :]

    wrong = client.post(reverse("accounts_set_up"), {"code": "000000"})
    assert "验证码不对" in text_of(wrong)
    assert not is_in(client)

    TOTPDevice.objects.update(throttling_failure_count=0)
    done = client.post(
        reverse("accounts_set_up"),
        {"code": code_of(device, now()), "next": "/admin/pages/"},
    )
    codes = re.findall(r"<code>(\w{4} \w{4})</code>", text_of(done))
    assert len(set(codes)) == 10
    assert 'href="/admin/pages/"' in text_of(done)
    assert is_in(client)
    assert codes[0] not in text_of(client.get(reverse("accounts_own")))
    assert actions()[-2:] == [events.FACTOR_SET, events.CODES_MADE]


def test_page_is_not_cached_anywhere(wang: Any) -> None:
    """Each is asked while it shows itself, and not where it leads."""
    client = logged_in(wang)
    shown = [client.get(reverse("accounts_set_up"))]
    phone(wang)
    shown.append(client.get(reverse("accounts_verify")))
    for answer in shown:
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]


def test_other_phone_needs_the_first(wang: Any) -> None:
    """Who knows the password alone must not make a phone of one's own the second."""
    phone(wang)
    client = Client()
    log_in("wang", client=client)
    for method in (client.get, client.post):
        answer = method(reverse("accounts_set_up"), {"code": "123456"})
        assert answer["Location"] == reverse("accounts_verify")
    assert TOTPDevice.objects.filter(user=wang).count() == 1


def test_new_phone_takes_the_place_of_the_old(wang: Any) -> None:
    old = phone(wang)
    client = Client()
    log_in("wang", client=client)
    enter(client, code_of(old, now()))
    client.get(reverse("accounts_set_up"))
    new = TOTPDevice.objects.get(user=wang, confirmed=False)
    client.post(reverse("accounts_set_up"), {"code": code_of(new, now())})
    assert list(TOTPDevice.objects.filter(user=wang)) == [new]
    assert is_in(client)


# --- asking ------------------------------------------------------------------------------


def test_code_opens_the_admin_where_it_was_asked_for(wang: Any) -> None:
    device = phone(wang)
    client = Client()
    log_in("wang", client=client)
    asked = client.get("/admin/reports/audit/?words=x")
    assert asked["Location"].startswith(reverse("accounts_verify"))
    before = client.session.session_key
    done = enter(client, code_of(device, now()), next="/admin/reports/audit/?words=x")
    assert done["Location"] == "/admin/reports/audit/?words=x"
    assert is_in(client)
    assert client.session.session_key != before
    assert actions()[-1] == events.FACTOR_PASSED


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "\\\\evil"])
def test_nobody_is_sent_to_another_host(wang: Any, to: str) -> None:
    device = phone(wang)
    client = Client()
    log_in("wang", client=client)
    assert enter(client, code_of(device, now()), next=to)["Location"] == HOME


def test_code_counts_once(wang: Any, clock: Traveller) -> None:
    device = phone(wang)
    code = code_of(device, now())
    first, second = Client(), Client()
    for client in (first, second):
        log_in("wang", client=client)
    assert enter(first, code).status_code == 302
    assert "每个码只能用一次" in text_of(enter(second, code))
    assert not is_in(second)
    clock.shift(30)
    assert enter(second, code_of(device, now())).status_code == 302


@pytest.mark.parametrize(
    ("seconds", "is_taken"), [(-60, False), (-30, True), (30, True), (60, False)]
)
def test_clock_of_the_phone_may_be_off_by_half_a_minute(
    wang: Any, seconds: int, is_taken: bool
) -> None:
    device = phone(wang)
    client = Client()
    log_in("wang", client=client)
    enter(client, code_of(device, now() + seconds))
    assert is_in(client) is is_taken


def test_wrong_codes_are_slowed_down(wang: Any, clock: Traveller) -> None:
    device = phone(wang)
    client = Client()
    log_in("wang", client=client)
    for seconds in (0, 2, 3, 0):
        clock.shift(seconds)
        said = text_of(enter(client, "000000"))
    assert "请过 4 秒再试" in said
    # Even the right one is not looked at.
    assert enter(client, code_of(device, now())).status_code == 200
    assert not is_in(client)
    clock.shift(20)
    assert enter(client, code_of(device, now())).status_code == 302
    assert actions().count(events.FACTOR_FAILED) == 5


def test_recovery_code_counts_once(wang: Any) -> None:
    phone(wang)
    codes = factors.make_codes(wang)
    first, second = Client(), Client()
    for client in (first, second):
        log_in("wang", client=client)
    assert enter(first, codes[0].upper()).status_code == 302
    assert is_in(first)
    assert actions()[-1] == events.CODE_USED
    assert enter(second, codes[0]).status_code == 200
    assert not is_in(second)
    assert StaticToken.objects.count() == 9


def test_new_recovery_codes_make_the_old_ones_worthless(wang: Any) -> None:
    device = phone(wang)
    old = factors.make_codes(wang)
    client = Client()
    log_in("wang", client=client)
    assert client.post(reverse("accounts_codes"))["Location"].startswith(
        reverse("accounts_verify")
    )
    enter(client, code_of(device, now()))
    assert text_of(client.post(reverse("accounts_codes"))).count("<code>") == 10
    other = Client()
    log_in("wang", client=other)
    enter(other, old[0])
    assert not is_in(other)


# --- no way round ------------------------------------------------------------------------


def admin_views() -> Iterator[tuple[str, str]]:
    """Every address below ``/admin/`` with the name of its view, arguments filled in."""
    for pattern in get_resolver().url_patterns:
        if str(pattern.pattern) == "admin/":
            yield from _views(pattern, "/admin/", "")


def _views(
    pattern: URLPattern | URLResolver, prefix: str, space: str
) -> Iterator[tuple[str, str]]:
    for inner in pattern.url_patterns:  # type: ignore[union-attr]  # a resolver
        path = prefix + _filled(str(inner.pattern))
        if isinstance(inner, URLResolver):
            namespace = f"{space}{inner.namespace}:" if inner.namespace else space
            yield from _views(inner, path, namespace)
        else:
            yield f"{space}{inner.name}", path


def _filled(route: str) -> str:
    route = re.sub(r"\(\?P<\w+>\.\*\)|\(\?P<\w+>[^)]*\)|\((?!\?)[^)]*\)", "1", route)
    route = re.sub(r"<int:\w+>|<\w+:\w+>|<\w+>", "1", route)
    return (
        route.replace("^", "").replace("$", "").replace(".*/", "x/").replace("\\Z", "")
    )


@pytest.mark.long
def test_every_address_of_the_admin_is_closed(wang: Any) -> None:
    """Walked over the resolver, so that a view of tomorrow is asked as well."""
    phone(wang)
    client = Client()
    log_in("wang", client=client)
    asked, wrong = 0, []
    for name, path in admin_views():
        if name in OPEN_VIEWS or name.startswith("wagtailadmin_password_reset"):
            continue
        for method in (client.get, client.post):
            answer = method(path)
            asked += 1
            if not (
                answer.status_code == 302
                and answer["Location"].startswith(reverse("accounts_verify"))
            ):
                wrong.append((name, path, answer.status_code))
    assert wrong == []
    assert asked > 500


def test_scripts_of_the_admin_get_no_page(wang: Any) -> None:
    phone(wang)
    client = Client()
    log_in("wang", client=client)
    answer = client.get(HOME, headers={"x-requested-with": "XMLHttpRequest"})
    assert answer.status_code == 403


def test_outside_the_admin_who_has_not_verified_is_nobody(
    portals: TwoPortals, wang: Any
) -> None:
    """A draft's file is shown to who works for the portal, and to nobody else."""
    document = PortalDocument.objects.create(
        title="secret",
        file=ContentFile(b"%PDF-1.4\n%%EOF\n", "secret.pdf"),
        collection=portals.qingshan.portal.collection,
    )
    headers = {"host": portals.qingshan.host}
    device = phone(wang)
    client = Client(headers=headers)
    log_in("wang", client=client)
    assert client.get(document.url).status_code == 404
    enter(client, code_of(device, now()))
    assert client.get(document.url).status_code == 200


def test_code_of_somebody_else_opens_nothing(portals: TwoPortals, wang: Any) -> None:
    phone(wang)
    other = phone(person("li", portals.qingshan.portal))
    client = Client()
    log_in("wang", client=client)
    enter(client, code_of(other, now()))
    assert not is_in(client)


def test_verified_session_ends_with_the_phone(wang: Any) -> None:
    device = phone(wang)
    client = Client()
    log_in("wang", client=client)
    enter(client, code_of(device, now()))
    assert is_in(client)
    factors.remove(wang, events.FACTOR_RESET)
    assert client.get(HOME)["Location"].startswith(reverse("accounts_set_up"))


# --- who needs one -----------------------------------------------------------------------


@override_settings(SECOND_FACTOR_ALWAYS=True)
def test_superusers_and_the_prefecture_always_need_one(portals: TwoPortals) -> None:
    portal = portals.qingshan.portal
    assert factors.is_demanded(person("root", is_superuser=True))
    assert not factors.is_demanded(portals.qingshan.admin)
    type(portal).objects.filter(pk=portal.pk).update(level="prefecture")
    assert factors.is_demanded(portals.qingshan.admin)
    assert not factors.is_demanded(portals.qingshan.editor)
    assert not factors.is_demanded(portals.baihe.admin)


def test_demand_of_a_role_is_of_its_portal_alone(
    portals: TwoPortals, wang: Any
) -> None:
    assert not factors.is_demanded(portals.baihe.admin)
    assert not factors.is_demanded(portals.qingshan.editor)
    assert is_in(logged_in(portals.baihe.admin))
    assert not is_in(logged_in(portals.qingshan.admin))


def test_who_need_not_may_and_may_stop(portals: TwoPortals, clock: Traveller) -> None:
    user = person("li", portals.baihe.portal)
    client = Client()
    log_in("li", client=client)
    assert is_in(client)
    client.get(reverse("accounts_set_up"))
    device = TOTPDevice.objects.get(user=user)
    client.post(reverse("accounts_set_up"), {"code": code_of(device, now())})
    other = Client()
    log_in("li", client=other)
    assert not is_in(other)
    client.post(reverse("accounts_remove"))
    assert not TOTPDevice.objects.exists()
    assert is_in(other)


def test_who_needs_one_may_not_stop(wang: Any) -> None:
    device = phone(wang)
    client = Client()
    log_in("wang", client=client)
    enter(client, code_of(device, now()))
    client.post(reverse("accounts_remove"))
    assert TOTPDevice.objects.filter(user=wang).exists()
