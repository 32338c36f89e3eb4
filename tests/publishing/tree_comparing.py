"""How trees are compared: every field, and all that can be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from random import Random
from typing import Any

from home.models import Office
from publishing.addresses import (
    Address,
    page_addresses,
    shared_addresses,
    sitemap_part_of,
)
from publishing.light_rows import PageRow
from publishing.portal_tree import Tree, default_language


def everything(tree: Tree) -> dict[str, Any]:
    """Every field of a tree and all that can be asked of it, in plain values."""
    ids = sorted(tree.rows)
    languages = tree.languages
    return {
        "rows": {pk: row_of(tree, pk) for pk in ids},
        "places": {pk: row.tree_path for pk, row in tree.rows.items()},
        "paths": {path: row.id for path, row in tree.by_path.items()},
        "paths' rows": {path: row.tree_path for path, row in tree.by_path.items()},
        "ids by place": tree.ids_by_tree_path,
        "children": below(tree),
        "topics": tree.topics,
        "audiences": tree.audiences,
        "page topics": tree.page_topics,
        "page audiences": tree.page_audiences,
        "names": tree.names.title("minfadian"),
        "listed": tree.listed,
        "lists": {pk: lists_of(tree, pk) for pk in ids},
        "lists made": {
            language: tree.lists_made[language].keys() for language in languages
        },
        **kinds_of(tree),
        "about": {pk: tree.about[pk] for pk in tree.about.keys() & tree.rows.keys()},
        "cards": {(pk, code): tree.card(pk, code) for pk in ids for code in languages},
        "siblings": {
            (pk, code): tree.siblings(pk, code) for pk in ids for code in languages
        },
        "related": related_of(tree),
        "pages": {pk: of_page(tree, pk) for pk in ids},
        "citing": tree.citations.pages_citing("minfadian", "zh-hans"),
        "statutes": tree.citations.statutes(),
        "library": tree.citations.library(),
        "offices": [office.pk for office in tree.details.records(Office)],
        "regions": tree.details.regions(["000002"]),
    }


def related_of(tree: Tree) -> dict[Any, tuple[int, ...]]:
    if "/" not in tree.by_path:
        return {}
    return {
        (pk, code, kind): tree.related(pk, topics, code, kind, 4)
        for pk, topics in tree.page_topics.items()
        for code in tree.languages
        for kind in ("", "article", "question")
    }


def kinds_of(tree: Tree) -> dict[str, Any]:
    """The pages of each kind: in which order, where, and that they are the tree's own."""
    return {
        "kinds": {
            row.kind: [row_of(tree, one.id) for one in tree.of_kind(row.kind)]
            for row in tree.rows.values()
        },
        "kinds' places": {
            row.id: row.tree_path
            for kind in {row.kind for row in tree.rows.values()}
            for row in tree.of_kind(kind)
        },
        "kinds' rows": all(
            tree.rows[row.id] is row
            for kind in {row.kind for row in tree.rows.values()}
            for row in tree.of_kind(kind)
        ),
    }


def row_of(tree: Tree, page_id: int) -> PageRow | None:
    """But for what it is about, where that is a page of the other portal: a copy of an
    interpretation still names its document, and nobody is told when that goes."""
    row = tree.rows.get(page_id)
    if row is None or row.target_id in tree.rows:
        return row
    return replace(row, target_id=None)


def below(tree: Tree) -> dict[int, list[int]]:
    return {pk: [row.id for row in rows] for pk, rows in tree.children.items()}


def lists_of(tree: Tree, page_id: int) -> list[Any]:
    return [tree.card_list(page_id, code) for code in tree.languages]


def of_page(tree: Tree, page_id: int) -> tuple[Any, ...]:
    """Everything that a tree knows of one page by itself."""
    return (
        row_of(tree, page_id),
        tree.page_topics.get(page_id, ()),
        tree.page_audiences.get(page_id, ()),
        [tree.details.facts(page_id, code) for code in tree.languages],
        tree.citations.of_page(page_id),
    )


def ask_for_some(tree: Tree, random: Random) -> None:
    """What is found on demand is there, or it is not, when the next change comes."""
    questions: list[Callable[[], Any]] = [
        lambda: [tree.card(pk, code) for pk in tree.rows for code in tree.languages],
        lambda: tree.card_list(0, tree.languages[0]),
        lambda: tree.card_list(0, tree.languages[-1]),
        lambda: tree.listed,
        lambda: tree.about,
        lambda: tree.of_kind("article"),
        lambda: tree.of_kind("column"),
        lambda: tree.details.facts(0, "zh-hans"),
        lambda: tree.citations.library(),
        lambda: tree.details.records(Office),
        lambda: [
            tree.related(pk, topics, "zh-hans", "", 4)
            for pk, topics in tree.page_topics.items()
            if "/" in tree.by_path
        ],
    ]
    for question in random.sample(questions, random.randint(0, len(questions))):
        question()


def addresses_of(
    tree: Tree, page_ids: Iterable[int], topics: Iterable[int] = ()
) -> Iterator[Address]:
    """The addresses that some pages and some topics have, those of their lists and
    parts of the sitemap included."""
    known = [page_id for page_id in page_ids if page_id in tree.rows]
    yield from page_addresses(tree, known)
    parts = {sitemap_part_of(pk) for pk in known if tree.rows[pk].languages}
    main = default_language()
    found = [tree.topics[pk][main] for pk in topics if pk in tree.topics]
    above = [tree.topics[topic.parent_id][main] for topic in found if topic.parent_id]
    slugs = {topic.slug for topic in (*found, *above)}
    for address in shared_addresses(tree):
        if address.topic in slugs or (not address.topic and address.number in parts):
            yield address
