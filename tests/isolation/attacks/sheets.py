"""审稿: what waits for whom, the sheets, and the ways that a portal sets."""

from __future__ import annotations

from typing import Any

from tests.isolation.attack import PREFECTURE, Attack, change, show

# A prefecture reads the sheets of its counties and sets their ways and limits.
READ: dict[str, Any] = {"spared": PREFECTURE}
REASON = {"reason": "外来的理由，写了几句话。"}


def _way_form(place: Any) -> dict[str, Any]:
    return {
        "stages": "1",
        "is_direct": "on",
        **{f"days_{level}": 3 for level in (1, 2, 3)},
        "reviewers_1": [place.editor.pk],
    }


def _looking() -> list[Attack]:
    return [
        show("review:desk", lambda own, hidden: [], by="editor"),
        show("review:sheets", lambda own, hidden: [], **READ),
        show(
            "review:sheets",
            lambda own, hidden: ([], {"q": hidden.word}),
            "searched",
            **READ,
        ),
        show(
            "review:sheets",
            lambda own, hidden: ([], {"page_id": hidden.submitted.pk}),
            "of their page",
            **READ,
        ),
        show("review:sheet", lambda own, hidden: [hidden.sheet.pk], **READ),
        show("review:emergencies", lambda own, hidden: [], **READ),
        *(
            show(
                f"review:{name}",
                lambda own, hidden, page=page: [getattr(hidden, page).pk],
            )
            for name, page in (("emergency", "draft"), ("withdraw", "neighbour"))
        ),
        show("review:ways", lambda own, hidden: [], **READ),
        show("review:way", lambda own, hidden: [hidden.way.pk], **READ),
        show("review:remove_way", lambda own, hidden: [hidden.column_way.pk], **READ),
        show("review:new_way", lambda own, hidden: [hidden.portal.pk], **READ),
        show("review:releasers", lambda own, hidden: [hidden.portal.pk], **READ),
        show(
            "review:limits", lambda own, hidden: [hidden.portal.pk], by="above", **READ
        ),
    ]


def _changing() -> list[Attack]:
    return [
        change("review:withdraw", lambda own, hidden: ([hidden.neighbour.pk], REASON)),
        change(
            "review:emergency",
            lambda own, hidden: ([hidden.strict_draft.pk], REASON),
        ),
        change(
            "review:way",
            lambda own, hidden: ([hidden.way.pk], _way_form(hidden)),
            **READ,
        ),
        change(
            "review:way",
            lambda own, hidden: (
                [own.way.pk],
                {**_way_form(own), "reviewers_1": [hidden.editor.pk]},
            ),
            "own way with their reviewer",
        ),
        change(
            "review:releasers",
            lambda own, hidden: ([own.portal.pk], {"releasers": [hidden.editor.pk]}),
            "own releasers with their person",
        ),
        change("review:remove_way", lambda own, hidden: [hidden.column_way.pk], **READ),
        change("review:repair_way", lambda own, hidden: [hidden.column_way.pk], **READ),
        change(
            "review:new_way",
            lambda own, hidden: ([hidden.portal.pk], {"column": hidden.column.pk}),
            **READ,
        ),
        change(
            "review:new_way",
            lambda own, hidden: ([own.portal.pk], {"column": hidden.column.pk}),
            "own way for their column",
        ),
        change(
            "review:releasers",
            lambda own, hidden: ([hidden.portal.pk], {"releasers": [hidden.editor.pk]}),
            **READ,
        ),
        change(
            "review:limits",
            lambda own, hidden: (
                [hidden.portal.pk],
                {"least_stages": 2, "emergency_days": 5},
            ),
            by="above",
            **READ,
        ),
    ]


ATTACKS = [*_looking(), *_changing()]
