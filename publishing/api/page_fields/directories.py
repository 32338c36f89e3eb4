"""Directories, service points and entries of registers."""

from __future__ import annotations

from home.directory.presentation import (
    Contact,
    DirectoryView,
    OpeningHours,
    PersonLine,
    PlaceLine,
    PlaceView,
    PointLine,
    PointView,
    TownshipGroup,
)
from home.models import DirectoryPage, PlacePage, ServicePointPage
from home.phones import PhoneNumber
from publishing.api.page_fields.registry import register
from publishing.api.serializers import Json, Serializer, day


def _directory(_page: DirectoryPage, view: DirectoryView, to_json: Serializer) -> Json:
    return {
        "shows": view.shows,
        "total": view.total,
        "groups": [_group(group, to_json) for group in view.groups],
    }


def _group(group: TownshipGroup, to_json: Serializer) -> Json:
    return {
        "township": group.name,
        "points": [point_line(line, to_json) for line in group.points],
        "people": [_person(line, to_json) for line in group.people],
        "places": [_place_line(line, to_json) for line in group.places],
    }


def _point(page: ServicePointPage, view: PointView, to_json: Serializer) -> Json:
    return {
        "level": {"slug": page.level, "name": view.level},
        "address": view.address,
        "township": view.township,
        "village": view.village,
        "hours": _hours(view.hours),
        "phones": _phones(view.phones),
        "services": list(view.services),
        "accessible_entrance": view.accessible_entrance,
        "latitude": view.latitude,
        "longitude": view.longitude,
        "confirmed_on": day(view.confirmed_on),
        "is_stale": view.is_stale,
        "body": to_json.blocks(view.blocks),
        "people": [_person(line, to_json) for line in view.people],
        "nearby": [point_line(line, to_json) for line in view.nearby],
    }


def _place(_page: PlacePage, view: PlaceView, to_json: Serializer) -> Json:
    return {
        "register": view.register,
        "rank": view.rank,
        "named_year": view.named_year,
        "township": view.township,
        "village": view.village,
        "cover": to_json.picture(view.cover),
        "body": to_json.blocks(view.blocks),
        "nearby": [_place_line(line, to_json) for line in view.nearby],
    }


def _hours(hours: OpeningHours) -> Json:
    return {
        "lines": [
            {"days": line.days, "times": list(line.spans)} for line in hours.lines
        ],
        "note": hours.note,
        "closed_on_holidays": hours.closed_on_holidays,
        "week": [
            [[int(minutes) for minutes in span.split("-")] for span in part.split(",")]
            if part
            else []
            for part in hours.week.split(";")
        ]
        if hours.week
        else [],
    }


def _phones(phones: tuple[PhoneNumber, ...]) -> list[Json]:
    return [{"text": phone.text, "href": phone.href} for phone in phones]


def point_line(line: PointLine, to_json: Serializer) -> Json:
    return {
        "page": to_json.reference(line.card),
        "level": line.level,
        "address": line.address,
        "village": line.village,
        "hours": line.hours_summary,
        "phones": _phones(line.phones),
        "services": list(line.services),
        "has_accessible_entrance": line.has_accessible_entrance,
        "distance": line.distance,
    }


def _person(line: PersonLine, to_json: Serializer) -> Json:
    return {
        "kind": line.kind,
        "kind_label": line.kind_label,
        "name": line.name,
        "organization": line.organization,
        "villages": list(line.villages),
        "phones": _phones(line.phones),
        "ask": _contact(line.ask, to_json),
    }


def _contact(contact: Contact | None, to_json: Serializer) -> Json | None:
    if contact is None:
        return None
    return {
        "name": contact.name,
        **to_json.link(contact.path),
        "phones": _phones(contact.phones),
    }


def _place_line(line: PlaceLine, to_json: Serializer) -> Json:
    return {
        "page": to_json.reference(line.card),
        "rank": line.rank,
        "named_year": line.named_year,
        "village": line.village,
    }


register("directory", ("shows", "total", "groups"), _directory)
register(
    "point",
    (
        "level",
        "address",
        "township",
        "village",
        "hours",
        "phones",
        "services",
        "accessible_entrance",
        "latitude",
        "longitude",
        "confirmed_on",
        "is_stale",
        "body",
        "people",
        "nearby",
    ),
    _point,
)
register(
    "place",
    (
        "register",
        "rank",
        "named_year",
        "township",
        "village",
        "cover",
        "body",
        "nearby",
    ),
    _place,
)
