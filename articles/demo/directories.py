"""Regions, service points, people, registers and offices of the demo portals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any

import yaml
from django.core.exceptions import ValidationError

from articles.demo.sources import FOLDER, DemoError, Row, portals
from articles.demo.terms import texts
from articles.demo.workshop import Workshop, day, publish
from home.directory.tables.region_import import import_regions
from home.models import (
    BasePage,
    DirectoryPage,
    LegalWorker,
    Office,
    PlacePage,
    Portal,
    Region,
    ServicePointPage,
)

SOURCE = FOLDER / "directory"
DIRECTORY_OF = {"model_village": "shifancun", "culture_site": "zhendi"}
ROWS = {
    "directories": frozenset({"slug", "heading", "summary", "shows"}),
    "offices": frozenset({"name", "duties", "phone", "address", "hours"}),
    "points": frozenset(
        "slug heading level township village address hours note phone services entrance"
        " at confirmed summary".split()
    ),
    "places": frozenset(
        "slug heading register rank year township village at summary".split()
    ),
    "people": frozenset(
        "name kind organization township villages phone consent_on"
        " consent_until".split()
    ),
}


@lru_cache(maxsize=1)
def files() -> dict[str, Row]:
    """By portal; reading checks the keys."""
    found = {}
    for file in sorted(SOURCE.glob("*.yaml")):
        row = Row(yaml.safe_load(file.read_text(encoding="utf-8")), file, "")
        for key, names in ROWS.items():
            for part in row.rows(key):
                part.demand(names)
        found[file.stem] = row
    return found


def create_regions() -> int:
    """How many regions were new or changed."""
    file = SOURCE / "regions.csv"
    with file.open("rb") as opened:
        result = import_regions(opened, file.name)
    if result.problems:
        raise DemoError(file, "row", result.problems[0])
    return result.added + result.changed


def create_directories(portal: Portal, slug: str) -> int:
    """Make what the portal lacks; how many pages."""
    row = files().get(slug)
    if row is None:
        return 0
    shop = Workshop.open(portal, slug)
    regions = Places(slug)
    drafts = [*_directories(shop, row), *_points(shop, row, regions)]
    drafts += _places(shop, row, regions)
    count = 0
    for part, address, page in drafts:
        if f"{address}/{page.slug}" in shop.pages:
            continue
        page.first_published_at = datetime.fromisoformat(str(row["published"]))
        shop.place(part, address, page)
        publish(page, part)
        count += 1
    if count:
        _records(portal, row, regions)
    return count


class Places:
    """Townships and villages of one portal by name; a prefecture has its counties',
    whose portals come after it."""

    def __init__(self, slug: str) -> None:
        codes = [
            row["region_code"]
            for row in portals()
            if slug in (row["slug"], row["parent"])
        ]
        self.regions = list(Region.objects.starting_with(codes))

    def find(self, row: Row, key: str, below: str = "") -> Region | None:
        return self.named(row, key, row[key], below) if row[key] else None

    def named(self, row: Row, key: str, name: str, below: str = "") -> Region:
        for region in self.regions:
            if str(region) == name and region.code.startswith(below):
                return region
        raise row.wrong(key, f"there is no region “{name}”")

    def located(self, row: Row) -> dict[str, Any]:
        township = self.find(row, "township")
        return {
            "township": township,
            "village": self.find(row, "village", township.code if township else ""),
            "latitude": str(row["at"][0]),
            "longitude": str(row["at"][1]),
        }


Draft = tuple[Row, str, BasePage]


def _directories(shop: Workshop, row: Row) -> Iterator[Draft]:
    for part in row.rows("directories"):
        values = texts(part, "heading", "summary")
        page = DirectoryPage(slug=part["slug"], shows=part["shows"], **values)
        yield part, row["column"], page


def _points(shop: Workshop, row: Row, regions: Places) -> Iterator[Draft]:
    for part in row.rows("points"):
        yield (
            part,
            f"{row['column']}/fuwudian",
            ServicePointPage(
                slug=part["slug"],
                level=part["level"],
                hours=part["hours"],
                phone=part["phone"],
                services=part["services"],
                accessible_entrance=part["entrance"],
                confirmed_on=day(part, "confirmed"),
                **hours_notes(part),
                **texts(part, "heading", "summary", "address"),
                **regions.located(part),
            ),
        )


def hours_notes(part: Row) -> dict[str, Any]:
    found = texts(part, "note")
    return {f"hours_{name}": value for name, value in found.items()}


def _places(shop: Workshop, row: Row, regions: Places) -> Iterator[Draft]:
    for part in row.rows("places"):
        yield (
            part,
            f"{row['column']}/{DIRECTORY_OF[part['register']]}",
            PlacePage(
                slug=part["slug"],
                register=part["register"],
                rank=part["rank"],
                named_year=part["year"],
                **texts(part, "heading", "summary"),
                **regions.located(part),
            ),
        )


def _records(portal: Portal, row: Row, regions: Places) -> None:
    known_offices = {str(one) for one in Office.objects.of_portal(portal)}
    known_people = {str(one) for one in LegalWorker.objects.of_portal(portal)}
    for order, part in enumerate(row.rows("offices"), start=1):
        values = texts(part, "name", "duties", "address", "hours")
        if part["name"] not in known_offices:
            office = Office(portal=portal, phone=part["phone"], order=order, **values)
            _save(part, office)
    for part in row.rows("people"):
        if part["name"] in known_people:
            continue
        township = regions.find(part, "township")
        below = township.code if township else ""
        codes = [
            regions.named(part, "villages", name, below).code
            for name in part["villages"]
        ]
        person = LegalWorker(
            portal=portal,
            kind=part["kind"],
            township=township,
            villages=codes,
            phone=part["phone"],
            consent_on=day(part, "consent_on"),
            consent_until=day(part, "consent_until"),
            **texts(part, "name", "organization"),
        )
        _save(part, person)


def _save(part: Row, record: Any) -> None:
    try:
        record.full_clean()
    except ValidationError as error:
        raise part.wrong("record", "; ".join(error.messages)) from error
    record.save()
