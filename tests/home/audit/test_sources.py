"""Each event is in the log once: who, from where, in which portal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import GroupPagePermission

from articles.models import ArticlePage
from home.audit import rights, sources
from home.audit.models import AuditChain, AuditEntry
from home.models import Office, PortalRole
from home.record_of_events import acting_request, portal_of
from tests.factories import ColumnPageFactory, OfficeFactory, TwoPortals, UserFactory
from tests.home.admin_asking import logged_in
from tests.home.pages import picture

pytestmark = pytest.mark.django_db
PASSWORD = "qingshan 里的一条河 2026"


def new_entries(act: Callable[[], object]) -> list[AuditEntry]:
    before = AuditChain.objects.get().last
    act()
    return list(AuditEntry.objects.filter(number__gt=before).order_by("number"))


def only_entry(act: Callable[[], object]) -> AuditEntry:
    (entry,) = new_entries(act)
    return entry


def fresh(page: Any) -> Any:
    return ArticlePage.objects.get(pk=page.pk)


# --- logging in --------------------------------------------------------------------------


def post_log_in(name: str, password: str, address: str = "198.51.100.4") -> Any:
    return Client().post(
        reverse("wagtailadmin_login"),
        {"username": name, "password": password},
        headers={"x-real-ip": address},
    )


@pytest.fixture
def wang(portals: TwoPortals) -> Any:
    user = UserFactory(username="wang")
    user.set_password(PASSWORD)
    user.save()
    user.groups.add(portals.qingshan.portal.roles.get(role="admin").group)
    return user


@override_settings(CLIENT_ADDRESS_HEADER="HTTP_X_REAL_IP")
def test_log_in_and_out(portals: TwoPortals, wang: Any) -> None:
    entry = only_entry(lambda: post_log_in("wang", PASSWORD))
    assert (entry.action, entry.user_id, entry.user_name) == ("login", wang.pk, "wang")
    assert entry.address == "198.51.100.4"
    assert entry.portal_id == portals.qingshan.portal.pk
    assert entry.portal_name == portals.qingshan.portal.name

    client = logged_in(wang)
    entry = only_entry(lambda: client.post(reverse("wagtailadmin_logout")))
    assert (entry.action, entry.user_id) == ("logout", wang.pk)


@override_settings(CLIENT_ADDRESS_HEADER="HTTP_X_REAL_IP")
def test_failed_log_in_names_the_account(portals: TwoPortals, wang: Any) -> None:
    entry = only_entry(lambda: post_log_in("wang", "wrong"))
    assert (entry.action, entry.user_id) == ("login.failed", None)
    assert (entry.user_name, entry.subject_id) == ("wang", str(wang.pk))
    assert entry.portal_id == portals.qingshan.portal.pk
    assert "wrong" not in str(entry.details)


def test_failed_log_in_keeps_no_password_that_stood_in_the_wrong_field(
    portals: TwoPortals,
) -> None:
    entry = only_entry(lambda: post_log_in("my-secret-password", "x"))
    assert entry.user_name == entry.subject_name == "m…(18)"


def test_lockout_is_a_row_of_its_own(portals: TwoPortals, wang: Any) -> None:
    for _attempt in range(4):
        post_log_in("wang", "wrong")
    actions = [
        entry.action for entry in new_entries(lambda: post_log_in("wang", "wrong"))
    ]
    assert sorted(actions) == ["login.failed", "login.locked"]
    # While it is locked: an attempt, and no second lock.
    assert only_entry(lambda: post_log_in("wang", PASSWORD)).action == "login.failed"


def test_nobody_is_named_for_what_the_system_does(portals: TwoPortals) -> None:
    assert acting_request.get() is None
    entry = only_entry(lambda: fresh(portals.qingshan.article).unpublish())
    assert (entry.user_id, entry.user_name, entry.address) == (None, "", "")


# --- pages and things --------------------------------------------------------------------


def page_acts(portals: TwoPortals) -> dict[str, Callable[[], object]]:
    own = portals.qingshan
    page, user = own.article, own.admin
    column = ColumnPageFactory(parent=own.home)
    return {
        "wagtail.unpublish": lambda: fresh(page).unpublish(user=user),
        "wagtail.publish": lambda: (
            fresh(page).save_revision(user=user, log_action=True).publish(user=user)
        ),
        "wagtail.move": lambda: fresh(page).move(column, "last-child", user=user),
        "wagtail.delete": lambda: fresh(page).delete(user=user),
    }


@pytest.mark.parametrize(
    "action", ["wagtail.unpublish", "wagtail.publish", "wagtail.move", "wagtail.delete"]
)
def test_what_happens_to_a_page(portals: TwoPortals, action: str) -> None:
    own = portals.qingshan
    act = page_acts(portals)[action]
    entry = only_entry(act)
    assert entry.action == action
    assert entry.user_id == own.admin.pk
    assert entry.portal_id == own.portal.pk
    assert entry.subject_type == "wagtailcore.page"
    assert entry.subject_id == str(own.article.pk)
    assert own.marker in entry.subject_name


def test_each_row_is_rolled_back_with_its_change(portals: TwoPortals) -> None:
    for name, act in page_acts(portals).items():
        before = AuditChain.objects.get()
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            act()
            assert AuditChain.objects.get().last > before.last, name
            raise ZeroDivisionError
        assert AuditChain.objects.get().last_seal == before.last_seal, name
        assert not AuditEntry.objects.filter(number__gt=before.last).exists(), name


def test_saved_draft_is_no_event(portals: TwoPortals) -> None:
    page = fresh(portals.qingshan.article)
    assert new_entries(lambda: page.save_revision(log_action=True)) == []


def test_record_is_logged_with_its_portal(portals: TwoPortals) -> None:
    office = OfficeFactory(portal=portals.baihe.portal)
    client = logged_in(portals.baihe.editor)
    url = reverse("offices:delete", args=[office.pk])
    entry = only_entry(lambda: client.post(url))
    assert not Office.objects.filter(pk=office.pk).exists()
    assert (entry.action, entry.subject_type) == ("wagtail.delete", "home.office")
    assert entry.portal_id == portals.baihe.portal.pk
    assert entry.user_name == portals.baihe.editor.username
    assert entry.address == "127.0.0.1"


def test_portal_of_a_picture_and_of_a_person(portals: TwoPortals) -> None:
    own = portals.qingshan
    assert portal_of(picture(own.portal)) == own.portal
    assert portal_of(own.portal.site.hostingidentity) == own.portal
    assert portal_of(own.editor.groups.get()) == own.portal
    assert portal_of(own.editor) == own.portal
    own.editor.groups.add(portals.baihe.portal.roles.get(role="editor").group)
    assert portal_of(own.editor) is None
    assert portal_of(UserFactory(is_superuser=True)) is None


def test_event_that_another_app_logs_with_wagtail(portals: TwoPortals) -> None:
    own = portals.qingshan
    entry = only_entry(
        lambda: log(
            own.portal, "wagtail.edit", user=own.admin, data={"state": "online"}
        )
    )
    assert entry.portal_id == own.portal.pk
    assert entry.details == {"state": "online"}


# --- rights ------------------------------------------------------------------------------


def test_group_given_and_taken(portals: TwoPortals) -> None:
    user = UserFactory(username="li")
    group = portals.baihe.portal.roles.get(role="editor").group
    for act, action in (
        (lambda: user.groups.add(group), rights.GIVEN),
        (lambda: user.groups.remove(group), rights.TAKEN),
        (lambda: group.user_set.add(user), rights.GIVEN),
        (lambda: group.user_set.clear(), rights.TAKEN),
        (lambda: user.groups.set([group]), rights.GIVEN),
        (lambda: user.groups.clear(), rights.TAKEN),
    ):
        rows = [row for row in new_entries(act) if row.subject_id == str(user.pk)]
        assert [row.action for row in rows] == [action]
        assert rows[0].portal_id == portals.baihe.portal.pk
        assert rows[0].details["group"] == group.name
        assert rows[0].subject_name == "li"


def test_permissions_given_and_taken(portals: TwoPortals) -> None:
    group = portals.qingshan.portal.roles.get(role="author").group
    right = Permission.objects.get(codename="change_topic")
    entry = only_entry(lambda: group.permissions.add(right))
    assert (entry.action, entry.details) == (
        rights.PERMITTED,
        {"permission": "home.change_topic"},
    )
    assert entry.portal_id == portals.qingshan.portal.pk
    entry = only_entry(lambda: group.permissions.remove(right))
    assert entry.action == rights.FORBIDDEN
    row = GroupPagePermission.objects.filter(group=group).first()
    assert row is not None
    entry = only_entry(row.delete)
    assert (entry.action, entry.details["permission"]) == (rights.FORBIDDEN, "add_page")


def test_group_that_is_edited_in_the_admin_shows_what_it_may(
    portals: TwoPortals,
) -> None:
    """Wagtail's form writes permissions in bulk: no signal tells of them."""
    group = Group.objects.get(
        portal_role__portal=portals.qingshan.portal,
        portal_role__role=PortalRole.Role.EDITOR,
    )
    entry = only_entry(lambda: log(group, "wagtail.edit"))
    shown = entry.details["permissions"]
    assert [portals.qingshan.home.pk, "publish_page"] in shown["page_id"]
    assert "wagtailadmin.access_admin" in shown["all"]


def test_user_made_stopped_raised_and_deleted(portals: TwoPortals) -> None:
    made = new_entries(lambda: UserFactory(username="zhao"))
    assert [entry.action for entry in made] == [rights.CREATED]
    user = UserFactory._meta.model.objects.get(username="zhao")
    for field, value, action in (
        ("is_active", False, rights.DEACTIVATED),
        ("is_active", True, rights.ACTIVATED),
        ("is_superuser", True, rights.RAISED),
        ("is_superuser", False, rights.LOWERED),
    ):
        setattr(user, field, value)
        assert only_entry(user.save).action == action
    assert new_entries(user.save) == []
    assert only_entry(user.delete).action == rights.REMOVED


# --- files that leave --------------------------------------------------------------------


def test_download_is_logged_and_so_is_that_of_the_log(portals: TwoPortals) -> None:
    client = logged_in(portals.qingshan.admin)
    entry = only_entry(lambda: client.get(reverse("audit_log"), {"export": "csv"}))
    assert entry.action == sources.DOWNLOADED
    assert entry.user_id == portals.qingshan.admin.pk
    assert entry.subject_name.endswith(".csv")
    assert entry.details == {"path": "/admin/reports/audit/", "asked": ["export"]}
    assert new_entries(lambda: client.get(reverse("audit_log"))) == []
