"""A campaign with phases, measures, targets and events, for everybody's tests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import factory
from wagtail.test.utils.wagtail_factories import PageFactory

from articles.models import CampaignPage, EventPage
from tests.factories import PUBLISHED_AT, stream

START, END = date(2026, 5, 1), date(2026, 5, 31)
PHASE_DAYS = (
    ("动员部署", "2026-05-01", "2026-05-07"),
    ("整体推进", "2026-05-08", "2026-05-25"),
    ("总结验收", "2026-05-26", "2026-05-31"),
)


def phase(name: str, starts_on: str, ends_on: str, **values: Any) -> tuple[str, Any]:
    return "phase", {
        "name": name,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "text": "",
        "translations": [],
        **values,
    }


def measure(text: str = "村村办一场讲座", **values: Any) -> tuple[str, Any]:
    return "measure", {
        "text": text,
        "lead": "县司法局",
        "support": "县农业农村局、县妇联",
        "translations": [],
        **values,
    }


def quarter(number: int, planned: int, achieved: int | None = None) -> dict[str, Any]:
    return {"quarter": str(number), "planned": planned, "achieved": achieved}


def target(**values: Any) -> tuple[str, Any]:
    return "target", {
        "what": "举办普法活动",
        "unit": "场",
        "number": 700,
        "planned_as": "share",
        "quarters": [],
        "achieved": None,
        "counted_on": None,
        "translations": [],
        **values,
    }


def phases() -> str:
    return stream(*(phase(*days) for days in PHASE_DAYS))


def targets() -> str:
    by_quarter = [quarter(1, 10, 70), quarter(2, 50, 280), quarter(3, 40)]
    return stream(target(quarters=by_quarter, counted_on="2026-05-20"))


class CampaignPageFactory(PageFactory):
    class Meta:
        model = CampaignPage

    title = ""
    slug = factory.Sequence(lambda number: f"huodong-{number}")
    heading_zh_hans = factory.Sequence(lambda number: f"民法典宣传月 {number}")
    slogan_zh_hans = "美好生活 民法典相伴"
    summary_zh_hans = "一个月，村村有讲座。"
    body_zh_hans = stream(("text", "<p>介绍。</p>"))
    year = 2026
    starts_on = START
    ends_on = END
    phases = factory.LazyFunction(phases)
    measures = factory.LazyFunction(lambda: stream(measure()))
    targets = factory.LazyFunction(targets)
    first_published_at = PUBLISHED_AT
    last_published_at = PUBLISHED_AT


class EventPageFactory(PageFactory):
    class Meta:
        model = EventPage

    title = ""
    slug = factory.Sequence(lambda number: f"changci-{number}")
    heading_zh_hans = factory.Sequence(lambda number: f"集市咨询 {number}")
    summary_zh_hans = "律师在集市口答疑。"
    place_zh_hans = "石桥镇集市口"
    starts_at = datetime(2026, 5, 12, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
    ends_at = datetime(2026, 5, 12, 3, 30, tzinfo=UTC)
    organiser = "石桥司法所"
    first_published_at = PUBLISHED_AT
    last_published_at = PUBLISHED_AT
