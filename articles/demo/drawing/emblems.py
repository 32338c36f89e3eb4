"""The emblem of each demo portal: a round sign with its landscape."""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image, ImageDraw

from articles.demo.drawing import props
from articles.demo.drawing.scenery import Scene, arch

SIDE = 256


def emblem(key: str) -> Image.Image:
    """The square emblem of a portal, with clear corners."""
    sky, paint = EMBLEMS[key]
    scene = Scene(SIDE, SIDE, sky)
    paint(scene)
    scene.ring((0, 0, SIDE, SIDE), "#ffffff", 12)
    scene.ring((0, 0, SIDE, SIDE), sky[0], 7)
    picture = scene.image.convert("RGBA")
    mask = Image.new("L", picture.size)
    ImageDraw.Draw(mask).ellipse((0, 0, *picture.size), fill=255)
    picture.putalpha(mask)
    return picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS)


def _yunling(scene: Scene) -> None:
    scene.disc(128, 96, 44, "#ffe9b8")
    scene.hill(
        [(0, 150), (60, 96), (128, 146), (196, 92), (256, 150)], ("#6f83b3", "#5a6c9a")
    )
    scene.hill([(0, 186), (80, 140), (150, 182), (256, 140)], ("#44588a", "#33456f"))
    for x, y, size in ((76, 168, 34), (188, 158, 38)):
        props.cloud(scene, x, y, size, "#f4f1f4")
    props.balance(scene, 128, 226, 112, "#f3c968")


def _qingshan(scene: Scene) -> None:
    scene.disc(184, 76, 26, "#fff0bd")
    scene.hill(
        [(0, 150), (70, 60), (140, 150), (200, 92), (256, 150)], ("#5f9f78", "#3f7f5d")
    )
    scene.hill([(0, 160), (90, 140), (170, 168), (256, 146)], ("#7db56b", "#4f8f4f"))
    for row in range(3):
        y = 176 + row * 20
        ridge = [(0, y), (90, y - 12), (170, y + 10), (256, y - 8)]
        scene.band(ridge, [(x, y + 5) for x, y in ridge], "#f1eebf")
    props.balance(scene, 128, 222, 104, "#fffaf0")


def _baihe(scene: Scene) -> None:
    scene.hill([(0, 120), (70, 84), (150, 118), (256, 80)], ("#9cc6d2", "#7fb2c4"))
    for row, color in enumerate(("#4f9fc4", "#3a86ad", "#2a6d94")):
        y = 136 + row * 34
        wave = [(0, y + 8), (50, y - 8), (110, y + 10), (170, y - 8), (256, y + 10)]
        scene.hill(wave, (color, color))
        scene.band(wave, [(x, y + 5) for x, y in wave], "#d6ecf4")
    props.birds(scene, ((60, 62), (92, 50), (196, 60)), 13, "#ffffff")
    props.balance(scene, 128, 214, 116, "#ffffff")


def _liuxi(scene: Scene) -> None:
    scene.hill([(0, 140), (90, 104), (180, 136), (256, 108)], ("#a9d3b8", "#8ec3a6"))
    scene.hill([(0, 168), (256, 168)], ("#5fb0aa", "#3f8f8c"))
    scene.polygon([*arch(150, 176, 74)], "#efe9da")
    scene.polygon([*arch(150, 177, 44)], "#58a9a4")
    scene.bar((60, 172, 240, 184), "#efe9da", 4)
    for row in range(3):
        scene.bar(
            (70 + row * 20, 196 + row * 16, 176 + row * 8, 201 + row * 16),
            "#ffffff90",
            2,
        )
    props.willow(scene, 62, 214, 176, "#7fae46")


Stops = tuple[str, ...]
EMBLEMS: dict[str, tuple[Stops, Callable[[Scene], None]]] = {
    "yunling": (("#34497a", "#8a93bd", "#f2cfae"), _yunling),
    "qingshan": (("#2f6b4f", "#a5d0c0", "#fbecc4"), _qingshan),
    "baihe": (("#1d5f88", "#9fd0e6", "#e8f5f8"), _baihe),
    "liuxi": (("#2b6f6c", "#bfe3da", "#f7f3dc"), _liuxi),
}
