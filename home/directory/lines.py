"""Service points and entries of registers as lines of a list, from the facts of a tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from home.directory.holidays import special_days
from home.directory.hours import (
    CLOSED_WEEK,
    HoursError,
    Week,
    hours_lines,
    hours_summary,
    parse_hours,
    week_data,
)
from home.directory.presentation import OpeningHours, PlaceLine, PointLine
from home.directory.words import Vocabulary
from home.phones import phone_numbers
from home.presentation import Card, Reader

TIERS = {"county": 0, "township": 1, "village": 2}


def week_of(hours: str) -> Week:
    """Stored hours are checked; those of a draft in preview may not be."""
    try:
        return parse_hours(hours)
    except HoursError:
        return CLOSED_WEEK


def opening_hours(facts: Mapping[str, Any], reader: Reader) -> OpeningHours:
    """``facts``: of a point, or what its edited page says."""
    week = week_of(facts["hours"])
    is_known = week != CLOSED_WEEK
    return OpeningHours(
        lines=hours_lines(week),
        note=facts["hours_note"] or "",
        closed_on_holidays=facts["closed_on_holidays"],
        week=week_data(week) if is_known else "",
        special_days=special_days(reader.today) if is_known else "",
    )


def tier_rank(reader: Reader) -> Callable[[str], tuple[int, int]]:
    """Sort key for levels: the county's first, then in the order of the vocabulary."""
    words = reader.words("levels")
    places = {slug: number for number, slug in enumerate(words)}

    def rank(level: str) -> tuple[int, int]:
        tier = words[level].tier if level in words else ""
        return TIERS.get(tier, len(TIERS)), places.get(level, len(places))

    return rank


def word_names(slugs: list[str], words: Vocabulary, language: str) -> tuple[str, ...]:
    """In the order of the vocabulary; what the portal has given up is left out."""
    return tuple(word.name(language) for slug, word in words.items() if slug in slugs)


def region_name(region_id: int | None, reader: Reader) -> str:
    region = reader.region(region_id)
    return str(region.name) if region else ""


def point_line(card: Card, reader: Reader, distance: str = "") -> PointLine:
    facts = reader.facts(card.id)
    levels = word_names([facts["level"]], reader.words("levels"), reader.language)
    services = reader.words("services")
    return PointLine(
        card=card,
        level=levels[0] if levels else "",
        address=facts["address"] or "",
        village=region_name(facts["village_id"], reader),
        hours=opening_hours(facts, reader),
        hours_summary=hours_summary(week_of(facts["hours"])),
        phones=phone_numbers(facts["phone"]),
        services=word_names(facts["services"], services, reader.language),
        has_accessible_entrance=facts["accessible_entrance"] == "yes",
        distance=distance,
    )


def place_line(card: Card, reader: Reader) -> PlaceLine:
    facts = reader.facts(card.id)
    return PlaceLine(
        card=card,
        rank=rank_name(facts["rank"]),
        named_year=facts["named_year"],
        village=region_name(facts["village_id"], reader),
    )


def rank_name(rank: str) -> str:
    names = {
        "national": _("全国"),
        "province": _("省级"),
        "city": _("市级"),
        "county": _("县级"),
    }
    return names[rank]
