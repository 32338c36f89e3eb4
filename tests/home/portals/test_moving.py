"""A portal gets another name or another place, and nobody stands before a shut door."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from home.models import FormerHost, OfflineNotice, Portal
from home.portals.relocation import move_portal, rename_portal
from publishing.building.full import build_release
from publishing.building.receiving import keep_all
from publishing.sites.releases import files_in
from publishing.sites.site import Site
from tests.factories import TwoPortals
from tests.home.admin_asking import PROOF, logged_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sites(settings: Any, tmp_path: Path) -> None:
    settings.EXPORT_DIR = tmp_path / "sites"


def live(host: str) -> dict[str, str]:
    folder = Site.of(host).releases_on_disk.link
    return {
        name: (folder / name).read_text()
        for name in files_in(folder.resolve())
        if name.endswith(".html")
    }


def get(host: str, path: str) -> Any:
    return Client().get(path, headers={"host": host})


def test_the_old_host_leads_to_the_new_one(two_portals: TwoPortals, staff: Any) -> None:
    own, other = two_portals

    logged_in(staff).post(
        reverse("portal_move", args=[own.portal.pk]),
        {"host": "neu.localhost", "public_base": "", **PROOF},
    )

    response = get("qingshan.localhost", "/dongtai/zhengqian/?a=1")
    assert response.status_code == 301
    assert response["Location"] == "http://neu.localhost/dongtai/zhengqian/?a=1"
    assert (
        get("qingshan.localhost:8000", "/")["Location"] == "http://neu.localhost:8000/"
    )
    assert own.marker in text_of(get("neu.localhost", "/dongtai/zhengqian/"))
    assert get(other.host, "/").status_code == 200
    entry = ModelLogEntry.objects.get(action="home.portal.move")
    assert entry.data["before"] == "qingshan.localhost"
    assert entry.data["host"] == "neu.localhost"


def test_a_portal_moves_twice_and_back(two_portals: TwoPortals) -> None:
    portal = two_portals.qingshan.portal
    for host in ("a.localhost", "b.localhost"):
        move_portal(portal, host=host, public_base="")
    for old in ("qingshan.localhost", "a.localhost"):
        assert get(old, "/x/")["Location"] == "http://b.localhost/x/"

    move_portal(portal, host="qingshan.localhost", public_base="")

    assert get("qingshan.localhost", "/").status_code == 200
    assert set(FormerHost.objects.values_list("host", flat=True)) == {
        "a.localhost",
        "b.localhost",
    }


def test_the_static_site_moves_and_leaves_pages_that_lead_on(
    two_portals: TwoPortals,
) -> None:
    own, other = two_portals
    for fixture in two_portals:
        build_release(fixture.portal)
    before, others = live(own.host), live(other.host)

    move_portal(own.portal, host="neu.localhost", public_base="https://neu.example/sfj")
    keep_all()

    assert set(live("neu.localhost")) == set(before)
    old = live("qingshan.localhost")
    assert set(before) <= set(old)
    page = old["dongtai/zhengqian/index.html"]
    assert "url=https://neu.example/sfj/dongtai/zhengqian/" in page
    assert 'rel="canonical" href="https://neu.example/sfj/dongtai/zhengqian/"' in page
    assert own.marker not in "".join(old.values())
    assert live(other.host) == others
    # Once: nothing is written again.
    runs = len(Site.of("qingshan.localhost").record.runs(50))
    keep_all()
    assert len(Site.of("qingshan.localhost").record.runs(50)) == runs


def test_a_place_that_is_taken_or_wrong_is_refused(two_portals: TwoPortals) -> None:
    own, other = two_portals
    move_portal(other.portal, host="neu.localhost", public_base="")
    for host, base, field in (
        ("neu.localhost", "", "host"),
        ("baihe.localhost", "", "host"),  # it leads readers of Baihe on
        ("Neu Host", "", "host"),
        ("frei.localhost", "sfj", "public_base"),
        ("frei.localhost", "https://qingshan.localhost/sfj", "public_base"),
    ):
        with pytest.raises(ValidationError) as refused:
            move_portal(own.portal, host=host, public_base=base)
        assert list(refused.value.message_dict) == [field]
    assert Portal.objects.get(pk=own.portal.pk).host == "qingshan.localhost"
    assert FormerHost.objects.count() == 1


def test_a_new_name_stands_on_every_page(two_portals: TwoPortals, staff: Any) -> None:
    own = two_portals.qingshan

    rename_portal(own.portal, "青山普法", staff)

    assert "青山普法" in text_of(get(own.host, "/"))
    own.portal.site.refresh_from_db()
    assert own.portal.site.site_name == "青山普法"
    with pytest.raises(ValidationError):
        rename_portal(own.portal, " ")
    assert ModelLogEntry.objects.get(action="home.portal.rename").user == staff


# --- the commands ------------------------------------------------------------------------


def test_commands_do_what_the_screens_do(
    two_portals: TwoPortals, capsys: Any, settings: Any, tmp_path: Path
) -> None:
    settings.PORTAL_ARCHIVE_DIR = tmp_path / "archives"
    own = two_portals.qingshan
    name = own.portal.name
    call_command("move_portal", "--portal", own.host, "--host", "neu.localhost")
    call_command("move_portal", "--portal", "neu.localhost", "--name", "青山普法")
    closing = ["--state", "closed", "--person", "王丽", "--proof", "批复"]
    call_command(
        "set_portal_state", "--portal", "neu.localhost", *closing, "--reason", "并入。"
    )
    call_command("archive_portal", "--portal", "neu.localhost")
    delete = ["delete_portal", "--portal", "neu.localhost", "--confirm"]
    with pytest.raises(CommandError, match="一个字也不差"):
        call_command(*delete, name)
    call_command(*delete, "青山普法")

    assert list(Portal.objects.all()) == [two_portals.baihe.portal]
    assert "已经删除" in capsys.readouterr().out


WRONG_WORDS: list[tuple[list[str], str]] = [
    (
        ["move_portal", "--portal", "x.example", "--host", "y.example"],
        "没有这个门户",
    ),
    (["move_portal", "--portal", "qingshan.localhost"], "没有写要改什么"),
    (
        [
            "move_portal",
            "--portal",
            "qingshan.localhost",
            "--host",
            "baihe.localhost",
        ],
        "已经有门户在用",
    ),
    (
        [
            *("set_portal_state", "--portal", "qingshan.localhost"),
            *("--state", "online", "--person", "王", "--proof", "x"),
        ],
        "下一步只能是",
    ),
    (
        [
            *("set_portal_state", "--portal", "qingshan.localhost"),
            *("--state", "tested", "--person", "王", "--proof", "x"),
            *("--day", "2026-13-01"),
        ],
        "日期写成",
    ),
    (
        [
            "delete_portal",
            "--portal",
            "qingshan.localhost",
            "--confirm",
            "青山县普法网",
        ],
        "先改成“永久下线”",
    ),
    (["archive_portal", "--portal", "x.example"], "没有这个门户"),
    (["export_portal", "a.txt", "--portal", "qingshan.localhost"], "以 .zip 结尾"),
    (
        ["export_portal", "/proc/x/a.zip", "--portal", "qingshan.localhost"],
        "写不了",
    ),
]


def test_wrong_words_are_refused_and_change_nothing(two_portals: TwoPortals) -> None:
    before = list(Portal.objects.values_list("pk", "state", "site__hostname"))

    for words, reason in WRONG_WORDS:
        with pytest.raises(CommandError, match=reason):
            call_command(*words)

    assert list(Portal.objects.values_list("pk", "state", "site__hostname")) == before
    assert not OfflineNotice.objects.exists()
