"""The rows of a tree while some of them change: copies, since others read the old ones."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import replace
from operator import attrgetter

from publishing.light_rows import PageRow, StoredRow
from publishing.page_terms import Links, ordered, rank
from publishing.portal_tree import Tree

_tree_path = attrgetter("tree_path")


class RowChanges:
    """``touched``: pages whose row or terms may differ; ``read``: those that were read;
    ``gone``: those that were public and are no more."""

    def __init__(
        self, tree: Tree, topics: Iterable[int], audiences: Iterable[int]
    ) -> None:
        self.rows = tree.rows.copy()
        self.by_path = tree.by_path.copy()
        self.children = tree.children.copy()
        self.ids_by_tree_path = tree.ids_by_tree_path.copy()
        self.page_topics = tree.page_topics.copy()
        self.page_audiences = tree.page_audiences.copy()
        self.touched: set[int] = set()
        self.read: set[int] = set()
        self.gone: set[int] = set()
        self.were_moved_on = False
        self._own_children: set[int] = set()
        self._ranks = rank(topics), rank(audiences)

    def put(self, found: StoredRow) -> None:
        """A page as it is now; not below a page that is not public itself."""
        parent_id = self.ids_by_tree_path.get(found.parent_path)
        if parent_id is None and found.kind != "home":
            self.remove(found.id)
            return
        old, row = self.rows.get(found.id), found.row(parent_id)
        if old is not None:
            self._unlink(old)
        self._link(row)
        if old is not None and (old.path, old.tree_path) != (row.path, row.tree_path):
            self._carry_along(old, row)
        _set(self.page_topics, row.id, ordered(found.topics, self._ranks[0]))
        _set(self.page_audiences, row.id, ordered(found.audiences, self._ranks[1]))
        self.touched.add(row.id)
        self.gone.discard(row.id)

    def remove(self, page_id: int) -> None:
        """Take a page out, with everything below it."""
        row = self.rows.get(page_id)
        if row is None:
            return
        for child in list(self.children.get(page_id, ())):
            self.remove(child.id)
        self._unlink(row)
        del self.rows[page_id]
        self.children.pop(page_id, None)
        self.page_topics.pop(page_id, None)
        self.page_audiences.pop(page_id, None)
        self.touched.add(page_id)
        self.gone.add(page_id)

    def move_on(self, tree_paths: Mapping[int, str]) -> None:
        """Where all pages stand now, after some had to make room for others."""
        self.were_moved_on = True
        moved = [
            row
            for row in self.rows.values()
            if tree_paths.get(row.id, row.tree_path) != row.tree_path
        ]
        for row in moved:
            if self.ids_by_tree_path.get(row.tree_path) == row.id:
                del self.ids_by_tree_path[row.tree_path]
        for row in moved:
            new = replace(row, tree_path=tree_paths[row.id])
            self.rows[row.id] = self.by_path[row.path] = new
            self.ids_by_tree_path[new.tree_path] = row.id
        for parent_id in {row.parent_id for row in moved} - {None}:
            self._renew_children(parent_id or 0)

    def set_terms(self, topics: Links, audiences: Links) -> None:
        for old, new in ((self.page_topics, topics), (self.page_audiences, audiences)):
            self.touched.update(
                page_id
                for page_id in old.keys() | new.keys()
                if old.get(page_id) != new.get(page_id)
            )
        self.page_topics, self.page_audiences = topics, audiences

    # --- one row ---------------------------------------------------------------------------

    def _link(self, row: PageRow) -> None:
        self.rows[row.id] = self.by_path[row.path] = row
        self.ids_by_tree_path[row.tree_path] = row.id
        if row.parent_id is not None:
            beside = self._children_of(row.parent_id)
            beside.insert(bisect_left(beside, row.tree_path, key=_tree_path), row)

    def _unlink(self, row: PageRow) -> None:
        if self.by_path[row.path].id == row.id:
            del self.by_path[row.path]
        if self.ids_by_tree_path.get(row.tree_path) == row.id:
            del self.ids_by_tree_path[row.tree_path]
        if row.parent_id is None:
            return
        beside = self._children_of(row.parent_id)
        at = bisect_left(beside, row.tree_path, key=_tree_path)
        if at == len(beside) or beside[at].id != row.id:
            at = next(i for i, other in enumerate(beside) if other.id == row.id)
        del beside[at]
        if not beside:
            del self.children[row.parent_id]
            self._own_children.discard(row.parent_id)

    def _children_of(self, page_id: int) -> list[PageRow]:
        if page_id not in self._own_children:
            self._own_children.add(page_id)
            self.children[page_id] = list(self.children.get(page_id, ()))
        return self.children[page_id]

    def _carry_along(self, old: PageRow, new: PageRow) -> None:
        """What is below a page goes where it goes."""
        for child in self.children.get(new.id, ()):
            moved = replace(
                child,
                path=_moved(child.path, old.path, new.path),
                tree_path=_moved(child.tree_path, old.tree_path, new.tree_path),
            )
            if self.by_path.get(child.path) is child:
                del self.by_path[child.path]
            if self.ids_by_tree_path.get(child.tree_path) == child.id:
                del self.ids_by_tree_path[child.tree_path]
            self.rows[child.id] = self.by_path[moved.path] = moved
            self.ids_by_tree_path[moved.tree_path] = child.id
            self.touched.add(child.id)
            self._carry_along(child, moved)
        if new.id in self.children:
            self._renew_children(new.id)

    def _renew_children(self, page_id: int) -> None:
        children = (self.rows[row.id] for row in self.children[page_id])
        self.children[page_id] = sorted(children, key=_tree_path)
        self._own_children.add(page_id)


def _moved(place: str, before: str, after: str) -> str:
    return after + place[len(before) :] if place.startswith(before) else place


def _set(links: Links, page_id: int, terms: tuple[int, ...]) -> None:
    if terms:
        links[page_id] = terms
    else:
        links.pop(page_id, None)
