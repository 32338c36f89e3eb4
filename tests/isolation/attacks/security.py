"""Accounts that are locked or want a second factor, and the log of what was done."""

from __future__ import annotations

from tests.factories import PASSWORD
from tests.isolation.attack import PREFECTURE, Attack, change, show


def _accounts() -> list[Attack]:
    return [
        show("accounts_people", lambda own, hidden: [], spared=PREFECTURE),
        change(
            "accounts_unlock", lambda own, hidden: [hidden.author.pk], spared=PREFECTURE
        ),
        show(
            "accounts_reset", lambda own, hidden: [hidden.author.pk], spared=PREFECTURE
        ),
        change(
            "accounts_reset",
            lambda own, hidden: ([hidden.author.pk], {"password": PASSWORD}),
            spared=PREFECTURE,
        ),
        change(
            "accounts_demand",
            lambda own, hidden: ([hidden.portal.pk], {"roles": ["admin"]}),
            spared=PREFECTURE,
        ),
    ]


def _log() -> list[Attack]:
    return [
        show(
            name,
            lambda own, hidden, query=query: ([], query(hidden)),
            label,
            spared=PREFECTURE,
        )
        for name in ("audit_log", "audit_log_results")
        for label, query in (
            ("", lambda hidden: {}),
            ("searched", lambda hidden: {"words": f"{hidden.mark}-admin"}),
            ("of their portal", lambda hidden: {"portal": hidden.portal.pk}),
            ("as a table", lambda hidden: {"export": "csv"}),
        )
        if (name, label) != ("audit_log_results", "as a table")
    ]


ATTACKS = [*_accounts(), *_log()]
