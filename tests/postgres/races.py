"""Two people at the same moment, on two connections of a real PostgreSQL.

Not ``test_…``: run by ``test_on_postgres.py`` alone, for SQLite lets one of them write at
a time. The first does its work and holds its transaction open; the second starts and is
seen to wait by the server; then the first ends.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction

from articles.models import IndexNumber, IndexNumberSeries, PolicyDocumentPage
from home.models import Change, ChangeCounter, Portal
from home.outbox import pending, record_change
from home.portals.provisioning import PortalSpec, create_portal
from home.publication import PublicationError
from tests.factories import ArticlePageFactory, TwoPortals, make_two_portals
from tests.policy_factories import PolicyDocumentPageFactory

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 20


@pytest.fixture
def portals() -> TwoPortals:
    assert connection.vendor == "postgresql"
    return make_two_portals()


class GoneBack(Exception):
    """The first of two changes its mind."""


class Person:
    """Somebody with a connection and a transaction of their own."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool
        self._go_on = threading.Event()
        self._done = threading.Event()

    def hold(self, act: Callable[[], Any], *, commit: bool = True) -> Future[Any]:
        """Do it, and keep the transaction open until ``end``."""
        future = self._pool.submit(self._run, act, commit)
        assert self._done.wait(PATIENCE)
        return future

    def end(self) -> None:
        self._go_on.set()

    def _run(self, act: Callable[[], Any], commit: bool) -> Any:
        try:
            with transaction.atomic():
                try:
                    result = act()
                finally:
                    self._done.set()
                assert self._go_on.wait(PATIENCE)
                if not commit:
                    raise GoneBack
                return result
        finally:
            connection.close()


def in_transaction(act: Callable[[], Any]) -> Any:
    try:
        with transaction.atomic():
            return act()
    finally:
        connection.close()


def wait_until_somebody_waits() -> None:
    """Until one connection waits for a lock of another, as the server sees it."""
    for _time in range(PATIENCE * 100):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        threading.Event().wait(0.01)
    pytest.fail("nobody waits")


@contextmanager
def two_at_once(
    first: Callable[[], Any], second: Callable[[], Any], *, commit: bool = True
) -> Iterator[tuple[Future[Any], Future[Any]]]:
    """Both at the same moment, the first a little earlier; yields when both are done."""
    with ThreadPoolExecutor(2) as pool:
        person = Person(pool)
        held = person.hold(first, commit=commit)
        waiting = pool.submit(in_transaction, second)
        try:
            wait_until_somebody_waits()
        finally:
            person.end()
        held.exception(PATIENCE)
        waiting.exception(PATIENCE)
        yield held, waiting


# --- index numbers ---------------------------------------------------------------------


def draft(portals: TwoPortals, **values: Any) -> PolicyDocumentPage:
    page: PolicyDocumentPage = PolicyDocumentPageFactory(
        parent=portals.qingshan.column, live=False, first_published_at=None, **values
    )
    return page


def publish(page: PolicyDocumentPage) -> Callable[[], str]:
    def act() -> str:
        PolicyDocumentPage.objects.get(pk=page.pk).save_revision().publish()
        return str(PolicyDocumentPage.objects.get(pk=page.pk).index_number)

    return act


def serial(number: str) -> int:
    return int(number.rpartition("-")[2])


def test_two_who_publish_at_once_get_two_numbers_in_a_row(portals: TwoPortals) -> None:
    """Also of a series that neither has seen: the first of a year makes it."""
    assert not IndexNumberSeries.objects.exists()
    for _round in ("a new series", "a known one"):
        with two_at_once(publish(draft(portals)), publish(draft(portals))) as (
            one,
            two,
        ):
            assert serial(two.result()) == serial(one.result()) + 1
    assert IndexNumber.objects.count() == 4
    assert IndexNumberSeries.objects.get().last == 4


def test_a_number_that_was_not_kept_is_given_to_the_next(portals: TwoPortals) -> None:
    publish(draft(portals))()
    acts = publish(draft(portals)), publish(draft(portals))
    with two_at_once(*acts, commit=False) as (one, two):
        assert isinstance(one.exception(), GoneBack)
        assert serial(two.result()) == 2
    assert sorted(IndexNumberSeries.objects.values_list("last", flat=True)) == [2]


def test_of_two_who_typed_the_same_number_one_is_told(portals: TwoPortals) -> None:
    typed = "000002/2026-00077"
    first = draft(portals, index_number=typed, heading_zh_hans="先到的")
    second = draft(portals, index_number=typed)
    with two_at_once(publish(first), publish(second)) as (one, two):
        assert one.result() == typed
        problem = two.exception()
    assert isinstance(problem, PublicationError)
    assert "先到的" in str(problem)
    assert not PolicyDocumentPage.objects.get(pk=second.pk).live
    assert IndexNumber.objects.get().page_id == first.pk


def test_many_at_once_and_others_in_another_order_get_through(
    portals: TwoPortals,
) -> None:
    """One publishes an article and then a document, the other a document: whoever
    locks the outbox first and the series second must not meet one who does it the
    other way round."""
    article = ArticlePageFactory(parent=portals.qingshan.column)
    document, other = draft(portals), draft(portals)
    publish(draft(portals))()
    with ThreadPoolExecutor(2) as pool:
        saved = threading.Event()

        def article_then_document() -> str:
            article.save()
            saved.set()
            wait_until_somebody_waits()
            return publish(document)()

        both = pool.submit(in_transaction, article_then_document)
        assert saved.wait(PATIENCE)
        alone = pool.submit(in_transaction, publish(other))
        numbers = {serial(both.result(PATIENCE)), serial(alone.result(PATIENCE))}
    assert numbers == {2, 3}


# --- the outbox -------------------------------------------------------------------------


def test_changes_become_visible_in_their_order(portals: TwoPortals) -> None:
    before = ChangeCounter.objects.get().last

    def change(portal: Portal) -> Callable[[], int]:
        return lambda: record_change(portal, "page", 1)

    with ThreadPoolExecutor(2) as pool:
        person = Person(pool)
        held = person.hold(change(portals.qingshan.portal))
        waiting = pool.submit(in_transaction, change(portals.baihe.portal))
        wait_until_somebody_waits()
        seen = [row.number for row in pending(before)]
        person.end()
        numbers = held.result(PATIENCE), waiting.result(PATIENCE)

    assert seen == []  # neither of them, and above all not the second alone
    assert numbers == (before + 1, before + 2)
    assert [row.number for row in pending(before)] == list(numbers)


def test_a_change_that_was_taken_back_leaves_no_gap(portals: TwoPortals) -> None:
    before = ChangeCounter.objects.get().last

    def change() -> int:
        return record_change(portals.qingshan.portal, "page", 1)

    with two_at_once(change, change, commit=False) as (_one, two):
        assert two.result() == before + 1
    assert Change.objects.filter(number__gt=before).count() == 1


# --- portals ----------------------------------------------------------------------------


def test_of_two_who_make_the_same_portal_one_fails_whole(portals: TwoPortals) -> None:
    def make() -> int:
        spec = PortalSpec(
            host="shiqiao.localhost",
            slug="shiqiao",
            portal={
                "name_zh_hans": "石桥普法网",
                "region_name_zh_hans": "石桥县",
                "region_code": "000009",
                "level": Portal.Level.COUNTY,
            },
        )
        return int(create_portal(spec).pk)

    with two_at_once(make, make) as (one, two):
        assert one.result()
        assert two.exception() is not None
    assert Portal.objects.filter(site__hostname="shiqiao.localhost").count() == 1
    assert Portal.objects.count() == 3
