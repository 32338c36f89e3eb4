"""Readers who kept an old address find the imported page: on the server, in an export."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from articles.models import ArticlePage
from publishing.building.full import build_folder
from tests.articles.page_import.old_site import OLD, OldSite, picture
from tests.factories import TwoPortals

pytestmark = pytest.mark.django_db
ADDRESSES = [
    "/2018/a.html",
    "/show.asp?id=12",
    "/show.asp?b=2&id=13",
    "/?p=14",
    "/旧/通知",
]


@pytest.fixture
def old_site(tmp_path: Path) -> OldSite:
    folder = tmp_path / "site"
    folder.mkdir()
    return OldSite(folder)


@pytest.fixture
def moved(two_portals: TwoPortals, old_site: OldSite) -> dict[str, str]:
    """Old address → path of the page in the portal ``qingshan``."""
    for number, address in enumerate(ADDRESSES):
        old_site.page(f"p{number}", 旧网址=f"{OLD}{address}")
    old_site.file("a.png", picture())
    old_site.page("draft", "<p>这一页有没说明的图片。</p><img src='a.png'>")
    portal = two_portals.qingshan.portal
    summary = old_site.bring(portal)
    pages = ArticlePage.objects.in_bulk(summary.pages)
    paths = [pages[pk].public_path(portal) for pk in summary.pages]
    return dict(zip([*ADDRESSES, "/draft.html"], paths, strict=True))


@pytest.mark.parametrize("address", ADDRESSES)
def test_old_address_answers_with_the_new_one(
    address: str, moved: dict[str, str], client: Client
) -> None:
    response = client.get(address, headers={"host": "qingshan.localhost"})
    assert (response.status_code, response["Location"]) == (301, moved[address])
    page = client.get(response["Location"], headers={"host": "qingshan.localhost"})
    assert page.status_code == 200
    text = page.content.decode()
    assert '<meta name="PubDate" content="2018-03-01 09:30"' in text
    assert "原发布日期：2018年3月1日；本站导入于" in text
    assert OLD in text


def test_order_of_the_query_does_not_matter(
    moved: dict[str, str], client: Client
) -> None:
    response = client.get("/show.asp?id=13&b=2", headers={"host": "qingshan.localhost"})
    assert response["Location"] == moved["/show.asp?b=2&id=13"]


@pytest.mark.parametrize("address", ["/show.asp?id=99", "/show.asp", "/draft.html"])
def test_address_that_nobody_had_or_of_a_draft_is_not_found(
    address: str, moved: dict[str, str], client: Client
) -> None:
    response = client.get(address, headers={"host": "qingshan.localhost"})
    assert response.status_code == 404


def test_neighbor_does_not_know_the_old_addresses(
    moved: dict[str, str], client: Client
) -> None:
    for address in ADDRESSES:
        response = client.get(address, headers={"host": "baihe.localhost"})
        assert response.status_code == (200 if address.startswith("/?") else 404)


def test_home_page_with_another_query_is_the_home_page(
    moved: dict[str, str], client: Client
) -> None:
    response = client.get("/?from=wechat", headers={"host": "qingshan.localhost"})
    assert response.status_code == 200


def test_export_has_a_page_and_map_lines_for_the_old_addresses(
    two_portals: TwoPortals, moved: dict[str, str], tmp_path: Path
) -> None:
    for county in two_portals:
        build_folder(county.portal, tmp_path / "out" / county.host)
    site = tmp_path / "out" / "qingshan.localhost"

    assert "本页已经搬家" in (site / "2018/a.html").read_text()
    assert (site / "旧/通知/index.html").exists()
    lines = (site / "redirects.map").read_text().splitlines()
    assert f'"/2018/a.html" "{moved["/2018/a.html"]}";' in lines
    queries = (site / "redirects-query.map").read_text().splitlines()
    assert sorted(queries) == sorted(
        f'"{address}" "{moved[address]}";' for address in ADDRESSES if "?" in address
    )
    other = tmp_path / "out" / "baihe.localhost"
    assert not (other / "redirects-query.map").exists()
    assert not (other / "2018").exists()
