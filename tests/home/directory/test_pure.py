"""Coordinates, words, freshness, drawing: code without a database."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal
from itertools import combinations

import pytest

from home.directory.coordinates import coordinate_problems
from home.directory.distances import distance_text, kilometers
from home.directory.freshness import is_stale
from home.directory.holidays import special_days
from home.directory.schematic import MOST_DOTS, RADIUS, WIDTH, dots, tiles
from home.directory.words import default_words, vocabulary, word_problems


@pytest.mark.parametrize(
    ("latitude", "longitude", "fields"),
    [
        ("25.04", "102.71", {}),
        (None, None, {}),
        ("25.04", None, {"longitude": "也要写经度"}),
        (None, "102.71", {"latitude": "也要写纬度"}),
        ("102.71", "25.04", {"latitude": "写反了"}),
        ("60", "102.71", {"latitude": "不在中国"}),
        ("25.04", "2.35", {"longitude": "不在中国"}),
        ("0", "0", {"latitude": "不在中国", "longitude": "不在中国"}),
    ],
)
def test_coordinates_outside_china_or_swapped_are_named(
    latitude: str | None, longitude: str | None, fields: dict[str, str]
) -> None:
    found = coordinate_problems(
        *(Decimal(text) if text else None for text in (latitude, longitude))
    )
    assert found.keys() == fields.keys()
    for name, words in fields.items():
        assert words in found[name]


@pytest.mark.parametrize(
    ("confirmed", "stale"),
    [
        (date(2025, 5, 20), True),
        (date(2025, 5, 21), False),
        (date(2026, 5, 20), False),
        (None, True),
    ],
)
def test_a_point_is_stale_after_a_year(confirmed: date | None, stale: bool) -> None:
    assert is_stale(confirmed, date(2026, 5, 20)) is stale


# --- words ---------------------------------------------------------------------------


def test_a_portal_renames_and_adds_words() -> None:
    words = vocabulary(
        "levels",
        {
            "zh-hans": "公共法律服务工作站=公共法律服务站\n法治驿站",
            "en": "法治驿站=Law Stop\n公共法律服务工作站=Service Stop",
        },
    )
    assert words["station"].name("zh-hans") == "公共法律服务站"
    assert words["station"].name("en") == "Service Stop"
    assert words["station"].tier == "township"
    assert words["法治驿站"].name("en") == "Law Stop"
    assert words["法治驿站"].name("ug") == "法治驿站"
    assert list(words)[:3] == list(default_words()["levels"])[:3]


def test_words_of_one_portal_leave_those_of_all_alone() -> None:
    vocabulary("levels", {"zh-hans": "司法所=司法站"})
    assert vocabulary("levels", {})["office"].name("zh-hans") == "司法所"


def test_lines_that_name_no_word_are_complained_of() -> None:
    assert (
        "没有叫“工作台”的词" in word_problems("levels", "工作台=站", "zh-hans", "")[0]
    )
    assert "要写等号" in word_problems("levels", "司法所", "en", "")[0]
    assert word_problems("levels", "驿站", "zh-hans", "驿站") == []


# --- distances and drawings --------------------------------------------------------


def test_distance_is_that_of_a_straight_line() -> None:
    assert kilometers((25.0, 102.0), (26.0, 102.0)) == pytest.approx(111.2, abs=0.1)
    assert distance_text(111.2) == "直线约 111 公里"
    assert distance_text(0.4) == "直线不到 1 公里"


def test_dots_keep_directions_and_stay_apart() -> None:
    places = [(1, 25.2, 102.5), (2, 25.0, 102.5), (3, 25.0, 102.5), (4, 25.0, 102.9)]
    drawing = dots(places)
    assert drawing is not None
    north, south, _same, east = drawing.marks
    assert north.y < south.y
    assert east.x > south.x
    for one, other in combinations(drawing.marks, 2):
        assert math.hypot(one.x - other.x, one.y - other.y) >= 2 * RADIUS
    for mark in drawing.marks:
        assert RADIUS <= mark.x <= WIDTH - RADIUS
        assert RADIUS <= mark.y <= drawing.height - RADIUS


def test_all_places_at_one_spot_are_drawn_side_by_side() -> None:
    drawing = dots([(number, 25.0, 102.0) for number in range(1, 6)])
    assert drawing is not None
    assert len({(mark.x, mark.y) for mark in drawing.marks}) == 5


def test_one_place_is_no_drawing() -> None:
    assert dots([(1, 25.0, 102.0)]) is None
    assert tiles([]) is None


def test_townships_are_boxes_that_do_not_overlap() -> None:
    drawing = tiles([(f"第{number}镇", number) for number in range(6)])
    assert drawing is not None
    assert [tile.count for tile in drawing.tiles] == list(range(6))
    corners = {(tile.x, tile.y) for tile in drawing.tiles}
    assert len(corners) == 6
    assert max(tile.x + tile.width for tile in drawing.tiles) <= WIDTH + 0.5
    assert drawing.tiles[-1].y + drawing.tiles[-1].height == drawing.height


def test_special_days_hold_announced_holidays_and_worked_weekends() -> None:
    days = special_days(date(2026, 5, 20)).split()
    assert "2026-10-01" in days  # a holiday
    assert "2026-10-10" in days  # a Saturday that is worked
    assert "2027-05-01" in days  # by the regulation, whatever the notice will say
    assert "2026-05-20" not in days


def test_a_crowd_is_not_drawn_as_dots() -> None:
    spots = [(number, 25.0 + number / 1000, 102.7) for number in range(MOST_DOTS + 1)]
    drawing = dots(spots[:-1])
    assert drawing is not None
    assert len(drawing.marks) == MOST_DOTS
    assert dots(spots) is None
