"""A document that went to another portal: the interpretation that stayed says nothing of
it, so that whatever happens to it there leaves this site as it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import time_machine
from wagtail.models import Page

from articles.models import PolicyDocumentPage
from publishing.building.full import build_release
from publishing.building.keeper import keep_up
from publishing.building.verifying import verify_site
from publishing.sites.site import Site
from tests.factories import TwoPortals
from tests.policy_factories import InterpretationPageFactory, PolicyDocumentPageFactory

pytestmark = pytest.mark.django_db


@time_machine.travel("2026-05-12T12:00:00+08:00", tick=False)
def test_what_happens_to_it_there_changes_nothing_here(
    two_portals: TwoPortals, settings: Any, tmp_path: Path
) -> None:
    settings.EXPORT_DIR = tmp_path
    own, other = two_portals.qingshan, two_portals.baihe
    document = PolicyDocumentPageFactory(
        parent=own.column, heading_zh_hans="去了邻县的文件"
    )
    reading = InterpretationPageFactory(parent=own.column, document=document)
    site = Site.of(own.host)
    build_release(own.portal)
    file = Path(site.live.path("dongtai")) / reading.slug / "index.html"
    assert "去了邻县的文件" in file.read_text()

    Page.objects.get(pk=document.pk).move(other.column, pos="last-child")
    keep_up(own.portal)
    assert "去了邻县的文件" not in file.read_text()
    shown = file.read_bytes()
    moved = PolicyDocumentPage.objects.get(pk=document.pk)
    for act in (moved.unpublish, moved.delete):
        act()
        report = keep_up(own.portal)
        assert report is None or report.written == 0
        assert file.read_bytes() == shown
        assert verify_site(own.portal, site).is_exact
    site.close()
