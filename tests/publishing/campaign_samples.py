"""Full examples of a campaign and its events: before, while and after it runs.

What every page shows (body, cards, topics …) comes from ``samples``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from django.utils import timezone

from articles.campaigns.plan import Measure, Quarter
from articles.campaigns.presentation import (
    CampaignView,
    EventItem,
    EventView,
    PhaseView,
    TargetView,
)
from articles.presentation import ArticleView
from home.presentation import BlockData, Card

COMMON_FIELDS = (
    "heading summary published_at source blocks cited topics audiences older newer "
    "qr_svg"
).split()
CAMPAIGN = "articles/campaign_page.html"
EVENT = "articles/event_page.html"


def local(day: int, hour: int) -> datetime:
    return timezone.localtime(datetime(2026, 5, day, hour, tzinfo=UTC))


def target(what: str, unit: str, number: int, achieved: int | None) -> TargetView:
    percent = None if achieved is None else achieved * 100 // number
    quarters = {
        1: Quarter(1, number // 10, 10, number // 10),
        2: Quarter(2, number // 2, 50, None),
    }
    counted_on = None if achieved is None else date(2026, 5, 20)
    return TargetView(
        what, unit, number, achieved, percent, percent or 0, (10,), quarters, counted_on
    )


def event_item(card: Card, state: str, day: int, people: int | None) -> EventItem:
    return EventItem(
        card=card,
        starts_at=local(day, 1),
        ends_at=local(day + 1, 3),
        place="集市口",
        township="石桥镇",
        organiser="石桥司法所",
        state=state,
        state_label="已经举办",
        people_reached=people,
    )


def phases() -> tuple[PhaseView, ...]:
    return (
        PhaseView("动员部署", "成立专班。", date(2026, 5, 1), date(2026, 5, 7), "over"),
        PhaseView("整体推进", "", date(2026, 5, 8), date(2026, 5, 25), "current"),
        PhaseView("总结验收", "", date(2026, 5, 26), date(2026, 5, 31), "upcoming"),
    )


def campaign_views(
    article: ArticleView, cards: Sequence[Card]
) -> Iterator[tuple[str, str, str, Any]]:
    """(name, template, address, view); ``article`` has what every page shows."""
    body = article.blocks
    common = {name: getattr(article, name) for name in COMMON_FIELDS}
    running = CampaignView(
        slogan="美好生活 民法典相伴",
        year=2026,
        starts_on=date(2026, 5, 1),
        ends_on=date(2026, 5, 31),
        today=date(2026, 5, 12),
        state="current",
        days=20,
        phases=phases(),
        measures=(
            Measure("村村办讲座", "县司法局", "县妇联、各乡镇"),
            Measure("送法进校园", "县教育局"),
        ),
        targets=(
            target("举办普法活动", "场", 700, 630),
            target("接受咨询", "人次", 80_000, None),
        ),
        quarters=(1, 2),
        materials=tuple(block for block in body if block.type == "attachment"),
        closing=(),
        next_events=(
            event_item(cards[0], "planned", 13, None),
            event_item(cards[1], "postponed", 14, None),
        ),
        past_events=(
            event_item(cards[0], "held", 10, 120),
            event_item(cards[1], "cancelled", 9, None),
            event_item(cards[1], "planned", 8, None),
        ),
        people_reached=120,
        calendar_path="/huodong/minfadian/calendar.ics",
        reports=tuple(cards),
        **common,
    )
    path = "/huodong/minfadian/"
    yield "campaign", CAMPAIGN, path, running
    closing = tuple(
        BlockData(block.type, block.id.replace("s", "c"), block.data)
        for block in body
        if block.type == "text"
    )
    over = replace(running, state="over", days=0, next_events=(), closing=closing)
    yield "campaign that is over", CAMPAIGN, path, over
    bare = replace(
        running, state="upcoming", phases=(), targets=(), blocks=(), measures=()
    )
    yield "campaign before it begins", CAMPAIGN, path, bare
    held = EventView(
        starts_at=local(12, 1),
        ends_at=local(12, 3),
        place="集市口",
        township="石桥镇",
        organiser="石桥司法所",
        state="held",
        state_label="已经举办",
        people_reached=120,
        calendar_path="/huodong/minfadian/jishi/calendar.ics",
        campaign=cards[0],
        **common,
    )
    yield "event", EVENT, f"{path}jishi/", held
    planned = replace(held, state="planned", people_reached=None)
    yield "event to come", EVENT, f"{path}jishi/", planned
    for state in ("cancelled", "postponed"):
        yield f"event {state}", EVENT, f"{path}jishi/", replace(held, state=state)
