"""A change is seen by the next request, in this process and in every other one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from wagtail.models import Page, PageViewRestriction

from articles.models import ArticlePage
from home.models import (
    ColumnPage,
    HomePage,
    HostingIdentity,
    Portal,
    PublisherIdentity,
    Topic,
)
from media.models import PortalImage
from publishing import shared, tree
from tests.factories import ArticlePageFactory, ColumnPageFactory
from tests.publishing.world import County, World, snapshot_of

pytestmark = pytest.mark.django_db


@dataclass(slots=True)
class Process:
    """A server process: what it keeps in memory is its own."""

    trees: dict[Any, Any] = field(default_factory=dict)
    known: dict[Any, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Processes:
    client: Client
    patch: pytest.MonkeyPatch
    first: Process = field(default_factory=Process)
    second: Process = field(default_factory=Process)

    def enter(self, process: Process) -> None:
        self.patch.setattr(tree, "_trees", process.trees)
        self.patch.setattr(shared, "_known", process.known)

    def page(self, county: County, path: str) -> str:
        """The page as both processes send it; the test fails where they differ."""
        found = []
        for process in (self.first, self.second):
            self.enter(process)
            response = self.client.get(path, headers={"host": county.host})
            found.append(f"{response.status_code} {response.content.decode()}")
        assert found[0] == found[1]
        self.enter(self.first)  # changes are made here
        return found[0]


@pytest.fixture
def processes(client: Client, monkeypatch: pytest.MonkeyPatch) -> Processes:
    return Processes(client, monkeypatch)


def article(county: County) -> ArticlePage:
    return ArticlePage.objects.get(pk=county.rich.pk)


def publish_a_draft(county: County) -> None:
    page = ArticlePage.objects.get(slug="mimi-1", path__startswith=county.home.path)
    page.get_latest_revision_as_object().save_revision().publish()


def publish_a_change(county: County) -> None:
    page = article(county)
    page.heading_zh_hans = "改过的标题"
    page.save_revision().publish()


def unpublish(county: County) -> None:
    article(county).unpublish()


def delete(county: County) -> None:
    article(county).delete()


def move(county: County) -> None:
    target = ColumnPageFactory(parent=county.home, slug="neu")
    Page.objects.get(pk=county.rich.pk).move(target, pos="last-child")


def rename_the_column(county: County) -> None:
    column = ColumnPage.objects.get(pk=county.column.pk)
    column.heading_zh_hans = "改名的栏目"
    column.save_revision().publish()


def make_private(county: County) -> None:
    PageViewRestriction.objects.create(
        page=article(county), restriction_type=PageViewRestriction.LOGIN
    )


def make_public_again(county: County) -> None:
    for restriction in PageViewRestriction.objects.filter(page__slug="mimi-4"):
        restriction.delete()


def rename_the_topic(_county: County) -> None:
    topic = Topic.objects.get(slug="qianxin")
    topic.name_zh_hans = "讨要工钱"
    topic.save()


def take_the_topic_away(county: County) -> None:
    for page in ArticlePage.objects.descendant_of(county.home):
        page.topics.clear()
        page.save()


def change_the_hosting_identity(county: County) -> None:
    hosting = HostingIdentity.objects.get(site=county.portal.site)
    hosting.icp_number = "演ICP备改号"
    hosting.save()


def change_the_colors(county: County) -> None:
    publisher = PublisherIdentity.objects.get(site=county.portal.site)
    publisher.primary_color = "#123456"
    publisher.save()


def change_the_name_of_the_portal(county: County) -> None:
    portal = Portal.objects.get(pk=county.portal.pk)
    portal.name_zh_hans = "改名的门户"
    portal.save()


def change_the_languages(county: County) -> None:
    portal = Portal.objects.get(pk=county.portal.pk)
    portal.languages = ["zh-hans"]
    portal.save()


def change_the_alternative_text(county: County) -> None:
    image = PortalImage.objects.get(pk=county.used_media[0].pk)
    image.alt_text_zh_hans = "改过的替代文字"
    image.save()


def change_the_home_page(county: County) -> None:
    home = HomePage.objects.get(pk=county.home.pk)
    home.summary_zh_hans = "改过的简介"
    home.save_revision().publish()


CHANGES: list[tuple[Callable[[County], None], str]] = [
    (publish_a_draft, "/dongtai/"),
    (publish_a_draft, "/topics/qianxin/"),
    (publish_a_change, "/dongtai/quanbu/"),
    (publish_a_change, "/dongtai/"),
    (unpublish, "/dongtai/quanbu/"),
    (unpublish, "/dongtai/"),
    (unpublish, "/"),
    (unpublish, "/feed.xml"),
    (delete, "/dongtai/quanbu/"),
    (delete, "/en/dongtai/"),
    (move, "/dongtai/"),
    (move, "/dongtai/quanbu/"),
    (rename_the_column, "/dongtai/quanbu/"),
    (rename_the_column, "/sitemap/"),
    (make_private, "/dongtai/quanbu/"),
    (make_private, "/dongtai/"),
    (make_public_again, "/dongtai/"),
    (rename_the_topic, "/topics/"),
    (rename_the_topic, "/dongtai/quanbu/"),
    (take_the_topic_away, "/dongtai/topic/qianxin/"),
    (change_the_hosting_identity, "/dongtai/quanbu/"),
    (change_the_colors, "/theme.css"),
    (change_the_name_of_the_portal, "/"),
    (change_the_languages, "/dongtai/quanbu/"),
    (change_the_languages, "/en/"),
    (change_the_alternative_text, "/dongtai/quanbu/"),
    (change_the_home_page, "/"),
]


@pytest.mark.parametrize(
    ("change", "path"), CHANGES, ids=[f"{do.__name__} {path}" for do, path in CHANGES]
)
def test_a_change_is_seen_at_once_by_every_process(
    processes: Processes,
    county: County,
    change: Callable[[County], None],
    path: str,
) -> None:
    before = processes.page(county, path)
    assert processes.page(county, path) == before
    change(county)
    assert processes.page(county, path) != before


def test_a_change_of_one_portal_leaves_the_pages_of_the_other(
    processes: Processes, world: World, county: County
) -> None:
    other = world.other(county)
    before = processes.page(other, "/dongtai/")
    trees = dict(processes.second.trees)
    publish_a_change(county)
    assert processes.page(other, "/dongtai/") == before
    assert processes.second.trees[other.portal.pk] is trees[other.portal.pk]


def test_a_portal_sees_the_new_name_of_its_county(
    processes: Processes, world: World, county: County
) -> None:
    def names() -> str:
        response = processes.client.get("/", headers={"host": world.prefecture.host})
        return response.content.decode()

    assert "改名的门户" not in names()
    change_the_name_of_the_portal(county)
    assert "改名的门户" in names()


def test_a_new_column_shows_in_the_menu_with_its_first_page(
    processes: Processes, county: County
) -> None:
    column = ColumnPageFactory(
        parent=county.home, slug="neu", heading_zh_hans="新栏目", show_in_menus=True
    )
    assert "新栏目" not in processes.page(county, "/dongtai/quanbu/")
    ArticlePageFactory(parent=column)
    assert "新栏目" in processes.page(county, "/dongtai/quanbu/")


@pytest.fixture(autouse=True)
def memory_of_this_process() -> Iterator[None]:
    yield
    tree.forget_trees()


def test_the_label_of_a_kind_is_of_the_language_of_its_card(county: County) -> None:
    # An English page that came first left "Question" on the Chinese ones.
    labels = set()
    for active in ("zh-hans", "en"):
        tree.forget_trees()
        with translation.override(active):
            card = snapshot_of(county).tree.card(county.base.question.pk, "zh-hans")
        assert card is not None
        labels.add(card.kind_label)
    assert labels == {"法律问答"}
