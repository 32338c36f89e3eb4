"""Which pages are related to a page: those that share the most topics with it, and of
these its neighbours in the order of publication. Pure code.

Neighbours and not the newest: a new page is then related to the few that stand beside
it, and every other page stays as it is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, zip_longest

from publishing.card_lists import CardList, Ids, Listed

# Nobody may ask for more: so far reaches what a change of one page may touch.
MOST_RELATED = 8
Order = tuple[float, int]
# A level that was asked so often is put in one order: the next answers cost a search in
# one list and not in each of its groups.
OFTEN = 4


class Level:
    """The pages that share so many topics, in the groups of those alike."""

    __slots__ = ("_asked", "groups", "shared")

    def __init__(self, shared: int, groups: tuple[Ids, ...]) -> None:
        self.shared = shared
        self.groups = groups
        self._asked = 0

    def to_search(self) -> tuple[Ids, ...]:
        self._asked += 1
        if self._asked == OFTEN and len(self.groups) > 1:
            pages = chain.from_iterable(group.pages for group in self.groups)
            self.groups = (Ids(sorted(pages)),)
        return self.groups


Levels = tuple[Level, ...]  # the most shared first


def levels(every: CardList, topics: Iterable[int], kind: str) -> Levels:
    """The pages of a kind, or of all (""), by how many of these topics they share."""
    found: dict[int, list[Ids]] = defaultdict(list)
    for key, shared in every.sharing(topics).items():
        if kind in ("", key[1]):
            found[shared].append(every.alike[key])
    return tuple(Level(shared, tuple(found[shared])) for shared in sorted(found)[::-1])


def related(found: Levels, order: Order, limit: int) -> tuple[int, ...]:
    """The ids of the pages related to the one that stands at ``order``."""
    pages: list[Listed] = []
    for level in found:
        wanted = limit - len(pages)
        if wanted <= 0:
            break
        newer, older = _around(level.to_search(), order, wanted)
        pages += sorted(_in_turn(newer[::-1], older, wanted))
    return tuple(page.id for page in pages)


def _around(
    groups: Iterable[Ids], order: Order, limit: int
) -> tuple[list[Listed], list[Listed]]:
    """The neighbours on both sides, at most ``limit`` on each, the newest first."""
    newer: list[Listed] = []
    older: list[Listed] = []
    for group in groups:
        pages = group.pages
        at = bisect_left(pages, (order,))
        newer += pages[max(0, at - limit) : at]
        is_itself = at < len(pages) and pages[at].order == order
        older += pages[at + is_itself : at + is_itself + limit]
    return sorted(newer)[-limit:], sorted(older)[:limit]


def _in_turn(
    newer: Iterable[Listed], older: Iterable[Listed], limit: int
) -> list[Listed]:
    """The nearest of both sides in turn, and more of one where the other has none."""
    both = chain.from_iterable(zip_longest(newer, older))
    return [page for page in both if page is not None][:limit]


def may_relate_to(every: CardList, page: Listed) -> Iterator[int]:
    """The ids of all pages that ``page`` may be related to, and of some more."""
    by_topics: dict[tuple[int, ...], list[Ids]] = defaultdict(list)
    counts: dict[tuple[int, ...], int] = {}
    for key, shared in every.sharing(page.topics).items():
        by_topics[key[0]].append(every.alike[key])
        counts[key[0]] = shared
    for topics, asking in by_topics.items():
        shared = counts[topics]
        for kind in ("", page.kind):
            alike = asking if not kind else [every.alike.get((topics, kind), Ids())]
            # They have enough that share more with them than this page does.
            if shared < len(topics) and sum(map(len, alike)) > MOST_RELATED:
                continue
            yield from _within(levels(every, topics, kind), shared, page, asking)


def _within(
    found: Levels, shared: int, page: Listed, asking: Iterable[Ids]
) -> Iterator[int]:
    """Those of ``asking`` that are as near to the page as its own neighbours are."""
    before = sum(
        len(ids) for level in found for ids in level.groups if level.shared > shared
    )
    groups = next((level.groups for level in found if level.shared == shared), ())
    if before > MOST_RELATED:
        return
    newer, older = _around(groups, page.order, MOST_RELATED + 1)
    newest = newer[0].order if len(newer) > MOST_RELATED else None
    oldest = older[-1].order if len(older) > MOST_RELATED else None
    for ids in asking:
        start = bisect_left(ids.pages, (newest,)) if newest is not None else 0
        end = len(ids) if oldest is None else bisect_left(ids.pages, (oldest,)) + 1
        yield from ids[start:end]
