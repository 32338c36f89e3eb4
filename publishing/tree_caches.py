"""What a tree found on demand, carried over to the next tree: only what changed is made
again. Nothing is made here that nobody asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection

from publishing.card_lists import CardList, Listed
from publishing.portal_tree import Tree, as_listed, container_kinds, newest_first


def carry_over(
    old: Tree, new: Tree, touched: Collection[int], *, were_moved_on: bool
) -> None:
    """Fill the memory of ``new``, whose rows differ from those of ``old`` in the pages
    ``touched`` (and, if pages were moved on, in their places in the tree)."""
    new.cards_made = old.cards_made.copy()
    for page_id in touched:
        for language in new.languages:
            new.cards_made.pop((page_id, language), None)
    _listed(old, new, touched)
    _lists(old, new, touched)
    _kinds(old, new, touched, were_moved_on=were_moved_on)
    _about(old, new, touched)


def _listed(old: Tree, new: Tree, touched: Collection[int]) -> None:
    if old.listed_made is None:
        new.listed_made = None
        return
    new.listed_made = old.listed_made.copy()
    for page_id in touched:
        row = new.rows.get(page_id)
        if row is None:
            new.listed_made.pop(page_id, None)
        elif row.kind not in container_kinds():
            topics = new.page_topics.get(page_id, ())
            new.listed_made[page_id] = as_listed(row, topics)


def _lists(old: Tree, new: Tree, touched: Collection[int]) -> None:
    new.lists_made = {}
    changed: set[int] = set()  # topics
    for language, lists in old.lists_made.items():
        removed: dict[int, list[Listed]] = defaultdict(list)
        added: dict[int, list[Listed]] = defaultdict(list)
        for page_id in touched:
            was, is_now = _place(old, page_id, language), _place(new, page_id, language)
            if was == is_now:
                continue
            for place, changes in ((was, removed), (is_now, added)):
                if place is not None:
                    changed.update(place[0].topics)
                    for above in place[1]:
                        changes[above].append(place[0])
        made = lists.copy()
        for under in removed.keys() | added.keys():
            source = lists.get(under, CardList())
            made[under] = source.patched(under, removed[under], added[under])
            if not made[under]:
                del made[under]
        new.lists_made[language] = made
    new.levels_made = {
        key: found
        for key, found in old.levels_made.items()
        if changed.isdisjoint(key[0])
    }
    new.topics_made = {
        key: ids for key, ids in old.topics_made.items() if not key[0] & changed
    }


def _place(tree: Tree, page_id: int, language: str) -> tuple[Listed, list[int]] | None:
    """How a page is listed, and below which pages; None where it is not."""
    page = tree.listed.get(page_id)
    if page is None or language not in tree.rows[page_id].languages:
        return None
    return page, tree.above(page_id)


def _kinds(
    old: Tree, new: Tree, touched: Collection[int], *, were_moved_on: bool
) -> None:
    new.kinds_made = {}
    if were_moved_on:
        return
    for kind, rows in old.kinds_made.items():
        before = [old.rows[pk] for pk in touched if pk in old.rows]
        after = [new.rows[pk] for pk in touched if pk in new.rows]
        before = [row for row in before if row.kind == kind]
        after = [row for row in after if row.kind == kind]
        if before or after:
            found = list(rows)
            for row in before:
                del found[bisect_left(found, newest_first(row), key=newest_first)]
            for row in after:
                at = bisect_left(found, newest_first(row), key=newest_first)
                found.insert(at, row)
            rows = tuple(found)
        new.kinds_made[kind] = rows


def _about(old: Tree, new: Tree, touched: Collection[int]) -> None:
    new.about_made = None if old.about_made is None else old.about_made.copy()
    if new.about_made is None:
        return
    for tree, is_new in ((old, False), (new, True)):
        for page_id in touched & tree.rows.keys():
            target = tree.rows[page_id].target_id
            if target is None:
                continue
            about = set(new.about_made.pop(target, ()))
            about = about | {page_id} if is_new else about - {page_id}
            if about:
                new.about_made[target] = tuple(sorted(about))
