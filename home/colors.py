"""Contrast of a portal's colours (WCAG 2.2, 1.4.3). Pure code."""

import math
import re


def _linear(channel: int) -> float:
    value = channel / 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def luminance(color: str) -> float:
    """Relative luminance of ``#rrggbb``, 0 (black) to 1 (white)."""
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def contrast_with_white(color: str) -> float:
    """Contrast ratio of white text on ``color``, 1 to 21."""
    return 1.05 / (luminance(color) + 0.05)


def told_ratio(ratio: float) -> str:
    """A ratio in words, never rounded up: 4.499 is not “4.5, at least 4.5”.

    >>> told_ratio(4.499), told_ratio(21.0)
    ('4.49', '21.00')
    """
    return f"{math.floor(ratio * 100) / 100:.2f}"


def is_color(text: str) -> bool:
    """
    >>> is_color("#1c5a8a"), is_color("1c5a8a"), is_color("red")
    (True, False, False)
    """
    return re.fullmatch("#[0-9a-fA-F]{6}", text) is not None
