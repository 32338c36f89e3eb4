"""Regions by their official codes, and which of them a portal has."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from home.models import Change, Portal, Region
from home.models.regions import TOWNSHIP, own_prefix
from tests.factories import RegionFactory, TwoPortals, make_portal

pytestmark = pytest.mark.django_db


@pytest.fixture
def regions() -> dict[str, Region]:
    codes = ("000002", "000002001", "000002001201", "000003", "000003001")
    return {code: RegionFactory(code=code) for code in codes}


@pytest.mark.parametrize(
    ("code", "prefix"),
    [
        ("530423", "530423"),  # a county
        ("530400", "5304"),  # a prefecture
        ("530000", "53"),  # a province
        ("000001", "000001"),
    ],
)
def test_prefix_holds_all_that_is_below(code: str, prefix: str) -> None:
    assert own_prefix(code) == prefix


def test_county_has_its_own_regions_only(
    two_portals: TwoPortals, regions: dict[str, Region]
) -> None:
    found = Region.objects.of_portal(two_portals.qingshan.portal)

    assert [region.code for region in found] == ["000002", "000002001", "000002001201"]


def test_prefecture_has_the_regions_of_its_counties(
    two_portals: TwoPortals, regions: dict[str, Region]
) -> None:
    prefecture = make_portal(
        "yunling", "云岭市", "000001", level=Portal.Level.PREFECTURE
    )
    assert not Region.objects.of_portal(prefecture).exists()

    for fixture in two_portals:
        fixture.portal.parent = prefecture
        fixture.portal.save()

    assert set(Region.objects.of_portal(prefecture)) == set(regions.values())


def test_level_is_the_length_of_the_code(regions: dict[str, Region]) -> None:
    found = Region.objects.of_level(TOWNSHIP)

    assert {region.code for region in found} == {"000002001", "000003001"}
    assert regions["000002001201"].parent_code == "000002001"
    assert regions["000002"].parent_code == ""


@pytest.mark.parametrize("code", ["00000", "0000021", "00000a", "0000020012010"])
def test_wrong_code_is_refused(code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Region(code=code, name_zh_hans="某地").full_clean()

    assert "code" in caught.value.message_dict


def test_region_without_its_superior_is_refused(regions: dict[str, Region]) -> None:
    with pytest.raises(ValidationError, match="000009"):
        Region(code="000009001", name_zh_hans="某镇").full_clean()
    Region(code="000002002", name_zh_hans="某镇").full_clean()


@pytest.mark.parametrize("act", ["save", "delete"])
def test_change_of_a_region_is_recorded_for_all(
    regions: dict[str, Region], act: str
) -> None:
    region: Any = regions["000003001"]
    key = str(region.pk)

    getattr(region, act)()

    change = Change.objects.latest("number")
    assert (change.portal, change.subject, change.key) == (None, "region", key)
