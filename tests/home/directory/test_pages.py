"""What readers see: the own portal's, by township, and nobody without consent."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from home.models import LegalWorker
from home.outbox import record_change
from tests.directory_factories import (
    DirectoryPageFactory,
    LegalWorkerFactory,
    PlacePageFactory,
    ServicePointPageFactory,
)
from tests.home.directory.conftest import Served, TwoServed

MOST_QUERIES = 9


def page_of(county: Served, path: str) -> str:
    response = Client().get(path, headers={"host": county.base.host})
    assert response.status_code == 200
    return response.content.decode()


def test_points_are_listed_by_township_with_hours_as_text(served: TwoServed) -> None:
    body = page_of(served.qingshan, "/dongtai/fuwudian/")
    assert "青山记号石桥工作站" in body
    assert "石桥镇" in body
    assert "周一至周五 8:30–12:00，14:30–18:00" in body
    assert 'href="tel:00001000001"' in body
    assert "白河记号" not in body


def test_hours_are_text_and_nothing_is_claimed_without_script(
    served: TwoServed,
) -> None:
    body = page_of(served.qingshan, "/dongtai/fuwudian/shiqiao/")
    assert "8:30–12:00" in body
    (claim,) = [line for line in body.splitlines() if "data-hours=" in line]
    assert claim.split("data-hours=")[1].split("</p>")[0].endswith(" hidden>")
    assert "2026-10-01" in claim


def test_old_facts_tell_readers_to_ring_first(served: TwoServed) -> None:
    point = served.qingshan.point
    assert "去之前先打电话</span>" not in page_of(
        served.qingshan, "/dongtai/fuwudian/shiqiao/"
    )
    point.confirmed_on = date(2025, 5, 20)
    point.save()
    body = page_of(served.qingshan, "/dongtai/fuwudian/shiqiao/")
    assert "去之前先打电话</span>" in body


def test_person_who_agrees_is_named_with_a_number(served: TwoServed) -> None:
    body = page_of(served.qingshan, "/dongtai/renyuan/")
    assert "青山记号张调解" in body
    assert "0000-2000001" in body
    assert "杏花村" in body
    assert "白河记号" not in body


@pytest.mark.parametrize(
    "consent",
    [
        {"consent_on": None, "consent_until": None},
        {"consent_on": date(2025, 1, 1), "consent_until": date(2026, 5, 19)},
    ],
)
def test_name_and_number_go_with_the_consent(
    served: TwoServed, consent: dict[str, Any]
) -> None:
    person = LegalWorker.objects.get(pk=served.qingshan.mediator.pk)
    for name, value in consent.items():
        setattr(person, name, value)
    person.save()
    for path in ("/dongtai/renyuan/", "/dongtai/fuwudian/shiqiao/"):
        body = page_of(served.qingshan, path)
        assert "张调解" not in body
        assert "0000-2000001" not in body
    body = page_of(served.qingshan, "/dongtai/renyuan/")
    assert "人民调解员" in body
    assert "姓名和电话请向这里询问" in body
    assert "0000-1000001" in body  # of the station in the same township


def test_person_without_a_number_is_asked_for_at_the_station(
    served: TwoServed,
) -> None:
    person = LegalWorker.objects.get(pk=served.qingshan.mediator.pk)
    person.phone = ""
    person.save()
    body = page_of(served.qingshan, "/dongtai/renyuan/")
    assert "张调解" in body
    assert "电话请向这里询问" in body
    assert "/dongtai/fuwudian/shiqiao/" in body or "../fuwudian/shiqiao/" in body


def test_register_is_a_list_with_a_schematic_drawing(served: TwoServed) -> None:
    county = served.qingshan
    register = DirectoryPageFactory(
        parent=county.base.column, slug="shifan", shows="model_villages"
    )
    for number, latitude in enumerate(("25.01", "25.09")):
        PlacePageFactory(
            parent=register,
            slug=f"cun-{number}",
            heading_zh_hans=f"示范村第{number}个",
            township=county.township,
            latitude=latitude,
            longitude="102.70",
        )
    PlacePageFactory(
        parent=register,
        heading_zh_hans="别的名册",
        register="culture_site",
        township=county.township,
    )
    body = page_of(county, "/dongtai/shifan/")
    assert "示意图，不代表行政区域界线" in body
    assert body.count('class="schematic__dot"') == 2
    assert "示范村第0个" in body
    assert "示范村第1个" in body
    assert "别的名册" not in body


@pytest.mark.parametrize("path", ["fuwudian/", "renyuan/", "fuwudian/shiqiao/"])
def test_pages_take_at_most_eight_queries_however_long(
    served: TwoServed, path: str
) -> None:
    county = served.qingshan

    def queries() -> int:
        record_change(county.portal, "page", county.point.pk)
        with CaptureQueriesContext(connection) as found:
            page_of(county, f"/dongtai/{path}")
        return len(found)

    def add(count: int) -> None:
        for _number in range(count):
            ServicePointPageFactory(parent=county.points, township=county.township)
            LegalWorkerFactory(portal=county.portal, township=county.township)

    queries()  # what all portals share is known afterwards
    add(1)
    few = queries()
    add(6)
    assert queries() == few
    assert few <= MOST_QUERIES


def test_villager_finds_the_mediator_of_the_own_township(served: TwoServed) -> None:
    (entry,) = served.qingshan.point.search_entries()
    words = " ".join([entry.title, entry.body, entry.context, *entry.alternatives])
    assert "人民调解" in words
    assert "石桥镇" in words
