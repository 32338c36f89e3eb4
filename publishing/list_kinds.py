"""The kinds of pages that are lists, and by what each can be looked through.

A list has numbered pages, and lists of its own by topic, by year or by class, each
with a static address (``publishing.addresses``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.utils import timezone

from articles.policy.classes import document_classes
from home.presentation import Card
from publishing.light_rows import PageRow
from publishing.tree import Tree, default_language

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Listing:
    """The cards of a list, newest first, and the same cards in groups."""

    cards: tuple[Card, ...]
    topics: dict[str, list[Card]] = field(default_factory=dict)  # by slug
    years: dict[int, list[Card]] = field(default_factory=dict)
    classes: dict[str, list[Card]] = field(default_factory=dict)  # by slug


def listing_of(tree: Tree, row: PageRow, language: str) -> Listing | None:
    """None where the page is no list."""
    read = LISTINGS.get(row.kind)
    return read(tree, row, language) if read else None


def column_listing(tree: Tree, row: PageRow, language: str) -> Listing:
    cards = tree.content(row.id, language)
    topics = {
        tree.topics[topic_id][language].slug: group
        for topic_id, group in by_topic(cards).items()
    }
    return Listing(cards, topics=topics, years=by_year(cards))


def catalogue_listing(tree: Tree, _row: PageRow, language: str) -> Listing:
    """Every document of the portal, also below other columns and not translated, by
    the year and the class of the document itself."""
    days: dict[int, date] = {}
    classes: dict[int, str] = {}
    for document in tree.of_kind("document"):
        facts = tree.details.facts(document.id, default_language())
        days[document.id] = facts["written_on"] or _public_day(document)
        classes[document.id] = facts["subject_class"]
    # A stable sort: documents of one day stay in the order of publication.
    ids = sorted(days, key=days.__getitem__, reverse=True)
    cards = tuple(card for pk in ids if (card := tree.card(pk, language)))
    by_class = _grouped(cards, lambda card: classes[card.id])
    return Listing(
        cards,
        years=_grouped(cards, lambda card: days[card.id].year),
        # In the order of the classes.
        classes={
            slug: by_class[slug] for slug in document_classes() if slug in by_class
        },
    )


def _public_day(row: PageRow) -> date:
    """For a document whose own date is not known: only an import brings such."""
    return timezone.localdate(row.published_at) if row.published_at else date.min


def _grouped(
    cards: Iterable[Card], key: Callable[[Card], Key]
) -> dict[Key, list[Card]]:
    groups: dict[Key, list[Card]] = {}
    for card in cards:
        groups.setdefault(key(card), []).append(card)
    return groups


def by_topic(cards: Iterable[Card]) -> dict[int, list[Card]]:
    groups: dict[int, list[Card]] = {}
    for card in cards:
        for topic_id in card.topic_ids:
            groups.setdefault(topic_id, []).append(card)
    return groups


def by_year(cards: Iterable[Card]) -> dict[int, list[Card]]:
    groups: dict[int, list[Card]] = {}
    for card in cards:
        if card.published_at is not None:
            year = timezone.localtime(card.published_at).year
            groups.setdefault(year, []).append(card)
    return groups


LISTINGS: dict[str, Callable[[Tree, PageRow, str], Listing]] = {
    "column": column_listing,
    "catalogue": catalogue_listing,
}
