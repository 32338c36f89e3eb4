"""Which fields a kind of page has in the API, and what fills them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from home.presentation import Card
from publishing.api.serializers import Json, Serializer

# (page row, its view, serializer) → the fields of the kind
Present = Callable[[Any, Any, Serializer], Json]
# Fields of all kinds; they come from the tree, without a query.
COMMON = ("heading", "summary", "source", "topics", "audiences")
OWN: dict[str, tuple[str, ...]] = {}
PRESENTED: dict[str, Present] = {}


def register(kind: str, names: tuple[str, ...], present: Present | None = None) -> None:
    """``names`` in the order of the answer; without ``present`` the tree knows them."""
    OWN[kind] = names
    if present is not None:
        PRESENTED[kind] = present


def neighbors(
    older: Card | None,
    newer: Card | None,
    related: tuple[Card, ...],
    to_json: Serializer,
) -> Json:
    return {
        "older": to_json.reference(older) if older else None,
        "newer": to_json.reference(newer) if newer else None,
        "related": to_json.references(related),
    }
