"""How far one place is from another, as the crow flies. Pure code."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

EARTH_KM = 6371.0
Spot = tuple[float, float]  # latitude, longitude


def spot_of(facts: Mapping[str, Any]) -> Spot | None:
    latitude, longitude = facts.get("latitude"), facts.get("longitude")
    if latitude is None or longitude is None:
        return None
    return float(latitude), float(longitude)


def kilometers(one: Spot, other: Spot) -> float:
    (lat1, lon1), (lat2, lon2) = (
        tuple(map(math.radians, spot)) for spot in (one, other)
    )
    half = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(math.sqrt(half))


def distance_text(distance: float) -> str:
    """Whole kilometers: a straight line says little about a mountain road."""
    if distance < 1:
        return _("直线不到 1 公里")
    return _("直线约 %(number)s 公里") % {"number": round(distance)}
