"""Portals are kept for readers as long as nothing of them changes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection

from home.models import Portal
from home.portals.kept import kept_portals
from tests.factories import TwoPortals

pytestmark = pytest.mark.django_db


def rename(portal: Portal) -> None:
    portal.name_zh_hans = "改了名的门户"
    portal.save()


def move_the_host(portal: Portal) -> None:
    portal.site.hostname = "andere.example.cn"
    portal.site.save()


def reword_the_publisher(portal: Portal) -> None:
    portal.site.publisheridentity.phone = "0000-7654321"
    portal.site.publisheridentity.save()


def put_a_collection_before(_portal: Portal) -> None:
    """Wagtail sorts collections by name: the paths of those behind it change."""
    root = Collection.get_first_root_node()
    assert root is not None
    root.add_child(name="0")


@pytest.mark.parametrize(
    "change",
    [rename, move_the_host, reword_the_publisher, put_a_collection_before],
)
def test_a_change_is_seen_at_once(
    two_portals: TwoPortals, change: Callable[[Portal], None]
) -> None:
    before = kept_portals()
    change(Portal.objects.with_identity().get(pk=two_portals.qingshan.portal.pk))

    assert kept_portals() is not before
    assert [state(portal) for portal in kept_portals()] == [
        state(portal) for portal in Portal.objects.with_identity()
    ]


def test_without_a_change_one_short_query_is_asked(two_portals: TwoPortals) -> None:
    before = kept_portals()
    with CaptureQueriesContext(connection) as queries:
        assert kept_portals() is before
    assert len(queries) == 1


def test_the_admin_gets_portals_of_its_own(
    two_portals: TwoPortals, client: Client
) -> None:
    kept = kept_portals()
    response = client.get(
        "/admin/login/", headers={"host": two_portals.qingshan.portal.host}
    )
    request = response.wsgi_request

    assert request.portal in kept  # type: ignore[attr-defined]  # set by middleware
    assert all(portal is not request.portal for portal in kept)  # type: ignore[attr-defined]  # set by middleware


def state(portal: Portal) -> tuple[object, ...]:
    site = portal.site
    return (
        portal.pk,
        portal.name_zh_hans,
        portal.host,
        portal.collection.path,
        site.publisheridentity.phone,
        portal.change_number,
    )
