"""Plain data of campaigns and events for the templates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from markupsafe import Markup

from articles.campaigns import plan as campaigns
from articles.campaigns.plan import (
    FULL_SHARE,
    EventState,
    Measure,
    Phase,
    State,
    Target,
)
from home import streams
from home.presentation import BlockData, Card, CitedProvision, Reader, TopicData

if TYPE_CHECKING:
    from articles.models import CampaignPage, EventPage

CALENDAR = "calendar.ics"


@dataclass(frozen=True, slots=True)
class PhaseView:
    name: str
    text: str
    starts_on: date
    ends_on: date
    state: State  # on the day of rendering; a script of the page corrects it later


@dataclass(frozen=True, slots=True)
class TargetView:
    """A target with its bar: 100 wide, filled to ``filled``."""

    what: str
    unit: str
    number: int
    achieved: int | None
    percent: int | None
    filled: int
    marks: tuple[int, ...]  # where each quarter but the last should end
    quarters: dict[int, campaigns.Quarter]
    counted_on: date | None


@dataclass(frozen=True, slots=True)
class EventItem:
    """An event in the list of its campaign."""

    card: Card
    starts_at: datetime
    ends_at: datetime | None
    place: str
    township: str
    organiser: str
    state: str
    state_label: str
    people_reached: int | None

    @property
    def last_day(self) -> date:
        return timezone.localdate(self.ends_at or self.starts_at)


@dataclass(frozen=True, slots=True)
class CampaignView:
    """``articles/campaign_page.html``."""

    heading: str
    slogan: str
    summary: str
    year: int
    starts_on: date
    ends_on: date
    today: date
    state: State
    days: int  # until it begins, or left with today; 0 when it is over
    published_at: datetime | None
    source: str
    phases: tuple[PhaseView, ...]
    measures: tuple[Measure, ...]
    targets: tuple[TargetView, ...]
    quarters: tuple[int, ...]  # those that any target is planned in
    materials: tuple[BlockData, ...]
    blocks: tuple[BlockData, ...]
    closing: tuple[BlockData, ...]
    next_events: tuple[EventItem, ...]  # the nearest first
    past_events: tuple[EventItem, ...]  # the latest first
    people_reached: int
    calendar_path: str  # "" where there is no event to put in it
    reports: tuple[Card, ...]  # newest first
    cited: tuple[CitedProvision, ...]
    topics: tuple[TopicData, ...]
    audiences: tuple[str, ...]
    older: Card | None
    newer: Card | None
    qr_svg: Markup


@dataclass(frozen=True, slots=True)
class EventView:
    """``articles/event_page.html``."""

    heading: str
    summary: str
    starts_at: datetime
    ends_at: datetime | None
    place: str
    township: str
    organiser: str
    state: str
    state_label: str
    people_reached: int | None
    blocks: tuple[BlockData, ...]
    calendar_path: str
    campaign: Card | None
    published_at: datetime | None
    source: str
    cited: tuple[CitedProvision, ...]
    topics: tuple[TopicData, ...]
    audiences: tuple[str, ...]
    older: Card | None
    newer: Card | None
    qr_svg: Markup


# --- campaigns ---------------------------------------------------------------------------


def present_campaign(page: CampaignPage, reader: Reader) -> CampaignView:
    language, today = reader.language, reader.today
    older, newer = reader.siblings(page.pk)
    children = reader.children(page.pk)
    events = event_items(children, reader)
    targets = campaigns.targets_of(page.stored("targets"), language)
    phases = campaigns.phases_of(page.stored("phases"), language)
    state = campaigns.period_state(page.starts_on, page.ends_on, today)
    return CampaignView(
        heading=page.text("heading", language),
        slogan=page.text("slogan", language),
        summary=page.text("summary", language),
        year=page.year,
        starts_on=page.starts_on,
        ends_on=page.ends_on,
        today=today,
        state=state,
        days=days_of(state, page.starts_on, page.ends_on, today),
        published_at=page.first_published_at,
        source=page.source or reader.publisher_name,
        phases=tuple(phase_view(phase, today) for phase in phases),
        measures=campaigns.measures_of(page.stored("measures"), language),
        targets=tuple(target_view(target) for target in targets),
        quarters=quarters_in_use(targets),
        materials=streams.present(page.stored("materials"), reader),
        blocks=streams.present(page.stream_data("body", language), reader),
        closing=streams.present(page.stream_data("closing", language), reader, "c"),
        next_events=next_events(events, today),
        past_events=past_events(events, today),
        people_reached=sum(item.people_reached or 0 for item in events),
        calendar_path=calendar_path(page, reader) if events else "",
        reports=tuple(reports(children)),
        cited=reader.cited(page),
        topics=reader.topics_of(page),
        audiences=reader.audience_names(page),
        older=older,
        newer=newer,
        qr_svg=reader.qr_svg(),
    )


def days_of(state: State, starts_on: date, ends_on: date, today: date) -> int:
    if state == "upcoming":
        return (starts_on - today).days
    return (ends_on - today).days + 1 if state == "current" else 0


def phase_view(phase: Phase, today: date) -> PhaseView:
    return PhaseView(
        name=phase.name,
        text=phase.text,
        starts_on=phase.starts_on,
        ends_on=phase.ends_on,
        state=phase.state(today),
    )


def target_view(target: Target) -> TargetView:
    planned, marks = 0, []
    for quarter in target.quarters[:-1]:
        planned += quarter.planned
        marks.append(planned * FULL_SHARE // target.number)
    return TargetView(
        what=target.what,
        unit=target.unit,
        number=target.number,
        achieved=target.achieved,
        percent=target.percent,
        filled=min(target.percent or 0, FULL_SHARE),
        marks=tuple(marks),
        quarters={quarter.number: quarter for quarter in target.quarters},
        counted_on=target.counted_on,
    )


def quarters_in_use(targets: Iterable[Target]) -> tuple[int, ...]:
    return tuple(
        sorted({quarter.number for target in targets for quarter in target.quarters})
    )


def reports(children: Sequence[Card]) -> list[Card]:
    """The coverage of a campaign, newest first."""
    found = [card for card in children if card.kind == "article"]
    return sorted(found, key=_published, reverse=True)


def _published(card: Card) -> tuple[float, int]:
    moment = card.published_at
    return (moment.timestamp() if moment else 0.0, card.id)


# --- events --------------------------------------------------------------------------------


def event_items(children: Sequence[Card], reader: Reader) -> tuple[EventItem, ...]:
    """The events among the children of a campaign, by time."""
    found = [
        event_item(card, facts, reader)
        for card in children
        if card.kind == "event" and (facts := reader.facts(card.id))
    ]
    return tuple(sorted(found, key=lambda item: (item.starts_at, item.card.id)))


def event_item(card: Card, facts: Any, reader: Reader) -> EventItem:
    return EventItem(
        card=card,
        starts_at=timezone.localtime(facts["starts_at"]),
        ends_at=timezone.localtime(facts["ends_at"]) if facts["ends_at"] else None,
        place=facts["place"],
        township=region_name(facts["township_id"], reader),
        organiser=facts["organiser"],
        state=facts["state"],
        state_label=str(EventState(facts["state"]).label),
        people_reached=facts["people_reached"],
    )


def region_name(region_id: int | None, reader: Reader) -> str:
    region = reader.region(region_id)
    return region.name if region is not None else ""


def is_past(item: EventItem, today: date) -> bool:
    return item.state == "held" or item.last_day < today


def next_events(items: Iterable[EventItem], today: date) -> tuple[EventItem, ...]:
    return tuple(item for item in items if not is_past(item, today))


def past_events(items: Sequence[EventItem], today: date) -> tuple[EventItem, ...]:
    return tuple(item for item in reversed(items) if is_past(item, today))


def calendar_path(page: Any, reader: Reader) -> str:
    """Of the page's calendar file; "" for a page that is not public yet."""
    card = reader.card(page.pk)
    is_shown = card is not None and card.language == reader.language
    return f"{card.path}{CALENDAR}" if card is not None and is_shown else ""


def campaign_of(page: Any, reader: Reader) -> Card | None:
    """The campaign that an event or a report belongs to."""
    card = reader.card(page.pk)
    parent = reader.card(card.parent_id) if card and card.parent_id else None
    return parent if parent is not None and parent.kind == "campaign" else None


def present_event(page: EventPage, reader: Reader) -> EventView:
    language = reader.language
    older, newer = reader.siblings(page.pk)
    starts_at = timezone.localtime(page.starts_at)
    ends_at = timezone.localtime(page.ends_at) if page.ends_at else None
    return EventView(
        heading=page.text("heading", language),
        summary=page.text("summary", language),
        starts_at=starts_at,
        ends_at=ends_at,
        place=page.text("place", language) or page.text("place", "zh-hans"),
        township=region_name(page.township_id, reader),
        organiser=page.organiser,
        state=page.state,
        state_label=str(EventState(page.state).label),
        people_reached=page.people_reached,
        blocks=streams.present(page.stream_data("body", language), reader),
        calendar_path=calendar_path(page, reader),
        campaign=campaign_of(page, reader),
        published_at=page.first_published_at,
        source=page.source or reader.publisher_name,
        cited=reader.cited(page),
        topics=reader.topics_of(page),
        audiences=reader.audience_names(page),
        older=older,
        newer=newer,
        qr_svg=reader.qr_svg(),
    )
