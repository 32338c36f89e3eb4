"""The screens of one portal: its people, settings, menu, limits and state."""

from __future__ import annotations

from typing import Any

from tests.factories import PASSWORD
from tests.isolation.attack import PREFECTURE, Attack, Proof, change, show

# The prefecture's administrators look after all portals (docs/counties.md).
OWN: dict[str, Any] = {"spared": PREFECTURE}
STAFF: dict[str, Any] = {"by": "above", "spared": PREFECTURE}
PERSON = {"name": "外来人", "email": "new@example.org", "role": "author"}


def _looking() -> list[Attack]:
    attacks = [
        show(name, lambda own, hidden: [hidden.portal.pk], **OWN)
        for name in (
            "portal_overview",
            "portal_settings",
            "portal_menu",
            "portal_people",
            "portal_person_new",
        )
    ]
    for act in ("reset", "deactivate", "activate", "remove"):
        attacks += [
            show(
                "portal_person_act",
                lambda own, hidden, act=act: [
                    hidden.portal.pk,
                    hidden.author.pk,
                    act,
                ],
                act,
                **OWN,
            ),
            show(
                "portal_person_act",
                lambda own, hidden, act=act: [own.portal.pk, hidden.author.pk, act],
                f"{act} theirs below one's own portal",
            ),
        ]
    return [
        *attacks,
        show("my_portal", lambda own, hidden: [], proof=Proof.POINTS),
        show(
            "portal_person",
            lambda own, hidden: [hidden.portal.pk, hidden.author.pk],
            **OWN,
        ),
        show(
            "portal_person",
            lambda own, hidden: [own.portal.pk, hidden.author.pk],
            "below one's own portal",
        ),
        *(
            show(name, lambda own, hidden: [hidden.portal.pk], **STAFF)
            for name in (
                "portal_limits",
                "portal_state",
                "portal_rename",
                "portal_move",
                "portal_archives",
                "portal_delete",
                "portal_person_known",
            )
        ),
        show(
            "portal_archive",
            lambda own, hidden: [hidden.portal.pk, hidden.archive.pk],
            proof=Proof.SENDS,
            **STAFF,
        ),
    ]


def _menu_form(place: Any) -> dict[str, Any]:
    """The columns from the last to the first, each shown as it was."""
    columns = (
        place.directory,
        place.empty_column,
        place.column2,
        place.column,
        place.first_column,
    )
    form: dict[str, Any] = {}
    for number, column in enumerate(columns, 1):
        form[f"place_{column.pk}"] = number
        if column.show_in_menus:
            form[f"shown_{column.pk}"] = "on"
    return form


def _changing() -> list[Attack]:
    return [
        change(
            "portal_person_new",
            lambda own, hidden: (
                [hidden.portal.pk],
                {**PERSON, "username": "wailai"},
            ),
            **OWN,
        ),
        *(
            change(
                "portal_person",
                lambda own, hidden, at=at: (
                    [at(own, hidden).portal.pk, hidden.author.pk],
                    {**PERSON, "role": "editor"},
                ),
                label,
                **options,
            )
            for label, at, options in (
                ("", lambda own, hidden: hidden, OWN),
                ("below one's own portal", lambda own, hidden: own, {}),
            )
        ),
        *(
            change(
                "portal_person_act",
                lambda own, hidden, at=at, act=act: [
                    at(own, hidden).portal.pk,
                    hidden.author.pk,
                    act,
                ],
                f"{act} {label}",
                **options,
            )
            for act in ("reset", "deactivate", "remove")
            for label, at, options in (
                ("", lambda own, hidden: hidden, OWN),
                ("below one's own portal", lambda own, hidden: own, {}),
            )
        ),
        change(
            "portal_settings",
            lambda own, hidden: ([hidden.portal.pk], {"languages": ["zh-hans"]}),
            **OWN,
        ),
        change(
            "portal_menu",
            lambda own, hidden: (
                [hidden.portal.pk],
                _menu_form(hidden),
            ),
            **OWN,
        ),
        change(
            "portal_person_known",
            lambda own, hidden: (
                [hidden.portal.pk],
                {"username": own.author.username, "role": "author"},
            ),
            **STAFF,
        ),
        change(
            "portal_rename",
            lambda own, hidden: (
                [hidden.portal.pk],
                {"name": "外来", "password": PASSWORD},
            ),
            **STAFF,
        ),
        change(
            "portal_move",
            lambda own, hidden: (
                [hidden.portal.pk],
                {"host": "wailai.localhost", "password": PASSWORD},
            ),
            **STAFF,
        ),
        change(
            "portal_limits",
            lambda own, hidden: ([hidden.portal.pk], {"max_users": 7}),
            **STAFF,
        ),
        change(
            "portal_state",
            lambda own, hidden: (
                [hidden.portal.pk],
                {"state": "tested", "day": "2026-11-23", "person": "某", "proof": "某"},
            ),
            **STAFF,
        ),
    ]


ATTACKS = [*_looking(), *_changing()]
