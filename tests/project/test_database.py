"""The database of the tests: rows that migrations made are there, whatever ran before.

The tests stand in the order in which pytest-django runs them: those that commit last.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from wagtail.models import Page

from tests import database


@pytest.mark.django_db
def test_rows_of_migrations_are_there() -> None:
    assert Page.objects.filter(depth=1).count() == 1


@pytest.mark.django_db
def test_the_database_is_in_a_temporary_folder() -> None:
    if database.is_sqlite():
        name = Path(connection.settings_dict["NAME"])
        assert name.exists()
        assert Path(settings.BASE_DIR) not in name.parents


class CommittingCase(TransactionTestCase):
    def test_commit(self) -> None:
        assert Page.objects.filter(depth=1).count() == 1
        Page.objects.filter(depth=1).update(title="changed")


@pytest.mark.django_db(transaction=True)
def test_rows_of_migrations_are_back_after_a_test_that_commits() -> None:
    assert Page.objects.get(depth=1).title == "Root"
    Page.objects.filter(depth=1).update(title="changed")


@pytest.mark.django_db(transaction=True)
def test_rows_of_migrations_are_back_after_a_function_that_commits() -> None:
    assert Page.objects.get(depth=1).title == "Root"


def test_uploads_index_and_exports_go_to_a_temporary_folder(var_dir: Path) -> None:
    for name in ("MEDIA_ROOT", "SEARCH_INDEX_DIR", "EXPORT_DIR", "STATIC_ROOT"):
        assert var_dir in Path(getattr(settings, name)).parents
    assert Path(settings.BASE_DIR) not in var_dir.parents
