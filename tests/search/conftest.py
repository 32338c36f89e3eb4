from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.test import override_settings

from home.outbox import deliver_pending
from search.engines import get_engine
from search.engines.base import Engine
from tests.search.tree import Tree, grow_tree

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Engine]:
    """The engine of this test alone, without an index yet."""
    with override_settings(SEARCH_INDEX_DIR=tmp_path / "search"):
        yield get_engine()


@pytest.fixture(scope="module")
def shared_tree(
    django_db_setup: object,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Tree]:
    """One tree and index folder for a module: growing one takes a second.

    A test that changes rows takes ``db`` to have that undone, and one that changes the
    index takes ``index`` for an index of its own.
    """
    folder = tmp_path_factory.mktemp("shared") / "search"
    with (
        django_db_blocker.unblock(),
        override_settings(SEARCH_INDEX_DIR=folder),
        transaction.atomic(),
    ):
        yield grow_tree()
        transaction.set_rollback(True)


@pytest.fixture
def tree(db: None, index: Engine) -> Tree:
    """Portals and a statute; nothing delivered yet."""
    return grow_tree()


def deliver() -> None:
    """What the worker does."""
    for _receiver, _count in deliver_pending():
        pass
