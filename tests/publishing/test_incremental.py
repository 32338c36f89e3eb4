"""After whatever editors do, the changed site is the site that is built afresh.

Random actions on two portals in two languages; after each, both sites are brought up to
date and every byte of both is held against a rendering from nothing.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from random import Random, SystemRandom
from typing import Any

import pytest
import time_machine

from publishing.building.full import build_release
from publishing.building.keeper import forget_kept, keep_up
from publishing.building.verifying import verify_site
from publishing.sites.site import Site
from tests.factories import TwoPortals
from tests.publishing.tree_actions import Editors

pytestmark = pytest.mark.django_db

NOON = "2026-05-12T12:00:00+08:00"


def drive(portals: TwoPortals, steps: int, seed: int) -> Counter[str]:
    """How often each kind of action changed at least one file."""
    editors = Editors(portals, Random(seed))  # noqa: S311  (no secret)
    sites = [(county.portal, Site.of(county.host)) for county in portals]
    for portal, _site in sites:
        build_release(portal)
    changed: Counter[str] = Counter()
    for _step in range(steps):
        name = editors.act()
        written = 0
        for portal, site in sites:
            report = keep_up(portal)
            if report is not None:
                assert report.failures == [], (seed, editors.done, report.failures)
                written += report.written + report.deleted
            found = verify_site(portal, site)
            assert found.is_exact, (seed, editors.done, portal.host, found)
        changed[name] += bool(written)
    return changed


@time_machine.travel(NOON, tick=False)
def test_a_changed_site_is_the_site_built_afresh(
    two_portals: TwoPortals, settings: Any, tmp_path: Path
) -> None:
    settings.EXPORT_DIR = tmp_path
    forget_kept()
    seed = int(os.environ.get("STEPS_SEED") or SystemRandom().randrange(10**9))
    steps = int(os.environ.get("STEPS", "8"))
    assert sum(drive(two_portals, steps, seed).values()) > 0
