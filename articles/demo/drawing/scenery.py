"""A small kit for flat landscapes: what the demo pictures are drawn with.

Coordinates are those of the finished picture; everything is drawn three times as
large and scaled down at the end, because Pillow draws edges without smoothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from PIL import Image, ImageColor, ImageDraw, ImageFilter, ImageFont

Point = tuple[float, float]
Box = tuple[float, float, float, float]
Stops = Sequence[str]

SCALE = 3
WIDTH, HEIGHT = 1600, 900
# Debian's fonts-noto-cjk; in both files the face at index 2 is Simplified Chinese.
FONT_FILES = ("NotoSansCJK-Bold.ttc", "NotoSansCJK-Regular.ttc")
SIMPLIFIED_CHINESE_FACE = 2


def find_font(size: float) -> ImageFont.FreeTypeFont | None:
    """A font that holds Chinese, or None where the machine has none."""
    for name in FONT_FILES:
        try:
            return ImageFont.truetype(name, round(size), index=SIMPLIFIED_CHINESE_FACE)
        except OSError:
            continue
    return None


def blend(first: str, second: str, share: float) -> str:
    """The color ``share`` of the way from ``first`` to ``second``."""
    a, b = ImageColor.getrgb(first)[:3], ImageColor.getrgb(second)[:3]
    mixed = [round(x + (y - x) * share) for x, y in zip(a, b, strict=True)]
    return "#" + "".join(f"{part:02x}" for part in mixed)


def smooth(points: Sequence[Point], steps: int = 18) -> list[Point]:
    """A Catmull-Rom curve through ``points``."""
    ends = [points[0], *points, points[-1]]
    curve: list[Point] = []
    for i in range(len(points) - 1):
        p0, p1, p2, p3 = ends[i : i + 4]
        for step in range(steps):
            t = step / steps
            curve.append((_spline(p0, p1, p2, p3, t, 0), _spline(p0, p1, p2, p3, t, 1)))
    return [*curve, points[-1]]


def _spline(p0: Point, p1: Point, p2: Point, p3: Point, t: float, axis: int) -> float:
    a, b, c, d = p0[axis], p1[axis], p2[axis], p3[axis]
    return 0.5 * (
        2 * b
        + (c - a) * t
        + (2 * a - 5 * b + 4 * c - d) * t * t
        + (3 * b - a - 3 * c + d) * t**3
    )


def taper(points: Sequence[Point], first: float, last: float) -> list[Point]:
    """The outline of a stem along ``points``, ``first`` wide at its foot."""
    curve = smooth(points)
    left, right = [], []
    for i, (x, y) in enumerate(curve):
        (x0, y0), (x1, y1) = curve[max(0, i - 1)], curve[min(len(curve) - 1, i + 1)]
        length = math.hypot(x1 - x0, y1 - y0) or 1
        half = (first + (last - first) * i / (len(curve) - 1)) / 2
        dx, dy = -(y1 - y0) / length * half, (x1 - x0) / length * half
        left.append((x + dx, y + dy))
        right.append((x - dx, y - dy))
    return [*left, *reversed(right)]


def arch(x: float, y: float, radius: float) -> list[Point]:
    """The upper half of a circle."""
    steps = 40
    return [
        (
            x - radius * math.cos(math.pi * i / steps),
            y - radius * math.sin(math.pi * i / steps),
        )
        for i in range(steps + 1)
    ]


class Scene:
    """One picture in the making."""

    def __init__(self, width: int, height: int, sky: Stops) -> None:
        self.width, self.height = width, height
        self.image = Image.new("RGB", (width * SCALE, height * SCALE))
        self.pen = ImageDraw.Draw(self.image, "RGBA")
        self.image.paste(self._gradient(self.image.size, sky), (0, 0))

    @staticmethod
    def _gradient(size: tuple[int, int], stops: Stops) -> Image.Image:
        """Colors from top to bottom."""
        strip = Image.new("RGB", (1, 256))
        last = len(stops) - 1
        for y in range(256):
            place = y / 255 * last
            low = min(int(place), last - 1) if last else 0
            high = min(low + 1, last)
            color = blend(stops[low], stops[high], place - low)
            strip.putpixel((0, y), ImageColor.getrgb(color))
        return strip.resize(size, Image.Resampling.BILINEAR)

    # --- plain shapes ------------------------------------------------------------
    def polygon(self, points: Sequence[Point], fill: str) -> None:
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)

    def shaded(self, points: Sequence[Point], stops: Stops) -> None:
        """A polygon filled with a gradient from its top to its bottom."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        xs, ys = [p[0] for p in scaled], [p[1] for p in scaled]
        left, top = math.floor(min(xs)), math.floor(min(ys))
        size = (
            max(1, math.ceil(max(xs)) - left),
            max(1, math.ceil(max(ys)) - top),
        )
        mask = Image.new("L", size)
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in scaled], fill=255)
        self.image.paste(self._gradient(size, stops), (left, top), mask)

    def disc(self, x: float, y: float, radius: float, fill: str) -> None:
        self.oval((x - radius, y - radius, x + radius, y + radius), fill)

    def oval(self, box: Box, fill: str) -> None:
        self.pen.ellipse([part * SCALE for part in box], fill=fill)

    def bar(self, box: Box, fill: str, radius: float = 0) -> None:
        scaled = [part * SCALE for part in box]
        self.pen.rounded_rectangle(scaled, radius * SCALE, fill=fill)

    def ring(self, box: Box, fill: str, width: float) -> None:
        scaled = [part * SCALE for part in box]
        self.pen.ellipse(scaled, outline=fill, width=round(width * SCALE))

    def stroke(self, points: Sequence[Point], fill: str, width: float) -> None:
        """A line with round ends and joints."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        thick = max(1, round(width * SCALE))
        self.pen.line(scaled, fill=fill, width=thick, joint="curve")
        half = thick / 2
        for x, y in (scaled[0], scaled[-1]):
            self.pen.ellipse((x - half, y - half, x + half, y + half), fill=fill)

    def glow(self, x: float, y: float, radius: float, color: str, power: float) -> None:
        """Soft light around a point; ``power`` from 0 to 1."""
        side = 64
        light = Image.radial_gradient("L").resize((side * 2, side * 2))
        light = light.point(
            lambda value: round(max(0, 1 - value / 180) ** 1.6 * 255 * power)
        )
        size = round(radius * 2 * SCALE)
        mask = light.resize((size, size), Image.Resampling.BILINEAR)
        flat = Image.new("RGB", (size, size), color)
        corner = (round((x - radius) * SCALE), round((y - radius) * SCALE))
        self.image.paste(flat, corner, mask)

    def mist(self, box: Box, color: str, power: float) -> None:
        """A soft horizontal band, as fog lies in a valley."""
        width, height = (round((box[i + 2] - box[i]) * SCALE) for i in (0, 1))
        mask = Image.new("L", (width // 12, height // 12))
        ImageDraw.Draw(mask).ellipse(
            (width // 60, height // 40, width // 14, height // 18),
            fill=round(255 * power),
        )
        mask = mask.filter(ImageFilter.GaussianBlur(height / 60))
        mask = mask.resize((width, height), Image.Resampling.BICUBIC)
        flat = Image.new("RGB", (width, height), color)
        self.image.paste(flat, (round(box[0] * SCALE), round(box[1] * SCALE)), mask)

    def text(self, x: float, y: float, words: str, size: float, fill: str) -> None:
        """Words centered on a point; left out where no Chinese font is installed."""
        font = find_font(size * SCALE)
        if font is not None:
            self.pen.text((x * SCALE, y * SCALE), words, fill, font, anchor="mm")

    # --- land ----------------------------------------------------------------------
    def hill(self, ridge: Sequence[Point], stops: Stops) -> None:
        """Land from a smooth ridge down to the lower edge of the picture."""
        curve = smooth(ridge)
        base = [(curve[-1][0], self.height), (curve[0][0], self.height)]
        self.shaded([*curve, *base], stops)

    def band(self, upper: Sequence[Point], lower: Sequence[Point], fill: str) -> None:
        """A field, road or stream between two smooth lines."""
        self.polygon([*smooth(upper), *reversed(smooth(lower))], fill)

    def finish(self) -> Image.Image:
        return self.image.reduce(SCALE)


def wide_scene(*sky: str) -> Scene:
    """An empty picture of the demo's size under a sky of these colors."""
    return Scene(WIDTH, HEIGHT, sky)
