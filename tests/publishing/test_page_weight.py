"""A page that is too heavy for a village line is told of, or held back."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from publishing.building.full import build_release
from publishing.building.keeper import keep_up
from publishing.sites.site import Site
from tests.factories import PortalFixture, TwoPortals, stream

pytestmark = pytest.mark.django_db

ARTICLE = "dongtai/zhengqian/index.html"


def write(county: PortalFixture, words: str) -> None:
    county.article.body_zh_hans = stream(("text", f"<p>{words}</p>"))
    county.article.save()


def live(county: PortalFixture, name: str) -> str:
    return Path(Site.of(county.host).live.path(name)).read_text()


def test_a_page_over_the_limit_keeps_its_old_file_and_the_rest_goes_out(
    two_portals: TwoPortals, settings: Any, tmp_path: Path
) -> None:
    settings.EXPORT_DIR = tmp_path
    county = two_portals.qingshan
    build_release(county.portal)
    settings.PAGE_WEIGHT_LIMIT = len(live(county, ARTICLE).encode()) + 30_000
    county.article.heading_zh_hans = "换了标题"
    write(county, "长" * 20_000)
    report = keep_up(county.portal)
    assert report is not None
    (problem,) = report.failures
    assert problem.name == ARTICLE and "KB" in problem.reason
    assert "长长长" not in live(county, ARTICLE)
    assert "换了标题" in live(county, "dongtai/index.html")
    write(county, "短")
    report = keep_up(county.portal)
    assert report is not None and report.failures == []
    assert "换了标题" in live(county, ARTICLE)
    with closing(Site.of(county.host)) as site:
        assert site.record.failing() == []


def test_a_page_over_the_budget_goes_out_and_is_told(
    two_portals: TwoPortals, settings: Any, tmp_path: Path
) -> None:
    settings.EXPORT_DIR = tmp_path
    county = two_portals.qingshan
    settings.PAGE_WEIGHT_BUDGET = 50_000
    write(county, "长" * 20_000)
    report = build_release(county.portal)
    assert report.failures == []
    told = [one.name for one in report.warnings if "KB" in one.reason]
    assert told == [ARTICLE]
    assert "长长长" in live(county, ARTICLE)
