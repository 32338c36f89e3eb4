"""A county's administrators look after their own people and meet nobody else's."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from home.models import OneTimePassword, Portal, PortalLimits
from home.portals import people
from tests.factories import Role, TwoPortals
from tests.home.admin_asking import logged_in, text_of

pytestmark = pytest.mark.django_db
User = get_user_model()
NEW = {"username": "wangli", "name": "王丽", "email": "", "role": "editor"}


def new_url(portal: Portal) -> str:
    return reverse("portal_person_new", args=[portal.pk])


def act(client: Client, portal: Portal, person: Any, name: str) -> Any:
    return client.post(
        reverse("portal_person_act", args=[portal.pk, person.pk, name]), follow=True
    )


def shown_password(response: Any) -> str:
    found = re.search(r"<code>(\S+)</code>", text_of(response))
    assert found is not None
    return found[1]


# --- an account, from its making to the first log-in -----------------------------------


def test_a_new_colleague_logs_in_once_and_must_choose_an_own_password(
    two_portals: TwoPortals,
) -> None:
    own = two_portals.qingshan
    password = shown_password(logged_in(own.admin).post(new_url(own.portal), NEW))
    person = User.objects.get(username="qingshan.wangli")
    client = Client()
    client.post(
        reverse("wagtailadmin_login"),
        {"username": person.username, "password": password},
    )

    blocked = client.get(reverse("wagtailadmin_explore", args=[own.home.pk]))
    assert blocked["Location"] == reverse("first_password")
    posted = client.post(reverse("wagtailimages:add"), {"title": "x"})
    assert posted["Location"] == reverse("first_password")
    form = reverse("first_password")
    same = {"new_password1": password, "new_password2": password}
    assert "请换一个和一次性密码不同的密码" in text_of(client.post(form, same))
    weak = {"new_password1": "12345678", "new_password2": "12345678"}
    assert client.post(form, weak).status_code == 200
    good = {"new_password1": "Qing-shui-2026", "new_password2": "Qing-shui-2026"}
    assert client.post(form, good)["Location"] == reverse("wagtailadmin_home")

    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    person.refresh_from_db()
    assert person.check_password("Qing-shui-2026")
    assert people.role_in(own.portal, person) == Role.EDITOR


def test_a_one_time_password_is_over_after_seven_days(two_portals: TwoPortals) -> None:
    own = two_portals.qingshan
    password = people.reset_password(own.admin, own.portal, own.editor)
    login = {"username": own.editor.username, "password": password}

    def may_log_in() -> bool:
        response = Client().post(reverse("wagtailadmin_login"), login)
        return bool(response.status_code == 302)

    with time_machine.travel(timezone.now() + timedelta(days=6)):
        assert may_log_in()
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert not may_log_in()


def test_a_reset_ends_the_sessions_of_that_person(two_portals: TwoPortals) -> None:
    own = two_portals.qingshan
    session = logged_in(own.editor)
    assert session.get(reverse("wagtailadmin_home")).status_code == 200

    response = act(logged_in(own.admin), own.portal, own.editor, "reset")

    assert shown_password(response)
    location = session.get(reverse("wagtailadmin_home"))["Location"]
    assert location.startswith(reverse("wagtailadmin_login"))


def test_deactivated_people_are_out_and_can_come_back(two_portals: TwoPortals) -> None:
    own = two_portals.qingshan
    client, session = logged_in(own.admin), logged_in(own.editor)

    act(client, own.portal, own.editor, "deactivate")
    assert session.get(reverse("wagtailadmin_home")).status_code == 302
    act(client, own.portal, own.editor, "activate")
    assert logged_in(own.editor).get(reverse("wagtailadmin_home")).status_code == 200


def test_what_is_done_to_an_account_is_logged(two_portals: TwoPortals) -> None:
    own = two_portals.qingshan
    people.create_person(
        own.admin, own.portal, people.NewPerson("qingshan.x", "某", Role.AUTHOR)
    )
    people.set_role(own.admin, own.portal, own.author, Role.EDITOR)
    people.set_active(own.admin, own.portal, own.author, False)
    people.reset_password(own.admin, own.portal, own.author)

    entries = ModelLogEntry.objects.filter(action__startswith="home.person.")
    assert {entry.action.rsplit(".", 1)[1] for entry in entries} == {
        "create",
        "role",
        "deactivate",
        "reset",
    }
    assert {entry.user for entry in entries} == {own.admin}
    assert {entry.data["portal"] for entry in entries} == {own.portal.pk}


# --- limits ------------------------------------------------------------------------------


def test_there_are_no_more_accounts_than_the_prefecture_allows(
    two_portals: TwoPortals,
) -> None:
    own = two_portals.qingshan
    PortalLimits.objects.create(portal=own.portal, max_users=len(Role))
    client = logged_in(own.admin)

    refused = client.post(new_url(own.portal), NEW)
    assert f"最多 {len(Role)} 个启用的账号" in text_of(refused)
    assert not User.objects.filter(username="qingshan.wangli").exists()
    act(client, own.portal, own.author, "deactivate")
    assert shown_password(client.post(new_url(own.portal), NEW))
    back = act(client, own.portal, own.author, "activate")
    assert f"最多 {len(Role)} 个启用的账号" in text_of(back)


def test_the_last_administrator_stays(two_portals: TwoPortals) -> None:
    own = two_portals.qingshan
    client = logged_in(own.admin)

    assert "不能停用自己" in text_of(act(client, own.portal, own.admin, "deactivate"))
    assert "唯一的管理员" in text_of(act(client, own.portal, own.admin, "remove"))
    own.admin.refresh_from_db()
    assert own.admin.is_active
    assert people.role_in(own.portal, own.admin) == Role.ADMIN


# --- whom one may not touch -------------------------------------------------------------


def test_people_of_another_portal_do_not_exist(two_portals: TwoPortals) -> None:
    own, other = two_portals.qingshan, two_portals.baihe
    client = logged_in(own.admin)
    before = User.objects.get(pk=other.editor.pk)

    assert "baihe" not in text_of(
        client.get(reverse("portal_people", args=[own.portal.pk]))
    )
    for portal in (own.portal, other.portal):
        for name in people_acts():
            address = reverse(
                "portal_person_act", args=[portal.pk, other.editor.pk, name]
            )
            assert client.get(address).status_code == 404
            assert client.post(address).status_code == 404
        address = reverse("portal_person", args=[portal.pk, other.editor.pk])
        assert client.post(address, {"role": "author"}).status_code == 404
    assert (
        client.get(reverse("portal_people", args=[other.portal.pk])).status_code == 404
    )
    assert client.post(new_url(other.portal), NEW).status_code == 404

    after = User.objects.get(pk=other.editor.pk)
    assert (after.password, after.is_active) == (before.password, before.is_active)
    assert people.role_in(other.portal, after) == Role.EDITOR
    # The other portal's own administrator can: the addresses are right.
    assert shown_password(
        act(logged_in(other.admin), other.portal, other.editor, "reset")
    )


def people_acts() -> tuple[str, ...]:
    return ("reset", "deactivate", "activate", "remove")


@pytest.mark.parametrize("role", [Role.EDITOR, Role.AUTHOR])
def test_only_administrators_look_after_people(
    two_portals: TwoPortals, role: Role
) -> None:
    own = two_portals.qingshan
    client = logged_in(own.users[role])

    assert client.get(reverse("portal_people", args=[own.portal.pk])).status_code == 404
    assert client.post(new_url(own.portal), NEW).status_code == 404


def test_a_superuser_in_the_portal_is_not_touched(
    two_portals: TwoPortals, admin_user: Any
) -> None:
    own = two_portals.qingshan
    admin_user.groups.add(own.portal.roles.get(role=Role.EDITOR).group)
    password = admin_user.password
    client = logged_in(own.admin)

    for name in people_acts():
        assert "由市级管理员管理" in text_of(act(client, own.portal, admin_user, name))

    admin_user.refresh_from_db()
    assert (admin_user.password, admin_user.is_active) == (password, True)
    assert people.role_in(own.portal, admin_user) == Role.EDITOR


def test_somebody_of_two_portals_keeps_the_account_and_loses_a_role(
    two_portals: TwoPortals,
) -> None:
    own, other = two_portals.qingshan, two_portals.baihe
    person = own.editor
    person.groups.add(other.portal.roles.get(role=Role.AUTHOR).group)
    password = person.password
    client = logged_in(own.admin)

    assert "由市级管理员管理" in text_of(act(client, own.portal, person, "reset"))
    assert "由市级管理员管理" in text_of(act(client, own.portal, person, "deactivate"))
    page = client.get(reverse("portal_person", args=[own.portal.pk, person.pk]))
    assert "白河" not in text_of(page)
    assert set(page.context["form"].fields) == {"role"}
    act(client, own.portal, person, "remove")

    person.refresh_from_db()
    assert (person.password, person.is_active) == (password, True)
    assert people.role_in(own.portal, person) is None
    assert people.role_in(other.portal, person) == Role.AUTHOR


def test_rights_from_elsewhere_make_an_account_the_prefectures(
    two_portals: TwoPortals, staff: Any
) -> None:
    own = two_portals.qingshan
    own.editor.groups.add(Group.objects.create(name="审计"))

    assert not people.may_manage(own.admin, own.editor)
    assert not people.may_manage(staff, own.editor)
    assert people.may_manage(staff, own.author)


def test_a_taken_name_says_nothing_of_other_portals(two_portals: TwoPortals) -> None:
    """Counties share one list of user names; each has its own part of it."""
    own, other = two_portals.qingshan, two_portals.baihe
    for fixture in two_portals:
        assert shown_password(
            logged_in(fixture.admin).post(new_url(fixture.portal), NEW)
        )

    again = text_of(logged_in(own.admin).post(new_url(own.portal), NEW))
    assert "这个用户名不能用，或者已经有人用了" in again
    assert {"qingshan.wangli", "baihe.wangli"} <= set(
        User.objects.values_list("username", flat=True)
    )
    assert people.role_in(other.portal, User.objects.get(username="baihe.wangli"))


def test_a_wrong_role_is_refused(two_portals: TwoPortals) -> None:
    own = two_portals.qingshan
    client = logged_in(own.admin)

    client.post(new_url(own.portal), NEW | {"role": "superuser"})
    client.post(
        reverse("portal_person", args=[own.portal.pk, own.editor.pk]),
        {"name": "x", "role": "prefecture", "is_superuser": "on"},
    )

    assert not User.objects.filter(username="qingshan.wangli").exists()
    own.editor.refresh_from_db()
    assert not own.editor.is_superuser
    assert people.role_in(own.portal, own.editor) == Role.EDITOR


def test_one_time_passwords_are_not_kept_in_the_clear(two_portals: TwoPortals) -> None:
    own = two_portals.qingshan
    password = people.reset_password(own.admin, own.portal, own.editor)

    row = OneTimePassword.objects.get(user=own.editor)
    assert password not in str(vars(row))
    assert all(password not in str(e.data) for e in ModelLogEntry.objects.all())


def test_only_the_prefecture_takes_in_somebody_of_another_portal(
    two_portals: TwoPortals, staff: Any, admin_user: Any
) -> None:
    own, other = two_portals
    address = reverse("portal_person_known", args=[own.portal.pk])
    data = {"username": other.editor.username, "role": "author"}

    assert logged_in(own.admin).post(address, data).status_code == 404
    assert people.role_in(own.portal, other.editor) is None
    client = logged_in(staff)
    for wrong in ("nobody", admin_user.username):
        page = text_of(client.post(address, data | {"username": wrong}))
        assert f"没有这个账号：{wrong}" in page
    client.post(address, data)
    assert people.role_in(own.portal, other.editor) == Role.AUTHOR
    assert people.role_in(other.portal, other.editor) == Role.EDITOR
