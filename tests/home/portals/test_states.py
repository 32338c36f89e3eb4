"""A portal goes online and offline step by step, and what readers see follows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from home.models import OfflineNotice, Portal, PortalLimits
from home.portal_states import FOLLOWS, StateChange, change_state, next_states
from publishing.building.full import build_folder, build_release
from publishing.building.keeper import keep_up
from publishing.sites.errors import SiteError
from publishing.sites.releases import files_in
from publishing.sites.site import Site
from tests.factories import TwoPortals
from tests.home.admin_asking import logged_in, text_of

pytestmark = pytest.mark.django_db
State = Portal.State
COMPLETE = {
    "police_number": "演公网安备1号",
    "party_mark_url": "https://bszs.conac.cn/x",
    "error_report_url": "https://zfwzgl.www.gov.cn/x",
}


@pytest.fixture(autouse=True)
def sites(settings: Any, tmp_path: Path) -> None:
    settings.EXPORT_DIR = tmp_path / "sites"


def change(state: Portal.State, **values: Any) -> StateChange:
    today = timezone.localdate()
    offline = {"reason": "系统升级，暂停几天。"} if state == State.PAUSED else {}
    if state == State.PAUSED:
        offline["until"] = today + timedelta(days=3)
    if state == State.CLOSED:
        offline = {"reason": "栏目并入县政府网站。"}
    given = {"day": today, "person": "王丽", "proof": "测评〔2026〕3号"}
    return StateChange(**{"state": state, **given, **offline, **values})


def set_state(portal: Portal, state: Portal.State) -> Portal:
    Portal.objects.filter(pk=portal.pk).update(state=state)
    if state in (State.PAUSED, State.CLOSED):
        notice = {"reason": "系统升级。", "until": timezone.localdate()}
        OfflineNotice.objects.update_or_create(portal=portal, defaults=notice)
    return Portal.objects.with_identity().get(pk=portal.pk)


def complete(portal: Portal) -> None:
    identity = portal.site.hostingidentity
    for name, value in COMPLETE.items():
        setattr(identity, name, value)
    identity.save()


def live(portal: Portal) -> dict[str, bytes]:
    """What the web server serves."""
    folder = Site.of(portal.host).releases_on_disk.link
    return {name: (folder / name).read_bytes() for name in files_in(folder.resolve())}


def get(portal: Portal, path: str = "/", **headers: str) -> Any:
    return Client().get(path, headers={"host": portal.host, **headers})


# --- which state follows which ------------------------------------------------------------


def test_only_the_next_step_can_be_taken(two_portals: TwoPortals) -> None:
    portal = two_portals.qingshan.portal
    complete(portal)
    for before in State:
        for after in State:
            portal = set_state(portal, before)
            if after in FOLLOWS[before]:
                change_state(portal, change(after))
                portal.refresh_from_db()
                assert portal.state == after
            else:
                with pytest.raises(ValidationError, match="下一步只能是"):
                    change_state(portal, change(after))


def test_a_step_keeps_its_date_person_and_proof_and_is_logged(
    two_portals: TwoPortals, staff: Any
) -> None:
    portal = two_portals.qingshan.portal

    change_state(portal, change(State.TESTED), staff)

    portal.refresh_from_db()
    assert portal.state_since == timezone.localdate()
    assert (portal.state_person, portal.state_proof) == ("王丽", "测评〔2026〕3号")
    entry = ModelLogEntry.objects.get(action="home.portal.state")
    assert entry.user == staff
    assert (entry.data["before"], entry.data["state"]) == ("draft", "tested")
    two_portals.baihe.portal.refresh_from_db()
    assert two_portals.baihe.portal.state == State.DRAFT


@pytest.mark.parametrize(
    ("state", "wrong", "field"),
    [
        (State.PAUSED, {"person": " "}, "person"),
        (State.PAUSED, {"proof": ""}, "proof"),
        (State.PAUSED, {"day": date(2999, 1, 1)}, "day"),
        (State.PAUSED, {"day": date(2020, 1, 1)}, "day"),
        (State.PAUSED, {"reason": ""}, "reason"),
        (State.PAUSED, {"until": None}, "until"),
        (State.PAUSED, {"until": date(2999, 1, 1)}, "until"),
        (State.PAUSED, {"until": date(2020, 1, 1)}, "until"),
        (State.CLOSED, {"reason": " "}, "reason"),
        (State.CLOSED, {"successor_url": "javascript:alert(1)"}, "successor_url"),
    ],
)
def test_a_step_without_what_it_needs_is_refused(
    two_portals: TwoPortals, state: Portal.State, wrong: Any, field: str
) -> None:
    portal = set_state(two_portals.qingshan.portal, State.ONLINE)
    Portal.objects.filter(pk=portal.pk).update(state_since=date(2026, 1, 1))

    with pytest.raises(ValidationError) as refused:
        change_state(portal, change(state, **wrong))

    assert field in refused.value.message_dict
    portal.refresh_from_db()
    assert portal.state == State.ONLINE
    assert not OfflineNotice.objects.exists()


def test_a_portal_that_lacks_what_every_page_must_say_is_not_online(
    two_portals: TwoPortals,
) -> None:
    portal = set_state(two_portals.qingshan.portal, State.TESTED)

    with pytest.raises(ValidationError) as refused:
        change_state(portal, change(State.ONLINE))

    assert "公安机关备案号" in " ".join(refused.value.message_dict["state"])
    complete(portal)
    change_state(portal, change(State.ONLINE))
    portal.refresh_from_db()
    assert portal.state == State.ONLINE


# --- who may ---------------------------------------------------------------------------


def test_a_county_changes_nothing_but_what_the_prefecture_lets_it(
    two_portals: TwoPortals, staff: Any
) -> None:
    own = two_portals.qingshan
    portal = set_state(own.portal, State.ONLINE)
    complete(portal)
    assert next_states(own.admin, portal) == []
    with pytest.raises(ValidationError, match="市级管理员"):
        change_state(portal, change(State.PAUSED), own.admin)

    PortalLimits.objects.create(portal=portal, may_pause=True)
    assert next_states(own.admin, portal) == [State.PAUSED]
    assert next_states(own.editor, portal) == []
    assert next_states(two_portals.baihe.admin, portal) == []
    change_state(portal, change(State.PAUSED), own.admin)
    portal = Portal.objects.get(pk=portal.pk)
    assert next_states(own.admin, portal) == [State.ONLINE]
    change_state(portal, change(State.ONLINE), own.admin)

    change_state(portal, change(State.PAUSED), staff)
    portal = Portal.objects.get(pk=portal.pk)
    assert next_states(own.admin, portal) == []
    assert set(next_states(staff, portal)) == {State.ONLINE, State.CLOSED}


def test_closing_in_the_admin_wants_the_name_typed(
    two_portals: TwoPortals, staff: Any
) -> None:
    portal = set_state(two_portals.qingshan.portal, State.ONLINE)
    client = logged_in(staff)
    address = reverse("portal_state", args=[portal.pk])
    data = {
        "state": "closed",
        "day": timezone.localdate().isoformat(),
        "person": "王丽",
        "proof": "批复",
        "reason": "并入县政府网站。",
        "successor_url": "https://www.qingshan.example/",
        "typed_name": "白河县普法网",
    }

    assert "一个字也不差" in text_of(client.post(address, data))
    portal.refresh_from_db()
    assert portal.state == State.ONLINE
    response = client.post(address, data | {"typed_name": portal.name})
    assert response.status_code == 302
    portal.refresh_from_db()
    assert portal.state == State.CLOSED


def test_another_portals_state_form_does_not_exist(two_portals: TwoPortals) -> None:
    client = logged_in(two_portals.qingshan.admin)
    address = reverse("portal_state", args=[two_portals.baihe.portal.pk])

    assert client.get(address).status_code == 404
    assert client.post(address, {"state": "tested"}).status_code == 404


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


@pytest.mark.parametrize("state", [State.DRAFT, State.TESTED, State.ONLINE])
def test_every_other_state_shows_the_pages(
    two_portals: TwoPortals, state: Portal.State
) -> None:
    portal = set_state(two_portals.qingshan.portal, state)

    assert two_portals.qingshan.marker in text_of(get(portal, "/dongtai/zhengqian/"))


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
    assert keep_up(Portal.objects.get(pk=own.portal.pk)) is None
    assert live(other.portal) == others

    keep_up(set_state(own.portal, State.ONLINE))
    back = live(own.portal)
    assert set(back) == set(before)
    assert {n for n in back if back[n] != before[n] and n.endswith(".html")} == set()
    assert live(other.portal) == others


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


def test_plain_files_hold_the_notice_too(
    two_portals: TwoPortals, tmp_path: Path
) -> None:
    own = two_portals.qingshan
    portal = set_state(own.portal, State.CLOSED)

    build_folder(portal, tmp_path / "out")

    page = (tmp_path / "out" / "dongtai" / "zhengqian" / "index.html").read_text()
    assert "已经关闭" in page
    assert own.marker not in page
