"""A portal exported, checked, changed, rolled back and resumed by its commands."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from publishing.sites.site import Site
from tests.factories import TwoPortals


def run(command: str, *words: str) -> str:
    out = StringIO()
    call_command(command, *words, stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.mark.long
@pytest.mark.django_db
def test_an_exported_portal_is_checked_rolled_back_and_goes_on(
    two_portals: TwoPortals, tmp_path: Path, settings: Any
) -> None:
    settings.EXPORT_DIR = tmp_path
    host = two_portals.qingshan.host
    other = tmp_path / two_portals.baihe.host / "current" / "index.html"
    run("export_site")
    unchanged = other.stat()
    column = tmp_path / host / "current" / "dongtai" / "index.html"
    assert "全部一致" in run("verify_host", str(tmp_path / host))
    article = two_portals.qingshan.article
    article.heading_zh_hans = "改过的标题"
    article.save()
    run("export_site", "--portal", host)
    assert "改过的标题" in column.read_text()
    run("rollback_site", "--portal", host)
    assert "改过的标题" not in column.read_text()
    assert "全部一致" in run("verify_host", str(tmp_path / host))
    assert Site.of(host).is_paused
    run("rollback_site", "--portal", host, "--resume")
    run("export_site", "--portal", host)
    assert "改过的标题" in column.read_text()
    assert "全部一致" in run("verify_host", str(tmp_path / host))
    assert other.stat() == unchanged
