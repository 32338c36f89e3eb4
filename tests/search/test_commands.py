"""Search and the index from the command line."""

from __future__ import annotations

import json
import socket
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from search.engines import embedded, get_engine
from search.engines.base import Engine
from search.indexing import rebuild
from search.verifying import verify
from tests.search.builders import entry, fill
from tests.search.conftest import deliver
from tests.search.tree import Tree, body


def run(*arguments: str, **options: Any) -> str:
    output = StringIO()
    call_command(*arguments, stdout=output, stderr=StringIO(), **options)
    return output.getvalue()


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def filled(shared_tree: Tree) -> Tree:
    tree = shared_tree
    tree.article(tree.qingshan, "农民工欠薪求助指南", body_zh_hans=body("欠薪找谁"))
    tree.article(tree.baihe, "白鹤县欠薪举报电话")
    run("search_index", "rebuild")
    return tree


def test_json_has_exactly_the_documented_form(filled: Tree) -> None:
    data = json.loads(run("search", "求助", "--portal", "qingshan.localhost", "--json"))

    assert set(data) == {"total", "hits"}
    assert data["total"] == 1
    assert data["hits"] == [
        {
            "kind": "article",
            "title": "农民工欠薪求助指南",
            "url": data["hits"][0]["url"],
            "portal": "qingshan.localhost",
            "score": data["hits"][0]["score"],
            "snippet": "欠薪找谁",
        }
    ]
    assert data["hits"][0]["url"].startswith("/wenda/")
    assert data["hits"][0]["score"] > 0


def test_other_portals_hit_has_its_host(filled: Tree) -> None:
    arguments = ("search", "举报电话", "--portal", "qingshan.localhost", "--json")

    assert json.loads(run(*arguments))["hits"] == []
    hits = json.loads(run(*arguments, "--scope", "all"))["hits"]
    assert hits[0]["portal"] == "baihe.localhost"
    assert hits[0]["url"].startswith("//baihe.localhost/wenda/")


def test_shared_law_is_read_in_the_portal_that_asks(filled: Tree) -> None:
    data = json.loads(
        run("search", "最低工资", "--portal", "baihe.localhost", "--json")
    )

    assert data["hits"][0]["kind"] == "provision"
    assert data["hits"][0]["portal"] == "baihe.localhost"
    assert data["hits"][0]["url"] == "/laws/laodongfa/#t49"


def test_without_json_a_list_for_people(filled: Tree) -> None:
    output = run("search", "求助", "--portal", "qingshan.localhost")

    assert "共 1 条" in output
    assert "[文章] 农民工欠薪求助指南" in output


def test_unknown_portal_names_the_known_ones(filled: Tree) -> None:
    with pytest.raises(CommandError) as raised:
        run("search", "求助", "--portal", "nowhere.localhost", "--json")

    assert "nowhere.localhost" in str(raised.value)
    for host in ("qingshan.localhost", "baihe.localhost", "yunling.localhost"):
        assert host in str(raised.value)


def test_status_before_and_after_a_rebuild(index: Engine) -> None:
    with pytest.raises(CommandError, match="不可用（还没有建立）"):
        run("search_index", "status")
    run("search_index", "rebuild")
    after = run("search_index", "status")

    assert "状态：可用" in after
    assert "还没有收到的改动：0 项" in after
    assert "现在回答搜索的：embedded" in after


def test_engine_that_the_site_does_not_use_is_refused(index: Engine) -> None:
    for action in ("rebuild", "status", "verify"):
        with pytest.raises(CommandError, match="ELASTICSEARCH_URL 没有设置"):
            run("search_index", action, "--engine", "elasticsearch")


def test_rebuild_while_the_index_is_written_says_so(
    index: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "PUBLISH_PATIENCE", 0.1)
    fill(index)

    with index.writing(), pytest.raises(CommandError, match="另一个进程正在写索引"):
        run("search_index", "rebuild")


def test_verify_finds_two_portals_as_they_are(filled: Tree, index: Engine) -> None:
    run("search_index", "rebuild")

    assert "与数据库一致" in run("search_index", "verify")


def test_verify_names_what_is_missing_superfluous_and_outdated(
    filled: Tree, index: Engine
) -> None:
    guide = filled.article(filled.qingshan, "农民工欠薪求助指南")
    notice = filled.article(filled.baihe, "白鹤县欠薪举报电话")
    run("search_index", "rebuild")
    of_guide = f"page:{guide.pk}"
    with index.writing() as batch:
        batch.remove(of_guide)
        batch.replace("page:999999", [entry("article:999999:zh-hans", "早已删除")])
        older = entry(f"article:{notice.pk}:zh-hans", "旧标题")
        batch.replace(f"page:{notice.pk}", [older])
        batch.commit(1)

    output = StringIO()
    with pytest.raises(CommandError, match="缺少 1 条，多余 1 条，过时 1 条"):
        call_command("search_index", "verify", stdout=output, stderr=StringIO())

    lines = output.getvalue().splitlines()
    assert f"缺少  {of_guide}  article:{guide.pk}:zh-hans" in lines
    assert "多余  page:999999  article:999999:zh-hans" in lines
    assert f"过时  page:{notice.pk}  article:{notice.pk}:zh-hans" in lines


def test_verify_tells_changes_that_wait_from_faults(
    filled: Tree, index: Engine
) -> None:
    run("search_index", "rebuild")
    filled.article(filled.qingshan, "新闻")

    with pytest.raises(CommandError, match="还有 .* 项改动没有送达"):
        run("search_index", "verify")


def test_change_during_the_comparison_is_no_fault(filled: Tree, index: Engine) -> None:
    page = filled.article(filled.qingshan, "新闻")
    rebuild(index)
    changed: list[int] = []

    def change_once(_count: int) -> None:
        if not changed:
            changed.append(page.pk)
            filled.article(filled.qingshan, "更新的新闻")
            page.delete()
            deliver()

    assert verify(index, report=change_once) == []
    assert changed


def test_verify_without_an_index_says_so(index: Engine) -> None:
    with pytest.raises(CommandError, match="还没有建立"):
        run("search_index", "verify")


def test_server_that_is_down_is_named_and_the_other_engine_is_served(
    filled: Tree, index: Engine
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}"
    with override_settings(ELASTICSEARCH_URLS=[nobody]):
        for action in ("rebuild", "status", "verify"):
            with pytest.raises(CommandError, match="elasticsearch：.*没有应答"):
                run("search_index", action)
            assert index.status().is_ready
        assert "现在回答搜索的：embedded" in run(
            "search_index", "status", "--engine", "embedded"
        )


def test_status_counts_what_is_not_delivered_yet(filled: Tree) -> None:
    filled.article(filled.qingshan, "新闻")

    assert "还没有收到的改动：0 项" not in run("search_index", "status")


def test_rebuild_if_needed_leaves_a_good_index_alone(filled: Tree) -> None:
    before = get_engine().status()

    output = run("search_index", "rebuild", "--if-needed")

    assert "不需要重建" in output
    assert get_engine().status() == before


def test_rebuild_twice_gives_the_same_index(filled: Tree, index: Engine) -> None:
    run("search_index", "rebuild")
    before = index.status()

    run("search_index", "rebuild")

    assert index.status() == before
