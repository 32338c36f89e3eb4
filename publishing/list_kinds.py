"""The kinds of pages that are lists, and by what each can be looked through.

A list has numbered pages, and lists of its own by topic, by year or by class, each
with a static address (``publishing.addresses``). Such a group is called ``topic:<slug>``,
``year:<year>`` or ``class:<slug>``; the whole list is the group ``""``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from django.utils import timezone

from articles.policy.classes import document_classes
from home.presentation import Card
from publishing.card_lists import Ids
from publishing.light_rows import PageRow
from publishing.listings import PAGE_SIZE, archive, archive_count, newest
from publishing.tree import Tree, default_language

Key = TypeVar("Key")
Groups = Mapping[str, Sequence[int]]  # ids, newest first
WHOLE = ""


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list. Numbered pages say neither how long the list is nor how many
    a group holds, so that a new item leaves them as they are."""

    cards: tuple[Card, ...]
    newer: int | None  # the number of the next newer numbered page
    older: int | None
    total: int | None  # on the list's own page only


def groups_of(tree: Tree, row: PageRow, language: str) -> Groups | None:
    """The groups of a list in their order; None where the page is no list."""
    read = LISTS.get(row.kind)
    return read(tree, row, language) if read else None


def list_page(
    tree: Tree, ids: Sequence[int], number: int | None, language: str
) -> ListPage:
    """Raises ``IndexError`` for a number that the list does not have."""
    last = archive_count(len(ids))
    if number is None:
        cards = tree.cards(newest(ids), language)
        return ListPage(cards, newer=None, older=last or None, total=len(ids))
    return ListPage(
        tree.cards(archive(ids, number), language),
        newer=number + 1 if number < last else None,
        older=number - 1 or None,
        total=None,
    )


def topic_ids(tree: Tree, topic_id: int, language: str) -> Ids:
    """The pages of a topic and of the topics directly below it, newest first."""
    below = (
        other
        for other, terms in tree.topics.items()
        if terms[language].parent_id == topic_id
    )
    return tree.of_topics((topic_id, *below), language)


def topic_page(tree: Tree, ids: Ids, number: int | None, language: str) -> ListPage:
    """One page of a topic. Its own page shows what stands on no numbered page, and of
    each kind at least as many as a page holds.

    Raises ``IndexError`` for a number that the topic does not have.
    """
    found = list_page(tree, ids, number, language)
    if number is not None or found.older is None:
        return found
    seen: Counter[str] = Counter()
    shown = []
    for place, page in enumerate(ids.pages):
        seen[page.kind] += 1
        if place < len(found.cards) or seen[page.kind] <= PAGE_SIZE:
            shown.append(page.id)
    return replace(found, cards=tree.cards(shown, language))


def column_groups(tree: Tree, row: PageRow, language: str) -> Groups:
    found = tree.card_list(row.id, language)
    topics = {
        f"topic:{terms[language].slug}": found.topics[topic_id]
        for topic_id, terms in tree.topics.items()
        if topic_id in found.topics
    }
    years = {
        f"year:{year}": found.years[year] for year in sorted(found.years, reverse=True)
    }
    return {WHOLE: found.ids, **topics, **years}


def catalogue_groups(tree: Tree, _row: PageRow, language: str) -> Groups:
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
    shown = [pk for pk in ids if tree.card(pk, language)]
    by_year = _grouped(shown, lambda pk: days[pk].year)
    by_class = _grouped(shown, classes.__getitem__)
    return {
        WHOLE: shown,
        **{f"year:{year}": by_year[year] for year in sorted(by_year, reverse=True)},
        **{
            f"class:{slug}": by_class[slug]
            for slug in document_classes()
            if slug in by_class
        },
    }


def _public_day(row: PageRow) -> date:
    """For a document whose own date is not known: only an import brings such."""
    return timezone.localdate(row.published_at) if row.published_at else date.min


def _grouped(ids: Iterable[int], key: Callable[[int], Key]) -> dict[Key, list[int]]:
    groups: dict[Key, list[int]] = {}
    for pk in ids:
        groups.setdefault(key(pk), []).append(pk)
    return groups


LISTS: dict[str, Callable[[Tree, PageRow, str], Groups]] = {
    "column": column_groups,
    "catalogue": catalogue_groups,
}
