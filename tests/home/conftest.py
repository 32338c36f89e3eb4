from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

import pytest
from django.db import transaction
from django.test import Client

from tests.factories import TwoPortals, make_two_portals

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker


def portals_of_a(scope: Literal["module", "package"]) -> Any:
    """The fixture: two portals for a whole module or, where no test of it commits, for a
    package. Making them takes two seconds.

    What a test changes in the database is undone after it, what it changes in these
    objects is not: it fetches its pages anew.
    """

    @pytest.fixture(scope=scope, name="shared_portals")
    def make(
        django_db_setup: object, django_db_blocker: DjangoDbBlocker
    ) -> Iterator[TwoPortals]:
        with django_db_blocker.unblock(), transaction.atomic():
            yield make_two_portals()
            transaction.set_rollback(True)

    return make


shared_portals = portals_of_a("module")


@pytest.fixture
def portals(shared_portals: TwoPortals, db: None) -> TwoPortals:
    return shared_portals


@pytest.fixture
def editor(portals: TwoPortals) -> Client:
    """The county editor of 青山, logged in on her own host."""
    client = Client(headers={"host": portals.qingshan.host})
    client.force_login(portals.qingshan.editor)
    return client
