"""From one tree to the next: what a few changes do to a portal's pages.

The old tree stays as it is, since others read it; what a change does not touch is shared
with it. A test drives random actions of editors and holds the patched tree against one
that is read afresh, field by field.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from home.models import Portal, Region
from home.outbox import ChangeRecord
from publishing.card_lists import Listed
from publishing.light_rows import (
    Root,
    StoredRow,
    ids_below,
    kind_models,
    kinds_of,
    stored_rows,
    tree_paths,
)
from publishing.page_terms import page_terms
from publishing.portal_tree import Tree
from publishing.row_changes import RowChanges
from publishing.shared import Shared
from publishing.tree_caches import carry_over
from statutes.names import NameIndex

# Where more pages than that change, reading all of them is as quick.
MOST_PAGES = 500
OF_PAGES = frozenset({"page", "branch"})
# Kinds that are also listed by pages of another kind, wherever in the tree these are.
LISTED_BY = {"document": "catalogue"}


@dataclass(frozen=True, slots=True)
class Diff:
    """What may differ between two trees; everything else is equal."""

    # Row, terms, details or citations; what is below a page that moved is included.
    pages: frozenset[int] = frozenset()
    # The pages above these, as it was and as it is, and whoever else lists them.
    lists: frozenset[int] = frozenset()
    # Of these pages, as it was and as it is.
    kinds: frozenset[str] = frozenset()
    topics: frozenset[int] = frozenset()
    years: frozenset[int] = frozenset()
    targets: frozenset[int] = frozenset()  # the pages that they are about
    # Every change, for what only an event can tell: ("media", "portalimage:3").
    subjects: frozenset[tuple[str, str]] = frozenset()


class _TooMuchError(Exception):
    """So much may have changed that all is to be read."""


def patched(
    tree: Tree, portal: Portal, changes: Sequence[ChangeRecord], shared: Shared
) -> tuple[Tree, Diff] | None:
    """The tree after ``changes``, and what may differ; None: read it anew.

    ``changes``: all that were recorded since ``tree`` was made, of whichever portal.
    """
    if tree.root != Root.of(portal):
        return None
    own = [one for one in changes if one.portal_id in (None, portal.pk)]
    subjects = frozenset((one.subject, one.key) for one in own)
    try:
        rows = _changed_rows(tree, own, shared)
    except _TooMuchError:
        return None
    regions = {key for subject, key in subjects if subject == "region"}
    if regions:
        rows.touched |= _pages_with_regions(tree)
    new = _with_rows(tree, rows, shared, shared.names.of(portal))
    touched = rows.touched
    new.details = tree.details.patched(
        {
            pk: new.rows[pk].kind if pk in new.rows else ""
            for pk in rows.read | rows.gone
        },
        subjects,
    )
    new.citations = tree.citations.patched(
        new.rows.keys(),
        rows.read | rows.gone,
        own_changed=any(subject in ("statute", "portal") for subject, _key in subjects),
    )
    carry_over(tree, new, touched, were_moved_on=rows.were_moved_on)
    return new, compared(tree, new, touched, subjects)


def _with_rows(tree: Tree, rows: RowChanges, shared: Shared, names: NameIndex) -> Tree:
    return replace(
        tree,
        rows=rows.rows,
        by_path=rows.by_path,
        children=rows.children,
        ids_by_tree_path=rows.ids_by_tree_path,
        topics=shared.topics,
        audiences=shared.audiences,
        names=names,
        held_statutes=shared.held,
        page_topics=rows.page_topics,
        page_audiences=rows.page_audiences,
        _content={},
    )


def compared(
    old: Tree,
    new: Tree,
    pages: Iterable[int],
    subjects: frozenset[tuple[str, str]] = frozenset(),
) -> Diff:
    """The difference, where only these pages may differ."""
    found = frozenset(pk for pk in pages if pk in old.rows or pk in new.rows)
    lists: set[int] = set()
    listed: list[Listed] = []
    targets: set[int] = set()
    kinds: set[str] = set()
    for tree in (old, new):
        for page_id in found & tree.rows.keys():
            row = tree.rows[page_id]
            lists.update(tree.above(page_id))
            kinds.add(row.kind)
            if row.target_id is not None:
                targets.add(row.target_id)
            if page_id in tree.listed:
                listed.append(tree.listed[page_id])
    for kind in LISTED_BY.keys() & kinds:
        for tree in (old, new):
            lists.update(row.id for row in tree.of_kind(LISTED_BY[kind]))
    return Diff(
        pages=found,
        lists=frozenset(lists),
        kinds=frozenset(kinds),
        topics=frozenset(topic for page in listed for topic in page.topics),
        years=frozenset(page.year for page in listed if page.year is not None),
        targets=frozenset(targets),
        subjects=subjects,
    )


# --- the rows ------------------------------------------------------------------------------


def _changed_rows(
    tree: Tree, changes: Sequence[ChangeRecord], shared: Shared
) -> RowChanges:
    asked = {int(one.key) for one in changes if one.subject in OF_PAGES}
    branches = [int(one.key) for one in changes if one.subject == "branch"]
    found = _read(tree, asked, set(branches))
    made = RowChanges(tree, shared.topics, shared.audiences)
    # Others were moved on in the tree to make room, of which nothing was recorded.
    if _may_have_moved_others(tree, found, branches):
        made.move_on(dict(tree_paths(tree.root)))
    made.read |= asked | found.keys()
    for row in sorted(found.values(), key=lambda row: row.tree_path):
        made.put(row)
    for page_id in asked - found.keys():
        made.remove(page_id)
    # A page that is deleted, public or not, is taken out of those that are about it.
    lost = made.gone | (asked - found.keys())
    referring = {pk for gone in lost for pk in tree.about.get(gone, ())}
    made.read |= referring
    for row in _read(tree, referring & made.rows.keys(), set()).values():
        made.put(row)
    if any(one.subject == "topic" for one in changes):
        made.set_terms(*page_terms(made.rows, shared.topics, shared.audiences))
    return made


def _read(tree: Tree, page_ids: set[int], branches: set[int]) -> dict[int, StoredRow]:
    """The pages that are live and not private, and what is new below the branches."""
    kinds = {pk: tree.rows[pk].kind for pk in page_ids if pk in tree.rows}
    unknown = (
        kinds_of(tree.root, page_ids - kinds.keys()) if page_ids - kinds.keys() else {}
    )
    kinds |= {pk: kind for pk, (kind, _above) in unknown.items()}
    found = _stored(tree, kinds)
    above = branches | {pk for pk, (_kind, is_above) in unknown.items() if is_above}
    new: set[int] = set()
    for page_id in above & found.keys():
        new |= ids_below(found[page_id].tree_path) - tree.rows.keys() - page_ids
        if len(new) > MOST_PAGES:
            raise _TooMuchError
    if new:
        below = kinds_of(tree.root, new)
        found |= _stored(tree, {pk: kind for pk, (kind, _above) in below.items()})
    return found


def _stored(tree: Tree, kinds: dict[int, str]) -> dict[int, StoredRow]:
    if len(kinds) > MOST_PAGES:
        raise _TooMuchError
    by_kind: dict[str, list[int]] = {}
    for page_id, kind in kinds.items():
        by_kind.setdefault(kind, []).append(page_id)
    return {
        row.id: row
        for kind, ids in by_kind.items()
        for row in stored_rows(tree.root, kind, ids)
    }


def _may_have_moved_others(
    tree: Tree, found: dict[int, StoredRow], branches: Sequence[int]
) -> bool:
    """Whether a page may have been put before others, which had to make room.

    A move is recorded as a change of a branch. Only where a single page went behind all
    others, or stayed, is it certain that the others did not move.
    """
    if not branches:
        return False
    if len(branches) > 1 or branches[0] not in found:
        return True
    row = found[branches[0]]
    known = tree.rows.get(row.id)
    if known is not None and known.tree_path == row.tree_path:
        return False
    parent = tree.ids_by_tree_path.get(row.parent_path)
    beside = tree.children.get(parent, []) if parent is not None else []
    return any(
        one.tree_path >= row.tree_path for one in beside[-2:] if one.id != row.id
    )


def _pages_with_regions(tree: Tree) -> set[int]:
    """A region that is deleted is taken out of the pages that name it."""
    kinds = {
        kind
        for kind, model in kind_models().items()
        if any(
            column.related_model is Region and column.attname in model.fact_fields
            for column in model._meta.concrete_fields
        )
    }
    return {row.id for kind in kinds for row in tree.of_kind(kind)}
