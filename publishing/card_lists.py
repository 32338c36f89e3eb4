"""What stands below a page, newest first: ids, and the same ids in groups. Pure code.

A list is never changed once it is made: readers hold it while the next one is made of
it. ``patched`` costs a copy and a search by halves, whatever the list's length.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import merge
from itertools import chain
from operator import attrgetter
from typing import NamedTuple, TypeVar, overload

Key = TypeVar("Key", bound=Hashable)


class Listed(NamedTuple):
    """What lists need of a page. Sorted, the newest comes first."""

    order: tuple[float, int]  # (-moment of publication, -id)
    kind: str
    parent_id: int | None
    topics: tuple[int, ...]
    year: int | None  # in the portal's time

    @property
    def id(self) -> int:
        return -self.order[1]


class Ids(Sequence[int]):
    """The ids of pages, newest first."""

    __slots__ = ("pages",)

    def __init__(self, pages: list[Listed] | None = None) -> None:
        self.pages = [] if pages is None else pages

    def __len__(self) -> int:
        return len(self.pages)

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> list[int]: ...
    def __getitem__(self, at: int | slice) -> int | list[int]:
        if isinstance(at, slice):
            return [-page.order[1] for page in self.pages[at]]
        return self.pages[at].id

    def __iter__(self) -> Iterator[int]:
        return (-page.order[1] for page in self.pages)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ids) and self.pages == other.pages

    __hash__ = None  # type: ignore[assignment]  # it is compared by what it holds

    def __repr__(self) -> str:
        return f"Ids({list(self)})"

    def place(self, page: Listed) -> int | None:
        at = bisect_left(self.pages, (page.order,))
        is_there = at < len(self.pages) and self.pages[at].order == page.order
        return at if is_there else None

    def without(self, page: Listed) -> None:
        at = self.place(page)
        if at is not None:
            del self.pages[at]

    def with_(self, page: Listed) -> None:
        self.pages.insert(bisect_left(self.pages, (page.order,)), page)


Groups = dict[Key, Ids]
Alike = tuple[tuple[int, ...], str]  # topics, kind
NONE = Ids()


@dataclass(frozen=True, slots=True)
class CardList:
    """The content pages below a page that exist in one language."""

    ids: Ids = field(default_factory=Ids)
    topics: Groups[int] = field(default_factory=dict)
    years: Groups[int] = field(default_factory=dict)
    kinds: Groups[str] = field(default_factory=dict)
    # Directly below the page, by kind: those that stand beside one another.
    peers: Groups[str] = field(default_factory=dict)
    # Of the same topics and kind.
    alike: Groups[Alike] = field(default_factory=dict)
    _alike_with: dict[int, list[Alike]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def __len__(self) -> int:
        return len(self.ids)

    def neighbours(self, page: Listed) -> tuple[int | None, int | None]:
        """The next older and the next newer page of the same kind and parent."""
        peers = self.peers.get(page.kind, NONE)
        at = peers.place(page)
        if at is None:
            return None, None
        older = peers[at + 1] if at + 1 < len(peers) else None
        return older, peers[at - 1] if at else None

    def select(self, kind: str = "", topic: int | None = None) -> Iterable[int]:
        """The ids of one kind, of one topic, or of both."""
        if topic is None:
            return self.kinds.get(kind, NONE) if kind else self.ids
        found = self.topics.get(topic, NONE)
        if not kind:
            return found
        of_kind = self.kinds.get(kind, NONE)
        if len(of_kind) < len(found):
            return (page.id for page in of_kind.pages if topic in page.topics)
        return (page.id for page in found.pages if page.kind == kind)

    def of_topics(self, topics: Iterable[int]) -> Ids:
        """The ids that have any of these topics."""
        groups = [self.topics[topic] for topic in topics if topic in self.topics]
        if len(groups) < 2:
            return groups[0] if groups else NONE
        merged = merge(*(group.pages for group in groups), key=attrgetter("order"))
        return Ids(list({page.order: page for page in merged}.values()))

    def sharing(self, topics: Iterable[int]) -> Counter[Alike]:
        """The groups of pages alike that have some of these topics, and how many."""
        if not self._alike_with:
            for key in self.alike:
                for topic in key[0]:
                    self._alike_with.setdefault(topic, []).append(key)
        return Counter(
            chain.from_iterable(self._alike_with.get(topic, ()) for topic in topics)
        )

    def patched(
        self, under: int, removed: Iterable[Listed], added: Iterable[Listed]
    ) -> CardList:
        """Without ``removed``, as they were, and with ``added``."""
        made = _Copy(self)
        for page in removed:
            for ids in made.lists_of(under, page):
                ids.without(page)
        for page in added:
            for ids in made.lists_of(under, page):
                ids.with_(page)
        return made.finished()


class _Copy:
    """A list that is being changed; a group is copied when it is first touched."""

    def __init__(self, source: CardList) -> None:
        self.ids = Ids(source.ids.pages.copy())
        self.topics = source.topics.copy()
        self.years = source.years.copy()
        self.kinds = source.kinds.copy()
        self.peers = source.peers.copy()
        self.alike = source.alike.copy()
        self._own: set[tuple[str, Hashable]] = set()

    def lists_of(self, under: int, page: Listed) -> Iterator[Ids]:
        yield self.ids
        for topic in page.topics:
            yield self._group("topic", self.topics, topic)
        if page.year is not None:
            yield self._group("year", self.years, page.year)
        yield self._group("kind", self.kinds, page.kind)
        if page.parent_id == under:
            yield self._group("peers", self.peers, page.kind)
        if page.topics:
            yield self._group("alike", self.alike, (page.topics, page.kind))

    def _group(self, name: str, groups: Groups[Key], key: Key) -> Ids:
        if (name, key) not in self._own:
            self._own.add((name, key))
            groups[key] = Ids(groups.get(key, NONE).pages.copy())
        return groups[key]

    def finished(self) -> CardList:
        return CardList(
            self.ids,
            _filled(self.topics),
            _filled(self.years),
            _filled(self.kinds),
            _filled(self.peers),
            _filled(self.alike),
        )


def _filled(groups: Groups[Key]) -> Groups[Key]:
    return {key: ids for key, ids in groups.items() if ids}


def card_lists(
    newest_first: Iterable[Listed], parents: Mapping[int, int | None]
) -> dict[int, CardList]:
    """The list of every page that has something below it.

    ``parents``: the parent of each page, containers included.
    """
    found: dict[int, CardList] = {}
    for page in newest_first:
        above = page.parent_id
        while above is not None:
            if above not in found:
                found[above] = CardList()
            _append(found[above], above, page)
            above = parents[above]
    return found


def _append(made: CardList, under: int, page: Listed) -> None:
    made.ids.pages.append(page)
    for topic in page.topics:
        made.topics.setdefault(topic, Ids()).pages.append(page)
    if page.year is not None:
        made.years.setdefault(page.year, Ids()).pages.append(page)
    made.kinds.setdefault(page.kind, Ids()).pages.append(page)
    if page.parent_id == under:
        made.peers.setdefault(page.kind, Ids()).pages.append(page)
    if page.topics:
        made.alike.setdefault((page.topics, page.kind), Ids()).pages.append(page)
