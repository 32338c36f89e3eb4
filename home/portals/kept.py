"""All portals with what the frame of a page shows, kept while nothing has changed.

To compile that query and to build its objects took two fifths of a page's time. Whatever
changes them moves the outbox's number; the places of collections, which Wagtail moves
when another one is put between them, are read with it.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import connection
from wagtail.models import Collection

from home.models import ChangeCounter, Portal

_kept: dict[str, tuple[list[tuple[Any, ...]], list[Portal]]] = {}


def kept_portals() -> list[Portal]:
    """For readers only: whoever gets them may not change them."""
    with connection.cursor() as cursor:
        cursor.execute(_state_query())
        # First the number, then what stands behind it: a change in between is seen by
        # the next request.
        state = cursor.fetchall()
    kept = _kept.get("portals")
    if kept is None or kept[0] != state:
        kept = _kept["portals"] = state, list(Portal.objects.with_identity())
    return kept[1]


def forget_portals() -> None:
    """For tests, whose rolled-back numbers come again."""
    _kept.clear()


@cache
def _state_query() -> str:
    quote = connection.ops.quote_name
    counter, portal, collection = (
        quote(model._meta.db_table) for model in (ChangeCounter, Portal, Collection)
    )
    return (
        f"SELECT (SELECT max(last) FROM {counter}), {portal}.id, {collection}.path"  # noqa: S608  (names of our own tables)
        f" FROM {portal} JOIN {collection} ON {collection}.id = {portal}.collection_id"
        f" ORDER BY {portal}.id"
    )
