"""A topic with many pages: the newest by kind, then page by page; the sitemap in parts."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from django.test import Client

from articles.models import ArticlePage
from home.models import Topic
from publishing.addresses import (
    enumerate_addresses,
    resolve,
    sitemap_part_of,
)
from publishing.list_kinds import topic_ids
from publishing.portal_tree import Tree
from tests.factories import ArticlePageFactory, QuestionPageFactory
from tests.publishing.asking import get, html
from tests.publishing.tree_comparing import addresses_of
from tests.publishing.world import County, World, add_archive, snapshot_of

pytestmark = pytest.mark.django_db
ARTICLES = 84
HOST = "qingshan.localhost"


@pytest.fixture(scope="module")
def county(world: World) -> County:
    """Every second of the articles has the topic, and the newest of them are English."""
    add_archive(world.qingshan, ARTICLES)
    return world.qingshan


def shown(client: Client, county: County, path: str) -> list[str]:
    main = html(client, county, path).partition("<main")[2].partition("</main>")[0]
    links = [part.partition('/"')[0] for part in main.split('href="')]
    found = [link.rpartition("/")[2] for link in links if "/zixun/zixun-" in link]
    return list(dict.fromkeys(found))


def pages_of(tree: Tree, county: County, language: str = "zh-hans") -> list[int]:
    return list(topic_ids(tree, county.topic.pk, language))


def test_a_reader_meets_every_page_of_a_topic(client: Client, county: County) -> None:
    own = shown(client, county, "/topics/qianxin/")
    older = shown(client, county, "/topics/qianxin/page/1/")
    every = [f"zixun-{number}" for number in range(ARTICLES - 1, 0, -2)]
    # Others of the portal have the topic too, and are newer.
    assert own + older == every
    assert older[-1] == "zixun-1" and len(older) == 20
    page = html(client, county, "/topics/qianxin/")
    assert 'rel="next" href="/topics/qianxin/page/1/"' in page
    numbered = html(client, county, "/topics/qianxin/page/1/")
    assert 'rel="prev" href="/topics/qianxin/"' in numbered
    assert "欠薪 第1页" in numbered


def test_each_kind_shows_its_newest_however_old_they_are(
    client: Client, county: County
) -> None:
    moment = "2020-01-01T00:00:00Z"
    for number in range(25):
        QuestionPageFactory(
            parent=county.column,
            slug=f"zixun-{number}",
            first_published_at=moment,
            heading_zh_hans=f"旧问题{number}怎么办？",
            topics=[county.topic],
        )
    page = html(client, county, "/topics/qianxin/")
    assert page.count("旧问题") == 19  # the portal has one question beside these
    assert "旧问题24怎么办" in page and "旧问题0怎么办" not in page
    assert "旧问题0怎么办" in html(client, county, "/topics/qianxin/page/1/")


def test_a_language_has_the_numbered_pages_that_it_needs(
    client: Client, county: County
) -> None:
    tree = snapshot_of(county).tree
    assert len(pages_of(tree, county, "en")) < 40 < len(pages_of(tree, county))
    assert get(client, county, "/en/topics/qianxin/").status_code == 200
    assert get(client, county, "/en/topics/qianxin/page/1/").status_code == 404
    assert get(client, county, "/topics/qianxin/page/2/").status_code == 404
    # A numbered page need not be there in the other language.
    numbered = html(client, county, "/topics/qianxin/page/1/")
    assert 'href="/en/topics/qianxin/"' in numbered


def test_a_new_page_leaves_the_numbered_pages_as_they_are(
    client: Client, county: County
) -> None:
    before = html(client, county, "/topics/qianxin/page/1/")
    ArticlePageFactory(parent=county.column, topics=[county.topic])
    assert html(client, county, "/topics/qianxin/page/1/") == before


def test_a_topic_also_shows_what_is_on_the_topics_below_it(
    client: Client, county: County
) -> None:
    child = Topic.objects.create(
        slug="gongzi", name_zh_hans="工资", parent=county.topic, order=1
    )
    article = ArticlePageFactory(parent=county.column, topics=[child, county.topic])
    tree = snapshot_of(county).tree
    assert pages_of(tree, county).count(article.pk) == 1
    assert "/topics/gongzi/" in html(client, county, "/topics/qianxin/")
    other = ArticlePageFactory(parent=county.column, topics=[child])
    assert other.pk in pages_of(snapshot_of(county).tree, county)


# --- addresses -----------------------------------------------------------------------------


def test_every_listed_address_resolves(county: County) -> None:
    tree = snapshot_of(county).tree
    for address in enumerate_addresses(tree):
        assert resolve(tree, address.path) == address


def test_addresses_of_all_pages_and_topics_are_all_but_the_fixed_ones(
    county: County,
) -> None:
    tree = snapshot_of(county).tree
    every = list(enumerate_addresses(tree))
    found = list(addresses_of(tree, tree.rows, tree.topics))
    assert len(found) == len(set(found))
    rest = {address.path for address in set(every) - set(found)}
    assert set(found) <= set(every)
    assert {"/sitemap.xml", "/sitemap/0.xml", "/topics/", "/en/search/"} <= rest
    assert not [path for path in rest if "/zixun/" in path or "/topics/q" in path]


def test_a_page_is_in_the_part_of_its_number_and_in_no_other(
    client: Client, county: County
) -> None:
    def named(path: str) -> list[str]:
        root = ElementTree.fromstring(get(client, county, path).content)  # noqa: S314  (our own output)
        return [found.text or "" for found in root.iter() if found.tag.endswith("loc")]

    parts = [part.partition(HOST)[2] for part in named("/sitemap.xml")]
    article = ArticlePage.objects.get(slug="zixun-83", pk__gt=0)
    own = f"/sitemap/{sitemap_part_of(article.pk)}.xml"
    assert {"/sitemap/0.xml", own} <= set(parts)
    for part in parts:
        pages = [page.partition(HOST)[2] for page in named(part)]
        assert ("/zixun/zixun-83/" in pages) == (part == own)
        assert ("/topics/qianxin/" in pages) == (part == "/sitemap/0.xml")
        assert not [page for page in pages if "/page/" in page]
    assert get(client, county, "/sitemap/4000.xml").status_code == 404
    before = {part: get(client, county, part).content for part in parts}
    article.unpublish()
    after = {part: get(client, county, part).content for part in parts}
    assert {part for part in parts if before[part] != after[part]} == {own}
