"""A real server that stops, dies and comes back while people search and editors work."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from home import outbox
from home.outbox import ReceiverUnavailableError
from search.apps import deliver_to_elasticsearch
from search.engine_names import ELASTICSEARCH, EMBEDDED
from search.engines import failover, get_engine, kept_engines
from search.engines.base import EngineUnavailableError
from search.indexing import last_change_number, mend, rebuild
from search.verifying import verify
from tests.search.builders import find
from tests.search.conftest import deliver
from tests.search.elastic import site_with_elasticsearch
from tests.search.own_server import OwnServer, own_server
from tests.search.tree import Tree, grow_tree

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("elasticsearch_url")]


@pytest.fixture(scope="module")
def server() -> Iterator[OwnServer]:
    with own_server() as server:
        yield server


@pytest.fixture
def tree(
    db: None, server: OwnServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Tree]:
    monkeypatch.setattr(failover, "LOOK_EVERY", 0.2)
    monkeypatch.setattr(outbox, "UNAVAILABLE_PAUSE", 0.0)
    monkeypatch.setattr(outbox, "_receivers", outbox.receivers())
    outbox.register_receiver("search-elasticsearch", deliver_to_elasticsearch)
    with site_with_elasticsearch(server.url, server.url, tmp_path):
        yield grow_tree()


@contextmanager
def people_searching(tree: Tree) -> Iterator[list[object]]:
    """Readers of two portals; yields what they did not find as they should."""
    stop = threading.Event()
    failures: list[object] = []

    def read(portal_id: int) -> None:
        while not stop.wait(0.05):  # and leave the server some of the machine
            try:
                hits = find(get_engine(), "求助", portals=(portal_id,)).hits
            except Exception as error:  # noqa: BLE001  (whatever a reader would meet)
                failures.append(error)
            else:
                if [hit.entry.portal_id for hit in hits] != [portal_id]:
                    failures.append(hits)

    portals = (tree.qingshan.pk, tree.baihe.pk)
    threads = [threading.Thread(target=read, args=(pk,)) for pk in portals]
    for thread in threads:
        thread.start()
    try:
        yield failures
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def test_server_stops_and_starts_during_queries_and_changes(
    tree: Tree, server: OwnServer
) -> None:
    tree.article(tree.qingshan, "农民工求助指南")
    tree.article(tree.baihe, "白鹤县求助电话")
    deliver()
    embedded, elastic = kept_engines()[EMBEDDED], kept_engines()[ELASTICSEARCH]
    assert get_engine().name == ELASTICSEARCH

    with people_searching(tree) as failures:
        stopping = threading.Thread(target=server.stop)
        stopping.start()
        for number in range(20):
            tree.article(tree.qingshan, f"新闻{number}")
            deliver()
        stopping.join()
        tree.article(tree.baihe, "停机时发布")
        deliver()
        during = embedded.stamp(), get_engine().name
        server.start()
        tree.article(tree.baihe, "开机后发布")
        deliver()
        newest = last_change_number()
        while get_engine().name != ELASTICSEARCH:
            deliver()

    assert failures == []
    assert during[1] == EMBEDDED
    assert during[0] is not None and during[0] < newest
    assert embedded.stamp() == elastic.stamp() == newest
    assert verify(embedded) == verify(elastic) == []
    found = find(get_engine(), "发布", portals=(tree.baihe.pk,))
    assert {hit.entry.title for hit in found.hits} == {"停机时发布", "开机后发布"}


def test_server_that_dies_during_a_rebuild_and_a_delivery(
    tree: Tree, server: OwnServer
) -> None:
    tree.article(tree.qingshan, "农民工求助指南")
    tree.article(tree.baihe, "白鹤县求助电话")
    deliver()
    elastic = kept_engines()[ELASTICSEARCH]
    before = elastic.status()

    with people_searching(tree) as failures:
        killed: list[int] = []

        def die_once(count: int) -> None:
            if not killed:
                killed.append(count)
                server.kill()

        with pytest.raises(EngineUnavailableError):
            rebuild(elastic, report=die_once)
        tree.article(tree.qingshan, "宅基地申请指南")
        deliver()
        with pytest.raises(ReceiverUnavailableError):
            mend(ELASTICSEARCH)
        server.start()
        after = elastic.status()
        deliver()

    assert failures == []
    assert after == before
    assert elastic.stamp() == last_change_number()
    assert verify(elastic) == []
