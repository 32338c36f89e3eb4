"""A tree that was brought up to date is the tree that is read afresh."""

from __future__ import annotations

from random import Random, SystemRandom
from typing import Any

import pytest

from home import outbox
from home.models import Portal
from publishing.addresses import enumerate_addresses
from publishing.shared import Shared, forget_shared, shared_data
from publishing.snapshot import all_portals
from publishing.tree import Tree, load_tree
from publishing.tree_changes import Diff, patched
from tests.factories import TwoPortals
from tests.policy_factories import InterpretationPageFactory, PolicyDocumentPageFactory
from tests.publishing.site_actions import RARE
from tests.publishing.tree_comparing import (
    addresses_of,
    ask_for_some,
    below,
    everything,
    lists_of,
    of_page,
)
from tests.publishing.tree_editors import Editors

pytestmark = pytest.mark.django_db


class Watched:
    """A portal's tree, brought up to date step by step and held against the truth."""

    def __init__(self, portal: Portal, random: Random) -> None:
        self.portal_id, self.random = portal.pk, random
        portal, shared = self.now()
        self.number = portal.change_number
        self.tree = self.asked = load_tree(portal, shared)
        self.answers = everything(self.asked)

    def now(self) -> tuple[Portal, Shared]:
        forget_shared()
        portals = all_portals()
        portal = next(row for row in portals if row.pk == self.portal_id)
        return portal, shared_data(portals)

    def follow(self) -> Diff | None:
        """Patch and compare; None where all had to be read anew."""
        portal, shared = self.now()
        changes = outbox.between(self.number, portal.change_number)
        assert changes is not None
        source, old = self.tree, self.asked
        found = patched(source, portal, changes, shared)
        fresh = load_tree(portal, shared)
        self.number = portal.change_number
        wanted = everything(fresh)
        assert_same(everything(old), self.answers)  # others still read it
        self.tree = self.asked = found[0] if found else fresh
        self.answers = everything(self.asked)
        assert_same(self.answers, wanted)
        if found is None:
            return None
        assert_nothing_else_differs(old, fresh, found[1])
        if self.random.random() < 0.5:
            # Of what was not asked for, nothing is there when the next change comes.
            again = patched(source, portal, changes, shared)
            assert again is not None and again[1] == found[1]
            self.tree = again[0]
            ask_for_some(self.tree, self.random)
        return found[1]


def assert_same(found: dict[str, Any], wanted: dict[str, Any]) -> None:
    for name, value in wanted.items():
        assert found[name] == value, name


def assert_nothing_else_differs(old: Tree, new: Tree, diff: Diff) -> None:
    every = old.rows.keys() | new.rows.keys()
    for page_id in every - diff.pages:
        assert of_page(old, page_id) == of_page(new, page_id)
    for page_id in every - diff.lists:
        assert lists_of(old, page_id) == lists_of(new, page_id)
        assert below(old).get(page_id) == below(new).get(page_id)
    topics = diff.topics | {
        int(key) for subject, key in diff.subjects if subject == "topic"
    }
    found = {
        address
        for tree in (old, new)
        for address in addresses_of(tree, diff.pages | diff.lists, topics)
    }
    assert set(enumerate_addresses(old)) ^ set(enumerate_addresses(new)) <= found
    for tree in (old, new):
        for page_id in diff.pages & tree.rows.keys():
            row = tree.rows[page_id]
            assert row.kind in diff.kinds
            assert diff.topics >= set(tree.page_topics.get(page_id, ()))
            assert row.target_id is None or row.target_id in diff.targets


def drive(portals: TwoPortals, steps: int, seed: int) -> None:
    """Random actions, one or a few at a time, and both portals compared after each."""
    random = Random(seed)  # noqa: S311  (no secret)
    editors = Editors(portals, random)
    watched = [Watched(county.portal, random) for county in portals]
    try:
        while editors.count < steps:
            names = {editors.act() for _each in range(random.choice([1, 1, 1, 2, 4]))}
            for one in watched:
                diff = one.follow()
                assert diff is not None or RARE & names
    except BaseException as error:
        error.add_note(f"seed {seed}, {editors.count}: {editors.done[-12:]}")
        raise


def test_a_patched_tree_is_the_tree_read_afresh(two_portals: TwoPortals) -> None:
    drive(two_portals, 15, SystemRandom().randrange(10**9))


@pytest.mark.long
@pytest.mark.parametrize("_run", range(4))
def test_a_tree_patched_a_hundred_times_is_the_tree_read_afresh(
    two_portals: TwoPortals, _run: int
) -> None:
    drive(two_portals, 150, SystemRandom().randrange(10**9))


def test_what_is_about_a_withdrawn_document_loses_it_when_that_is_deleted(
    two_portals: TwoPortals,
) -> None:
    county = two_portals.qingshan
    document = PolicyDocumentPageFactory(parent=county.column)
    page = InterpretationPageFactory(parent=county.column, document=document)
    document.unpublish()
    watched = Watched(county.portal, Random(0))  # noqa: S311  (no secret)
    assert watched.tree.rows[page.pk].target_id == document.pk
    document.delete()
    assert watched.follow() is not None
    assert watched.tree.rows[page.pk].target_id is None
