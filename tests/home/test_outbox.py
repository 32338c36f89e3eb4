"""A change and its row in the outbox: what is written when."""

from __future__ import annotations

import pytest
from wagtail.models import Page

from home.models import ColumnPage, Portal, Topic
from tests.factories import TwoPortals, stream
from tests.home.changes import NAMES, changes, fresh, last_number, rows_after

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", NAMES)
def test_change_leaves_its_rows_in_the_outbox(portals: TwoPortals, name: str) -> None:
    act, expected = changes(portals)[name]
    before = last_number()

    act()

    assert set(rows_after(before)) == set(expected)


def test_every_change_is_tried(portals: TwoPortals) -> None:
    assert list(changes(portals)) == NAMES


def test_change_moves_the_number_of_its_portal_and_of_no_other(
    portals: TwoPortals,
) -> None:
    before = {portal.pk: portal.change_number for portal in Portal.objects.all()}

    fresh(portals.qingshan.article).save_revision().publish()

    after = {portal.pk: portal.change_number for portal in Portal.objects.all()}
    own, other = portals.qingshan.portal.pk, portals.baihe.portal.pk
    assert after[own] == last_number() > before[own]
    assert after[other] == before[other]


def test_shared_change_moves_the_number_of_every_portal(portals: TwoPortals) -> None:
    Topic.objects.create(name_zh_hans="土地", slug="tudi")

    numbers = set(Portal.objects.values_list("change_number", flat=True))
    assert numbers == {last_number()}


def test_draft_is_no_change(portals: TwoPortals) -> None:
    """The editor saves by itself while somebody types; caches must not empty."""
    page = fresh(portals.qingshan.article)
    before = last_number()

    page.heading_zh_hans = "还没发布"
    page.save_revision()

    assert rows_after(before) == []


def test_page_in_no_portal_is_no_change(portals: TwoPortals) -> None:
    before = last_number()
    stray = ColumnPage(
        heading_zh_hans="游离", summary_zh_hans="无", keywords_zh_hans="无"
    )

    Page.objects.get(depth=1).add_child(instance=stray)

    assert rows_after(before) == []


def test_live_text_with_a_stream_is_one_change(portals: TwoPortals) -> None:
    page = fresh(portals.qingshan.article)
    page.body_zh_hans = stream(("text", "<p>新</p>"))
    before = last_number()

    page.save_revision().publish()

    assert len(rows_after(before)) == 1
