"""What the home page shows of the kinds of content, and what it leaves out."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.test import RequestFactory

from articles.models import CampaignPage, EventPage, PolicyDocumentPage
from home.models import Portal
from publishing.block_rendering import render_block
from tests.factories import TwoPortals, make_portal
from tests.home.front_pages import TODAY, make_front_pages

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def shared_ids(
    shared_portals: TwoPortals, django_db_blocker: DjangoDbBlocker
) -> dict[str, int]:
    with django_db_blocker.unblock():
        make_front_pages(shared_portals.baihe)
        return make_front_pages(shared_portals.qingshan)


@pytest.fixture
def ids(portals: TwoPortals, shared_ids: dict[str, int]) -> dict[str, int]:
    return shared_ids


def shown(portals: TwoPortals, kind: str, value: dict[str, Any]) -> str:
    request = RequestFactory().get("/")
    portal = Portal.objects.with_identity().get(pk=portals.qingshan.portal.pk)
    request.portal = portal  # type: ignore[attr-defined]  # ours
    return render_block(kind, value, {"request": request}).strip()


def on(day: date) -> Any:
    return time_machine.travel(
        datetime(day.year, day.month, day.day, 4, tzinfo=UTC), tick=False
    )


HEADED = {"heading": "标题"}
VALUES: dict[str, dict[str, Any]] = {
    "campaign": {},
    "guides": {**HEADED, "guides": []},
    "cases": HEADED,
    "documents": HEADED,
}


@pytest.mark.parametrize("kind", sorted(VALUES))
@time_machine.travel(TODAY, tick=False)
def test_home_page_shows_its_own_portal_only(
    portals: TwoPortals, ids: dict[str, int], kind: str
) -> None:
    html = shown(portals, kind, VALUES[kind])

    assert portals.qingshan.marker in html
    assert portals.baihe.marker not in html


@pytest.mark.parametrize("kind", sorted(VALUES))
@time_machine.travel(TODAY, tick=False)
def test_block_without_anything_to_show_is_not_there(
    portals: TwoPortals, kind: str
) -> None:
    make_portal("kongbai", "空白县", "000008")
    request = RequestFactory().get("/")
    request.portal = Portal.objects.with_identity().get(  # type: ignore[attr-defined]  # ours
        site__hostname="kongbai.localhost"
    )

    assert render_block(kind, VALUES[kind], {"request": request}).strip() == ""


# --- campaigns ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 4, 20), "还有 11 天开始"),
        (date(2026, 5, 3), "现在是动员部署阶段"),
        (date(2026, 5, 31), "今天是最后一天"),
    ],
)
def test_campaign_says_where_it_is(
    portals: TwoPortals, ids: dict[str, int], day: date, words: str
) -> None:
    with on(day):
        assert words in shown(portals, "campaign", {})


@pytest.mark.parametrize("day", [date(2026, 3, 31), date(2026, 6, 1)])
def test_campaign_far_away_or_over_is_not_on_the_home_page(
    portals: TwoPortals, ids: dict[str, int], day: date
) -> None:
    with on(day):
        assert shown(portals, "campaign", {}) == ""


def test_campaign_that_was_chosen_stays_when_it_is_over(
    portals: TwoPortals, ids: dict[str, int]
) -> None:
    with on(date(2026, 6, 1)):
        html = shown(portals, "campaign", {"page": ids["campaign"]})

    assert "已经结束" in html
    assert "下一场" not in html


@time_machine.travel(TODAY, tick=False)
def test_next_event_is_one_that_takes_place(
    portals: TwoPortals, ids: dict[str, int]
) -> None:
    html = shown(portals, "campaign", {})

    assert "赶集日" in html
    assert "不办了" not in html
    assert "已经办了" not in html


@time_machine.travel(TODAY, tick=False)
def test_running_campaign_goes_before_a_coming_one(
    portals: TwoPortals, ids: dict[str, int]
) -> None:
    coming = CampaignPage(
        heading_zh_hans="下一个活动",
        year=2026,
        starts_on=date(2026, 5, 20),
        ends_on=date(2026, 6, 20),
        phases="[]",
    )
    portals.qingshan.column.add_child(instance=coming)

    html = shown(portals, "campaign", {})

    assert "宣传月" in html
    assert "下一个活动" not in html


@time_machine.travel(TODAY, tick=False)
def test_event_without_a_place_tells_nothing_about_it(
    portals: TwoPortals, ids: dict[str, int]
) -> None:
    EventPage.objects.child_of(CampaignPage.objects.get(pk=ids["campaign"])).filter(
        state="planned"
    ).update(place_zh_hans="")

    assert "集市口" not in shown(portals, "campaign", {})


# --- the others ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("validity", "valid_until", "label"),
    [
        ("valid", None, "有效"),
        ("valid", date(2026, 5, 11), "失效"),
        ("repealed", None, "废止"),
    ],
)
@time_machine.travel(TODAY, tick=False)
def test_document_says_whether_it_still_holds(
    portals: TwoPortals,
    ids: dict[str, int],
    validity: str,
    valid_until: date | None,
    label: str,
) -> None:
    PolicyDocumentPage.objects.filter(pk=ids["policy"]).update(
        validity=validity, valid_until=valid_until
    )

    html = shown(portals, "documents", HEADED)

    assert f">{label}<" in html
    assert ("validity--over" in html) is (label != "有效")


def test_cases_of_a_topic_leave_out_the_others(
    portals: TwoPortals, ids: dict[str, int]
) -> None:
    """The case of the tests has no topic."""
    assert shown(portals, "cases", {**HEADED, "topic": "qianxin"}) == ""


def test_cases_of_a_topic_that_is_gone_are_not_all_cases(
    portals: TwoPortals, ids: dict[str, int]
) -> None:
    assert shown(portals, "cases", {**HEADED, "topic": "meiyou"}) == ""


def test_guides_that_were_chosen_keep_their_order(
    portals: TwoPortals, ids: dict[str, int]
) -> None:
    chosen = [{"type": "item", "value": pk, "id": "1"} for pk in (4711, ids["guide"])]

    html = shown(portals, "guides", {**HEADED, "guides": chosen})

    assert html.count("<h3") == 1


def test_township_is_shown_by_its_station(
    portals: TwoPortals, ids: dict[str, int]
) -> None:
    value = {**HEADED, "directory": ids["directory"]}

    html = shown(portals, "service_points", value)

    assert html.index("zhongxin") < html.index("gongzuozhan")
    assert "gongzuoshi" not in html


def test_directory_of_another_portal_shows_nothing(
    portals: TwoPortals, ids: dict[str, int]
) -> None:
    value = {**HEADED, "directory": portals.baihe.column.pk}

    assert shown(portals, "service_points", value) == ""
