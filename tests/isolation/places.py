"""A portal with something of every kind in it, each text with the portal's own mark.

The mark is drawn anew in every run: nothing but a leak brings it into an answer for
somebody else. The rows of the county that must stay hidden have numbers of a range of
their own, so that a number alone gives it away as well.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from django.apps import apps
from django.db import connection, models
from wagtail.models import Page

from home.models import HolidayNotice, Portal, PortalRole
from tests.factories import (
    AudienceFactory,
    RegionFactory,
    TopicFactory,
    make_portal,
    make_user,
)
from tests.isolation import place_closed, place_pages, place_records

Role = PortalRole.Role
# Numbers of rows that hold of the hidden county; later rows get larger ones.
HIDDEN = range(7_700_000, 7_800_000)
LATER = 8_800_000
# Stands in the texts of every portal, so that a search for it proves something.
WORD = "findling"
NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@dataclass(slots=True)
class Place:
    """A portal, its people by role, and by name what a request may ask for."""

    mark: str
    # Stands beside the mark in what no reader of the portal may see either.
    secret: str
    portal: Portal
    users: dict[str, Any] = field(default_factory=dict)
    things: SimpleNamespace = field(default_factory=SimpleNamespace)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.things, name)


@dataclass(frozen=True, slots=True)
class World:
    """``asking`` wants to know about ``hidden``; ``above`` is the prefecture."""

    asking: Place
    hidden: Place
    above: Place
    superuser: Any


def new_mark() -> str:
    """A word that could stand in an address, a file name and a Chinese text."""
    return f"x{secrets.token_hex(5)}"


def make_world(superuser: Any) -> World:
    above = make_place("000010", Portal.Level.PREFECTURE)
    asking = make_place("000011", Portal.Level.COUNTY, parent=above.portal)
    number_from(HIDDEN.start)
    hidden = make_place("000012", Portal.Level.COUNTY, parent=above.portal)
    place_closed.cite(hidden, hidden)
    number_from(LATER)
    for place in (asking, above):
        place_closed.cite(place, hidden)
    asking.users["former"] = place_closed.move_person(superuser, hidden, asking)
    return World(asking, hidden, above, superuser)


def make_place(code: str, level: str, **values: Any) -> Place:
    mark = new_mark()
    portal = make_portal(
        mark, f"{mark}县", code, level=level, languages=["zh-hans", "en"], **values
    )
    township = RegionFactory(code=f"{code}001", name_zh_hans=f"{mark}镇")
    users = {role.value: _person(portal, role, mark) for role in Role}
    shared = {
        "topic": TopicFactory(),
        "audience": AudienceFactory(),
        "region": township,
        "holidaynotice": HolidayNotice.objects.get_or_create(
            year=2026, defaults={"days_off": "2026-01-01"}
        )[0],
    }
    things = SimpleNamespace(township=township, word=WORD, **shared)
    place = Place(mark, new_mark(), portal, users, things)
    place_records.regulate(place)
    place_pages.fill(place)
    place_closed.fill(place)
    place_records.fill(place)
    return place


def _person(portal: Portal, role: PortalRole.Role, mark: str) -> Any:
    user = make_user(portal, role)
    user.first_name, user.last_name = f"{mark}名", f"{mark}姓"
    user.email = f"{mark}-{role.value}@example.org"
    user.save()
    return user


def number_from(start: int) -> None:
    """The next row of every table gets this number (SQLite)."""
    tables = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if isinstance(model._meta.pk, models.AutoField)
    }
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)",
                [table, start],
            )


def fresh(page: Any) -> Any:
    """The page as it is stored."""
    return Page.objects.get(pk=page.pk).specific
