"""A site with a server: the public always finds, and every change arrives in the end."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from home import outbox
from home.models import Cursor
from home.outbox import prune_delivered
from search.apps import deliver_to_elasticsearch
from search.engine_names import ELASTICSEARCH, EMBEDDED
from search.engines import failover, get_engine, kept_engines
from search.engines.base import Engine
from search.engines.elasticsearch import SEARCH_TIMEOUT, STATUS_TIMEOUT
from search.indexing import last_change_number, mend_all, rebuild
from search.service import SearchRequest, search
from search.verifying import verify
from tests.factories import TwoPortals
from tests.home.admin_asking import logged_in, text_of
from tests.search.builders import fill, find, keys
from tests.search.conftest import deliver
from tests.search.elastic import Installation, site_with_elasticsearch
from tests.search.engine_contract import GUIDE, PAY, WAGES
from tests.search.forwarder import Forwarder, forwarding
from tests.search.tree import Tree, grow_tree


@pytest.fixture
def way(elasticsearch_url: str) -> Iterator[Forwarder]:
    """The way to the server."""
    with forwarding(urlsplit(elasticsearch_url).port or 0) as way:
        yield way


@pytest.fixture
def site(
    elasticsearch_url: str,
    way: Forwarder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Installation]:
    monkeypatch.setattr(outbox, "_receivers", outbox.receivers())
    monkeypatch.setattr(outbox, "UNAVAILABLE_PAUSE", 0.0)
    outbox.register_receiver("search-elasticsearch", deliver_to_elasticsearch)
    with site_with_elasticsearch(elasticsearch_url, way.url, tmp_path) as site:
        yield site


@pytest.fixture
def watchful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every search looks whether the server is there."""
    monkeypatch.setattr(failover, "LOOK_EVERY", 0.0)


@pytest.fixture
def tree(db: None, site: Installation) -> Tree:
    return grow_tree()


def engines() -> tuple[Engine, Engine]:
    kept = kept_engines()
    return kept[EMBEDDED], kept[ELASTICSEARCH]


def fill_both() -> None:
    for engine in engines():
        fill(engine, GUIDE, PAY, stamp=5)


def titles(words: str, tree: Tree) -> list[str]:
    found = search(SearchRequest(words, tree.qingshan.pk))
    return [hit.title for hit in found.hits]


# --- who answers ----------------------------------------------------------------------


def test_server_answers_while_it_can(site: Installation) -> None:
    fill_both()

    assert get_engine().name == ELASTICSEARCH
    assert keys(find(get_engine(), "欠薪"))[0] == GUIDE.key


def test_without_an_index_on_the_server_the_embedded_engine_answers(
    site: Installation,
) -> None:
    fill(engines()[0], GUIDE, stamp=5)

    assert get_engine().name == EMBEDDED
    assert keys(find(get_engine(), "欠薪")) == [GUIDE.key]


def test_search_that_meets_a_dead_server_finds_all_the_same(
    site: Installation, way: Forwarder
) -> None:
    fill_both()
    before = keys(find(get_engine(), "欠薪"))

    way.cut()

    assert keys(find(get_engine(), "欠薪")) == before
    assert get_engine().name == EMBEDDED


def test_server_that_does_not_answer_costs_one_visitor_time_and_no_other(
    site: Installation, way: Forwarder
) -> None:
    fill_both()
    find(get_engine(), "欠薪")
    way.hang()

    began = time.perf_counter()
    first = find(get_engine(), "欠薪")
    waited = time.perf_counter() - began
    asked = way.connections
    others = [find(get_engine(), "欠薪") for _visitor in range(50)]
    took = time.perf_counter() - began - waited

    assert {found.total for found in (first, *others)} == {2}
    assert waited < SEARCH_TIMEOUT + STATUS_TIMEOUT + 1
    assert way.connections == asked
    assert took < 2


def test_index_that_vanishes_from_the_server_is_no_empty_result(
    site: Installation,
) -> None:
    fill_both()
    find(get_engine(), "欠薪")

    for index in site.indexes:
        site.client.indices.delete(index=index)

    assert keys(find(get_engine(), "欠薪"))[0] == GUIDE.key


@pytest.mark.usefixtures("watchful")
def test_server_answers_again_only_when_it_has_caught_up(
    site: Installation, way: Forwarder
) -> None:
    fill_both()
    embedded, server = engines()
    find(get_engine(), "欠薪")
    way.cut()
    find(get_engine(), "欠薪")
    with embedded.writing() as batch:
        batch.replace(WAGES.key, [WAGES])
        batch.commit(6)
    way.restore()

    behind = get_engine().name, keys(find(get_engine(), "仲裁"))
    with server.writing() as batch:
        batch.replace(WAGES.key, [WAGES])
        batch.commit(6)

    assert behind == (EMBEDDED, [WAGES.key])
    assert get_engine().name == ELASTICSEARCH
    assert keys(find(get_engine(), "仲裁")) == [WAGES.key]


@pytest.mark.usefixtures("watchful")
def test_server_that_takes_no_changes_does_not_answer_for_long(
    site: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_both()
    embedded, _server = engines()
    find(get_engine(), "欠薪")
    with embedded.writing() as batch:
        batch.replace(WAGES.key, [WAGES])
        batch.commit(6)

    during_a_delivery = get_engine().name
    monkeypatch.setattr(failover, "MOST_BEHIND", 0.0)

    assert during_a_delivery == ELASTICSEARCH
    assert get_engine().name == EMBEDDED


# --- every change arrives -------------------------------------------------------------


def test_changes_arrive_in_both_indexes(tree: Tree) -> None:
    tree.article(tree.qingshan, "宅基地申请指南")
    tree.article(tree.baihe, "白鹤县宅基地通知")

    deliver()

    for engine in engines():
        assert engine.stamp() == last_change_number()
        assert verify(engine) == []
    assert get_engine().name == ELASTICSEARCH
    assert titles("宅基地", tree) == ["宅基地申请指南"]


def test_server_that_a_site_has_only_just_got_is_filled_once(
    tree: Tree, caplog: pytest.LogCaptureFixture
) -> None:
    """The index was built, and then every change since the beginning came again."""
    tree.article(tree.qingshan, "宅基地申请指南")
    newest = last_change_number()

    mend_all()
    placed = Cursor.objects.get(receiver="search-elasticsearch").position
    delivered = [name for name, _count in outbox.deliver_pending() if "search" in name]
    for index in engines():
        assert verify(index) == []

    assert placed == newest
    assert delivered == []


def test_first_delivery_to_a_new_server_is_the_last_of_what_it_holds(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox.pending, "__defaults__", (1,))
    tree.article(tree.qingshan, "宅基地申请指南")

    counts = [name for name, _count in outbox.deliver_pending() if "search" in name]

    assert len(counts) == 2
    assert Cursor.objects.get(receiver="search").position == last_change_number()


@pytest.mark.usefixtures("watchful")
def test_server_down_for_an_hour_loses_nothing(tree: Tree, way: Forwarder) -> None:
    tree.article(tree.qingshan, "宅基地申请指南")
    deliver()
    embedded, server = engines()
    way.cut()

    gone = tree.article(tree.baihe, "白鹤县宅基地通知")
    tree.article(tree.qingshan, "村民委员会选举公告")
    deliver()
    gone.delete()
    deliver()
    during = titles("选举", tree)
    place = Cursor.objects.get(receiver="search-elasticsearch").position
    in_an_hour = timezone.now() + timedelta(days=30)
    prune_delivered(in_an_hour)
    way.restore()
    deliver()

    assert during == ["村民委员会选举公告"]
    assert place < last_change_number()
    assert embedded.stamp() == server.stamp() == last_change_number()
    assert verify(server) == []
    assert get_engine().name == ELASTICSEARCH
    assert titles("选举", tree) == ["村民委员会选举公告"]


def test_server_that_is_down_is_said_once(
    tree: Tree, way: Forwarder, caplog: pytest.LogCaptureFixture
) -> None:
    """Every second a traceback would bury what else the worker has to say."""
    deliver()
    way.cut()
    tree.article(tree.qingshan, "宅基地申请指南")

    for _second in range(5):
        deliver()
    way.restore()
    deliver()

    said = [r for r in caplog.records if r.name == "home.outbox"]
    assert [record.exc_info for record in said] == [None, None]
    assert "takes no changes for now" in said[0].message
    assert "takes changes again" in said[1].message


def test_server_restored_from_an_older_copy_gets_what_it_lacks(tree: Tree) -> None:
    deliver()
    server = engines()[1]
    tree.article(tree.qingshan, "宅基地申请指南")
    deliver()
    tree.article(tree.qingshan, "宅基地纠纷")
    deliver()
    # The server comes back as it was before the first of the two.
    with server.writing() as batch:
        for owner in {entry.owner for entry in server.contents()}:
            if owner.startswith("page:"):
                batch.remove(owner)
        batch.commit(0)
    set_stamp(server, 3)

    mend_all()

    assert server.stamp() == last_change_number()
    assert titles("宅基地", tree) != []
    assert verify(server) == []


def test_index_ahead_of_the_database_is_built_anew(tree: Tree) -> None:
    """The database was restored from a copy, and the numbers of changes come again."""
    tree.article(tree.qingshan, "宅基地申请指南")
    deliver()
    for engine in engines():
        with engine.writing() as batch:
            batch.replace("page:999999", [GUIDE])
            batch.commit(last_change_number() + 100)

    mend_all()

    for engine in engines():
        assert engine.stamp() == last_change_number()
        assert verify(engine) == []


def test_index_removed_from_the_server_is_built_anew_by_itself(
    tree: Tree, site: Installation
) -> None:
    tree.article(tree.qingshan, "宅基地申请指南")
    deliver()
    for index in site.indexes:
        site.client.indices.delete(index=index)

    mend_all()

    assert verify(engines()[1]) == []


def test_delivery_asks_the_server_as_often_for_twenty_pages_as_for_two(
    tree: Tree, caplog: pytest.LogCaptureFixture
) -> None:
    deliver()
    rebuild(engines()[1])
    requests = []
    for count in (2, 20):
        for number in range(count):
            tree.article(tree.qingshan, f"新闻{number}")
        caplog.clear()
        with caplog.at_level("INFO", logger="elastic_transport.transport"):
            deliver()
        requests.append(
            sum(r.name == "elastic_transport.transport" for r in caplog.records)
        )

    assert requests[0] == requests[1] <= 10


def set_stamp(engine: Engine, number: int) -> None:
    """Let the index say that it holds the changes up to an older number."""
    assert engine.name == ELASTICSEARCH
    client = engine._client  # type: ignore[attr-defined]  # what a backup would do
    client.update(
        index=engine._names.alias,  # type: ignore[attr-defined]
        id="meta:stamp",
        doc={"stamp": number},
        refresh=True,
    )


# --- what staff see -------------------------------------------------------------------


def test_staff_of_the_whole_see_that_the_server_is_down_and_others_do_not(
    site: Installation, two_portals: TwoPortals, admin_user: User, way: Forwarder
) -> None:
    deliver()
    notice = "公众搜索由内置引擎照常提供"
    well = text_of(logged_in(admin_user).get(reverse("wagtailadmin_home")))
    way.cut()
    find(get_engine(), "欠薪")

    for_staff = logged_in(admin_user).get(reverse("wagtailadmin_home"))
    for_editor = logged_in(two_portals.qingshan.editor).get(
        reverse("wagtailadmin_home")
    )

    assert notice not in well
    assert notice in text_of(for_staff)
    assert notice not in text_of(for_editor)


def test_staff_see_that_there_is_no_index(
    index: Engine, db: None, admin_user: User
) -> None:
    home = reverse("wagtailadmin_home")
    before = text_of(logged_in(admin_user).get(home))
    fill(index)

    assert "搜索索引还没有建好" in before
    assert "搜索索引还没有建好" not in text_of(logged_in(admin_user).get(home))
