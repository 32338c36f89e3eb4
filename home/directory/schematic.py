"""A schematic drawing of where things are; no map, and no boundary is claimed.

Pure code: places with coordinates become dots in a box, kept apart so that each number
can be read; without coordinates the townships become boxes with a count.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations

from home.directory.presentation import Mark, SchematicMap, Tile

WIDTH = 400.0  # read on a phone as it is, without shrinking
MARGIN = 28.0
RADIUS = 15.0
LEAST_HEIGHT, MOST_HEIGHT = 180.0, 320.0
TILES_PER_ROW = 3
TILE_HEIGHT = 72.0
GAP = 12.0
ROUNDS = 60
# More dots have no room to stand apart, and pushing them takes time by their square.
MOST_DOTS = 60

Place = tuple[int, float, float]  # number, latitude, longitude


def dots(places: Sequence[Place]) -> SchematicMap | None:
    """North is up; nothing is drawn for fewer than two places, or for a crowd."""
    if not 2 <= len(places) <= MOST_DOTS:
        return None
    middle = sum(latitude for _n, latitude, _l in places) / len(places)
    shrink = math.cos(math.radians(middle))
    xs = [longitude * shrink for _n, _l, longitude in places]
    ys = [-latitude for _n, latitude, _l in places]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    inner = WIDTH - 2 * MARGIN
    scale = min(
        inner / wide if wide else math.inf,
        (MOST_HEIGHT - 2 * MARGIN) / high if high else math.inf,
    )
    if math.isinf(scale):  # all at one spot
        scale = 0.0
    height = min(MOST_HEIGHT, max(LEAST_HEIGHT, high * scale + 2 * MARGIN))
    spots = [
        (
            WIDTH / 2 + (x - (max(xs) + min(xs)) / 2) * scale,
            height / 2 + (y - (max(ys) + min(ys)) / 2) * scale,
        )
        for x, y in zip(xs, ys, strict=True)
    ]
    marks = [
        Mark(number, round(x, 1), round(y, 1))
        for (number, *_place), (x, y) in zip(
            places, _kept_apart(spots, height), strict=True
        )
    ]
    return SchematicMap(WIDTH, round(height, 1), marks=tuple(marks))


def _kept_apart(
    spots: list[tuple[float, float]], height: float
) -> list[tuple[float, float]]:
    """Push dots that overlap away from each other, within the box."""
    least = 2 * RADIUS + 4
    moved = list(spots)
    for _round in range(ROUNDS):
        is_still = True
        for one, other in combinations(range(len(moved)), 2):
            (ax, ay), (bx, by) = moved[one], moved[other]
            apart = math.hypot(bx - ax, by - ay)
            if apart >= least - 0.01:
                continue
            is_still = False
            # Two at one spot part in a direction of their own.
            turn = math.atan2(by - ay, bx - ax) if apart else float(one + other)
            push = (least - apart) / 2
            dx, dy = push * math.cos(turn), push * math.sin(turn)
            moved[one] = _inside(ax - dx, ay - dy, height)
            moved[other] = _inside(bx + dx, by + dy, height)
        if is_still:
            break
    return moved


def _inside(x: float, y: float, height: float) -> tuple[float, float]:
    edge = RADIUS + 4
    return min(max(x, edge), WIDTH - edge), min(max(y, edge), height - edge)


def tiles(townships: Sequence[tuple[str, int]]) -> SchematicMap | None:
    """``townships``: name and count, in their order."""
    if not townships:
        return None
    across = min(TILES_PER_ROW, len(townships))
    width = (WIDTH - GAP * (across - 1)) / across
    boxes = [
        Tile(
            name,
            count,
            round(index % across * (width + GAP), 1),
            round(index // across * (TILE_HEIGHT + GAP), 1),
            round(width, 1),
            TILE_HEIGHT,
        )
        for index, (name, count) in enumerate(townships)
    ]
    rows = math.ceil(len(boxes) / across)
    height = rows * (TILE_HEIGHT + GAP) - GAP
    return SchematicMap(WIDTH, height, tiles=tuple(boxes))
