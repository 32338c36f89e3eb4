from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import override_settings

from home.outbox import deliver_pending
from tests.isolation.places import NOW, World, make_world

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker


@pytest.fixture(scope="module")
def world(
    django_db_setup: object,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:
    """Made once for a module; each request's own changes are undone after it."""
    with (
        django_db_blocker.unblock(),
        time_machine.travel(NOW, tick=False),
        # All of these requests come from one address, within one minute.
        override_settings(
            SEARCH_INDEX_DIR=tmp_path_factory.mktemp("index"), RATELIMIT_ENABLE=False
        ),
        transaction.atomic(),
    ):
        superuser = get_user_model().objects.create_superuser("over-everything")
        world = make_world(superuser)
        list(deliver_pending())
        yield world
        transaction.set_rollback(True)
