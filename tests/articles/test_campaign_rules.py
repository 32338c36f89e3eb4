"""What a campaign and an event refuse, and at which field they say so."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError

from articles.models import CampaignPage
from tests.articles.campaign_factories import (
    CampaignPageFactory,
    EventPageFactory,
    phase,
    quarter,
    target,
)
from tests.factories import TwoPortals, stream

pytestmark = pytest.mark.django_db
NOON = "T12:00:00+08:00"


@pytest.fixture
def campaign(portals: TwoPortals) -> CampaignPage:
    return CampaignPageFactory(parent=portals.qingshan.column, slug="minfadian")


def errors_of(page: Any) -> dict[str, Any]:
    with pytest.raises(ValidationError) as caught:
        page.clean()
    return dict(caught.value.error_dict)


def row_errors(page: CampaignPage) -> dict[int, dict[str, str]]:
    """What the form shows at which field of which phase."""
    (error,) = errors_of(page)["phases"]
    return {
        number: {name: found.messages[0] for name, found in row.block_errors.items()}
        for number, row in error.block_errors.items()
    }


# --- a campaign's own rules ----------------------------------------------------------------


@time_machine.travel("2026-11-22" + NOON, tick=False)
def test_a_new_campaign_comes_with_three_phases_that_fill_next_month() -> None:
    page = CampaignPage(heading_zh_hans="宪法宣传周")

    page.clean()

    found = [
        (block.value["name"], block.value["starts_on"], block.value["ends_on"])
        for block in page.phases
    ]
    assert (page.year, page.starts_on, page.ends_on) == (
        2026,
        date(2026, 12, 1),
        date(2026, 12, 31),
    )
    assert found == [
        ("动员部署", date(2026, 12, 1), date(2026, 12, 7)),
        ("整体推进", date(2026, 12, 8), date(2026, 12, 26)),
        ("总结验收", date(2026, 12, 27), date(2026, 12, 31)),
    ]


@time_machine.travel("2026-12-31" + NOON, tick=False)
def test_a_campaign_begun_in_december_is_next_years() -> None:
    page = CampaignPage()

    assert (page.year, page.starts_on) == (2027, date(2027, 1, 1))


def test_a_campaign_does_not_end_before_it_begins(campaign: CampaignPage) -> None:
    campaign.ends_on = date(2026, 4, 30)

    assert errors_of(campaign)["ends_on"][0].messages == ["结束日期不能早于开始日期。"]


def test_the_year_is_one_of_the_period(campaign: CampaignPage) -> None:
    campaign.year = 2027
    assert "year" in errors_of(campaign)

    campaign.ends_on = date(2027, 1, 31)
    campaign.phases = "[]"
    campaign.clean()


def test_phases_stay_inside_the_period_and_do_not_overlap(
    campaign: CampaignPage,
) -> None:
    campaign.phases = stream(
        phase("动员部署", "2026-04-30", "2026-05-07"),
        phase("整体推进", "2026-05-07", "2026-05-25"),
        phase("总结验收", "2026-05-26", "2026-06-02"),
    )

    assert row_errors(campaign) == {
        0: {"starts_on": "这一天不在活动时间以内。"},
        1: {"starts_on": "要晚于上一个阶段的结束日期。"},
        2: {"ends_on": "这一天不在活动时间以内。"},
    }


def test_phases_stand_in_order(campaign: CampaignPage) -> None:
    campaign.phases = stream(
        phase("整体推进", "2026-05-08", "2026-05-25"),
        phase("动员部署", "2026-05-01", "2026-05-07"),
    )

    assert row_errors(campaign) == {1: {"starts_on": "要晚于上一个阶段的结束日期。"}}


def test_phases_that_touch_are_allowed(campaign: CampaignPage) -> None:
    campaign.clean()


@time_machine.travel("2026-06-20" + NOON, tick=False)
def test_what_is_missing_is_hinted_at_and_does_not_refuse(
    campaign: CampaignPage,
) -> None:
    campaign.phases = campaign.targets = "[]"

    hints = " ".join(campaign.own_hints())

    assert campaign.publication_problems() == []
    for word in ("阶段", "目标", "总结"):
        assert word in hints
    campaign.closing_zh_hans = stream(("text", "<p>办完了。</p>"))
    assert "总结" not in " ".join(campaign.own_hints())


# --- rows: what a block refuses ------------------------------------------------------------


def block_errors(field: str, value: tuple[str, Any]) -> dict[str, str]:
    block = CampaignPage._meta.get_field(field).stream_block
    found = block.to_python([{"type": value[0], "value": value[1]}])
    try:
        block.clean(found)
    except ValidationError as error:
        row = error.block_errors[0]  # type: ignore[attr-defined]
        return {name: part.messages[0] for name, part in row.block_errors.items()}
    return {}


@time_machine.travel("2026-06-20" + NOON, tick=False)
@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        (
            {"quarters": [quarter(1, 10), quarter(2, 50)]},
            "quarters",
            "各季度的百分比加起来是 60，应当是 100。",
        ),
        (
            {"planned_as": "number", "quarters": [quarter(1, 300)]},
            "quarters",
            "各季度加起来是 300，目标是 700，两个数要相等。",
        ),
        (
            {"quarters": [quarter(1, 50), quarter(1, 50)]},
            "quarters",
            "同一个季度填了两次，请合并成一行。",
        ),
        (
            {"achieved": 5},
            "counted_on",
            "填了完成数，请写明统计到哪一天。",
        ),
        (
            {"quarters": [quarter(1, 100, 5)]},
            "counted_on",
            "填了完成数，请写明统计到哪一天。",
        ),
        (
            {"counted_on": "2026-06-01"},
            "counted_on",
            "还没有填完成数，请先填数或者去掉这个日期。",
        ),
        (
            {"achieved": 5, "counted_on": "2026-06-21"},
            "counted_on",
            "统计日期不能晚于今天。",
        ),
        (
            {
                "quarters": [quarter(1, 100)],
                "achieved": 5,
                "counted_on": "2026-06-01",
            },
            "achieved",
            "分了季度的目标，完成数填在每个季度里，这里请留空。",
        ),
    ],
)
def test_a_target_that_does_not_add_up_is_refused_at_its_field(
    values: dict[str, Any], field: str, message: str
) -> None:
    assert block_errors("targets", target(**values)) == {field: message}


@time_machine.travel("2026-06-20" + NOON, tick=False)
@pytest.mark.parametrize(
    "values",
    [
        {},
        {"quarters": [quarter(1, 10), quarter(2, 50), quarter(3, 40)]},
        {
            "planned_as": "number",
            "quarters": [quarter(1, 300, 10), quarter(2, 400)],
            "counted_on": "2026-06-20",
        },
        {"achieved": 0, "counted_on": "2026-06-20"},
    ],
)
def test_a_target_that_adds_up_is_taken(values: dict[str, Any]) -> None:
    assert block_errors("targets", target(**values)) == {}


def test_a_phase_does_not_end_before_it_begins() -> None:
    backwards = phase("动员部署", "2026-05-07", "2026-05-01")

    assert block_errors("phases", backwards) == {
        "ends_on": "结束日期不能早于开始日期。"
    }


# --- events --------------------------------------------------------------------------------


@time_machine.travel("2026-05-11" + NOON, tick=False)
@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"ends_at": datetime(2026, 5, 12, 0, 59, tzinfo=UTC)}, "ends_at"),
        ({"state": "held"}, "state"),
        ({"people_reached": 10}, "people_reached"),
        ({"people_reached": 0}, "people_reached"),
    ],
)
def test_an_event_that_contradicts_itself_is_refused(
    values: dict[str, Any], field: str
) -> None:
    event = EventPageFactory.build(**values)

    assert list(errors_of(event)) == [field]


@time_machine.travel("2026-05-13" + NOON, tick=False)
def test_an_event_that_was_held_has_people() -> None:
    event = EventPageFactory.build(state="held", people_reached=0)

    event.clean()
    assert event.own_hints() == []


@time_machine.travel("2026-05-13" + NOON, tick=False)
def test_an_event_whose_day_has_passed_asks_for_its_state() -> None:
    hints = " ".join(EventPageFactory.build().own_hints())

    assert "活动时间已经过了" in hints
