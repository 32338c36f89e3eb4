"""Campaigns and directories in the API: pages that hold pages, and what is below them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from tests.articles.campaign_factories import CampaignPageFactory, EventPageFactory
from tests.directory_factories import DirectoryPageFactory, ServicePointPageFactory
from tests.factories import (
    ArticlePageFactory,
    PortalFixture,
    RegionFactory,
    TwoPortals,
)
from tests.publishing.api_content import ApiClient


@pytest.fixture
def own(two_portals: TwoPortals) -> PortalFixture:
    return two_portals.qingshan


@pytest.fixture
def api(client: Client, own: PortalFixture) -> ApiClient:
    return ApiClient(client, own.host)


def ids(api: ApiClient, path: str) -> list[int]:
    return [item["id"] for item in api.json(path)["items"]]


def test_column_filter_takes_every_page_that_holds_pages(
    api: ApiClient, own: PortalFixture
) -> None:
    campaign = CampaignPageFactory(parent=own.column, slug="minfadian")
    event = EventPageFactory(parent=campaign)
    directory = DirectoryPageFactory(parent=own.column, slug="fuwudian")
    point = ServicePointPageFactory(
        parent=directory,
        township=RegionFactory(code=f"{own.portal.region_code}001"),
    )

    assert ids(api, "pages/?column=dongtai/minfadian") == [event.pk]
    assert ids(api, "pages/?column=dongtai/fuwudian&kind=point") == [point.pk]
    api.problem("pages/?column=dongtai/zhengqian", 400)  # an article holds nothing


def test_column_filter_knows_no_campaign_of_another_portal(
    client: Client, api: ApiClient, two_portals: TwoPortals
) -> None:
    campaign = CampaignPageFactory(parent=two_portals.baihe.column, slug="minfadian")
    event = EventPageFactory(parent=campaign)

    api.problem("pages/?column=dongtai/minfadian", 400)
    there = ApiClient(client, two_portals.baihe.host)
    assert ids(there, "pages/?column=dongtai/minfadian") == [event.pk]


def test_article_says_what_it_came_from_and_what_it_reports_on(
    api: ApiClient, own: PortalFixture
) -> None:
    campaign = CampaignPageFactory(parent=own.column)
    moment = datetime(2026, 4, 1, 2, tzinfo=UTC)
    address = "http://old.example/1.html"
    report = ArticlePageFactory(
        parent=campaign, imported_at=moment, imported_from=address
    )

    shown = api.json(f"pages/{report.pk}/")

    assert shown["imported"] == {"at": "2026-04-01T10:00:00+08:00", "from": address}
    assert shown["campaign"]["id"] == campaign.pk
    plain = api.json(f"pages/{own.article.pk}/")
    assert plain["imported"] is plain["campaign"] is None
