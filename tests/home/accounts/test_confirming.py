"""Who is about to do what cannot be undone types the own password again."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from home.accounts import events
from home.audit.models import AuditEntry
from home.audit.sources import LOGIN_FAILED
from home.models import Portal
from home.portals.archiving import archive_portal
from tests.factories import TwoPortals, UserFactory
from tests.home.accounts.people import code_of, log_in, phone
from tests.home.admin_asking import PROOF, logged_in, text_of

pytestmark = pytest.mark.django_db
State = Portal.State


@dataclass(frozen=True, slots=True)
class Act:
    view: str
    data: dict[str, Any]
    is_done: Callable[[Portal], Any]
    state: Portal.State = State.ONLINE


CLOSING = {
    "state": "closed",
    "day": date(2026, 5, 6).isoformat(),
    "person": "王丽",
    "proof": "批复",
    "reason": "并入县政府网站。",
}
ACTS = [
    Act("portal_rename", {"name": "新名"}, lambda portal: portal.name == "新名"),
    Act(
        "portal_move",
        {"host": "neu.localhost"},
        lambda portal: portal.host == "neu.localhost",
    ),
    Act(
        "portal_archives",
        {},
        lambda portal: portal.archives.count() == 2,
        State.CLOSED,
    ),
    Act(
        "portal_state",
        CLOSING,
        lambda portal: portal.state == State.CLOSED,
    ),
    Act(
        "portal_delete",
        {},
        lambda portal: not Portal.objects.filter(pk=portal.pk).exists(),
        State.CLOSED,
    ),
]


@pytest.fixture
def root(settings: Any, tmp_path: Any) -> Any:
    settings.EXPORT_DIR = tmp_path / "sites"
    settings.PORTAL_ARCHIVE_DIR = tmp_path / "archives"
    return UserFactory(is_superuser=True)


def fresh(portal: Portal) -> Portal:
    return Portal.objects.filter(pk=portal.pk).first() or portal


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.view)
def test_without_the_own_password_nothing_is_done(
    portals: TwoPortals, root: Any, act: Act
) -> None:
    portal = portals.qingshan.portal
    Portal.objects.filter(pk=portal.pk).update(state=act.state)
    archive_portal(fresh(portal))
    client, address = logged_in(root), reverse(act.view, args=[portal.pk])
    data = {"typed_name": portal.name, **act.data}

    for wrong, sentence in (("", "请填写，确认是您本人"), ("wrong", "密码不对")):
        page = text_of(client.post(address, {**data, "password": wrong}))
        assert sentence in page
        assert not act.is_done(fresh(portal)), wrong
    entry = AuditEntry.objects.get(action=LOGIN_FAILED)
    assert entry.subject_id == str(root.pk)

    assert client.post(address, {**data, **PROOF}).status_code == 302
    assert act.is_done(fresh(portal))


def test_other_steps_of_a_portal_want_no_password(
    portals: TwoPortals, root: Any
) -> None:
    portal = portals.qingshan.portal
    address = reverse("portal_state", args=[portal.pk])

    logged_in(root).post(address, {**CLOSING, "state": "tested"})

    assert fresh(portal).state == State.TESTED


def ask(client: Client, portal: Portal, **data: str) -> Any:
    address = reverse("portal_rename", args=[portal.pk])
    return client.post(address, {"name": "新名", **data}, REMOTE_ADDR="198.51.100.4")


def test_wrong_passwords_lock_as_they_do_at_the_log_in(
    portals: TwoPortals, root: Any
) -> None:
    portal, client = portals.qingshan.portal, logged_in(root)
    for _attempt in range(4):
        assert "密码不对" in text_of(ask(client, portal, password="wrong"))

    locked = ask(client, portal, password="wrong")

    assert locked.status_code == 429
    assert "这个账号暂时锁定" in text_of(locked)
    assert "改名" in text_of(locked)  # the form itself, not the log-in page
    assert "这个账号暂时锁定" in text_of(ask(client, portal, **PROOF))
    assert log_in(root.username).status_code == 429
    assert fresh(portal).name != "新名"
    assert client.get("/admin/").status_code == 200


def test_what_else_is_wrong_is_said_before_the_password_is_looked_at(
    portals: TwoPortals, root: Any
) -> None:
    client = logged_in(root)
    own, other = (fixture.portal for fixture in portals)
    for view, data, sentence in (
        ("portal_move", {"host": other.host}, "已经有门户在用"),
        ("portal_delete", {"typed_name": own.name}, "先改成“永久下线”"),
        ("portal_state", {**CLOSING, "typed_name": "x"}, "一个字也不差"),
        (
            "portal_state",
            {**CLOSING, "typed_name": own.name, "reason": ""},
            "给群众看的说明",
        ),
    ):
        address = reverse(view, args=[own.pk])
        page = text_of(client.post(address, {**data, "password": "wrong"}))
        assert sentence in page
        assert "密码不对" not in page
    assert not AuditEntry.objects.filter(action=LOGIN_FAILED).exists()


def test_who_has_a_phone_shows_its_code_as_well(portals: TwoPortals, root: Any) -> None:
    portal, client = portals.qingshan.portal, logged_in(root)
    device = phone(root)
    code = code_of(device, time.time())
    client.post(reverse("accounts_verify"), {"code": code})

    assert "请填写" in text_of(ask(client, portal, **PROOF))
    assert "验证码不对" in text_of(ask(client, portal, **PROOF, code=code))
    assert AuditEntry.objects.filter(action=events.FACTOR_FAILED).count() == 1
    assert fresh(portal).name != "新名"
    TOTPDevice.objects.update(throttling_failure_count=0)
    next_code = code_of(device, time.time() + device.step)
    assert "密码不对" in text_of(ask(client, portal, password="wrong", code=next_code))

    assert ask(client, portal, **PROOF, code=next_code).status_code == 302
    assert fresh(portal).name == "新名"
    assert client.get("/admin/").status_code == 200
