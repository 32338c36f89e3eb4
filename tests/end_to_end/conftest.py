"""A county's desk: the server with two counties, and an editor at her browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.browsing import Watched, browsing, log_in
from tests.end_to_end.live import live_server
from tests.end_to_end.offices import Office, furnish
from tests.factories import RegionFactory

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django.plugin import DjangoDbBlocker

AMERICAN = re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}\b|\b(Jan|Feb|Mar|Nov|Dec)[a-z]*\.? \d")


@pytest.fixture(scope="module")
def office(
    django_db_setup: object,
    django_db_blocker: DjangoDbBlocker,
    chromium: Browser,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    with django_db_blocker.unblock(), live_server(folder) as server:
        furnished = furnish(server)
        for county in furnished.counties:
            code = county.portal.region_code
            RegionFactory(code=code, name_zh_hans=county.portal.region_name)
            RegionFactory(code=f"{code}001", name_zh_hans=f"{county.marker}镇")
        yield furnished


@pytest.fixture
def desk(office: Office, chromium: Browser) -> Iterator[Watched]:
    """The county's editor, logged in; what was shown last is Chinese all through."""
    with browsing(chromium) as watched:
        log_in(watched.page, office.server, office.own.host, office.own.editor.username)
        yield watched
        assert watched.complaints == []
        assert not AMERICAN.search(watched.page.inner_text("body"))
