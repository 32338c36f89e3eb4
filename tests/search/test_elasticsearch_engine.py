"""The Elasticsearch engine on a real server: the contract, and what only a server can
get wrong."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from search.engines import elasticsearch_documents
from search.engines.base import EngineBusyError, EngineResult, EngineUnavailableError
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.embedded import EmbeddedEngine
from tests.search.builders import change, entry, fill, find, keys, provision
from tests.search.elastic import Installation, installation, make_prefix
from tests.search.engine_contract import GUIDE, PAY, WAGES, EngineContract

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def installed(elasticsearch_url: str, tmp_path: Path) -> Iterator[Installation]:
    with installation(elasticsearch_url, tmp_path) as installed:
        yield installed


@pytest.fixture
def engine(installed: Installation) -> ElasticsearchEngine:
    return installed.engine


class TestElasticsearchEngine(EngineContract):
    pass


def test_both_engines_give_the_same_scores(
    engine: ElasticsearchEngine, tmp_path: Path
) -> None:
    entries = [
        *(
            provision(n, f"第{n}项 用人单位拖欠劳动者工资的，应当支付。")
            for n in range(1, 20)
        ),
        *(provision(n, "最低工资标准由省级人民政府规定。" * n) for n in range(20, 40)),
        *(entry(f"article:{n}:zh-hans", f"工资{'指南' * n}") for n in range(40, 50)),
        GUIDE,
        WAGES,
        PAY,
    ]
    embedded = EmbeddedEngine(tmp_path / "embedded")
    fill(engine, *entries)
    fill(embedded, *entries)

    for words in ("工资", "老板不给工钱怎么办？", "最低工资 标准", "薪", "12333投诉"):
        ours = scores(find(embedded, words, limit=100))
        assert ours
        assert scores(find(engine, words, limit=100)) == pytest.approx(ours, rel=1e-3)


def scores(result: EngineResult) -> dict[str, float]:
    return {hit.entry.key: hit.score for hit in result.hits}


# --- searches go on -------------------------------------------------------------------


@contextmanager
def readers(engine: ElasticsearchEngine, count: int = 3) -> Iterator[list[object]]:
    """Threads that search all the time for what is always there; yields what was not
    found as it should be."""
    stop = threading.Event()
    failures: list[object] = []

    def read() -> None:
        while not stop.is_set():
            try:
                found = keys(find(engine, "欠薪"))
            except EngineUnavailableError as error:
                failures.append(error)
            else:
                if found[:1] != [GUIDE.key]:
                    failures.append(found)

    threads = [threading.Thread(target=read) for _ in range(count)]
    for thread in threads:
        thread.start()
    try:
        yield failures
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def test_searches_go_on_while_changes_are_written(engine: ElasticsearchEngine) -> None:
    fill(engine, GUIDE)

    with readers(engine) as failures:
        for number in range(5):
            change(
                engine, entry(f"article:{number + 100}:zh-hans", "选举"), stamp=number
            )

    assert failures == []


def test_rebuild_leaves_no_gap_for_those_who_search(
    engine: ElasticsearchEngine, installed: Installation
) -> None:
    fill(engine, GUIDE)

    with readers(engine) as failures:
        for stamp in range(5):
            fill(engine, GUIDE, PAY, stamp=stamp)

    assert failures == []
    assert len(installed.indexes) == 1


def test_half_of_a_change_is_never_seen(engine: ElasticsearchEngine) -> None:
    """Whoever searches during a delivery of a thousand entries sees none or all."""
    fill(engine, GUIDE)
    counts: set[int] = set()
    stop = threading.Event()

    def count() -> None:
        while not stop.is_set():
            counts.add(find(engine, "选举").total)

    counter = threading.Thread(target=count)
    counter.start()
    news = [entry(f"article:{n}:zh-hans", f"选举{n}") for n in range(1000)]
    with engine.writing() as batch:
        batch.replace("page:7", news)
        batch.commit(8)
    counts.add(find(engine, "选举").total)
    stop.set()
    counter.join()

    assert counts == {0, 1000}


# --- killed ---------------------------------------------------------------------------


def test_killed_rebuild_changes_nothing_and_is_cleared_away_by_the_next(
    installed: Installation, elasticsearch_url: str, tmp_path: Path
) -> None:
    fill(installed.engine, GUIDE, stamp=4)
    # The child finds the project as this process does.
    paths = os.pathsep.join([str(PROJECT), str(PROJECT / "site")])
    with subprocess.Popen(  # noqa: S603  (our own interpreter and module)
        [
            *(sys.executable, "-m", "tests.search.killed_rebuild"),
            *(elasticsearch_url, installed.prefix, str(tmp_path)),
        ],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": paths},
    ) as builder:
        assert builder.stdout is not None
        assert builder.stdout.readline() == b"building\n"
        with pytest.raises(EngineBusyError):
            fill(installed.engine, WAGES)
        builder.send_signal(signal.SIGKILL)
        builder.wait(timeout=10)

    left_behind = installed.indexes
    assert keys(find(installed.engine, "欠薪")) == [GUIDE.key]
    change(installed.engine, WAGES, stamp=5)
    fill(installed.engine, GUIDE, stamp=6)

    assert len(left_behind) == 2
    assert len(installed.indexes) == 1
    assert not set(installed.indexes) & set(left_behind)


def test_entries_of_a_killed_delivery_are_replaced_by_the_next(
    installed: Installation,
) -> None:
    """Killed after the bulk and before the refresh: the server has entries that nobody
    sees yet, and that the next delivery must not leave behind."""
    engine = installed.engine
    fill(engine, GUIDE)
    stray = elasticsearch_documents.make_action(
        installed.indexes[0], "page:7", entry("article:7:zh-hans", "选举公告")
    )
    installed.client.index(
        index=stray["_index"], id=stray["_id"], document=stray["_source"]
    )
    assert find(engine, "选举").total == 0

    with engine.writing() as batch:
        batch.replace("page:7", [])
        batch.commit(8)

    assert find(engine, "选举").total == 0
    assert engine.status().entries == 1


# --- names ----------------------------------------------------------------------------


def test_two_installations_on_one_server_do_not_touch(
    elasticsearch_url: str, tmp_path: Path
) -> None:
    """Even where one prefix begins with the other."""
    prefix = make_prefix()
    with (
        installation(elasticsearch_url, tmp_path, prefix) as first,
        installation(elasticsearch_url, tmp_path, f"{prefix}-b") as second,
    ):
        fill(first.engine, GUIDE, stamp=3)
        absent = second.engine.status().problem
        fill(second.engine, WAGES, stamp=9)
        fill(first.engine, GUIDE, stamp=4)
        fill(second.engine, WAGES, stamp=10)
        change(first.engine, PAY, stamp=5)

        assert absent == "absent"
        assert keys(find(first.engine, "欠薪")) == [GUIDE.key, PAY.key]
        assert keys(find(second.engine, "工钱")) == [WAGES.key]
        assert (first.engine.stamp(), second.engine.stamp()) == (5, 10)
        assert len(first.indexes) == len(second.indexes) == 1


def test_index_of_another_version_is_not_read(
    engine: ElasticsearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(engine, GUIDE)
    monkeypatch.setattr(elasticsearch_documents, "fingerprint", lambda: "another")

    assert find(engine, "欠薪").total == 0
    assert engine.status().problem == "outdated"
    assert engine.stamp() is None


def test_fields_that_nobody_declared_are_refused(
    installed: Installation,
) -> None:
    fill(installed.engine, GUIDE)
    mapping = installed.client.indices.get_mapping(index=installed.indexes[0])

    (found,) = mapping.body.values()
    assert found["mappings"]["dynamic"] == "strict"
    assert set(found["mappings"]["_source"]["includes"]) == {"owner", "entry", "stamp"}
