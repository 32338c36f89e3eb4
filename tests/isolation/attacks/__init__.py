"""Every attack, by subject."""

from __future__ import annotations

from itertools import chain

from tests.isolation.attack import Attack
from tests.isolation.attacks import (
    chooser,
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
}
ATTACKS: list[Attack] = list(chain.from_iterable(SUBJECTS.values()))
