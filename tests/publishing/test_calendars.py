"""Calendar files: one event, all events of a campaign; the same bytes everywhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar

from articles.models import CampaignPage
from publishing.addresses import Address, enumerate_addresses, resolve
from publishing.building.full import build_folder
from publishing.snapshot import Snapshot
from tests.articles.campaign_factories import CampaignPageFactory, EventPageFactory
from tests.factories import PUBLISHED_AT, TwoPortals

pytestmark = pytest.mark.django_db
BASE = "https://sfj.qingshan.example.gov.cn"
CAMPAIGN = "/dongtai/minfadian/"
CHINA = timedelta(hours=8)


@pytest.fixture
def campaign(two_portals: TwoPortals) -> CampaignPage:
    page = CampaignPageFactory(parent=two_portals.qingshan.column, slug="minfadian")
    EventPageFactory(
        parent=page, slug="jishi", heading_zh_hans="集市咨询，一次问清；免费"
    )
    EventPageFactory(
        parent=page,
        slug="quxiao",
        state="cancelled",
        starts_at=datetime(2026, 5, 3, 1, tzinfo=UTC),
        ends_at=None,
    )
    EventPageFactory(parent=page, slug="gaiqi", state="postponed")
    return page


def calendar(client: Client, portal: Any, path: str) -> Calendar:
    response = client.get(path, headers={"host": portal.host})
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content)


def test_an_event_is_a_calendar_file_in_chinese_time(
    client: Client, two_portals: TwoPortals, campaign: CampaignPage
) -> None:
    found = calendar(client, two_portals.qingshan, f"{CAMPAIGN}jishi/calendar.ics")

    (event,) = found.walk("VEVENT")
    page = campaign.get_children().get(slug="jishi")
    assert event["UID"] == f"event-{page.pk}@{two_portals.qingshan.host}"
    assert event["SUMMARY"] == "集市咨询，一次问清；免费"
    assert event["LOCATION"] == "石桥镇集市口"
    assert event["STATUS"] == "CONFIRMED"
    assert event.decoded("DTSTAMP") == PUBLISHED_AT
    starts_at = event.decoded("DTSTART")
    assert (starts_at.hour, starts_at.utcoffset()) == (9, CHINA)
    assert event["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert event.decoded("DTEND") - starts_at == timedelta(hours=2, minutes=30)
    (zone,) = found.walk("VTIMEZONE")
    assert zone["TZID"] == "Asia/Shanghai"


def test_a_campaign_lists_all_its_events_by_time_with_their_state(
    client: Client, two_portals: TwoPortals, campaign: CampaignPage
) -> None:
    found = calendar(client, two_portals.qingshan, f"{CAMPAIGN}calendar.ics")

    assert found["X-WR-CALNAME"] == campaign.heading_zh_hans
    assert [event["STATUS"] for event in found.walk("VEVENT")] == [
        "CANCELLED",
        "CONFIRMED",
        "TENTATIVE",
    ]
    cancelled = found.walk("VEVENT")[0]
    assert cancelled["SUMMARY"].startswith("【取消】")
    assert "DTEND" not in cancelled


def test_lines_are_folded_for_old_telephones(
    client: Client, two_portals: TwoPortals, campaign: CampaignPage
) -> None:
    response = client.get(
        f"{CAMPAIGN}calendar.ics", headers={"host": two_portals.qingshan.host}
    )

    lines = response.content.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75


def test_bytes_do_not_depend_on_the_day(
    client: Client, two_portals: TwoPortals, campaign: CampaignPage
) -> None:
    bodies = set()
    for day in ("2026-05-01", "2026-05-12", "2027-01-01"):
        with time_machine.travel(f"{day}T12:00:00+08:00", tick=False):
            response = client.get(
                f"{CAMPAIGN}calendar.ics", headers={"host": two_portals.qingshan.host}
            )
            bodies.add(response.content)
    assert len(bodies) == 1


def test_drafts_are_in_no_calendar(
    client: Client, two_portals: TwoPortals, campaign: CampaignPage
) -> None:
    EventPageFactory(parent=campaign, slug="caogao", live=False)

    found = calendar(client, two_portals.qingshan, f"{CAMPAIGN}calendar.ics")

    assert len(found.walk("VEVENT")) == 3
    path = f"{CAMPAIGN}caogao/calendar.ics"
    response = client.get(path, headers={"host": two_portals.qingshan.host})
    assert response.status_code == 404


def test_only_campaigns_and_events_have_a_calendar(
    two_portals: TwoPortals, campaign: CampaignPage
) -> None:
    tree = Snapshot.of(two_portals.qingshan.portal).tree
    listed = {a for a in enumerate_addresses(tree) if a.kind == "calendar"}

    assert {address.path for address in listed} == {
        f"{CAMPAIGN}calendar.ics",
        f"{CAMPAIGN}jishi/calendar.ics",
        f"{CAMPAIGN}quxiao/calendar.ics",
        f"{CAMPAIGN}gaiqi/calendar.ics",
    }
    assert {resolve(tree, address.path) for address in listed} == listed
    for path in ("/calendar.ics", "/dongtai/calendar.ics", "/en/calendar.ics"):
        assert resolve(tree, path) is None
    assert isinstance(next(iter(listed)), Address)


@time_machine.travel("2026-05-12T12:00:00+08:00", tick=False)
def test_an_export_holds_the_pages_and_calendars_that_the_server_shows(
    client: Client, two_portals: TwoPortals, campaign: CampaignPage, tmp_path: Path
) -> None:
    portal = two_portals.qingshan.portal
    portal.public_base = BASE
    portal.save()

    build_folder(portal, tmp_path / portal.host, public_base=BASE)

    folder = tmp_path / portal.host
    for path in (f"{CAMPAIGN}calendar.ics", f"{CAMPAIGN}jishi/calendar.ics"):
        response = client.get(path, headers={"host": portal.host})
        assert (folder / path.lstrip("/")).read_bytes() == response.content
        assert f"{BASE}{CAMPAIGN}jishi/".encode() in response.content.replace(
            b"\r\n ", b""
        )
    page = (folder / CAMPAIGN.lstrip("/") / "index.html").read_text()
    served = client.get(CAMPAIGN, headers={"host": portal.host}).content.decode()
    up = "../" * CAMPAIGN.strip("/").count("/") + "../"
    assert f'href="{up}{CAMPAIGN[1:]}calendar.ics"' in page
    assert f'href="{CAMPAIGN}calendar.ics"' in served
    mark = 'data-state="current" aria-current="step"'
    assert page.count(mark) == served.count(mark) == 1
    assert (folder / "static" / "js" / "campaign.js").is_file()


@pytest.mark.parametrize(("day", "current"), [(3, 0), (12, 1), (28, 2)])
def test_an_export_of_each_day_marks_the_phase_of_that_day(
    two_portals: TwoPortals,
    campaign: CampaignPage,
    tmp_path: Path,
    day: int,
    current: int,
) -> None:
    with time_machine.travel(f"2026-05-{day:02}T12:00:00+08:00", tick=False):
        portal = two_portals.qingshan.portal
        build_folder(portal, tmp_path / portal.host)

    folder = tmp_path / two_portals.qingshan.portal.host
    page = (folder / CAMPAIGN.lstrip("/") / "index.html").read_text()
    marks = [part.split(">")[0] for part in page.split('<li class="phase"')[1:]]
    assert ["aria-current" in mark for mark in marks] == [
        number == current for number in range(3)
    ]
