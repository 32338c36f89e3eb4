"""The page of a model village or culture site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from home import streams
from home.directory.lines import place_line, rank_name, region_name
from home.directory.presentation import PlaceLine, PlaceView
from home.presentation import Card, Reader

if TYPE_CHECKING:
    from home.models import PlacePage

MOST_NEARBY = 5


def present_place(page: PlacePage, reader: Reader) -> PlaceView:
    language = reader.language
    card = reader.card(page.pk)
    directory = reader.card(card.parent_id) if card and card.parent_id else None
    return PlaceView(
        heading=page.text("heading", language),
        summary=page.text("summary", language),
        register=page.register,
        register_label=str(page.get_register_display()),
        rank=page.rank,
        rank_label=rank_name(page.rank),
        named_year=page.named_year,
        township=region_name(page.township_id, reader),
        village=region_name(page.village_id, reader),
        cover=reader.picture(page.cover_id),
        blocks=streams.present(page.stream_data("body", language), reader),
        nearby=_nearby(page, directory, reader),
        directory=directory,
        published_at=page.first_published_at,
        source=page.source or reader.publisher_name,
        audiences=reader.audience_names(page),
        topics=reader.topics_of(page),
        qr_svg=reader.qr_svg(),
    )


def _nearby(
    page: PlacePage, directory: Card | None, reader: Reader
) -> tuple[PlaceLine, ...]:
    """Others of the register in the same township."""
    if directory is None or page.township_id is None:
        return ()
    cards = [
        card
        for card in reader.children(directory.id)
        if card.id != page.pk
        and reader.facts(card.id).get("township_id") == page.township_id
        and reader.facts(card.id).get("register") == page.register
    ]
    return tuple(place_line(card, reader) for card in cards[:MOST_NEARBY])
