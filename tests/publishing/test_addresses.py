"""One list of addresses for the server, the export and the sitemap."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import ArticlePage
from home.links import AddressForm
from home.models import ColumnPage, Topic
from publishing.addresses import (
    Address,
    enumerate_addresses,
    list_addresses,
    resolve,
)
from publishing.snapshot import Snapshot
from publishing.tree import forget_trees
from tests.publishing.world import County, World, add_archive, snapshot_of

ARTICLES = 65
# Marked as a whole: pytest-django would run marked tests of all modules first.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def archive(world: World) -> ColumnPage:
    return add_archive(world.qingshan, ARTICLES)


@pytest.fixture(scope="module")
def snapshots(world: World, archive: ColumnPage) -> dict[str, Snapshot]:
    forget_trees()
    return {county.host: snapshot_of(county) for county in world}


def addresses(snapshot: Snapshot) -> list[Address]:
    return list(enumerate_addresses(snapshot.tree))


def paths(snapshot: Snapshot) -> set[str]:
    return {address.path for address in addresses(snapshot)}


def test_every_listed_address_is_what_its_path_resolves_to(
    county: County, snapshots: dict[str, Snapshot]
) -> None:
    tree = snapshots[county.host].tree
    for address in enumerate_addresses(tree):
        assert resolve(tree, address.path) == address


def test_no_address_is_listed_twice(
    county: County, snapshots: dict[str, Snapshot]
) -> None:
    found = [address.path for address in addresses(snapshots[county.host])]
    assert len(found) == len(set(found))


def test_both_languages_and_every_kind_are_listed(
    county: County, snapshots: dict[str, Snapshot]
) -> None:
    found = addresses(snapshots[county.host])
    kinds = {address.kind for address in found}
    assert kinds == {
        "page",
        "topic_index",
        "topic",
        "statutes",
        "search",
        "site_map",
        "sitemap",
        "sitemap_part",
        "feed",
        "theme",
        "robots",
        "error",
    }
    assert {address.language for address in found} == {"zh-hans", "en"}


@pytest.mark.parametrize(
    "path",
    [
        "/dongtai",
        "/dongtai/zhengqian",
        "//dongtai/",
        "//en/dongtai/",
        "/zh-hans/dongtai/",
        "/ug/dongtai/",
        "/EN/dongtai/",
        "/Dongtai/",
        "/dongtai/page/0/",
        "/dongtai/page/1/",
        "/zixun/page/3/",
        "/zixun/page/01/",
        "/zixun/page/１/",
        f"/zixun/page/{'9' * 5000}/",
        "/zixun/page/1",
        "/zixun/page/",
        "/zixun/year/2024/",
        "/zixun/year/２０２６/",
        "/zixun/year/2026/topic/qianxin/",
        "/zixun/topic/nichts/",
        "/zixun/topic/qianxin/page/9/",
        "/dongtai/zhengqian/page/1/",
        "/dongtai/zhengqian/feed.xml",
        "/page/1/",
        "/topics/nichts/",
        "/topics/qianxin",
        "/topics/qianxinX",
        "/topics/qianxin/page/1/",
        "/leave/",
        "/leave/0123456789abcdef",
        "/leave/0123456789abcdefX",
        "/leave/0123456789ABCDEF/",
        "/en/leave/0123456789abcdef/",
        "/en/sitemap.xml",
        "/en/sitemap/0.xml",
        "/sitemap/00.xml",
        "/sitemap/１.xml",
        "/sitemap/999999999.xml",
        "/sitemap/x.xml",
        "/en/theme.css",
        "/en/robots.txt",
        "/en",
        "/index.html",
        "/dongtai/mimi-1/",  # a draft
        "/dongtai/mimi-2/",  # scheduled
        "/dongtai/mimi-3/",  # withdrawn
        "/dongtai/mimi-4/",  # private
        "/dongtai/neibu/",  # a private column
        "/dongtai/neibu/feed.xml",
        "/dongtai/neibu/mimi-6/",  # public itself, below a private column
        "/qingshan/dongtai/",
        "/dongtai/quanbu/\n",
    ],
)
def test_nothing_else_resolves(
    county: County, snapshots: dict[str, Snapshot], path: str
) -> None:
    assert resolve(snapshots[county.host].tree, path) is None


def test_the_paths_of_another_portal_do_not_resolve(
    world: World, snapshots: dict[str, Snapshot]
) -> None:
    own = snapshots[world.baihe.host]
    foreign = paths(snapshots[world.qingshan.host]) - paths(own)
    assert "/zixun/" in foreign and "/en/dongtai/zhengqian/" in foreign
    assert [path for path in foreign if resolve(own.tree, path)] == []


# The module's tree is only read.
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.sampled_from(
            ["en", "zixun", "dongtai", "page", "topic", "year", "qianxin", "feed.xml"]
            + [
                "1",
                "2",
                "3",
                "2025",
                "2026",
                "topics",
                "zhengqian",
                "",
                "zh-hans",
                "ug",
            ]
        ),
        max_size=6,
    ),
    end=st.sampled_from(["", "/"]),
)
def test_whatever_resolves_is_listed(
    snapshots: dict[str, Snapshot], steps: list[str], end: str
) -> None:
    path = "/" + "/".join(steps) + end
    for snapshot in snapshots.values():
        if resolve(snapshot.tree, path) is not None:
            assert path in paths(snapshot)


# --- long lists ------------------------------------------------------------------------


def shown(client: Client, path: str) -> list[str]:
    """The articles of the archive that a page lists, in order."""
    html = client.get(path, headers={"host": "qingshan.localhost"}).content.decode()
    main = html.partition("<main")[2].partition("</main>")[0]
    found = [part.partition('/"')[0] for part in main.split('href="')]
    own = [link.rpartition("/")[2] for link in found if "/zixun/zixun-" in link]
    return list(dict.fromkeys(own))


def followed(client: Client, path: str, rel: str = "next") -> Iterator[str]:
    """The addresses from ``path`` on, as a reader pages through them."""
    while path:
        yield path
        html = client.get(path, headers={"host": "qingshan.localhost"}).content.decode()
        _before, found, after = html.partition(f'rel="{rel}" href="')
        path = after.partition('"')[0] if found else ""


def test_a_reader_meets_each_of_65_articles_once_newest_first(
    client: Client, archive: ColumnPage
) -> None:
    visited = list(followed(client, "/zixun/"))
    assert visited == ["/zixun/", "/zixun/page/2/", "/zixun/page/1/"]
    found = [name for path in visited for name in shown(client, path)]
    assert found == [f"zixun-{number}" for number in reversed(range(ARTICLES))]
    assert list(followed(client, "/zixun/page/1/", rel="prev")) == visited[::-1]


def test_the_english_list_holds_only_what_is_translated(
    client: Client, archive: ColumnPage
) -> None:
    visited = list(followed(client, "/en/zixun/"))
    assert visited == ["/en/zixun/", "/en/zixun/page/1/"]
    found = [name for path in visited for name in shown(client, path)]
    assert found == [f"zixun-{number}" for number in reversed(range(20, ARTICLES))]


def test_a_list_by_topic_holds_the_articles_of_the_topic(
    client: Client, archive: ColumnPage
) -> None:
    found = [
        name
        for path in followed(client, "/zixun/topic/qianxin/")
        for name in shown(client, path)
    ]
    assert found == [f"zixun-{number}" for number in range(63, 0, -2)]


def test_lists_by_year_part_the_articles(client: Client, archive: ColumnPage) -> None:
    years = {
        year: [
            name
            for path in followed(client, f"/zixun/year/{year}/")
            for name in shown(client, path)
        ]
        for year in (2025, 2026)
    }
    assert years[2025] == [f"zixun-{number}" for number in reversed(range(31))]
    assert years[2026] == [f"zixun-{number}" for number in reversed(range(31, 65))]


def test_a_year_begins_at_midnight_in_china(world: World) -> None:
    article = ArticlePage.objects.get(pk=world.qingshan.rich.pk)
    article.first_published_at = "2025-12-31T16:30:00Z"
    article.save()
    tree = snapshot_of(world.qingshan).tree
    years = tree.card_list(world.qingshan.column.pk, "zh-hans").years
    assert [year for year, ids in years.items() if article.pk in ids] == [2026]


def test_a_new_article_changes_few_list_pages(
    world: World, archive: ColumnPage
) -> None:
    before = snapshot_of(world.qingshan)
    lists_before = _lists(before, archive)
    with transaction.atomic():
        newest = ArticlePage.objects.get(slug="zixun-64")
        copy = newest.copy(update_attrs={"slug": "neu", "title": "新文章"})
        assert copy.live
    changed = {
        path
        for path, ids in _lists(snapshot_of(world.qingshan), archive).items()
        if lists_before.get(path) != ids
    }
    # One in each list that it belongs to, in each of its two languages.
    assert changed == {
        f"{language}/zixun/{rest}"
        for language in ("", "/en")
        for rest in ("", "year/2026/")
    }


def _lists(snapshot: Snapshot, column: ColumnPage) -> dict[str, tuple[int, ...]]:
    row = snapshot.tree.rows[column.pk]
    found = {}
    for language in ("zh-hans", "en"):
        base = row.path if language == "zh-hans" else f"/en{row.path}"
        own = Address(base, "page", language, row.id)
        for address in (own, *list_addresses(snapshot.tree, row, language)):
            reader = snapshot.reader(address, AddressForm())
            part = reader.list_page(row.id, address.group, address.number)
            found[address.path] = tuple(card.id for card in part.cards)
    return found


def test_groups_by_topic_hold_every_card_of_the_topic(
    world: World, snapshots: dict[str, Snapshot]
) -> None:
    tree = snapshots[world.qingshan.host].tree
    cards = tree.content(tree.home.id, "zh-hans")
    groups = tree.card_list(tree.home.id, "zh-hans").topics
    assert list(groups) == [world.qingshan.topic.pk]
    assert list(groups[world.qingshan.topic.pk]) == [
        card.id for card in cards if world.qingshan.topic.pk in card.topic_ids
    ]


def test_a_topic_with_any_permitted_slug_has_its_addresses(world: World) -> None:
    topic = Topic.objects.create(slug="Nong_Zi-2", name_zh_hans="农资")
    world.qingshan.rich.topics.add(topic)
    world.qingshan.rich.save()
    tree = snapshot_of(world.qingshan).tree
    assert resolve(tree, "/topics/Nong_Zi-2/") is not None
    assert resolve(tree, "/dongtai/topic/Nong_Zi-2/") is not None


# --- a portal without a public home page -------------------------------------------------


def test_a_portal_whose_home_page_is_not_public_has_no_address(
    world: World, client: Client
) -> None:
    # Every page was a 500: the frame looks for the home page.
    world.qingshan.home.unpublish()
    snapshot = snapshot_of(world.qingshan)
    assert addresses(snapshot) == []
    for path in ("/", "/dongtai/", "/theme.css", "/en/", "/nichts/"):
        response = client.get(path, headers={"host": world.qingshan.host})
        assert response.status_code == 404
        assert world.qingshan.marker not in response.content.decode()
    assert client.get("/", headers={"host": world.baihe.host}).status_code == 200


def test_a_language_without_a_home_page_has_no_address(world: World) -> None:
    home = world.qingshan.home.specific_class.objects.get(pk=world.qingshan.home.pk)
    home.heading_en = ""
    home.save()
    tree = snapshot_of(world.qingshan).tree
    listed = {address.language for address in enumerate_addresses(tree)}
    assert listed == {"zh-hans"}
    for path in ("/en/", "/en/topics/", "/en/dongtai/", "/en/404.html"):
        assert resolve(tree, path) is None
