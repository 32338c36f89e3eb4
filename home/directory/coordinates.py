"""Where a point lies on the earth, and what is usually mistyped about it. Pure code."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

# The outermost points of China, rounded outwards.
LATITUDES = (Decimal("3.5"), Decimal("53.6"))
LONGITUDES = (Decimal("73.4"), Decimal("135.1"))


def coordinate_problems(
    latitude: Decimal | None, longitude: Decimal | None
) -> dict[str, str]:
    """What is wrong, by field; in China no latitude can be a longitude."""
    if latitude is None and longitude is None:
        return {}
    if longitude is None:
        return {"longitude": _("写了纬度，也要写经度。")}
    if latitude is None:
        return {"latitude": _("写了经度，也要写纬度。")}
    if _within(latitude, LONGITUDES) and _within(longitude, LATITUDES):
        return {"latitude": _("经度和纬度写反了：纬度是较小的那个数，例如 25.04。")}
    problems = {}
    if not _within(latitude, LATITUDES):
        problems["latitude"] = _("这个纬度不在中国：应在 3.5 到 53.6 之间。")
    if not _within(longitude, LONGITUDES):
        problems["longitude"] = _("这个经度不在中国：应在 73.4 到 135.1 之间。")
    return problems


def _within(value: Decimal, bounds: tuple[Decimal, Decimal]) -> bool:
    return bounds[0] <= value <= bounds[1]
