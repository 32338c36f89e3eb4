"""Search and the index from the command line."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from search.engines import get_engine
from search.engines.base import Engine
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
    before = run("search_index", "status")
    run("search_index", "rebuild")
    after = run("search_index", "status")

    assert "不可用（还没有建立）" in before
    assert "状态：可用" in after
    assert "还没有收到的改动：0 项" in after


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
