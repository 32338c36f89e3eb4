"""Campaigns with their plans, and events. Reports are articles below a campaign."""

from __future__ import annotations

from typing import Any

from articles.demo.bodies import Targets, block_id, convert, list_items
from articles.demo.directories import Places
from articles.demo.makers.base import FieldMaker
from articles.demo.sources import Row
from articles.demo.workshop import Workshop, set_stream
from articles.models import CampaignPage, EventPage
from home.models import BasePage

# Stream of the plan → the one type of its blocks.
PLANS = {"phases": "phase", "measures": "measure", "targets": "target"}
LISTS = ("quarters", "translations")


class CampaignMaker(FieldMaker):
    """Its plan is in the page from the start: phases are checked with the period."""

    def prepare(self, page: BasePage, row: Row) -> None:
        for name in PLANS:
            set_stream(page, name, plan(row, name), row, name)

    def fill(self, page: Any, row: Row, targets: Targets, shop: Workshop) -> None:
        super().fill(page, row, targets, shop)
        self.prepare(page, row)
        scope = f"{shop.portal.host}/{row['slug']}"
        raw = convert(row, "materials", targets, scope)
        set_stream(page, "materials", raw, row, "materials")


class EventMaker(FieldMaker):
    def fill(self, page: Any, row: Row, targets: Targets, shop: Workshop) -> None:
        super().fill(page, row, targets, shop)
        if name := row.get("township"):
            page.township = Places(shop.slug).named(row, "township", name)


def plan(row: Row, name: str) -> list[dict[str, Any]]:
    found = []
    for number, values in enumerate(row.get(name) or ()):
        scope = (row["slug"], name, number)
        value = dict(values)
        for key in LISTS:
            if key in value:
                value[key] = list_items(value[key], *scope, key)
        found.append({"type": PLANS[name], "value": value, "id": block_id(*scope)})
    return found


CAMPAIGNS = CampaignMaker(
    model=CampaignPage,
    folder="campaigns",
    column="huodong",
    texts=("heading", "slogan", "summary"),
    streams=("body", "closing"),
    plain=("year",),
    days=("starts_on", "ends_on"),
    required=frozenset("slogan summary year starts_on ends_on phases body".split()),
    more_keys=frozenset({*PLANS, "materials"}),
)
EVENTS = EventMaker(
    model=EventPage,
    folder="events",
    texts=("heading", "summary", "place"),
    plain=("organiser", "state", "people_reached"),
    moments=("starts_at", "ends_at"),
    required=frozenset("column summary place starts_at organiser published".split()),
    more_keys=frozenset({"township"}),
)
