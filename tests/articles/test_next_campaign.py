"""“以这次活动为底稿新建下一年”: what is kept, what is cleared, and who may do it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from articles.campaigns.admin import next_campaign_buttons
from articles.models import CampaignPage, EventPage
from tests.articles.campaign_factories import (
    CampaignPageFactory,
    EventPageFactory,
    quarter,
    target,
)
from tests.factories import ArticlePageFactory, PortalFixture, TwoPortals, stream

pytestmark = pytest.mark.django_db
NOVEMBER = "2026-11-22T12:00:00+08:00"


@pytest.fixture(autouse=True)
def _in_november() -> Any:
    with time_machine.travel(NOVEMBER, tick=False):
        yield


@pytest.fixture
def campaign(portals: TwoPortals) -> CampaignPage:
    page = CampaignPageFactory(
        parent=portals.qingshan.column,
        slug="minfadian-2026",
        heading_zh_hans="2026年民法典宣传月",
        heading_en="Civil Code Month 2026",
        closing_zh_hans=stream(("text", "<p>办完了。</p>")),
        targets=stream(
            target(
                quarters=[quarter(1, 10, 70), quarter(2, 90, 630)],
                counted_on="2026-06-01",
            ),
            target(what="发放手册", achieved=9, counted_on="2026-06-01"),
        ),
    )
    ArticlePageFactory(parent=page, slug="baodao")
    EventPageFactory(
        parent=page,
        slug="jishi",
        heading_zh_hans="2026年集市咨询",
        state="held",
        people_reached=120,
        body_zh_hans=stream(("text", "<p>来了很多人。</p>")),
    )
    EventPageFactory(parent=page, slug="quxiao", state="cancelled")
    EventPageFactory(
        parent=page,
        slug="caogao",
        live=False,
        starts_at=datetime(2026, 5, 20, 8, 0, tzinfo=UTC),
        ends_at=None,
    )
    return page


def address(campaign: CampaignPage) -> str:
    return reverse("next_campaign", args=[campaign.pk])


def as_person(person: Any, fixture: PortalFixture) -> Client:
    client = Client(headers={"host": fixture.host})
    client.force_login(person)
    return client


def answers(**values: Any) -> dict[str, Any]:
    return {"year": 2027, "starts_on": "2027-05-01", "with_events": "on"} | values


def made(client: Client, campaign: CampaignPage, **values: Any) -> CampaignPage:
    response = client.post(address(campaign), answers(**values))
    found = CampaignPage.objects.exclude(pk=campaign.pk).get()
    assert response.status_code == 302
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[found.pk])
    assert client.get(response["Location"]).status_code == 200
    return found


def test_the_form_is_filled_in_already(editor: Client, campaign: CampaignPage) -> None:
    response = editor.get(address(campaign))

    assert response.status_code == 200
    assert response.context["form"].initial == {
        "year": 2027,
        "starts_on": date(2027, 5, 1),
        "with_events": True,
    }
    assert "以" in response.content.decode()


def test_next_year_keeps_the_plan_and_clears_the_figures(
    editor: Client, portals: TwoPortals, campaign: CampaignPage
) -> None:
    page = made(editor, campaign)

    assert not page.live
    assert page.get_parent().pk == portals.qingshan.column.pk
    assert page.owner == portals.qingshan.editor
    assert (page.heading_zh_hans, page.heading_en) == (
        "2027年民法典宣传月",
        "Civil Code Month 2027",
    )
    assert page.slogan_zh_hans == campaign.slogan_zh_hans
    assert page.stream_data("body", "zh-hans") == campaign.stream_data(
        "body", "zh-hans"
    )
    assert (page.year, page.starts_on, page.ends_on) == (
        2027,
        date(2027, 5, 1),
        date(2027, 5, 31),
    )
    assert [block.value["starts_on"] for block in page.phases] == [
        date(2027, 5, 1),
        date(2027, 5, 8),
        date(2027, 5, 26),
    ]
    assert page.stored("measures") == campaign.stored("measures")
    first, second = (block["value"] for block in page.stored("targets"))
    assert [entry["planned"] for entry in first["quarters"]] == [10, 90]
    assert [entry["achieved"] for entry in first["quarters"]] == [None, None]
    assert (first["number"], first["counted_on"]) == (700, None)
    assert (second["achieved"], second["counted_on"]) == (None, None)
    assert page.stream_data("closing", "zh-hans") == []
    page.clean()


def test_the_campaign_of_this_year_stays_as_it_is(
    editor: Client, campaign: CampaignPage
) -> None:
    before = CampaignPage.objects.values().get(pk=campaign.pk)

    made(editor, campaign)

    assert CampaignPage.objects.values().get(pk=campaign.pk) == before | {
        "numchild": before["numchild"]
    }
    assert campaign.get_children().count() == 4


def test_events_come_along_as_drafts_without_their_figures(
    editor: Client, campaign: CampaignPage
) -> None:
    page = made(editor, campaign)

    found = EventPage.objects.child_of(page).order_by("starts_at")
    assert page.get_children().count() == len(found) == 2
    first, second = found
    assert first.heading_zh_hans == "2027年集市咨询"
    assert (
        timezone.localtime(first.starts_at).isoformat() == "2027-05-12T09:00:00+08:00"
    )
    assert timezone.localtime(first.ends_at).isoformat() == "2027-05-12T11:30:00+08:00"
    assert (first.live, first.state, first.people_reached) == (False, "planned", None)
    assert (first.organiser, first.place_zh_hans) == ("石桥司法所", "石桥镇集市口")
    assert first.stream_data("body", "zh-hans") == []
    assert second.ends_at is None
    assert first.latest_revision is not None


def test_events_stay_behind_unless_wanted(
    editor: Client, campaign: CampaignPage
) -> None:
    page = made(editor, campaign, with_events="")

    assert page.get_children().count() == 0


def test_another_first_day_moves_phases_and_events_by_as_many_days(
    editor: Client, campaign: CampaignPage
) -> None:
    page = made(editor, campaign, starts_on="2027-05-06")

    assert page.ends_on == date(2027, 6, 5)
    assert page.phases[1].value["starts_on"] == date(2027, 5, 13)
    first = EventPage.objects.child_of(page).order_by("starts_at").first()
    assert first is not None
    assert timezone.localdate(first.starts_at) == date(2027, 5, 17)


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"year": 2026}, "year", "年份要晚于这次活动的2026年。"),
        ({"year": 2028}, "starts_on", "开始日期和年份对不上。"),
        ({"starts_on": "2026-05-01"}, "starts_on", "开始日期和年份对不上。"),
    ],
)
def test_year_and_day_have_to_agree(
    editor: Client,
    campaign: CampaignPage,
    values: dict[str, Any],
    field: str,
    message: str,
) -> None:
    response = editor.post(address(campaign), answers(**values))

    assert response.context["form"].errors == {field: [message]}
    assert CampaignPage.objects.count() == 1


# --- who may ---------------------------------------------------------------------------------


def test_people_of_another_county_get_nothing(
    portals: TwoPortals, campaign: CampaignPage
) -> None:
    for person in (portals.baihe.editor, portals.baihe.admin, portals.baihe.author):
        client = as_person(person, portals.baihe)
        assert client.get(address(campaign)).status_code != 200
        client.post(address(campaign), answers())
        assert (
            list(next_campaign_buttons(Page.objects.get(pk=campaign.pk), person)) == []
        )

    assert CampaignPage.objects.count() == 1
    # Positive control: the same request by somebody of the county.
    client = as_person(portals.qingshan.author, portals.qingshan)
    assert client.post(address(campaign), answers()).status_code == 302
    assert CampaignPage.objects.count() == 2


def test_nobody_gets_in_without_logging_in(
    portals: TwoPortals, campaign: CampaignPage
) -> None:
    client = Client(headers={"host": portals.qingshan.host})

    response = client.post(address(campaign), answers())

    assert response.status_code == 302
    assert "login" in response["Location"]
    assert CampaignPage.objects.count() == 1
    assert list(next_campaign_buttons(campaign, AnonymousUser())) == []


def test_an_article_has_no_next_year(editor: Client, portals: TwoPortals) -> None:
    path = reverse("next_campaign", args=[portals.qingshan.article.pk])

    assert editor.get(path).status_code == 404


def test_the_action_is_in_the_menus_of_a_campaign_and_of_nothing_else(
    editor: Client, portals: TwoPortals, campaign: CampaignPage
) -> None:
    def offers(page: Page) -> bool:
        response = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        return address(campaign) in response.content.decode()

    assert offers(campaign)
    assert not offers(portals.qingshan.article)
    listing = editor.get(
        reverse("wagtailadmin_explore", args=[portals.qingshan.column.pk])
    )
    assert "以这次活动为底稿新建下一年" in listing.content.decode()
