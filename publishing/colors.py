"""Readable colors out of the two that a portal chooses. Pure code: no model."""

from __future__ import annotations

import re

from home.colors import luminance

HEX_COLOR = re.compile(r"#([0-9a-fA-F]{6})")
WHITE = "#ffffff"
BLACK = "#000000"
# Small enough that two steps cannot be told apart by eye.
DARKENING_STEP = 0.02


def _channels(color: str) -> tuple[int, int, int]:
    match = HEX_COLOR.fullmatch(color)
    if match is None:
        raise ValueError(f"not a color of the form #rrggbb: {color!r}")
    digits = match.group(1)
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colors, from 1 (the same) to 21 (black on white).

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def mix(color: str, other: str, share: float) -> str:
    """``color`` with ``share`` (0 to 1) of ``other`` in it.

    >>> mix("#000000", "#ffffff", 0.5)
    '#808080'
    """
    pairs = zip(_channels(color), _channels(other), strict=True)
    mixed = (round(own + (strange - own) * share) for own, strange in pairs)
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def tint(color: str, share: float) -> str:
    """A light shade for a background: ``share`` of ``color`` on white."""
    return mix(WHITE, color, share)


def readable(color: str, ratio: float = 4.5, background: str = WHITE) -> str:
    """``color``, darkened until it can be read on a light ``background``.

    A bureau may choose its yellow; its links must be legible all the same.
    """
    _channels(color)  # goes into a style sheet as it stands: refuse what is no color
    share = 0.0
    result = color
    while contrast(result, background) < ratio and share < 1:
        share = min(1.0, share + DARKENING_STEP)
        result = mix(color, BLACK, share)
    return result
