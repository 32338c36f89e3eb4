"""Things that stand in the demo landscapes: clouds, trees, houses, scales."""

from __future__ import annotations

from articles.demo.drawing.scenery import Point, Scene, blend, smooth, taper

INK = "#27333d"
TILE = "#4b5661"
WALL = "#f7f3ea"


def cloud(scene: Scene, x: float, y: float, size: float, fill: str) -> None:
    """A flat-bottomed cloud, ``x`` and ``y`` its lower middle."""
    scene.bar((x - size, y - size * 0.3, x + size, y), fill, size * 0.15)
    for dx, dy, radius in (
        (-0.5, -0.28, 0.3),
        (0.05, -0.42, 0.42),
        (0.55, -0.26, 0.28),
    ):
        scene.disc(x + dx * size, y + dy * size, radius * size, fill)


def birds(scene: Scene, places: tuple[Point, ...], size: float, fill: str) -> None:
    for x, y in places:
        wings = [
            (x - size, y - size * 0.45),
            (x - size * 0.5, y - size * 0.55),
            (x, y),
            (x + size * 0.5, y - size * 0.55),
            (x + size, y - size * 0.45),
        ]
        scene.stroke(smooth(wings, 8), fill, size * 0.16)


def round_tree(scene: Scene, x: float, y: float, size: float, leaf: str) -> None:
    trunk = [
        (x - size * 0.05, y - size * 0.5),
        (x + size * 0.05, y - size * 0.5),
        (x + size * 0.08, y),
        (x - size * 0.08, y),
    ]
    scene.polygon(trunk, "#7a5a41")
    dark, light = blend(leaf, "#16352b", 0.22), blend(leaf, "#fff6c9", 0.2)
    scene.disc(x, y - size * 0.7, size * 0.36, dark)
    scene.disc(x - size * 0.16, y - size * 0.6, size * 0.27, dark)
    scene.disc(x + size * 0.18, y - size * 0.58, size * 0.25, dark)
    scene.disc(x - size * 0.05, y - size * 0.74, size * 0.3, leaf)
    scene.disc(x - size * 0.12, y - size * 0.82, size * 0.15, light)


def pine(scene: Scene, x: float, y: float, size: float, leaf: str) -> None:
    scene.bar((x - size * 0.04, y - size * 0.2, x + size * 0.04, y), "#6d503a")
    for row, half in ((0.12, 0.3), (0.36, 0.24), (0.6, 0.17)):
        top, low = y - size * (row + 0.4), y - size * row
        scene.polygon(
            [(x, top), (x + size * half, low), (x - size * half, low)],
            blend(leaf, "#0d2a24", 0.12),
        )
        scene.polygon([(x, top), (x, low), (x - size * half, low)], leaf)


def poplar(scene: Scene, x: float, y: float, size: float, leaf: str) -> None:
    scene.bar((x - size * 0.025, y - size * 0.3, x + size * 0.025, y), "#775a43")
    scene.oval((x - size * 0.15, y - size, x + size * 0.15, y - size * 0.12), leaf)
    light = blend(leaf, "#fff3bd", 0.25)
    scene.oval(
        (x - size * 0.1, y - size * 0.92, x + size * 0.02, y - size * 0.3), light
    )


def willow(scene: Scene, x: float, y: float, size: float, leaf: str) -> None:
    """A weeping willow, ``x`` and ``y`` the foot of its trunk."""
    bark, crown = "#6b5138", y - size * 0.74
    trunk = [
        (x, y),
        (x - size * 0.02, y - size * 0.35),
        (x + size * 0.03, y - size * 0.8),
    ]
    scene.polygon(taper(trunk, size * 0.09, size * 0.04), bark)
    for side in (-0.26, 0.3):
        limb = [
            (x, y - size * 0.5),
            (x + side * size * 0.5, y - size * 0.7),
            (x + side * size, y - size * 0.84),
        ]
        scene.polygon(taper(limb, size * 0.045, size * 0.015), bark)
    for dx, dy, half in ((-0.24, 0.05, 0.2), (0.24, 0.05, 0.2), (0, -0.04, 0.3)):
        middle_x, middle_y = x + dx * size, crown + dy * size
        low = middle_y + size * 0.17
        box = (
            middle_x - half * size,
            middle_y - size * 0.2,
            middle_x + half * size,
            low,
        )
        scene.oval(box, blend(leaf, "#33602f", 0.18))
    for depth, tone in ((-0.07, leaf), (0.0, blend(leaf, "#f4efa0", 0.12))):
        for i in range(46):
            place, chance = i / 45, (i * 7 + (depth < 0) * 5) % 11 / 10
            _strand(scene, (x, crown + depth * size), size, place, chance, tone)


def _strand(
    scene: Scene, middle: Point, size: float, share: float, chance: float, leaf: str
) -> None:
    """One hanging branch; ``share`` says where along the crown, from 0 to 1."""
    (x, crown), out = middle, (share - 0.5) * 2
    top = (
        x + out * size * 0.38,
        crown - size * 0.16 * (1 - out * out) + size * 0.1 * chance,
    )
    length = size * (0.26 + 0.34 * chance) * (0.75 + 0.25 * abs(out))
    path = smooth(
        [
            top,
            (x + out * size * 0.5, top[1] + length * 0.35),
            (x + out * size * 0.53, top[1] + length),
        ],
        10,
    )
    tone = blend(
        leaf, "#f4efa0" if chance > 0.5 else "#2f5d34", 0.1 + 0.16 * abs(chance - 0.5)
    )
    scene.polygon(taper(path[::4], size * 0.02, size * 0.008), tone)


def house(scene: Scene, x: float, y: float, width: float, wall: str = WALL) -> None:
    """A white house under dark tiles; ``x`` and ``y`` its lower left corner."""
    top = y - width * 0.5
    right = x + width
    scene.bar((x, top, right, y), wall)
    scene.bar((x + width * 0.66, top, right, y), blend(wall, "#8fa0ad", 0.22))
    roof = [
        (x - width * 0.1, top + width * 0.02),
        (x + width * 0.06, top - width * 0.08),
        (x + width * 0.16, top - width * 0.24),
        (x + width * 0.84, top - width * 0.24),
        (x + width * 0.94, top - width * 0.08),
        (right + width * 0.1, top + width * 0.02),
    ]
    scene.polygon(roof, TILE)
    ridge = (x + width * 0.13, top - width * 0.27, x + width * 0.87, top - width * 0.22)
    scene.bar(ridge, blend(TILE, "#000000", 0.3), width * 0.02)
    door = (x + width * 0.4, y - width * 0.32, x + width * 0.58, y)
    scene.bar(door, "#8a4b33")
    for left in (0.12, 0.74):
        frame = (
            x + width * left,
            y - width * 0.36,
            x + width * (left + 0.15),
            y - width * 0.2,
        )
        scene.bar(frame, "#5d7486")
        scene.bar(
            (frame[0] + width * 0.067, frame[1], frame[0] + width * 0.083, frame[3]),
            WALL,
        )


def balance(scene: Scene, x: float, y: float, size: float, fill: str) -> None:
    """Scales of justice, ``x`` and ``y`` the middle of their foot."""
    scene.bar((x - size * 0.24, y - size * 0.06, x + size * 0.24, y), fill, size * 0.03)
    scene.bar((x - size * 0.03, y - size * 0.98, x + size * 0.03, y), fill, size * 0.02)
    scene.disc(x, y - size, size * 0.055, fill)
    beam = [
        (x - size * 0.5, y - size * 0.84),
        (x, y - size * 0.9),
        (x + size * 0.5, y - size * 0.84),
    ]
    scene.stroke(smooth(beam, 10), fill, size * 0.045)
    for side in (-0.5, 0.5):
        hook_x, hook_y = x + side * size, y - size * 0.84
        low = y - size * 0.42
        for edge in (-0.2, 0.2):
            scene.stroke(
                [(hook_x, hook_y), (hook_x + edge * size, low)], fill, size * 0.016
            )
        pan = smooth(
            [
                (hook_x - size * 0.24, low),
                (hook_x - size * 0.13, low + size * 0.11),
                (hook_x + size * 0.13, low + size * 0.11),
                (hook_x + size * 0.24, low),
            ]
        )
        scene.polygon(pan, fill)
