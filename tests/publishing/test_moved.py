"""Old and short addresses lead to where a page is now: on the server, in an export."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from articles.models import ArticlePage
from home.models import ColumnPage
from tests.factories import ColumnPageFactory
from tests.publishing.asking import export, get, html, location, names, pages
from tests.publishing.markup import Markup
from tests.publishing.world import County, World

pytestmark = pytest.mark.django_db
# Wagtail makes redirects for a new slug after the commit.
Committed = Callable[..., AbstractContextManager[Any]]


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Committed) -> Committed:
    return django_capture_on_commit_callbacks


# --- moved pages -------------------------------------------------------------------------


def test_a_renamed_page_answers_at_its_old_address_in_both_languages(
    committed: Committed, world: World, county: County, client: Client
) -> None:
    page = ArticlePage.objects.get(pk=county.rich.pk)
    page.slug = "neu"
    with committed(execute=True):
        page.save()
    assert location(client, county, "/dongtai/quanbu/") == (301, "/dongtai/neu/")
    assert location(client, county, "/dongtai/quanbu") == (301, "/dongtai/neu/")
    assert location(client, county, "/en/dongtai/quanbu/") == (301, "/en/dongtai/neu/")
    # The other county has a page at this address, and no redirect.
    other = world.other(county)
    assert location(client, other, "/dongtai/quanbu/") == (200, "")
    assert location(client, other, "/dongtai/neu/") == (404, "")


def test_pages_below_a_renamed_column_answer_at_their_old_addresses(
    committed: Committed, county: County, client: Client
) -> None:
    column = ColumnPage.objects.get(pk=county.column.pk)
    column.slug = "xinwen"
    with committed(execute=True):
        column.save()
    assert location(client, county, "/dongtai/") == (301, "/xinwen/")
    assert location(client, county, "/dongtai/zhengqian/") == (
        301,
        "/xinwen/zhengqian/",
    )
    assert location(client, county, "/xinwen/zhengqian/") == (200, "")


def test_a_page_that_was_renamed_and_published_in_the_admin_way_redirects(
    committed: Committed, county: County, client: Client
) -> None:
    page = ArticlePage.objects.get(pk=county.base.article.pk)
    page.slug = "neu"
    with committed(execute=True):
        page.save_revision().publish()
    assert location(client, county, "/dongtai/zhengqian/") == (301, "/dongtai/neu/")


def test_a_moved_page_answers_at_its_old_address(
    county: County, client: Client
) -> None:
    target = ColumnPageFactory(parent=county.home, slug="wenda")
    Page.objects.get(pk=county.base.question.pk).move(target, pos="last-child")
    assert location(client, county, "/dongtai/laoban/") == (301, "/wenda/laoban/")


def test_an_old_address_of_a_page_that_is_not_public_tells_nothing(
    county: County, client: Client
) -> None:
    # A private page's address was in the redirect.
    for slug in ("mimi-1", "mimi-4", "mimi-6"):
        page = ArticlePage.objects.descendant_of(county.home).get(slug=slug)
        Redirect.add_redirect("/alt/", redirect_to=page, site=county.portal.site)
        assert location(client, county, "/alt/") == (404, "")
        Redirect.objects.all().delete()


def test_an_editor_s_redirect_to_another_site_holds_on_this_portal_only(
    world: World, county: County, client: Client
) -> None:
    site = county.portal.site
    Redirect.add_redirect("/alt/", "https://www.moj.gov.cn/x", site=site)
    assert location(client, county, "/alt/") == (301, "https://www.moj.gov.cn/x")
    assert location(client, world.other(county), "/alt/") == (404, "")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/dongtai", (301, "/dongtai/")),
        ("/en", (301, "/en/")),
        ("/dongtai/zhengqian", (301, "/dongtai/zhengqian/")),
        ("/laws", (301, "/laws/")),
        ("/nichts", (404, "")),
        ("//en/dongtai", (404, "")),
        ("//example.com", (404, "")),
        ("/zh-hans/dongtai/", (404, "")),
    ],
)
def test_a_forgotten_slash_is_added_and_nothing_leads_off_the_host(
    county: County, client: Client, path: str, expected: tuple[int, str]
) -> None:
    assert location(client, county, path) == expected


def test_an_address_that_names_nothing_says_so_in_its_language(
    county: County, client: Client
) -> None:
    for path, tag in (("/nichts/", "zh-Hans"), ("/en/nichts/", "en")):
        response = get(client, county, path)
        assert response.status_code == 404
        assert Markup(response.content.decode()).all("html")[0]["lang"] == tag


# --- statutes ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/laws/minfadian/1046/", (301, "/laws/minfadian/b5c2/#t1046")),
        ("/laws/minfadian/1040/", (301, "/laws/minfadian/b5c1/#t1040")),
        ("/laws/minfadian/9999/", (404, "")),
        ("/laws/minfadian/b9c9/", (404, "")),
        ("/laws/nichts/", (404, "")),
        ("/laws/minfadian/@1999-01-01/", (404, "")),
        ("/laws/minfadian/@2026-99-01/", (404, "")),
    ],
)
def test_a_short_address_of_a_provision_leads_to_its_anchor(
    county: County, client: Client, path: str, expected: tuple[int, str]
) -> None:
    assert location(client, county, path) == expected


def test_a_local_statute_is_shown_in_its_own_portal_only(
    world: World, client: Client
) -> None:
    assert location(client, world.qingshan, "/laws/qingshan-puban/")[0] == 200
    assert location(client, world.baihe, "/laws/qingshan-puban/")[0] == 404
    assert location(client, world.baihe, "/laws/qingshan-puban/1/")[0] == 404
    assert location(client, world.qingshan, "/laws/qingshan-puban/1/") == (
        301,
        "/laws/qingshan-puban/#t1",
    )


def test_a_citation_in_a_text_leads_to_the_provision(
    county: County, client: Client
) -> None:
    links = Markup(html(client, county, "/dongtai/quanbu/")).links()
    assert "/laws/minfadian/b5c2/#t1046" in links
    page = Markup(html(client, county, "/laws/minfadian/b5c2/"))
    assert "t1046" in {attrs.get("id") for _tag, attrs in page.elements}


# --- in an export -----------------------------------------------------------------------------------


def test_a_renamed_page_leaves_a_page_and_a_line_of_the_map(
    world: World,
    county: County,
    tmp_path: Path,
    django_capture_on_commit_callbacks: Committed,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = ArticlePage.objects.get(pk=county.rich.pk)
        page.slug = "neu"
        page.save()
    site = export(county, tmp_path)
    for old, target in (
        ("dongtai/quanbu", "../../dongtai/neu/index.html"),
        ("en/dongtai/quanbu", "../../../en/dongtai/neu/index.html"),
    ):
        moved = pages(site)[f"{old}/index.html"]
        assert target in moved.links()
        refresh = [a["content"] for a in moved.all("meta") if "http-equiv" in a]
        assert refresh == [f"0; url={target}"]
    assert (site / "redirects.map").read_text().splitlines() == [
        '"/dongtai/quanbu/" "/dongtai/neu/";',
        '"/en/dongtai/quanbu/" "/en/dongtai/neu/";',
    ]
    other = export(world.other(county), tmp_path)
    assert "redirects.map" not in names(other)


def test_pages_below_a_renamed_column_leave_their_old_addresses(
    county: County, tmp_path: Path, django_capture_on_commit_callbacks: Committed
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        column = ColumnPage.objects.get(pk=county.column.pk)
        column.slug = "xinwen"
        column.save()
    site = export(county, tmp_path)
    found = pages(site)
    assert "../xinwen/index.html" in found["dongtai/index.html"].links()
    old = found["dongtai/laoban/index.html"]
    assert "../../xinwen/laoban/index.html" in old.links()
    lines = (site / "redirects.map").read_text()
    assert "mimi-" not in lines and "neibu" not in lines


def test_odd_redirects_stop_no_export_and_write_nothing_outside(
    county: County, tmp_path: Path
) -> None:
    site = county.portal.site
    for old, target in (
        ("/../../draussen/", "https://www.moj.gov.cn/"),
        ("/alt?id=1", "https://www.moj.gov.cn/"),
        ("/dongtai/", "https://www.moj.gov.cn/"),  # a page stands there
        ("/skript/", "javascript:alert(1)"),
        ("/gut/", 'https://www.moj.gov.cn/"><script>alert(1)</script>'),
    ):
        Redirect.objects.create(
            old_path=old.rstrip("/"), site=site, redirect_link=target
        )
    private = Page.objects.get(slug="mimi-4", path__startswith=county.home.path)
    Redirect.add_redirect("/geheim/", redirect_to=private, site=site)
    folder = export(county, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {county.host}
    found = pages(folder)
    assert "gut/index.html" in found
    assert found["gut/index.html"].policy_breaches() == []
    assert not {"skript/index.html", "geheim/index.html"} & found.keys()
    assert county.marker in found["dongtai/index.html"].text
    assert len((folder / "redirects.map").read_text().splitlines()) == 1
