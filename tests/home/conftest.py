from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.test import Client

from tests.factories import TwoPortals, make_two_portals

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker


@pytest.fixture(scope="module")
def shared_portals(
    django_db_setup: object, django_db_blocker: DjangoDbBlocker
) -> Iterator[TwoPortals]:
    """Two portals for a whole module: making them takes two seconds.

    What a test changes in the database is undone after it, what it changes in these
    objects is not: it fetches its pages anew.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_two_portals()
        transaction.set_rollback(True)


@pytest.fixture
def portals(shared_portals: TwoPortals, db: None) -> TwoPortals:
    return shared_portals


@pytest.fixture
def editor(portals: TwoPortals) -> Client:
    """The county editor of 青山, logged in on her own host."""
    client = Client(headers={"host": portals.qingshan.host})
    client.force_login(portals.qingshan.editor)
    return client
