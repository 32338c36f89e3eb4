"""Villagers of the demo pictures: flat, friendly, nobody in particular."""

from __future__ import annotations

from dataclasses import dataclass

from articles.demo.drawing.scenery import Point, Scene, blend, smooth

INK = "#27333d"
SKINS = ("#f0c7a0", "#e6b68c", "#d9a577")


@dataclass(frozen=True, slots=True)
class Person:
    """How somebody looks; the age shows in the hair."""

    shirt: str
    hair: str = "#2b2a2e"
    skin: str = SKINS[0]
    trousers: str = "#43505c"
    bun: bool = False
    helmet: str = ""
    turned: bool = False  # seen from behind


def head(scene: Scene, x: float, y: float, radius: float, who: Person) -> None:
    if who.bun:
        scene.disc(x, y - radius * 1.2, radius * 0.42, who.hair)
    scene.disc(x, y - radius * 0.16, radius * 1.06, who.hair)
    if who.turned:
        scene.disc(x, y, radius * 1.02, who.hair)
        return
    face = (x - radius * 0.84, y - radius * 0.62, x + radius * 0.84, y + radius)
    scene.oval(face, who.skin)
    fringe = (x - radius * 0.9, y - radius * 1.05, x + radius * 0.9, y - radius * 0.2)
    scene.bar(fringe, who.hair, radius * 0.42)
    for side in (-0.34, 0.34):
        scene.disc(x + side * radius, y + radius * 0.14, radius * 0.09, INK)
    smile = [
        (x - 0.24 * radius, y + 0.5 * radius),
        (x, y + 0.6 * radius),
        (x + 0.24 * radius, y + 0.5 * radius),
    ]
    scene.stroke(smooth(smile, 6), "#a8583f", radius * 0.1)
    if who.helmet:
        scene.shaded(
            _dome(x, y - radius * 0.22, radius * 1.12),
            (who.helmet, blend(who.helmet, "#8a4b00", 0.2)),
        )
        brim = (
            x - radius * 1.3,
            y - radius * 0.36,
            x + radius * 1.3,
            y - radius * 0.14,
        )
        scene.bar(brim, blend(who.helmet, "#7a3f00", 0.3), radius * 0.1)


def _dome(x: float, y: float, radius: float) -> list[Point]:
    low, side = (x - radius, y), radius * 0.75
    return smooth(
        [
            low,
            (x - side, y - side),
            (x, y - radius * 1.06),
            (x + side, y - side),
            (x + radius, y),
        ]
    )


def bust(scene: Scene, x: float, y: float, size: float, who: Person) -> None:
    """Head and shoulders down to ``y``, where a table or counter hides the rest."""
    radius = size * 0.2
    shoulder = y - size * 0.5
    body = [
        (x - size * 0.34, y),
        (x - size * 0.33, shoulder + size * 0.18),
        (x - size * 0.18, shoulder),
        (x + size * 0.18, shoulder),
        (x + size * 0.33, shoulder + size * 0.18),
        (x + size * 0.34, y),
    ]
    scene.bar(
        (
            x - size * 0.07,
            shoulder - size * 0.1,
            x + size * 0.07,
            shoulder + size * 0.06,
        ),
        blend(who.skin, "#7a4a2a", 0.22),
    )
    scene.shaded(smooth(body, 10), (blend(who.shirt, "#ffffff", 0.12), who.shirt))
    collar = [
        (x - size * 0.08, shoulder),
        (x, shoulder + size * 0.12),
        (x + size * 0.08, shoulder),
    ]
    scene.polygon(collar, blend(who.skin, "#7a4a2a", 0.12))
    head(scene, x, shoulder - size * 0.22, radius, who)


def sitter(scene: Scene, x: float, y: float, size: float, who: Person) -> None:
    """Somebody on a low stool, seen from behind, feet at ``y``."""
    for side in (-0.14, 0.14):
        scene.stroke(
            [(x + side * size, y - size * 0.2), (x + side * size * 1.5, y)],
            "#8b6b4a",
            size * 0.05,
        )
    scene.bar(
        (x - size * 0.26, y - size * 0.28, x + size * 0.26, y - size * 0.2),
        "#a5815a",
        size * 0.03,
    )
    back = [
        (x - size * 0.25, y - size * 0.26),
        (x - size * 0.27, y - size * 0.55),
        (x - size * 0.14, y - size * 0.7),
        (x + size * 0.14, y - size * 0.7),
        (x + size * 0.27, y - size * 0.55),
        (x + size * 0.25, y - size * 0.26),
    ]
    scene.shaded(smooth(back, 10), (blend(who.shirt, "#ffffff", 0.14), who.shirt))
    scene.bar(
        (x - size * 0.06, y - size * 0.76, x + size * 0.06, y - size * 0.66), who.skin
    )
    scene.disc(x, y - size * 0.86, size * 0.17, who.hair)
    if who.bun:
        scene.disc(x, y - size * 0.98, size * 0.08, blend(who.hair, "#ffffff", 0.12))


def stander(scene: Scene, x: float, y: float, size: float, who: Person) -> None:
    """Somebody standing, feet at ``y``."""
    for side in (-0.06, 0.06):
        scene.stroke(
            [
                (x + side * size, y - size * 0.44),
                (x + side * size * 1.1, y - size * 0.02),
            ],
            who.trousers,
            size * 0.085,
        )
        scene.bar(
            (
                x + side * size * 1.1 - size * 0.06,
                y - size * 0.03,
                x + side * size * 1.1 + size * 0.06,
                y,
            ),
            INK,
            size * 0.015,
        )
    body = (x - size * 0.13, y - size * 0.76, x + size * 0.13, y - size * 0.4)
    scene.bar(body, who.shirt, size * 0.06)
    for side in (-1, 1):
        arm = [
            (x + side * size * 0.12, y - size * 0.71),
            (x + side * size * 0.17, y - size * 0.56),
            (x + side * size * 0.15, y - size * 0.43),
        ]
        scene.stroke(smooth(arm, 8), blend(who.shirt, "#000000", 0.12), size * 0.06)
        scene.disc(arm[-1][0], arm[-1][1], size * 0.032, who.skin)
    scene.bar(
        (x - size * 0.035, y - size * 0.8, x + size * 0.035, y - size * 0.73), who.skin
    )
    head(scene, x, y - size * 0.88, size * 0.1, who)
