"""Kinds of entries in the index of an export: each has a letter, in their order."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from search.ordering import order_rules
from search.ranking import ranking

OTHER = "z"
_LIBRARY = ("statute", "provision")


@cache
def letters() -> dict[str, str]:
    return {kind: chr(97 + place) for place, kind in enumerate(order_rules().kinds)}


def letter_of(kind: str) -> str:
    return letters().get(kind, OTHER)


def space_of(kind: str) -> str:
    """Within what the number of an entry is one of its own."""
    return kind if kind in _LIBRARY else "page"


def kinds(label: Callable[[str], str]) -> list[list[object]]:
    """Letter, name, label, space, weight and whether a heading counts, of every kind."""
    rows = [[letter, kind, label(kind)] for kind, letter in letters().items()]
    return [
        [*row, space_of(row[1]), rules.boost, int(rules.has_heading)]
        for row in [*rows, [OTHER, "", ""]]
        for rules in [ranking().kind(row[1])]
    ]
