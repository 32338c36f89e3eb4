"""Where nothing was found: somebody to ask, and other ways on."""

from __future__ import annotations

from home.directory.lines import point_line, tier_rank
from home.directory.presentation import PointLine
from home.presentation import Card
from publishing.reader import SnapshotReader
from search.folding import fold

MOST_POINTS = 3


def points_for(reader: SnapshotReader, words: str) -> tuple[PointLine, ...]:
    """The service points of the township that a query names; else the county's own."""
    cards = [card for card in reader.every("point") if reader.facts(card.id)]
    if not cards:
        return ()
    named = _named_regions(reader, fold(words))
    rank = tier_rank(reader)

    def order(card: Card) -> tuple[bool, tuple[int, int], str]:
        facts = reader.facts(card.id)
        is_near = {facts["township_id"], facts["village_id"]} & named
        return (not is_near, rank(facts["level"]), card.heading)

    return tuple(
        point_line(card, reader) for card in sorted(cards, key=order)[:MOST_POINTS]
    )


def _named_regions(reader: SnapshotReader, words: str) -> set[int | None]:
    """Townships and villages by name, with or without 镇, 乡, 村 at its end."""
    return {
        region.id
        for region in reader.regions()
        if region.parent_code
        and any(name in words for name in _names(fold(region.name)))
    }


def _names(name: str) -> list[str]:
    short = name[:-1] if name.endswith(tuple("镇乡村")) else ""
    return [name, short] if len(short) > 1 else [name]
