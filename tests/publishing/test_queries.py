"""How often a page asks the database: four times, however long its lists; the first one
after a change nine times."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from articles.models import ArticlePage
from home.outbox import record_change
from home.outward import leave_path
from search.engines import get_engine
from search.indexing import rebuild
from tests.publishing.world import County, World, add_archive, questions

pytestmark = pytest.mark.django_db
MOST = 9
MOST_UNCHANGED = 4
# They are read from the tables of the library, or by a search.
OTHERS = ("/search/", "/laws/", "/api/")
PATHS = {
    "home": "/",
    "column": "/dongtai/",
    "column, translated": "/en/dongtai/",
    "column by topic": "/dongtai/topic/qianxin/",
    "column by year": "/dongtai/year/2026/",
    "article": "/dongtai/zhengqian/",
    "article with every block": "/dongtai/quanbu/",
    "article, translated": "/en/dongtai/quanbu/",
    "question": "/dongtai/laoban/",
    "topics": "/topics/",
    "topic": "/topics/qianxin/",
    "laws": "/laws/",
    "laws by category": "/laws/in/law/",
    "statute": "/laws/qingshan-puban/",
    "statute in parts": "/laws/minfadian/",
    "part of a statute": "/laws/minfadian/b5c2/",
    "provision": "/laws/minfadian/1046/",
    "site map": "/sitemap/",
    "sitemap": "/sitemap.xml",
    "sitemap, what is no page": "/sitemap/0.xml",
    "feed": "/feed.xml",
    "feed of a column": "/dongtai/feed.xml",
    "theme": "/theme.css",
    "robots": "/robots.txt",
    "not found": "/nichts/",
    "search": "/search/?q=欠薪",
    "search, answered": "/search/?q=老板不给工钱怎么办",
    "search, everywhere": "/search/?q=村里的事&scope=all",
    "search, a slip": "/search/?q=qianxin",
    "search, nothing found": "/search/?q=银河飞船",
    "search, a citation": "/search/?q=民法典1046条",
    "suggestions": "/api/v2/suggest/?q=qx",
}


@pytest.fixture(scope="module")
def county(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    """With an index, so that searches find something."""
    folder = tmp_path_factory.mktemp("queries") / "search"
    with override_settings(SEARCH_INDEX_DIR=folder):
        rebuild(get_engine())
        yield world.qingshan


def queries(client: Client, county: County, path: str) -> CaptureQueriesContext:
    """What a page asks as the first one after a change of the portal."""
    headers = {"host": county.host}
    # What all portals share is known, and the trees of the other portals.
    client.get("/search/?q=村里&scope=all", headers=headers)
    record_change(county.portal, "page", county.rich.pk)
    with CaptureQueriesContext(
        connection,
    ) as found:
        response = client.get(path, headers=headers)
    assert response.status_code in {200, 301, 302, 404}
    assert (response.status_code == 404) == (path == PATHS["not found"])
    return found


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_a_page_after_a_change_takes_at_most_nine_queries(
    client: Client, county: County, path: str
) -> None:
    found = queries(client, county, path)
    most = MOST + ("/sitemap/" in path)  # for machines, a few times a day
    assert len(found) <= most, "\n".join(query["sql"][:200] for query in found)


def test_the_leaving_page_takes_at_most_nine_queries(
    client: Client, county: County
) -> None:
    assert len(queries(client, county, leave_path(county.foreign_url))) <= MOST


def test_a_second_page_of_an_unchanged_portal_reads_no_tree(
    client: Client, county: County
) -> None:
    first = len(queries(client, county, "/dongtai/zhengqian/"))
    with CaptureQueriesContext(connection) as second:
        client.get("/dongtai/zhengqian/", headers={"host": county.host})
    assert len(second) < first
    assert not [query for query in second if "UNION" in query["sql"]]


@pytest.mark.parametrize(
    "path", [path for path in PATHS.values() if not path.startswith(OTHERS)]
)
def test_a_page_of_an_unchanged_portal_takes_at_most_four_queries(
    client: Client, county: County, path: str
) -> None:
    client.get(path, headers={"host": county.host})
    with CaptureQueriesContext(connection) as found:
        client.get(path, headers={"host": county.host})
    assert len(found) <= MOST_UNCHANGED, [query["sql"][:200] for query in found]


def test_long_lists_take_no_more_queries_than_short_ones(
    client: Client, county: County
) -> None:
    few = {name: len(queries(client, county, path)) for name, path in PATHS.items()}
    add_archive(county, 60)
    article = ArticlePage.objects.get(pk=county.base.article.pk)
    for question in questions(county, 20):
        question.topics.set(article.topics.all())
        question.save()
    many = {name: len(queries(client, county, path)) for name, path in PATHS.items()}
    # The names of statutes were read with the first pages.
    assert {name: many[name] for name in few if many[name] > few[name]} == {}
    assert len(queries(client, county, "/zixun/")) == few["column"]
    assert len(queries(client, county, "/zixun/page/1/")) == few["column"]


def test_many_pictures_and_citations_take_no_more_queries_than_one(
    client: Client, county: County
) -> None:
    few = len(queries(client, county, "/dongtai/quanbu/"))
    body = list(county.rich.body_zh_hans.raw_data)
    page = ArticlePage.objects.get(pk=county.rich.pk)
    page.body_zh_hans = [dict(block) for block in body] * 15
    page.save()
    assert len(queries(client, county, "/dongtai/quanbu/")) == few
