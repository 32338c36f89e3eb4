"""“账号安全”: whom an administrator may help, and what nobody else's may."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from home.accounts import events
from home.accounts.models import SecondFactorDemand
from home.accounts.people import may_look_after
from home.audit.models import AuditEntry
from tests.factories import PASSWORD, TwoPortals, UserFactory
from tests.home.accounts.people import log_in, person, phone
from tests.home.admin_asking import logged_in, text_of

pytestmark = pytest.mark.django_db


def ask(user: Any) -> str:
    return text_of(logged_in(user).get(reverse("accounts_people")))


def test_list_shows_the_people_of_the_own_portal(portals: TwoPortals) -> None:
    own, other = portals
    text = ask(own.admin)
    assert own.editor.username in text
    assert other.editor.username not in text
    assert other.portal.name not in text
    assert other.editor.username in ask(UserFactory(is_superuser=True))


@pytest.mark.parametrize("role", ["editor", "author"])
def test_others_do_not_see_it(portals: TwoPortals, role: str) -> None:
    client = logged_in(portals.qingshan.users[role])
    assert client.get(reverse("accounts_people"))["Location"] == "/admin/"
    assert reverse("accounts_people") not in text_of(client.get("/admin/"))


def test_lost_phone_is_reset_by_the_own_administrator(portals: TwoPortals) -> None:
    own, other = portals
    phone(own.editor)
    url = reverse("accounts_reset", args=[own.editor.pk])
    assert logged_in(other.admin).post(url).status_code == 404
    assert logged_in(own.author).post(url).status_code == 404
    assert TOTPDevice.objects.exists()
    assert own.editor.username in text_of(logged_in(own.admin).get(url))
    proof = {"password": PASSWORD}
    assert logged_in(own.admin).post(url, proof).status_code == 302
    assert not TOTPDevice.objects.exists()
    entry = AuditEntry.objects.get(action=events.FACTOR_RESET)
    assert (entry.user_id, entry.subject_id) == (own.admin.pk, str(own.editor.pk))
    assert entry.portal_id == own.portal.pk


def test_locked_person_is_shown_and_unlocked(portals: TwoPortals) -> None:
    own, other = portals
    user = person("li", own.portal)
    for _attempt in range(5):
        log_in("li", "wrong")
    assert log_in("li").status_code == 429
    assert "<strong>锁定</strong>" in ask(own.admin)
    url = reverse("accounts_unlock", args=[user.pk])
    assert logged_in(other.admin).post(url).status_code == 404
    assert log_in("li").status_code == 429
    assert logged_in(own.admin).post(url).status_code == 302
    assert log_in("li").status_code == 302
    assert "<strong>锁定</strong>" not in ask(own.admin)
    assert AuditEntry.objects.get(action=events.UNLOCKED).user_id == own.admin.pk


def test_whom_one_may_help(portals: TwoPortals) -> None:
    own, other = portals
    root = UserFactory(is_superuser=True)
    prefect = UserFactory()
    prefect.groups.add(other.portal.roles.get(role="admin").group)
    type(other.portal).objects.filter(pk=other.portal.pk).update(level="prefecture")
    both = UserFactory()
    both.groups.add(own.portal.roles.get(role="editor").group)
    both.groups.add(other.portal.roles.get(role="author").group)

    assert may_look_after(own.admin, own.editor)
    assert not may_look_after(own.admin, own.admin)
    assert not may_look_after(own.admin, other.editor)
    assert not may_look_after(own.admin, both)
    assert not may_look_after(own.admin, root)
    assert not may_look_after(own.admin, UserFactory())
    assert not may_look_after(own.editor, own.author)
    assert may_look_after(prefect, own.admin)
    assert may_look_after(prefect, both)
    assert not may_look_after(prefect, root)
    assert may_look_after(prefect, other.admin)
    assert not may_look_after(prefect, prefect)
    assert may_look_after(root, prefect)


def test_roles_that_need_a_second_factor(portals: TwoPortals) -> None:
    own, other = portals
    url = reverse("accounts_demand", args=[own.portal.pk])
    assert logged_in(other.admin).post(url, {"roles": "editor"}).status_code == 404
    assert not SecondFactorDemand.objects.exists()
    client = logged_in(own.admin)
    client.post(url, {"roles": ["editor", "author"]})
    assert set(
        SecondFactorDemand.objects.values_list("portal_role__role", flat=True)
    ) == {"editor", "author"}
    client.post(url, {"roles": ["editor"]})
    rows = AuditEntry.objects.filter(action=events.DEMAND_CHANGED).order_by("number")
    assert [(row.details["role"], row.details["demanded"]) for row in rows] == [
        ("editor", True),
        ("author", True),
        ("author", False),
    ]
    assert {row.portal_id for row in rows} == {own.portal.pk}


def test_people_page_needs_a_log_in(db: None) -> None:
    answer = Client().get(reverse("accounts_people"))
    assert answer["Location"].startswith(reverse("wagtailadmin_login"))
