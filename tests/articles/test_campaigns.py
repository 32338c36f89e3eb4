"""Campaigns and events: their rules, and what their pages show on which day."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client

from articles.models import ArticlePage, CampaignPage, EventPage
from tests.articles.campaign_factories import (
    CampaignPageFactory,
    EventPageFactory,
    measure,
    target,
)
from tests.factories import ArticlePageFactory, RegionFactory, TwoPortals, stream

pytestmark = pytest.mark.django_db
NOON = "T12:00:00+08:00"


def soup(client: Client, portal: Any, path: str) -> BeautifulSoup:
    response = client.get(path, headers={"host": portal.host})
    assert response.status_code == 200, path
    return BeautifulSoup(response.content, "lxml")


def words(found: Any) -> str:
    return " ".join(found.get_text(" ", strip=True).split())


@pytest.fixture
def campaign(portals: TwoPortals) -> CampaignPage:
    return CampaignPageFactory(parent=portals.qingshan.column, slug="minfadian")


# --- the page, by day ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "phase_name", "sentence"),
    [
        ("2026-04-28", "", "离活动开始还有 3 天。"),
        ("2026-05-03", "动员部署", "活动正在进行，还剩 29 天。"),
        ("2026-05-12", "整体推进", "活动正在进行，还剩 20 天。"),
        ("2026-05-31", "总结验收", "活动正在进行，还剩 1 天。"),
        ("2026-06-01", "", "活动已经结束。"),
    ],
)
def test_the_same_campaign_shows_the_phase_of_the_day(
    client: Client,
    portals: TwoPortals,
    campaign: CampaignPage,
    day: str,
    phase_name: str,
    sentence: str,
) -> None:
    with time_machine.travel(day + NOON, tick=False):
        page = soup(client, portals.qingshan, "/dongtai/minfadian/")

    current = page.select('.phase[aria-current="step"] .phase__name')
    assert [words(name) for name in current] == ([phase_name] if phase_name else [])
    shown = [
        words(span)
        for span in page.select(".stage__now [data-when]")
        if not span.has_attr("hidden")
    ]
    assert shown == [sentence]
    assert page.select_one("[data-today]")["datetime"] == day
    # All phases with their days stand there, for whoever reads the file later.
    assert [item["data-starts"] for item in page.select(".phase")] == [
        "2026-05-01",
        "2026-05-08",
        "2026-05-26",
    ]


def test_progress_is_a_picture_and_a_table(
    client: Client, portals: TwoPortals, campaign: CampaignPage
) -> None:
    page = soup(client, portals.qingshan, "/dongtai/minfadian/")

    assert words(page.select_one(".progress__words")) == (
        "举办普法活动 已完成 350／700 场（50%）"
    )
    assert page.select_one(".progress__fill")["width"] == "50"
    assert [mark["d"] for mark in page.select(".progress__mark")] == [
        "M10 0v4",
        "M60 0v4",
    ]
    table = page.select_one("#targets ~ .table-frame table")
    cells = [words(cell) for cell in table.select("td")]
    assert cells[0] == "700 场"
    assert cells[1].startswith("70／70")
    assert cells[2].startswith("280／350")
    assert cells[3].startswith("—／280")
    assert cells[4] == "350 50%"
    assert cells[5] == "2026年5月20日"


@pytest.fixture
def events(campaign: CampaignPage) -> list[EventPage]:
    days = [(5, "held", 120), (9, "held", 80), (10, "cancelled", None)]
    past = [
        EventPageFactory(
            parent=campaign,
            slug=f"changci-{day}",
            heading_zh_hans=f"{day}日的活动",
            starts_at=datetime(2026, 5, day, 1, tzinfo=UTC),
            ends_at=None,
            state=state,
            people_reached=people,
        )
        for day, state, people in days
    ]
    next_ones = [
        EventPageFactory(
            parent=campaign,
            slug=f"changci-{day}",
            heading_zh_hans=f"{day}日的活动",
            starts_at=datetime(2026, 5, day, 1, tzinfo=UTC),
            ends_at=datetime(2026, 5, day, 3, tzinfo=UTC),
        )
        for day in (20, 12)
    ]
    return [*past, *next_ones]


@time_machine.travel("2026-05-12T23:00:00+08:00", tick=False)
def test_events_to_come_stand_first_and_people_are_summed(
    client: Client, portals: TwoPortals, events: list[EventPage]
) -> None:
    page = soup(client, portals.qingshan, "/dongtai/minfadian/")

    coming, past = page.select(".events")
    assert [words(a) for a in coming.select("h3")] == ["12日的活动", "20日的活动"]
    assert [words(a) for a in past.select("h3")] == [
        "10日的活动",
        "9日的活动",
        "5日的活动",
    ]
    assert words(page.select_one(".reached")) == "已登记的活动共有 200 人参加。"
    assert "取消" in words(past)
    link = page.select_one('a[type="text/calendar"]')
    assert link["href"] == "/dongtai/minfadian/calendar.ics"


def test_an_event_names_its_township_in_the_language_of_the_page(
    client: Client, portals: TwoPortals, campaign: CampaignPage
) -> None:
    township = RegionFactory(
        code=f"{portals.qingshan.portal.region_code}101", name_zh_hans="石桥镇"
    )
    EventPageFactory(parent=campaign, slug="jishi", township=township)

    assert "石桥镇" in words(
        soup(client, portals.qingshan, "/dongtai/minfadian/jishi/").select_one("main")
    )
    listed = soup(client, portals.qingshan, "/dongtai/minfadian/")
    assert "石桥镇" in words(listed.select_one(".events"))


# --- coverage --------------------------------------------------------------------------------


@pytest.fixture
def reports(campaign: CampaignPage) -> list[ArticlePage]:
    return [
        ArticlePageFactory(
            parent=campaign,
            slug=f"baodao-{day}",
            heading_zh_hans=f"{day}日的报道",
            first_published_at=datetime(2026, 5, day, tzinfo=UTC),
        )
        for day in (3, 20, 10)
    ]


def test_coverage_is_listed_newest_first_and_leads_on_and_back(
    client: Client, portals: TwoPortals, reports: list[ArticlePage]
) -> None:
    page = soup(client, portals.qingshan, "/dongtai/minfadian/")
    listed = page.select("#reports ~ .cards a")
    assert [words(a) for a in listed] == ["20日的报道", "10日的报道", "3日的报道"]

    report = soup(client, portals.qingshan, "/dongtai/minfadian/baodao-10/")
    assert report.select_one(".campaign-link a")["href"] == "/dongtai/minfadian/"
    neighbors = [a["href"] for a in report.select(".neighbors a")]
    assert neighbors == [
        "/dongtai/minfadian/baodao-20/",
        "/dongtai/minfadian/baodao-3/",
    ]
    assert words(report.select_one("#of-campaign")) == "本活动的报道"
    names = report.find("meta", attrs={"name": "ColumnName"})
    assert names["content"] == portals.qingshan.column.heading_zh_hans


def test_an_article_of_a_column_belongs_to_no_campaign(
    client: Client, portals: TwoPortals, reports: list[ArticlePage]
) -> None:
    path = portals.qingshan.article.public_path(portals.qingshan.portal)

    assert not soup(client, portals.qingshan, path).select(".campaign-link")


def test_a_column_shows_a_campaign_like_a_column_below_it(
    client: Client, portals: TwoPortals, reports: list[ArticlePage]
) -> None:
    page = soup(client, portals.qingshan, "/dongtai/")

    section = page.select_one(".subcolumn")
    assert section.select_one("h2 a")["href"] == "/dongtai/minfadian/"
    assert words(section.select_one(".card")).startswith("20日的报道")
    contents = [a["href"] for a in page.select(".page > .cards a")]
    assert "/dongtai/minfadian/" not in contents
    assert "/dongtai/minfadian/baodao-3/" in contents


# --- languages, search, two portals ------------------------------------------------------------


def test_numbers_of_a_translated_campaign_are_the_same_numbers(
    client: Client, portals: TwoPortals, campaign: CampaignPage
) -> None:
    english = {"language": "en", "what": "Events", "unit": "events"}
    home = portals.qingshan.home.specific
    home.heading_en = "Home"
    home.save_revision().publish()
    campaign.heading_en = "Civil Code Month"
    campaign.body_en = stream(("text", "<p>About.</p>"))
    campaign.targets = stream(
        target(achieved=7, counted_on="2026-05-10", translations=[english])
    )
    campaign.measures = stream(measure(translations=[]))
    campaign.save_revision().publish()

    page = soup(client, portals.qingshan, "/en/dongtai/minfadian/")

    row = page.select_one("#targets ~ .table-frame table tr:nth-of-type(2)")
    assert words(row).startswith("Events 700 events")
    assert "县司法局" in words(page.select_one(".measures"))


def test_search_finds_a_campaign_by_slogan_measure_and_target(
    portals: TwoPortals, campaign: CampaignPage
) -> None:
    entry = campaign.search_entry(portals.qingshan.portal, "zh-hans")

    assert entry is not None
    assert entry.alternatives == ("美好生活 民法典相伴",)
    for word in ("村村办一场讲座", "举办普法活动", "介绍。"):
        assert word in entry.body


def test_search_finds_an_event_by_its_place(
    portals: TwoPortals, campaign: CampaignPage
) -> None:
    event = EventPageFactory(parent=campaign)

    entry = event.search_entry(portals.qingshan.portal, "zh-hans")

    assert entry is not None
    assert "石桥镇集市口" in entry.body
    assert entry.kind == "event"


def test_a_campaign_of_one_portal_is_not_in_the_other(
    client: Client, portals: TwoPortals, events: list[EventPage]
) -> None:
    for path in ("/dongtai/minfadian/", "/dongtai/minfadian/calendar.ics"):
        assert (
            client.get(path, headers={"host": portals.qingshan.host}).status_code == 200
        )
        assert client.get(path, headers={"host": portals.baihe.host}).status_code == 404
