"""While a portal is offline, every address says so, and nothing of it is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.templatetags.static import static
from django.test import Client
from django.urls import reverse

from home.models import OfflineNotice, Portal
from publishing.assets import read_asset
from publishing.building.full import build_folder, build_release
from publishing.building.keeper import keep_up
from publishing.sites.errors import SiteError
from publishing.sites.site import Site
from tests.factories import TwoPortals
from tests.home.admin_asking import logged_in, text_of
from tests.home.portals.offline import complete, get, live, set_state

pytestmark = pytest.mark.django_db
State = Portal.State


# --- what the server shows ----------------------------------------------------------------


def test_a_paused_portal_answers_everywhere_with_a_notice_and_503(
    two_portals: TwoPortals,
) -> None:
    own = two_portals.qingshan
    portal = set_state(own.portal, State.PAUSED)

    for path in (
        "/",
        "/dongtai/zhengqian/",
        "/en/",
        "/search/?q=x",
        "/feed.xml",
        "/x/",
    ):
        response = get(portal, path)
        assert response.status_code == 503, path
        page = text_of(response)
        assert "12348" in page
        assert "系统升级。" in page
        assert own.marker not in page
        assert int(response["Retry-After"]) >= 3600
    style = static("css/offline.css")
    assert f'<link rel="stylesheet" href="{style}">' in page
    assert "style-src 'self'" in response["Content-Security-Policy"]
    api = get(portal, "/api/v2/pages/")
    assert (api.status_code, api.json()["status"]) == (503, 503)
    assert api["Content-Type"] == "application/problem+json"
    assert "noindex" not in text_of(get(portal))


def test_a_closed_portal_answers_with_410_and_where_to_go(
    two_portals: TwoPortals,
) -> None:
    portal = set_state(two_portals.qingshan.portal, State.CLOSED)
    OfflineNotice.objects.update(successor_url="https://www.qingshan.example/sfj/")

    response = get(portal, "/dongtai/")

    assert response.status_code == 410
    assert 'href="https://www.qingshan.example/sfj/"' in text_of(response)
    assert "Retry-After" not in response


def test_what_the_notice_says_is_escaped(two_portals: TwoPortals) -> None:
    portal = set_state(two_portals.qingshan.portal, State.PAUSED)
    OfflineNotice.objects.update(reason="<script>alert(1)</script>")

    assert "<script>" not in text_of(get(portal))


def test_the_admin_and_the_other_portal_go_on(two_portals: TwoPortals) -> None:
    portal = set_state(two_portals.qingshan.portal, State.PAUSED)

    admin = Client(headers={"host": portal.host})
    admin.force_login(two_portals.qingshan.admin)
    assert admin.get(reverse("wagtailadmin_home")).status_code == 200
    assert get(two_portals.baihe.portal).status_code == 200


def test_every_other_state_shows_the_pages(two_portals: TwoPortals) -> None:
    for state in (State.DRAFT, State.TESTED, State.ONLINE):
        portal = set_state(two_portals.qingshan.portal, state)
        page = get(portal, "/dongtai/zhengqian/")
        assert two_portals.qingshan.marker in text_of(page)


# --- what the static site shows --------------------------------------------------------------


@pytest.fixture
def published(two_portals: TwoPortals) -> Iterator[TwoPortals]:
    for fixture in two_portals:
        complete(fixture.portal)
        report = build_release(set_state(fixture.portal, State.ONLINE))
        assert not report.failures
    yield two_portals


def test_the_static_site_follows_and_is_back_at_once(published: TwoPortals) -> None:
    own, other = published
    before, others = live(own.portal), live(other.portal)
    pages = {name for name in before if name.endswith(".html")}

    keep_up(set_state(own.portal, State.PAUSED))

    notice = live(own.portal)
    assert pages <= set(notice)
    assert "503.html" in notice
    assert {notice[name] for name in pages} == {notice["503.html"]}
    text = notice["index.html"].decode()
    assert "12348" in text
    assert own.marker not in b"".join(notice.values()).decode(errors="replace")
    assert not [n for n in notice if n.startswith(("media/", "static/"))]
    assert 'href="/offline.css"' in text
    assert notice["offline.css"] == read_asset("css/offline.css")
    assert keep_up(Portal.objects.get(pk=own.portal.pk)) is None
    assert live(other.portal) == others

    keep_up(set_state(own.portal, State.ONLINE))
    back = live(own.portal)
    assert set(back) == set(before)
    assert {n for n in back if back[n] != before[n] and n.endswith(".html")} == set()
    assert live(other.portal) == others


@pytest.mark.long
def test_what_was_published_meanwhile_is_there_afterwards(
    published: TwoPortals,
) -> None:
    own = published.qingshan
    keep_up(set_state(own.portal, State.PAUSED))
    own.article.heading_zh_hans = "新的标题"
    own.article.save()
    assert keep_up(own.portal) is None

    keep_up(set_state(own.portal, State.ONLINE))

    assert "新的标题".encode() in live(own.portal)["dongtai/zhengqian/index.html"]


@pytest.mark.long
def test_pausing_twice_and_closing_lose_nothing(published: TwoPortals) -> None:
    own = published.qingshan
    before = live(own.portal)

    keep_up(set_state(own.portal, State.PAUSED))
    OfflineNotice.objects.update(reason="还要几天。")
    keep_up(own.portal)
    assert "还要几天。" in live(own.portal)["index.html"].decode()
    keep_up(set_state(own.portal, State.CLOSED))
    closed = live(own.portal)
    assert "410.html" in closed
    assert "503.html" not in closed
    assert "noindex" in closed["index.html"].decode()

    keep_up(set_state(own.portal, State.ONLINE))
    assert set(live(own.portal)) == set(before)


@pytest.mark.long
def test_a_site_that_was_rolled_back_goes_offline_too_and_stays_rolled_back(
    published: TwoPortals,
) -> None:
    own = published.qingshan
    own.article.heading_zh_hans = "第二版"
    own.article.save()
    keep_up(own.portal, keeps_old=True)
    with_site = Site.of(own.host)
    with_site.rollback()
    rolled_back = live(own.portal)
    with_site.close()

    keep_up(set_state(own.portal, State.PAUSED))
    assert b"12348" in live(own.portal)["index.html"]
    keep_up(set_state(own.portal, State.ONLINE))

    assert live(own.portal) == rolled_back
    assert Site.of(own.host).is_paused


@pytest.mark.long
def test_nobody_rolls_an_offline_portal_back_into_view(
    published: TwoPortals, staff: Any
) -> None:
    from django.core.management import CommandError, call_command

    own = published.qingshan
    keep_up(set_state(own.portal, State.PAUSED))
    notice = live(own.portal)
    release = Site.of(own.host).releases()[-1].name

    with pytest.raises((CommandError, SiteError)):
        call_command("rollback_site", "--portal", own.host)
    logged_in(staff).post(
        reverse("publication_act", args=[own.portal.pk, "rollback"]),
        {"release": release},
    )

    assert live(own.portal) == notice


@pytest.mark.long
def test_plain_files_hold_the_notice_too(
    two_portals: TwoPortals, tmp_path: Path
) -> None:
    own = two_portals.qingshan
    portal = set_state(own.portal, State.CLOSED)

    build_folder(portal, tmp_path / "out")

    page = (tmp_path / "out" / "dongtai" / "zhengqian" / "index.html").read_text()
    assert "已经关闭" in page
    assert own.marker not in page
