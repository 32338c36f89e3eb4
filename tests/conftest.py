"""What every test can ask for."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import TransactionTestCase, override_settings
from django.test.testcases import TestCase
from django.test.utils import setup_databases, teardown_databases

from publishing.building.keeper import forget_kept
from publishing.phrases import forget_statutes
from publishing.tree import forget_trees
from search.phrases import forget_phrases
from search.portal_words import forget_portal_words
from tests import database, services
from tests.factories import TwoPortals, replayed_portals

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django.plugin import DjangoDbBlocker

# The template of the database, and the key to the database.
DATABASE_SETUP = pytest.StashKey[tuple[Path | str, "DjangoDbBlocker"]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the slow tests as well")


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    if config.getoption("--long"):
        return
    long = [item for item in items if item.get_closest_marker("long")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


# --- nothing outside a temporary folder ------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def var_dir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where this run's uploads, indexes and exports go, commands it starts included."""
    var = tmp_path_factory.mktemp("var")
    folders = {
        name: var / Path(getattr(settings, name)).relative_to(settings.VAR_DIR)
        for name in (
            "STATIC_ROOT",
            "MEDIA_ROOT",
            "SEARCH_INDEX_DIR",
            "SEARCH_RANKING_FILE",
            "EXPORT_DIR",
            "PORTAL_ARCHIVE_DIR",
        )
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XIANGFA_VAR", str(var))
        with override_settings(VAR_DIR=var, **folders):
            yield var


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
    pytestconfig: pytest.Config,
) -> Iterator[None]:
    """Instead of pytest-django's: on SQLite a copy of a migrated file."""
    with django_db_blocker.unblock():
        if not database.is_sqlite():
            created = setup_databases(verbosity=0, interactive=False)
            pytestconfig.stash[DATABASE_SETUP] = (
                database.take_postgres_template(),
                django_db_blocker,
            )
            yield
            teardown_databases(created, verbosity=0)
            return
        folder = tmp_path_factory.mktemp("database")
        template = database.take_template(folder)
        database.use_copy(template)
    pytestconfig.stash[DATABASE_SETUP] = (template, django_db_blocker)
    yield


@pytest.fixture(scope="session", autouse=True)
def emptied_after_commits() -> Iterator[None]:
    """Django empties every table after a test that commits, the audit log as well."""
    empty = TransactionTestCase._fixture_teardown

    def unseal_and_empty(case: TransactionTestCase) -> None:
        database.unseal_audit_log()
        empty(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", unseal_and_empty)
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    """A test that commits has emptied every table, for the next test as well.

    A hook, because a fixture of ours would end before pytest-django's, which empties.
    """
    result = yield
    setup = item.config.stash.get(DATABASE_SETUP, None)
    if setup is not None and _commits(item):
        template, blocker = setup
        with blocker.unblock():
            database.use_copy(template)
    return result


def _commits(item: pytest.Item) -> bool:
    case = getattr(item, "cls", None)
    if isinstance(case, type) and issubclass(case, TransactionTestCase):
        return not issubclass(case, TestCase)
    if {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ())):
        return True
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction"))


@pytest.fixture(autouse=True)
def forgotten_trees() -> None:
    """A change number that was rolled back comes again and means something else."""
    forget_trees()
    forget_kept()
    forget_portal_words()
    forget_statutes()
    forget_phrases()


# --- content ---------------------------------------------------------------------------


@pytest.fixture
def two_portals(db: None) -> TwoPortals:
    """Two counties with a column, an article, a question and three people each."""
    return replayed_portals()


# --- what may be absent ----------------------------------------------------------------


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder with the real law texts, which is not part of the project."""
    return services.find_shared_data()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; absent it is a skip, and with CI=true a failure."""
    with services.open_chromium() as browser:
        yield browser


@pytest.fixture(scope="session", autouse=True)
def browser_before_database(request: pytest.FixtureRequest) -> None:
    """Chromium is started before the first test where any test needs it.

    Beside Playwright's event loop Django opens another connection than without it: what
    a fixture holds in a transaction since before would be locked for the tests after.
    """
    if any("chromium" in item.fixturenames for item in request.session.items):  # type: ignore[attr-defined]  # of a function
        with suppress(pytest.skip.Exception):
            request.getfixturevalue("chromium")


@pytest.fixture(scope="session")
def elasticsearch_url() -> str:
    """A running Elasticsearch; absent it is a skip, and with CI=true a failure."""
    return services.find_elasticsearch()
