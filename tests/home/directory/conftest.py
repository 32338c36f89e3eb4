"""A county with points, people and places, and a neighbor that has the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from home.models import DirectoryPage, LegalWorker, Region, ServicePointPage
from publishing.tree import forget_trees
from tests.directory_factories import (
    DirectoryPageFactory,
    LegalWorkerFactory,
    ServicePointPageFactory,
)
from tests.factories import PortalFixture, RegionFactory, make_two_portals

TODAY = datetime(2026, 5, 20, 2, 0, tzinfo=UTC)  # a Wednesday, 10:00 in Beijing


@dataclass(slots=True)
class Served:
    """A portal with a directory of points and one of people."""

    base: PortalFixture
    township: Region
    village: Region
    points: DirectoryPage
    people: DirectoryPage
    point: ServicePointPage
    mediator: LegalWorker

    @property
    def portal(self) -> Any:
        return self.base.portal


@dataclass(slots=True)
class TwoServed:
    qingshan: Served
    baihe: Served


@pytest.fixture(autouse=True)
def fixed_day() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def served(db: None) -> TwoServed:
    forget_trees()
    portals = make_two_portals()
    return TwoServed(serve(portals.qingshan), serve(portals.baihe))


def serve(base: PortalFixture) -> Served:
    code, marker = base.portal.region_code, base.marker
    RegionFactory(code=code, name_zh_hans=base.portal.region_name)
    township = RegionFactory(code=f"{code}001", name_zh_hans="石桥镇")
    RegionFactory(code=f"{code}002", name_zh_hans="云雾乡")
    village = RegionFactory(code=f"{code}001001", name_zh_hans="杏花村")
    RegionFactory(code=f"{code}002001", name_zh_hans="茶坪村")
    points = DirectoryPageFactory(
        parent=base.column, slug="fuwudian", heading_zh_hans=f"{marker}服务点"
    )
    people = DirectoryPageFactory(
        parent=base.column,
        slug="renyuan",
        heading_zh_hans=f"{marker}人员",
        shows="people",
    )
    point = ServicePointPageFactory(
        parent=points,
        slug="shiqiao",
        heading_zh_hans=f"{marker}石桥工作站",
        township=township,
        latitude="25.040000",
        longitude="102.710000",
    )
    for page in (points, people, point):
        page.save_revision().publish()
    mediator = LegalWorkerFactory(
        portal=base.portal,
        name_zh_hans=f"{marker}张调解",
        township=township,
        villages=[village.code],
    )
    return Served(base, township, village, points, people, point, mediator)
