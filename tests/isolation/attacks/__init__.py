"""Every attack, by subject."""

from __future__ import annotations

from functools import cache
from itertools import chain

from django.urls import Resolver404

from tests.isolation.attack import Anything, Attack
from tests.isolation.attacks import (
    chooser,
    closed,
    gate,
    medium,
    pages,
    people,
    portals,
    public,
    records,
    reviewing,
    security,
    sheets,
    tools,
)
from tests.isolation.endpoints import route_of

SUBJECTS = {
    "pages": pages.ATTACKS,
    "reviewing": reviewing.ATTACKS,
    "choosers": chooser.ATTACKS,
    "media": medium.ATTACKS,
    "records": records.ATTACKS,
    "people": people.ATTACKS,
    "portals": portals.ATTACKS,
    "gate": gate.ATTACKS,
    "sheets": sheets.ATTACKS,
    "security": security.ATTACKS,
    "tools": tools.ATTACKS,
    "public": public.ATTACKS,
    "closed": closed.ATTACKS,
}
ATTACKS: list[Attack] = list(chain.from_iterable(SUBJECTS.values()))


@cache
def attacked_routes() -> frozenset[str]:
    anything = Anything()
    routes = set()
    for attack in ATTACKS:
        path = attack.build(anything, anything).path
        try:
            routes.add(route_of(path))
        except Resolver404 as error:
            raise AssertionError(f"{attack.label} asks {path}") from error
    return frozenset(routes)
