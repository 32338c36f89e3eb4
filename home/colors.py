"""Contrast of a portal's colours (WCAG 2.2, 1.4.3). Pure code."""


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
