"""What changes in the database arrives in the index: once, in full, and only that."""

from __future__ import annotations

from typing import Any
from unittest import mock

import pytest
from django.db import transaction

from home.models import Cursor, Portal, Topic
from home.outbox import pending, record_change
from search.engines.base import Engine
from search.indexing import deliver, last_change_number, rebuild
from search.service import SearchRequest, search
from statutes.models import Provision
from tests.search.conftest import deliver as deliver_all
from tests.search.tree import Tree, body


def titles(words: str, portal: Portal, **values: object) -> list[str]:
    result = search(SearchRequest(words, portal.pk, **values))  # type: ignore[arg-type]  # fields by name
    return [hit.title for hit in result.hits]


def test_first_delivery_builds_the_index(tree: Tree, index: Engine) -> None:
    tree.article(tree.qingshan, "农民工欠薪求助指南")

    deliver_all()

    assert titles("求助", tree.qingshan) == ["农民工欠薪求助指南"]
    assert index.status().stamp == last_change_number()


def test_published_page_is_found_after_delivery(tree: Tree, index: Engine) -> None:
    deliver_all()

    tree.article(tree.qingshan, "宅基地申请指南")
    before = titles("宅基地", tree.qingshan)
    deliver_all()

    assert before == []
    assert titles("宅基地", tree.qingshan) == ["宅基地申请指南"]
    assert index.status().stamp == last_change_number()


def test_draft_is_never_found(tree: Tree, index: Engine) -> None:
    tree.article(tree.qingshan, "宅基地草稿", live=False)
    page = tree.article(tree.qingshan, "宅基地公开", body_zh_hans=body("旧文。"))
    page.body_zh_hans = body("尚未发布的选举内容。")
    page.save_revision()

    deliver_all()

    assert titles("宅基地", tree.qingshan) == ["宅基地公开"]
    assert titles("选举", tree.qingshan) == []
    rebuild(index)
    assert titles("宅基地 选举", tree.qingshan) == ["宅基地公开"]


def test_changed_page_is_found_by_its_new_words_only(tree: Tree, index: Engine) -> None:
    page = tree.article(tree.qingshan, "宅基地申请指南")
    deliver_all()

    page.heading_zh_hans = "村民委员会选举公告"
    page.save_revision().publish()
    deliver_all()

    assert titles("宅基地", tree.qingshan) == []
    assert titles("选举", tree.qingshan) == ["村民委员会选举公告"]


@pytest.mark.parametrize("way", ["unpublish", "delete"])
def test_withdrawn_page_is_gone(tree: Tree, index: Engine, way: str) -> None:
    page = tree.article(tree.qingshan, "宅基地申请指南")
    deliver_all()

    getattr(page, way)()
    deliver_all()

    assert titles("宅基地", tree.qingshan) == []


def test_deleted_column_takes_its_pages_along(tree: Tree, index: Engine) -> None:
    tree.article(tree.qingshan, "宅基地申请指南")
    tree.article(tree.baihe, "宅基地纠纷")
    deliver_all()

    tree.column(tree.qingshan).delete()
    deliver_all()

    assert titles("宅基地", tree.qingshan) == []
    assert titles("宅基地", tree.baihe) == ["宅基地纠纷"]


def test_new_slug_of_a_column_reaches_the_pages_below(
    tree: Tree, index: Engine
) -> None:
    tree.article(tree.qingshan, "宅基地申请指南")
    deliver_all()

    column = tree.column(tree.qingshan)
    column.slug = "xinwenda"
    column.save_revision().publish()
    deliver_all()

    result = search(SearchRequest("宅基地", tree.qingshan.pk))
    assert [hit.path.split("/")[1] for hit in result.hits] == ["xinwenda"]


def test_page_moved_to_another_portal_is_found_there_only(
    tree: Tree, index: Engine
) -> None:
    page = tree.article(tree.qingshan, "宅基地申请指南")
    deliver_all()

    page.move(tree.column(tree.baihe), pos="last-child")
    deliver_all()

    assert titles("宅基地", tree.qingshan) == []
    assert titles("宅基地", tree.baihe) == ["宅基地申请指南"]


def test_changed_statute_replaces_its_provisions(tree: Tree, index: Engine) -> None:
    deliver_all()
    rebuild(index)
    assert "劳动法第四十九条" in titles("最低工资", tree.qingshan)

    Provision.objects.filter(number=49).delete()
    with transaction.atomic():
        record_change(None, "statute", tree.statute.pk)
    deliver_all()

    assert "劳动法第四十九条" not in titles("最低工资", tree.qingshan)
    assert "劳动法第五十条" in titles("拖欠工资", tree.qingshan)


def test_removed_statute_is_gone(tree: Tree, index: Engine) -> None:
    rebuild(index)

    with transaction.atomic():
        record_change(None, "statute", tree.statute.pk)
        tree.statute.delete()
    deliver_all()

    assert titles("工资", tree.qingshan) == []


def test_portal_that_changes_keeps_all_that_is_its_own(
    tree: Tree, index: Engine
) -> None:
    tree.article(tree.qingshan, "宅基地申请指南")
    deliver_all()

    tree.qingshan.save()
    deliver_all()

    assert titles("宅基地", tree.qingshan) == ["宅基地申请指南"]


def test_renamed_topic_slug_filters_under_its_new_name(
    tree: Tree, index: Engine
) -> None:
    topic = Topic.objects.create(name_zh_hans="宅基地", slug="zhaijidi")
    tree.article(tree.qingshan, "宅基地申请指南", topics=[topic])
    deliver_all()

    topic.slug = "zjd"
    topic.save()
    deliver_all()

    assert titles("宅基地", tree.qingshan, topic="zhaijidi") == []
    assert titles("宅基地", tree.qingshan, topic="zjd") == ["宅基地申请指南"]


# --- at least once --------------------------------------------------------------------


def test_killed_between_commit_and_cursor_a_second_delivery_changes_nothing(
    tree: Tree, index: Engine
) -> None:
    deliver_all()
    tree.article(tree.qingshan, "宅基地申请指南")
    tree.article(tree.qingshan, "宅基地纠纷").delete()
    position = Cursor.objects.get(receiver="search").position
    usual = Cursor.save

    def die(cursor: Cursor, *args: Any, **options: Any) -> None:
        if cursor.receiver == "search":
            raise KeyboardInterrupt
        usual(cursor, *args, **options)

    with mock.patch.object(Cursor, "save", die):
        with pytest.raises(KeyboardInterrupt):
            deliver_all()
    assert Cursor.objects.get(receiver="search").position == position
    first = (index.status(), titles("宅基地", tree.qingshan))

    deliver_all()

    assert (index.status(), titles("宅基地", tree.qingshan)) == first
    assert first[1] == ["宅基地申请指南"]
    assert Cursor.objects.get(receiver="search").position == last_change_number()


def test_failing_delivery_is_not_half_in_the_index(tree: Tree, index: Engine) -> None:
    deliver_all()
    before = index.status()
    tree.article(tree.qingshan, "宅基地申请指南")
    tree.article(tree.qingshan, "宅基地纠纷")
    changes = pending(before.stamp or 0)

    with mock.patch(
        "articles.models.ArticlePage.search_entries", side_effect=RuntimeError
    ):
        with pytest.raises(RuntimeError):
            deliver(changes)

    assert index.status() == before
    deliver(changes)
    assert len(titles("宅基地", tree.qingshan)) == 2


def test_change_of_a_thing_without_entries_is_passed_over(
    tree: Tree, index: Engine
) -> None:
    deliver_all()
    with transaction.atomic():
        number = record_change(tree.qingshan, "media", "portalimage:1")

    deliver_all()

    assert index.status().stamp == number


def test_rebuild_takes_in_what_changes_meanwhile(tree: Tree, index: Engine) -> None:
    tree.article(tree.qingshan, "宅基地申请指南")
    added: list[int] = []

    def add_one(_count: int) -> None:
        if not added:
            added.append(tree.article(tree.qingshan, "宅基地新闻").pk)
            deliver_all()

    rebuild(index, report=add_one)

    assert sorted(titles("宅基地", tree.qingshan)) == [
        "宅基地新闻",
        "宅基地申请指南",
    ]
    assert index.status().stamp == last_change_number()
