"""With real commits: a row is in the outbox if and only if its change happened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import TransactionTestCase

from articles.models import ArticlePage
from home import outbox
from home.models import Change, HostingIdentity, Topic
from home.outbox import record_change
from tests.factories import make_two_portals
from tests.home.changes import NAMES, changes, fresh, last_number, rows_after
from tests.home.pages import picture


class RollBack(Exception):
    pass


class TestTransactions(TransactionTestCase):
    def test_rows_are_rolled_back_with_their_change(self) -> None:
        portals = make_two_portals()
        for name in NAMES:
            with self.subTest(name):
                before = last_number()
                with pytest.raises(RollBack), transaction.atomic():
                    changes(portals)[name][0]()
                    assert last_number() > before
                    raise RollBack
                assert last_number() == before
                assert rows_after(before) == []

    def test_change_is_rolled_back_when_its_row_cannot_be_written(self) -> None:
        """Outside of any transaction of the caller, as a command might save."""
        portals = make_two_portals()
        own = portals.qingshan
        topic = Topic.objects.create(name_zh_hans="土地", slug="tudi")
        image = picture(own.portal)
        cases: dict[str, tuple[Callable[[], object], Any, str, object]] = {
            "publish": (
                lambda: _retitled(own.article).publish(),
                own.article,
                "heading_zh_hans",
                own.article.heading_zh_hans,
            ),
            "unpublish": (
                lambda: fresh(own.article).unpublish(),
                own.article,
                "live",
                True,
            ),
            "move": (
                lambda: fresh(own.article).move(own.home, pos="last-child"),
                own.article,
                "path",
                own.article.path,
            ),
            "delete": (
                lambda: fresh(own.article).delete(),
                own.article,
                "pk",
                own.article.pk,
            ),
            "settings": (
                lambda: _save(
                    HostingIdentity.objects.get(site=own.portal.site), phone="1"
                ),
                own.portal.site.hostingidentity,
                "phone",
                "0000-0000000",
            ),
            "topic": (lambda: _save(topic, order=7), topic, "order", 100),
            "image": (lambda: _save(image, credit="谁"), image, "credit", ""),
        }
        for name, (act, instance, field, expected) in cases.items():
            with self.subTest(name), _broken_outbox():
                with pytest.raises(RollBack):
                    act()
                stored = type(instance).objects.get(pk=instance.pk)
                assert getattr(stored, field) == expected

    def test_numbers_follow_the_order_of_commits(self) -> None:
        for _time in range(3):
            with transaction.atomic():
                record_change(None, "topic", 1)
            with pytest.raises(RollBack), transaction.atomic():
                record_change(None, "topic", 2)
                raise RollBack
        numbers = list(Change.objects.values_list("number", "key"))

        first = numbers[0][0]
        assert numbers == [(first, "1"), (first + 1, "1"), (first + 2, "1")]


def _retitled(page: ArticlePage) -> Any:
    page = fresh(page)
    page.heading_zh_hans = "不该留下"
    return page.save_revision()


def _save(instance: Any, **values: Any) -> None:
    instance = type(instance).objects.get(pk=instance.pk)
    for name, value in values.items():
        setattr(instance, name, value)
    instance.save()


class _broken_outbox:
    """While it lasts, no row can be written."""

    def __enter__(self) -> None:
        self.patch = pytest.MonkeyPatch()

        def refuse(*_args: object) -> int:
            raise RollBack

        self.patch.setattr(outbox, "_record", refuse)

    def __exit__(self, *_error: object) -> None:
        self.patch.undo()
