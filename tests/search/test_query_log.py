"""Queries are counted, and nobody can be told from them."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from time_machine import travel

from home.worker import JOBS
from search import query_log, query_spool
from search.engines import get_engine
from search.engines.base import Engine
from search.indexing import rebuild
from search.models import HandledQuery, QueryCount
from search.query_log import (
    ShownQuery,
    count_noted,
    mark_handled,
    note_query,
    outcomes,
    remove_old,
    shown_queries,
)
from search.query_spool import add_line, taken_lines
from search.service import SearchRequest, SearchResult
from tests.search.tree import Tree, body

pytestmark = pytest.mark.django_db
FOUND = SearchResult(total=3)
PARTLY = SearchResult(total=3, is_relaxed=True)
NOTHING = SearchResult()


@pytest.fixture(scope="module")
def library(shared_tree: Tree) -> Tree:
    text = "拖欠工资可以投诉。"
    for portal in (shared_tree.qingshan, shared_tree.baihe):
        shared_tree.article(portal, "欠薪求助", body_zh_hans=body(text))
    rebuild(get_engine())
    return shared_tree


@pytest.fixture(autouse=True)
def spool(tmp_path: Path) -> Iterator[Path]:
    with override_settings(VAR_DIR=tmp_path):
        yield tmp_path / "queries" / "queries.jsonl"


def ask(
    words: str, portal: int, result: SearchResult = FOUND, *, on: str = "", **rest: Any
) -> None:
    request = SearchRequest(words, portal, **rest)
    if not on:
        note_query(request, result)
        return
    with travel(f"2026-11-{on}T04:00:00Z", tick=False):
        note_query(request, result)


def shown(library: Tree, days: int = 30) -> list[ShownQuery]:
    with travel("2026-11-20T04:00:00Z", tick=False):
        return shown_queries(library.qingshan, days)


# --- noting and counting -------------------------------------------------------------------


def test_searches_are_counted_by_day_and_outcome(library: Tree) -> None:
    one, other = library.qingshan.pk, library.baihe.pk
    ask("欠薪", one, on="01")
    ask("欠薪？", one, PARTLY, on="01")
    ask("欠薪", one, NOTHING, on="02")
    ask("欠薪", other, on="01")
    ask("欠薪", one, on="01", language="en")

    assert count_noted() == 5

    columns = ("language", "text", "day__day", "count", "nothing_count")
    rows = QueryCount.objects.filter(portal=one).order_by("language", "day")
    assert list(rows.values_list(*columns, "partial_count")) == [
        ("en", "欠薪", 1, 1, 0, 0),
        ("zh-hans", "欠薪", 1, 2, 0, 1),
        ("zh-hans", "欠薪", 2, 1, 1, 0),
    ]
    assert QueryCount.objects.get(portal=other).count == 1


def test_later_searches_are_added(library: Tree) -> None:
    for _round in range(3):
        ask("欠薪", library.qingshan.pk, NOTHING, on="01")
        assert count_noted() == 1

    row = QueryCount.objects.get()
    assert (row.count, row.nothing_count) == (3, 3)
    assert count_noted() == 0


@pytest.mark.parametrize(
    "rest",
    [
        {"page": 2},
        {"kind": "article"},
        {"topic": "x"},
        {"year": 2026},
        {"scope": "all"},
        {"is_exact": True},
    ],
)
def test_same_search_is_counted_once(
    library: Tree, spool: Path, rest: dict[str, Any]
) -> None:
    ask("欠薪", library.qingshan.pk, **rest)

    assert not spool.exists()


def test_nothing_found_by_an_absent_index_is_not_counted(
    library: Tree, index: Engine, spool: Path
) -> None:
    ask("欠薪", library.qingshan.pk, NOTHING)
    assert not spool.exists()

    ask("欠薪", library.qingshan.pk, FOUND)
    assert spool.exists()


def test_what_waits_to_be_counted_tells_nobody(library: Tree, spool: Path) -> None:
    with travel("2026-11-01T04:00:00Z", tick=False):
        ask("我叫王小明13800138000老板不发工资", library.qingshan.pk)

    text = spool.read_text()
    assert json.loads(text) == [
        library.qingshan.pk, "zh-hans", "我叫〔姓名〕〔号码〕老板不发工资",
        "2026-11-01", "found",
    ]  # fmt: skip
    assert spool.stat().st_mode & 0o077 == 0


def test_search_does_not_fail_when_it_cannot_be_counted(
    library: Tree, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    (tmp_path / "queries").write_text("a file in place of the folder")

    ask("秘密的话", library.qingshan.pk)

    assert "could not be counted" in caplog.text
    assert "秘密的话" not in caplog.text


def test_counting_a_search_asks_the_database_nothing(library: Tree) -> None:
    with CaptureQueriesContext(connection) as asked:
        ask("欠薪", library.qingshan.pk)

    assert len(asked) == 0


def test_lines_come_again_when_counting_fails(
    library: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_asked: object) -> None:
        raise OSError("database is locked")

    ask("欠薪", library.qingshan.pk)
    with monkeypatch.context() as patch:
        patch.setattr(query_log, "_add", fail)
        with pytest.raises(OSError, match="locked"):
            count_noted()
    ask("欠薪", library.qingshan.pk)

    assert count_noted() == 1
    assert count_noted() == 1
    assert QueryCount.objects.get().count == 2


def test_broken_line_and_gone_portal_do_not_stop_the_others(
    library: Tree, spool: Path
) -> None:
    ask("欠薪", 999_999)
    add_line(b'[1, "zh-hans", "half')
    ask("欠薪", library.qingshan.pk)

    count_noted()

    assert QueryCount.objects.get().portal == library.qingshan


def test_no_line_is_lost_between_many_writers_and_the_worker(spool: Path) -> None:
    def write(name: int) -> None:
        for number in range(50):
            add_line(f"{name}-{number}".encode())

    threads = [threading.Thread(target=write, args=[name]) for name in range(4)]
    found: list[bytes] = []
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        with taken_lines() as lines:
            found += lines
    with taken_lines() as lines:
        found += lines

    assert len(found) == len(set(found)) == 200


def test_flood_is_not_counted_without_end(
    library: Tree, spool: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query_spool, "LARGEST", 500)
    monkeypatch.setattr(query_log, "MOST_TEXTS_A_DAY", 3)
    for word in ("土地", "房子", "工资", "彩礼", "借条", "车祸", "遗嘱", "低保") * 5:
        ask(word, library.qingshan.pk, on="01")

    assert os.path.getsize(spool) < 600
    count_noted()
    assert QueryCount.objects.count() == 3


# --- keeping -------------------------------------------------------------------------------


@override_settings(SEARCH_QUERY_KEPT_DAYS=10)
def test_counts_are_removed_after_the_set_time(library: Tree) -> None:
    for day in ("09", "10", "11"):
        ask("欠薪", library.qingshan.pk, on=day)
    count_noted()
    with travel("2026-11-09T04:00:00Z", tick=False):
        mark_handled(library.qingshan, ["旧的"], HandledQuery.Outcome.IGNORED)

    with travel("2026-11-20T04:00:00Z", tick=False):
        assert remove_old() == 1

    days = QueryCount.objects.values_list("day__day", flat=True)
    assert sorted(days) == [10, 11]
    assert outcomes(library.qingshan) == {}


def test_worker_counts_and_removes(library: Tree) -> None:
    jobs = {job.name: job.run for job in JOBS}
    ask("欠薪", library.qingshan.pk, on="01")

    with travel("2026-11-02T04:00:00Z", tick=False):
        assert jobs["queries"]() == ["记下 1 次搜索"]
        assert jobs["old queries"]() == jobs["queries"]() == []
    with travel("2027-11-02T04:00:00Z", tick=False):
        assert jobs["old queries"]() == ["清理了 1 条过期的搜索记录"]


# --- showing -------------------------------------------------------------------------------


def test_text_is_shown_when_it_came_often_and_on_different_days(library: Tree) -> None:
    own, foreign = library.qingshan.pk, library.baihe.pk
    asked = {
        "三次两天": [(own, "18"), (own, "18"), (own, "19")],
        "三次一天": [(own, "19")] * 3,
        "两次两天": [(own, "18"), (own, "19")],
        "一半在别县": [(own, "18"), (foreign, "18"), (foreign, "19")],
        "很久以前": [(own, "01"), (own, "02"), (own, "03")],
    }
    for text, times in asked.items():
        for portal, day in times:
            ask(text, portal, on=day)
    count_noted()

    assert [query.text for query in shown(library, 7)] == ["三次两天"]
    assert {query.text for query in shown(library)} == {"三次两天", "很久以前"}


def test_least_number_is_a_setting(library: Tree) -> None:
    for day in ("18", "18", "19"):
        ask("欠薪", library.qingshan.pk, on=day)
    count_noted()
    assert shown(library) != []

    with override_settings(SEARCH_QUERY_LEAST=4):
        assert shown(library) == []


def test_report_says_how_often_nothing_fit(library: Tree) -> None:
    for result, day in ((NOTHING, "17"), (PARTLY, "18"), (FOUND, "19")):
        ask("挖墙脚", library.qingshan.pk, result, on=day)
        ask("欠薪", library.qingshan.pk, FOUND, on=day)
    count_noted()

    by_text = {query.text: query for query in shown(library)}

    assert by_text["挖墙脚"].is_unanswered
    assert (by_text["挖墙脚"].nothing, by_text["挖墙脚"].partial) == (1, 1)
    assert by_text["挖墙脚"].last_day.day == 19
    assert not by_text["欠薪"].is_unanswered


# --- the page and the API ------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/search/", "/api/v2/search/"])
def test_public_search_is_counted(library: Tree, spool: Path, address: str) -> None:
    client = Client(headers={"host": "qingshan.localhost"})

    for words in ("欠薪", "乱七八糟词", ""):
        client.get(address, {"q": words})
    client.get("/api/v2/suggest/", {"q": "欠薪"})

    lines = [json.loads(line) for line in spool.read_text().splitlines()]
    assert [(line[0], line[2], line[4]) for line in lines] == [
        (library.qingshan.pk, "欠薪", "found"),
        (library.qingshan.pk, "乱七八糟词", "nothing"),
    ]
