"""The page of a directory: everything of one kind, township by township."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from home.directory import schematic
from home.directory.distances import spot_of
from home.directory.lines import place_line, point_line, tier_rank
from home.directory.people import person_lines, workers
from home.directory.presentation import (
    DirectoryView,
    PlaceLine,
    SchematicMap,
    TownshipGroup,
)
from home.presentation import Card, Reader

if TYPE_CHECKING:
    from home.models import DirectoryPage

COUNTY_DIGITS = 6
REGISTERS = {"model_villages": "model_village", "culture_sites": "culture_site"}


def present_directory(page: DirectoryPage, reader: Reader) -> DirectoryView:
    language = reader.language
    groups, drawing = _content(page, reader)
    return DirectoryView(
        heading=page.text("heading", language),
        summary=page.text("summary", language),
        shows=page.shows,
        groups=groups,
        total=sum(group.count for group in groups),
        map=drawing,
        published_at=page.first_published_at,
        source=reader.publisher_name,
        topics=(),
        qr_svg=reader.qr_svg(),
    )


def _content(
    page: DirectoryPage, reader: Reader
) -> tuple[tuple[TownshipGroup, ...], SchematicMap | None]:
    if page.shows == "people":
        return people_groups(page.pk, reader), None
    if page.shows == "points":
        return point_groups(page.pk, reader), None
    wanted = REGISTERS[page.shows]
    cards = [
        card
        for card in reader.children(page.pk)
        if reader.facts(card.id).get("register") == wanted
    ]
    return place_groups(cards, reader)


# --- townships -------------------------------------------------------------------------


def by_township(
    items: Iterable[tuple[int | None, Any]], reader: Reader
) -> list[tuple[str, str, list[Any]]]:
    """(name, anchor, items) by the code of the township; those without one last."""
    regions = {region.id: region for region in reader.regions()}
    counties = {
        region.code: region.name
        for region in regions.values()
        if region.level == COUNTY_DIGITS
    }
    found: dict[str, list[Any]] = {}
    for township_id, item in items:
        region = regions.get(township_id)
        found.setdefault(region.code if region else "", []).append(item)
    names = {region.code: region.name for region in regions.values()}
    several = len({code[:COUNTY_DIGITS] for code in found if code}) > 1
    groups = []
    for code in sorted(found, key=lambda code: (not code, code)):
        name = names.get(code, "") or _("没有写明乡镇")
        if several and code:
            name = _in_county(name, counties.get(code[:COUNTY_DIGITS], ""), reader)
        groups.append((name, f"x{code}" if code else "x", found[code]))
    return groups


def _in_county(township: str, county: str, reader: Reader) -> str:
    """青山县石屏镇, but Shiping, Qingshan County."""
    if reader.language.startswith("zh"):
        return county + township
    return ", ".join(name for name in (township, county) if name)


# --- points ----------------------------------------------------------------------------


def point_groups(parent_id: int, reader: Reader) -> tuple[TownshipGroup, ...]:
    """The points below a page; within a township the county's first."""
    items = [
        (reader.facts(card.id).get("township_id"), card)
        for card in reader.children(parent_id)
        if card.kind == "point"
    ]
    rank = tier_rank(reader)
    return tuple(
        TownshipGroup(
            name,
            anchor,
            points=tuple(
                point_line(card, reader)
                for card in sorted(
                    cards,
                    key=lambda card: rank(reader.facts(card.id).get("level", "")),
                )
            ),
        )
        for name, anchor, cards in by_township(items, reader)
    )


# --- people ----------------------------------------------------------------------------


def people_groups(page_id: int, reader: Reader) -> tuple[TownshipGroup, ...]:
    card = reader.card(page_id)
    parent_id = card.parent_id if card else None
    points = nearby_points(parent_id, reader)
    groups = []
    for name, anchor, rows in by_township(
        ((worker.township_id, worker) for worker in workers(reader)), reader
    ):
        # Someone without a township serves the whole county.
        label = name if anchor != "x" else _("全县")
        groups.append(
            TownshipGroup(label, anchor, people=person_lines(rows, points, reader))
        )
    return tuple(sorted(groups, key=lambda group: group.anchor != "x"))


def nearby_points(column_id: int | None, reader: Reader) -> list[Card]:
    """The service points of the directories that stand in one column."""
    if column_id is None:
        return []
    return [
        point
        for directory in reader.children(column_id)
        if directory.kind == "directory"
        for point in reader.children(directory.id)
        if point.kind == "point"
    ]


# --- registers -------------------------------------------------------------------------


def place_groups(
    cards: Sequence[Card], reader: Reader
) -> tuple[tuple[TownshipGroup, ...], SchematicMap | None]:
    """Newest named first; numbered through, as the dots of the map are."""
    items = [(reader.facts(card.id).get("township_id"), card) for card in cards]
    groups: list[TownshipGroup] = []
    places: list[schematic.Place] = []
    number = 0
    for name, anchor, found in by_township(items, reader):
        lines = []
        for line in sorted(
            (place_line(card, reader) for card in found), key=_newest_first
        ):
            number += 1
            spot = spot_of(reader.facts(line.card.id))
            if spot is not None:
                places.append((number, *spot))
            lines.append(replace(line, number=number))
        groups.append(TownshipGroup(name, anchor, places=tuple(lines)))
    return tuple(groups), _drawing(groups, places, number)


def _newest_first(line: PlaceLine) -> tuple[int, str]:
    return (-(line.named_year or 0), line.card.heading)


def _drawing(
    groups: Sequence[TownshipGroup], places: Sequence[schematic.Place], total: int
) -> SchematicMap | None:
    """Dots where everything has a place; boxes where something would be left out, or
    where the dots would not find room."""
    if total and len(places) == total and total <= schematic.MOST_DOTS:
        return schematic.dots(places)
    return schematic.tiles([(group.name, group.count) for group in groups])
