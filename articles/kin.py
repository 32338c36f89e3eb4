"""Ways from a page to the other families: how it is done, who had it, where to go."""

from __future__ import annotations

from collections.abc import Iterator

from home.presentation import Card, Reader


def kin(page_id: int, reader: Reader, **limits: int) -> tuple[Card, ...]:
    """Pages of the same topics, so many of each kind, then where help is found.

    Kind by kind, because the many questions would leave no room for the one guide.
    """
    found: list[Card] = []
    for kind, limit in limits.items():
        found += reader.related(page_id, limit=limit, kind=kind)
    found += _service_points(reader)
    return tuple(found)


def _service_points(reader: Reader) -> Iterator[Card]:
    """The first directory that holds service points; a portal has one."""
    for card in reader.every("directory"):
        if any(child.kind == "point" for child in reader.children(card.id)):
            yield card
            return
