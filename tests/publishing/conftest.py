from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from hypothesis import settings

from publishing.tree import forget_trees
from tests.publishing.world import County, World, make_world

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker


# Two cores are shared by much: a slow example is no fault.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(scope="module")
def world(
    django_db_setup: object, django_db_blocker: DjangoDbBlocker
) -> Iterator[World]:
    """One world for a module: growing one takes seconds.

    A test that changes rows takes ``db`` as well, to have that undone.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        forget_trees()
        yield make_world()
        transaction.set_rollback(True)
    forget_trees()


@pytest.fixture(params=["qingshan", "baihe"])
def county(world: World, request: pytest.FixtureRequest) -> County:
    """Each of the two, one after the other."""
    found: County = getattr(world, request.param)
    return found
