"""The law library in the admin: only the prefecture's staff may touch it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from home.models import Change, Portal, PortalRole
from statutes.models import Status, Statute, StatuteName, StatuteVersion
from tests.statutes.conftest import law_file, run_import

pytestmark = pytest.mark.django_db


def sign_in(portal: Portal, role: str) -> Client:
    user = get_user_model().objects.create_user(
        f"{portal.host}-{role}", password="made up"
    )
    user.groups.add(PortalRole.objects.get(portal=portal, role=role).group)
    client = Client(headers={"host": portal.host})
    client.force_login(user)
    return client


@pytest.fixture
def statute(db: None) -> Statute:
    run_import([law_file("中华人民共和国梯田法", "第一条 甲。")])
    return Statute.objects.get()


def edit_url(name: str, row: Any) -> str:
    return reverse(f"{name}:edit", args=[row.pk])


def test_prefecture_admin_corrects_metadata_and_the_change_is_recorded(
    statute: Statute, prefecture: Portal
) -> None:
    client = sign_in(prefecture, "admin")
    Change.objects.all().delete()

    assert client.get(reverse("statutes:index")).status_code == 200
    response = client.post(
        edit_url("statutes", statute),
        {
            "short_name": "梯田法",
            "category": "law",
            "branch": "",
            "issuer": "全国人大常委会",
            "note": "待核对",
        },
    )

    assert response.status_code == 302
    statute.refresh_from_db()
    assert (statute.issuer, statute.note) == ("全国人大常委会", "待核对")
    assert Change.objects.filter(subject="statute", key=str(statute.pk)).exists()


def test_repealed_date_changes_the_status(statute: Statute, prefecture: Portal) -> None:
    version = StatuteVersion.objects.get()
    client = sign_in(prefecture, "admin")

    response = client.post(
        edit_url("statute-versions", version),
        {"in_force_from": "2020-01-01", "repealed_on": "2021-01-01"},
    )

    assert response.status_code == 302
    version.refresh_from_db()
    assert version.status == Status.REPEALED


def test_prefecture_admin_adds_and_removes_a_name(
    statute: Statute, prefecture: Portal
) -> None:
    client = sign_in(prefecture, "admin")

    client.post(
        reverse("statute-names:add"),
        {"statute": statute.pk, "name": "护田法", "reason": "村里的叫法"},
    )

    name = StatuteName.objects.get(name="护田法")
    client.post(reverse("statute-names:delete", args=[name.pk]))
    assert not StatuteName.objects.filter(name="护田法").exists()


@pytest.mark.parametrize("role", ["admin", "editor", "author"])
def test_county_staff_get_nowhere(statute: Statute, county: Portal, role: str) -> None:
    client = sign_in(county, role)
    version, name = StatuteVersion.objects.get(), StatuteName.objects.get()
    urls = [
        reverse("statutes:index"),
        edit_url("statutes", statute),
        reverse("statute-versions:index"),
        edit_url("statute-versions", version),
        reverse("statute-names:index"),
        reverse("statute-names:add"),
        edit_url("statute-names", name),
        reverse("statute-names:delete", args=[name.pk]),
    ]

    for url in urls:
        # Wagtail answers a refusal by leading back to the admin's first page; what has
        # a number does not exist.
        refused = (404,) if re.search(r"\d", url) else (302, 403)
        assert client.get(url).status_code in refused, url
        client.post(url, {"note": "改", "name": "改", "statute": statute.pk})

    statute.refresh_from_db()
    assert statute.note == ""
    assert list(StatuteName.objects.values_list("name", flat=True)) == ["梯田法"]
    menu = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("statutes:index") not in menu


def test_nobody_adds_or_deletes_a_statute_by_hand(
    statute: Statute, admin_client: Client
) -> None:
    for url in (
        reverse("statutes:add"),
        reverse("statutes:delete", args=[statute.pk]),
    ):
        admin_client.post(url, {"title": "乙法"})

    assert list(Statute.objects.values_list("pk", flat=True)) == [statute.pk]
