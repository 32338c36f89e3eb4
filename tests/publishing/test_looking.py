"""What a command says of a published site, without changing it."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles.models import ArticlePage
from publishing.building.full import build_release
from publishing.building.keeper import keep_up
from publishing.sites.site import Site
from tests.factories import TwoPortals

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(two_portals: TwoPortals, settings: Any, tmp_path: Path) -> Iterator[Site]:
    settings.EXPORT_DIR = tmp_path
    for county in two_portals:
        build_release(county.portal)
    site = Site.of(two_portals.qingshan.host)
    yield site
    site.close()


def look(site: Site, **options: Any) -> str:
    out = StringIO()
    call_command("export_site", portal=[site.host], stdout=out, **options)
    return out.getvalue()


def test_what_is_published_is_what_the_database_says(site: Site) -> None:
    assert "全部一致" in look(site, verify=True)


def test_a_row_changed_behind_the_outbox_is_found(
    site: Site, two_portals: TwoPortals
) -> None:
    article = two_portals.qingshan.article
    ArticlePage.objects.filter(pk=article.pk).update(heading_zh_hans="背后改的")
    out = StringIO()
    with pytest.raises(CommandError, match="不一致"):
        call_command("export_site", portal=[site.host], verify=True, stdout=out)
    (name,) = [
        line.split()[-1]
        for line in out.getvalue().splitlines()
        if line.split()[-1].startswith(article.url_path.split("/", 2)[2])
    ]
    assert "内容不对" in out.getvalue()
    assert "没有改动" in look(site)
    look(site, full=True)
    assert "背后改的" in (Path(site.live.path("")) / name).read_text()
    assert "全部一致" in look(site, verify=True)


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (lambda file: file.write_text("x"), "内容不对"),
        (lambda file: file.unlink(), "少了"),
        (lambda file: file.with_name("mehr.html").write_text("x"), "多了"),
    ],
)
def test_a_file_changed_on_the_disk_is_found(
    site: Site, act: Any, told: str, two_portals: TwoPortals
) -> None:
    act(Path(site.live.path("")) / "dongtai" / "index.html")
    out = StringIO()
    with pytest.raises(CommandError, match=site.host):
        call_command("export_site", portal=[site.host], verify=True, stdout=out)
    assert f"{told} dongtai/" in out.getvalue()
    neighbor = Site.of(two_portals.baihe.host)
    assert "全部一致" in look(neighbor, verify=True)
    neighbor.close()


@pytest.mark.parametrize("path", ["/dongtai/", "dongtai"])
def test_a_file_says_what_it_depends_on(
    site: Site, two_portals: TwoPortals, path: str
) -> None:
    column = two_portals.qingshan.column.pk
    told = look(site, explain=path)
    assert f"由网页 {column} 生成" in told
    assert f'list_page({column},"",null) zh-hans' in told
    assert "css/lists.css" in told
    assert "个文件需要它" in look(site, explain="static/css/lists.css")


def test_a_file_that_is_not_there_is_no_explanation(site: Site) -> None:
    with pytest.raises(CommandError, match="nichts"):
        look(site, explain="/nichts/")


def test_the_last_update_says_why_each_file_was_made_again(
    site: Site, two_portals: TwoPortals
) -> None:
    assert "还没有更新过" in look(site, why_rebuilt=True)
    article = two_portals.qingshan.article
    article.heading_zh_hans = "新标题"
    article.save()
    keep_up(two_portals.qingshan.portal)
    lines = look(site, why_rebuilt=True).splitlines()[1:]
    causes = dict(line.strip().split(" ← ") for line in lines)
    own = f"dongtai/{article.slug}/index.html"
    assert causes[own] and causes["dongtai/index.html"]
    assert len(causes) < len(list(site.record.names())) / 2


def test_a_portal_that_was_never_published_says_so(
    two_portals: TwoPortals, settings: Any, tmp_path: Path
) -> None:
    settings.EXPORT_DIR = tmp_path
    with pytest.raises(CommandError, match="还没有发布过"):
        call_command("export_site", verify=True)
