"""The page of a service point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from home import streams
from home.directory.distances import distance_text, kilometers, spot_of
from home.directory.freshness import is_stale
from home.directory.lines import (
    opening_hours,
    point_line,
    region_name,
    word_names,
)
from home.directory.people import people_at
from home.directory.presentation import PointLine, PointView
from home.phones import phone_numbers
from home.presentation import Card, Reader

if TYPE_CHECKING:
    from home.models import ServicePointPage

MOST_NEARBY = 5


def present_point(page: ServicePointPage, reader: Reader) -> PointView:
    language = reader.language
    levels = word_names([page.level], reader.words("levels"), language)
    village = reader.region(page.village_id)
    siblings = _siblings(page, reader)
    directory = _directory(page, reader)
    return PointView(
        heading=page.text("heading", language),
        summary=page.text("summary", language),
        level=levels[0] if levels else "",
        address=_either(page, "address", language),
        township=region_name(page.township_id, reader),
        village=village.name if village else "",
        hours=opening_hours(
            {
                "hours": page.hours,
                "hours_note": _either(page, "hours_note", language),
                "closed_on_holidays": page.closed_on_holidays,
            },
            reader,
        ),
        phones=phone_numbers(page.phone),
        services=word_names(page.services, reader.words("services"), language),
        accessible_entrance=page.accessible_entrance,
        latitude=float(page.latitude) if page.latitude is not None else None,
        longitude=float(page.longitude) if page.longitude is not None else None,
        confirmed_on=page.confirmed_on,
        is_stale=is_stale(page.confirmed_on, reader.today),
        blocks=streams.present(page.stream_data("body", language), reader),
        people=people_at(
            page.township_id, village.code if village else "", siblings, reader
        ),
        nearby=_nearby(page, siblings, reader),
        directory=directory,
        published_at=page.first_published_at,
        source=page.source or reader.publisher_name,
        audiences=reader.audience_names(page),
        topics=reader.topics_of(page),
        qr_svg=reader.qr_svg(),
    )


def _either(page: ServicePointPage, field: str, language: str) -> str:
    """An address that nobody translated still leads there."""
    return str(page.text(field, language) or page.text(field, "zh-hans"))


def _directory(page: ServicePointPage, reader: Reader) -> Card | None:
    card = reader.card(page.pk)
    return reader.card(card.parent_id) if card and card.parent_id else None


def _siblings(page: ServicePointPage, reader: Reader) -> list[Card]:
    directory = _directory(page, reader)
    if directory is None:
        return []
    return [card for card in reader.children(directory.id) if card.kind == "point"]


def _nearby(
    page: ServicePointPage, siblings: list[Card], reader: Reader
) -> tuple[PointLine, ...]:
    """Those of the same township, and the nearest of the others."""
    here = spot_of({"latitude": page.latitude, "longitude": page.longitude})
    found = []
    for card in siblings:
        facts = reader.facts(card.id)
        is_same = page.township_id is not None and (
            facts["township_id"] == page.township_id
        )
        spot = spot_of(facts)
        distance = kilometers(here, spot) if here and spot else None
        if card.id != page.pk and (is_same or distance is not None):
            far = distance if distance is not None else 0.0
            found.append((not is_same, far, card.id, card, distance))
    return tuple(
        point_line(
            card, reader, distance_text(distance) if distance is not None else ""
        )
        for _same, _far, _id, card, distance in sorted(found)[:MOST_NEARBY]
    )
