from __future__ import annotations

from typing import Any

import pytest

from home.models import Portal
from tests.factories import Role, TwoPortals, make_portal, make_user


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
