from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from home.models import Portal
from tests.factories import Role, TwoPortals, make_portal, make_user
from tests.home.portals.archives import Committed
from tests.home.portals.content import enrich_both


@pytest.fixture(autouse=True)
def places(settings: Any, tmp_path: Path) -> None:
    settings.EXPORT_DIR = tmp_path / "sites"
    settings.PORTAL_ARCHIVE_DIR = tmp_path / "archives"


@pytest.fixture
def portals(two_portals: TwoPortals) -> TwoPortals:
    """With something of every kind that an archive has to carry."""
    return enrich_both(two_portals)


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Committed) -> Committed:
    return django_capture_on_commit_callbacks


@pytest.fixture
def prefecture(two_portals: TwoPortals) -> Portal:
    """Of both counties."""
    found = make_portal("yunling", "云岭市", "000001", level=Portal.Level.PREFECTURE)
    Portal.objects.filter(level=Portal.Level.COUNTY).update(parent=found)
    for fixture in two_portals:
        fixture.portal.refresh_from_db()
    return found


@pytest.fixture
def staff(prefecture: Portal) -> Any:
    """An administrator of the prefecture, who is no superuser."""
    return make_user(prefecture, Role.ADMIN)
