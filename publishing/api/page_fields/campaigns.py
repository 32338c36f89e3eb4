"""Campaigns and events."""

from __future__ import annotations

from articles.campaigns.presentation import (
    CampaignView,
    EventItem,
    EventView,
    TargetView,
)
from articles.models import CampaignPage, EventPage
from publishing.api.page_fields.registry import register
from publishing.api.serializers import Json, Serializer, day, moment


def _campaign(_page: CampaignPage, view: CampaignView, to_json: Serializer) -> Json:
    """No current phase: who asks compares the days with a calendar of their own."""
    return {
        "slogan": view.slogan,
        "year": view.year,
        "starts_on": day(view.starts_on),
        "ends_on": day(view.ends_on),
        "body": to_json.blocks(view.blocks),
        "phases": [
            {
                "name": phase.name,
                "starts_on": day(phase.starts_on),
                "ends_on": day(phase.ends_on),
                "text": phase.text,
            }
            for phase in view.phases
        ],
        "measures": [
            {"text": measure.text, "lead": measure.lead, "support": measure.support}
            for measure in view.measures
        ],
        "targets": [_target(target) for target in view.targets],
        "materials": to_json.blocks(view.materials),
        "events": [
            _event_item(item, to_json)
            for item in (*reversed(view.past_events), *view.next_events)
        ],
        "people_reached": view.people_reached,
        "calendar": to_json.link(view.calendar_path),
        "reports": to_json.references(view.reports),
        "closing": to_json.blocks(view.closing),
        "citations": [to_json.citation(cited) for cited in view.cited],
        "older": to_json.reference(view.older) if view.older else None,
        "newer": to_json.reference(view.newer) if view.newer else None,
    }


def _target(target: TargetView) -> Json:
    return {
        "what": target.what,
        "unit": target.unit,
        "number": target.number,
        "achieved": target.achieved,
        "counted_on": day(target.counted_on),
        "quarters": [
            {
                "quarter": quarter.number,
                "planned": quarter.planned,
                "share": quarter.share,
                "achieved": quarter.achieved,
            }
            for quarter in target.quarters.values()
        ],
    }


def _event_item(item: EventItem, to_json: Serializer) -> Json:
    return {
        "page": to_json.reference(item.card),
        "starts_at": moment(item.starts_at),
        "ends_at": moment(item.ends_at),
        "place": item.place,
        "township": item.township,
        "organiser": item.organiser,
        "state": item.state,
        "people_reached": item.people_reached,
    }


def _event(_page: EventPage, view: EventView, to_json: Serializer) -> Json:
    return {
        "starts_at": moment(view.starts_at),
        "ends_at": moment(view.ends_at),
        "place": view.place,
        "township": view.township,
        "organiser": view.organiser,
        "state": view.state,
        "people_reached": view.people_reached,
        "body": to_json.blocks(view.blocks),
        "calendar": to_json.link(view.calendar_path),
        "campaign": to_json.reference(view.campaign) if view.campaign else None,
        "citations": [to_json.citation(cited) for cited in view.cited],
        "older": to_json.reference(view.older) if view.older else None,
        "newer": to_json.reference(view.newer) if view.newer else None,
    }


register(
    "campaign",
    (
        "slogan",
        "year",
        "starts_on",
        "ends_on",
        "body",
        "phases",
        "measures",
        "targets",
        "materials",
        "events",
        "people_reached",
        "calendar",
        "reports",
        "closing",
        "citations",
        "older",
        "newer",
    ),
    _campaign,
)
register(
    "event",
    (
        "starts_at",
        "ends_at",
        "place",
        "township",
        "organiser",
        "state",
        "people_reached",
        "body",
        "calendar",
        "campaign",
        "citations",
        "older",
        "newer",
    ),
    _event,
)
