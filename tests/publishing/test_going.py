"""What goes together with the last page that needed it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import time_machine

from home.models import PublisherIdentity
from publishing.building.full import build_release
from publishing.building.keeper import forget_kept, keep_up
from publishing.building.verifying import verify_site
from publishing.sites.site import Site
from tests.factories import TwoPortals
from tests.publishing.world import make_civil_code

pytestmark = pytest.mark.django_db


@time_machine.travel("2026-05-12T12:00:00+08:00", tick=False)
def test_the_short_address_of_a_provision_goes_with_the_law(
    two_portals: TwoPortals, settings: Any, tmp_path: Path
) -> None:
    """It was made again because the footer had changed, and failed: its law was gone."""
    settings.EXPORT_DIR = tmp_path
    forget_kept()
    make_civil_code()
    county = two_portals.qingshan
    site = Site.of(county.host)
    build_release(county.portal)
    short = "laws/minfadian/1046/index.html"
    assert site.record.has(short)
    identity = PublisherIdentity.objects.get(site=county.portal.site)
    identity.phone = "0000-7654321"
    identity.save()
    county.article.unpublish()
    county.question.unpublish()

    report = keep_up(county.portal)

    assert report is not None and report.failures == []
    assert not site.record.has(short)
    assert not site.record.has("laws/minfadian/index.html")
    assert verify_site(county.portal, site).is_exact
    site.close()
