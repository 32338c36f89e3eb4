"""Which facts a change may have touched.

A superset: each of them is asked again, and what is answered as before is left alone.
Facts are given as they begin, since a page may be asked in several ways.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from publishing.above import above_of
from publishing.addresses import sitemap_part_of
from publishing.card_lists import Ids
from publishing.light_rows import PageRow
from publishing.list_kinds import LISTS, WHOLE, groups_of
from publishing.listings import PAGE_SIZE, archive_count
from publishing.related import may_relate_to
from publishing.sites.outputs import Fact
from publishing.tree import Tree
from publishing.tree_changes import Diff

# Few of each, and cheap to ask: asked after every change.
ALWAYS = frozenset({"site", "topics", "topic_counts", "spoken", "words", "day", "home"})
OF_PAGE = (
    "above",
    "audiences_of",
    "below",
    "card",
    "children",
    "facts",
    "holds_something",
    "list_group_names",
    "list_groups",
    "row",
    "siblings",
    "topic_ids",
    "updated_at",
)
OF_LIST = ("below", "children", "holds_something", "list_group_names", "list_groups")
OF_TERMS = frozenset(
    {"audiences_of", "list_group_names", "list_groups", "list_page", "sitemap_part"}
)
# Where more pages change at once, whole lists are asked.
MOST_PAGES = 50


@dataclass(slots=True)
class Candidates:
    """``exact`` facts, facts that begin like one of ``beginnings``, all of ``kinds``."""

    exact: set[Fact] = field(default_factory=set)
    beginnings: set[Fact] = field(default_factory=set)
    kinds: set[str] = field(default_factory=lambda: set(ALWAYS))


def candidates(old: Tree, new: Tree, diff: Diff) -> Candidates:
    found = Candidates()
    for language in dict.fromkeys((*old.languages, *new.languages)):
        _Finder(old, new, diff, language, found).find()
    subjects = {subject for subject, _key in diff.subjects}
    if diff.pages:
        found.kinds.add("sitemap_parts")
    if "topic" in subjects:  # audiences too; pages and lists are named by their words
        found.kinds |= OF_TERMS
    if diff.topics or "topic" in subjects:
        found.kinds |= {"topic", "topic_page"}
    if "region" in subjects or "portal" in subjects:
        found.kinds |= {"region", "regions", "library", "home"}
    if "statute" in subjects:
        found.kinds |= {"statute_names", "library", "citing"}
    return found


class _Finder:
    def __init__(
        self, old: Tree, new: Tree, diff: Diff, language: str, found: Candidates
    ) -> None:
        self.old = old
        self.new = new
        self.diff = diff
        self.language = language
        self.found = found

    def find(self) -> None:
        for page_id in self.diff.pages:
            self._exact(OF_PAGE, page_id)
            for tree in (self.old, self.new):
                for beside in tree.siblings(page_id, self.language):
                    if beside is not None:
                        self._exact(("siblings",), beside)
            self._beginning("list_page", page_id)
        for page_id in self.diff.pages | self.diff.lists:
            self._exact(("sitemap_part",), sitemap_part_of(page_id))
        for page_id in self.diff.lists:
            self._exact(OF_LIST, page_id)
            self._beginning("newest", page_id)
        self._beginning("newest", None)
        self._related()
        for page_id in self._below_changed():
            self._exact(("above",), page_id)
        for kind in self.diff.kinds:
            self._exact(("every",), kind)
            for target in self.diff.targets:
                self._exact(("referring",), kind, target)
        for slug in self._cited():
            self._exact(("citing",), slug)
            self._exact(("library",))
        self._lists()

    def _below_changed(self) -> Iterator[int]:
        """What stands below a page of which others say something else now."""
        waiting = [
            page_id
            for page_id in self.diff.pages & self.old.rows.keys() & self.new.rows.keys()
            if above_of(self.old.rows[page_id]) != above_of(self.new.rows[page_id])
        ]
        while waiting:
            below = [row.id for row in self.new.children.get(waiting.pop(), ())]
            yield from below
            waiting += below

    def _related(self) -> None:
        if len(self.diff.pages) > MOST_PAGES:
            self.found.kinds.add("related_to")
            return
        pages = set(self.diff.pages)
        for tree in (self.old, self.new):
            if self.language not in tree.languages or "/" not in tree.by_path:
                continue
            every = tree.card_list(tree.home.id, self.language)
            for page_id in self.diff.pages & tree.listed.keys():
                pages.update(may_relate_to(every, tree.listed[page_id]))
        for page_id in pages:
            self._beginning("related_to", page_id)

    def _exact(self, names: Iterable[str], *args: object) -> None:
        text = json.dumps(args, ensure_ascii=False, separators=(",", ":"))
        self.found.exact |= {(name, self.language, text) for name in names}

    def _beginning(self, name: str, first: object, *more: object) -> None:
        parts = [json.dumps(arg, ensure_ascii=False) for arg in (first, *more)]
        self.found.beginnings.add((name, self.language, f"[{','.join(parts)},"))

    def _cited(self) -> set[str]:
        return {
            place.slug
            for tree in (self.old, self.new)
            for page_id in self.diff.pages
            for place in tree.citations.of_page(page_id)
        }

    # --- pages of lists --------------------------------------------------------------------

    def _lists(self) -> None:
        """Lists are numbered from the oldest: a change leaves what is older alone."""
        for page_id in self.diff.lists:
            rows = (self.old.rows.get(page_id), self.new.rows.get(page_id))
            row = rows[1] or rows[0]
            if row is not None and row.kind in LISTS:
                self._list(row)
        if "document" in self.diff.kinds:  # a catalogue lists them wherever they stand
            for tree in (self.old, self.new):
                for row in tree.of_kind("catalogue"):
                    self._exact(OF_LIST, row.id)
                    self._beginning("list_page", row.id)

    def _list(self, row: PageRow) -> None:
        if len(self.diff.pages) > MOST_PAGES or row.kind != "column":
            self._beginning("list_page", row.id)
            return
        old, new = (
            groups_of(tree, row, self.language) or {} if row.id in tree.rows else {}
            for tree in (self.old, self.new)
        )
        for page_id in self.diff.pages:
            for group in self._groups(page_id):
                for number in self._numbers(page_id, old.get(group), new.get(group)):
                    self._exact(("list_page",), row.id, group, number)

    def _groups(self, page_id: int) -> set[str]:
        found = {WHOLE}
        for tree in (self.old, self.new):
            page = tree.listed.get(page_id)
            if page is None:
                continue
            found |= {
                f"topic:{tree.topics[topic][self.language].slug}"
                for topic in page.topics
                if topic in tree.topics
            }
            if page.year is not None:
                found.add(f"year:{page.year}")
        return found

    def _numbers(self, page_id: int, old: object, new: object) -> Iterator[int | None]:
        """The pages of a list on which something may differ; None: the list's own."""
        ranks = [
            _rank(tree, page_id, ids)
            for tree, ids in ((self.old, old), (self.new, new))
            if isinstance(ids, Ids)
        ]
        there = [rank for rank in ranks if rank is not None]
        if not there:
            return
        lengths = [len(ids) for ids in (old, new) if isinstance(ids, Ids)]
        last = max(map(archive_count, lengths))
        first = min(there) // PAGE_SIZE + 1
        stays = len(ranks) == 2 and ranks[0] == ranks[1] and lengths[0] == lengths[1]
        end = first if stays else last
        yield None
        # The last numbered page names the next newer one, once there is one.
        yield from range(min(first, last), max(end, first) + 1)
        yield min(map(archive_count, lengths))


def _rank(tree: Tree, page_id: int, ids: Ids) -> int | None:
    """How many pages of the list are older."""
    page = tree.listed.get(page_id)
    at = ids.place(page) if page is not None else None
    return None if at is None else len(ids) - 1 - at
