"""A portal's public pages: read in two queries whatever its size (the rows of all types
are one UNION), kept per process, and brought up to date change by change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from home import outbox
from home.models import Portal
from home.outbox import ChangeRecord
from home.portals.kept import forget_portals
from publishing.details import Details
from publishing.light_rows import Root, page_rows
from publishing.page_citations import Citations
from publishing.page_terms import page_terms
from publishing.portal_tree import Tree as Tree
from publishing.portal_tree import container_kinds as container_kinds
from publishing.portal_tree import default_language as default_language
from publishing.portal_tree import kind_labels as kind_labels
from publishing.shared import Shared, forget_shared, shared_data
from publishing.tree_changes import patched

# Whoever has missed more changes (of all portals) reads everything.
MOST_CHANGES = 1000
_trees: dict[int, tuple[int, Tree]] = {}


def tree_of(portal: Portal, portals: Iterable[Portal]) -> Tree:
    """The portal's tree, from this process's memory while nothing has changed.

    ``portals``: all of them, as read with this one (``shared_data`` needs them).
    """
    known = _trees.get(portal.pk)
    if known is not None and known[0] == portal.change_number:
        return known[1]
    shared = shared_data(portals)
    changes = _changes_since(known[0], portal) if known is not None else None
    found = patched(known[1], portal, changes, shared) if known and changes else None
    tree = found[0] if found else load_tree(portal, shared)
    _trees[portal.pk] = (portal.change_number, tree)
    return tree


def _changes_since(position: int, portal: Portal) -> Sequence[ChangeRecord] | None:
    """None where they are too many, or not all known any more."""
    if not 0 < portal.change_number - position <= MOST_CHANGES:
        return None
    return outbox.between(position, portal.change_number)


def forget_trees() -> None:
    """Empty the memory; tests call it, since their rolled-back numbers come again."""
    _trees.clear()
    forget_shared()
    forget_portals()


def load_tree(portal: Portal, shared: Shared) -> Tree:
    root = Root.of(portal)
    tree = Tree(portal.pk, root)
    for row in page_rows(root):
        tree.rows[row.id] = row
        tree.by_path[row.path] = row
        tree.ids_by_tree_path[row.tree_path] = row.id
        if row.parent_id is not None:
            tree.children.setdefault(row.parent_id, []).append(row)
    tree.details = Details(portal.pk, root.path, root.languages)
    tree.citations = Citations(portal.pk, root.path, tree.rows.keys())
    tree.topics, tree.audiences = shared.topics, shared.audiences
    tree.names, tree.held_statutes = shared.names.of(portal), shared.held
    tree.page_topics, tree.page_audiences = page_terms(
        tree.rows, tree.topics, tree.audiences
    )
    return tree
