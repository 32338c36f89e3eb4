"""The demo picture that warns of fraud on the telephone."""

from __future__ import annotations

from articles.demo.drawing import props
from articles.demo.drawing.scenery import Scene, smooth, wide_scene


def phone_shield() -> Scene:
    scene = wide_scene("#2b3f66", "#41618c", "#7f9fb8")
    _night(scene)
    scene.oval((470, 812, 1130, 872), "#10202c70")
    scene.bar((620, 120, 980, 850), "#1d2733", 46)
    corners = [(640, 160), (960, 160), (960, 810), (640, 810)]
    scene.shaded(corners, ("#e9f2f6", "#cfe0e8"))
    scene.bar((752, 134, 848, 146), "#3a4754", 6)
    bubbles = (
        (664, 200, 876, "#ffffff"),
        (724, 290, 936, "#bfe3c4"),
        (664, 380, 846, "#ffffff"),
    )
    for left, top, right, color in bubbles:
        scene.bar((left, top, right, top + 66), color, 22)
        scene.bar((left + 22, top + 20, right - 30, top + 28), "#a9b7bf", 4)
        scene.bar((left + 22, top + 38, right - 70, top + 46), "#a9b7bf", 4)
    _shield(scene, 800, 640, 150)
    _hook(scene, 1180, 220)
    return scene


def _night(scene: Scene) -> None:
    for x, y in (
        (160, 120),
        (420, 80),
        (1180, 110),
        (1500, 250),
        (980, 70),
        (1330, 60),
        (260, 220),
    ):
        scene.disc(x, y, 4, "#ffffffb0")
    scene.disc(1380, 190, 62, "#fff2cf")
    scene.hill(
        [(0, 640), (320, 560), (700, 640), (1100, 560), (1600, 630)],
        ("#2d4a66", "#24405a"),
    )
    scene.hill([(0, 760), (500, 700), (1100, 750), (1600, 700)], ("#2a5257", "#1f4047"))
    for x, y, width in ((90, 740, 130), (1330, 736, 150)):
        props.house(scene, x, y, width, "#d8dfe4")
        scene.bar(
            (x + width * 0.12, y - width * 0.36, x + width * 0.27, y - width * 0.2),
            "#ffd978",
        )


def _shield(scene: Scene, x: float, y: float, size: float) -> None:
    def outline(scale: float) -> list[tuple[float, float]]:
        right = [
            (0, -1),
            (0.42, -0.82),
            (0.84, -0.78),
            (0.82, 0.05),
            (0.5, 0.62),
            (0, 1),
        ]
        left = [(-px, py) for px, py in reversed(right)]
        return [
            (x + px * size * scale, y + py * size * scale) for px, py in right + left
        ]

    scene.polygon(outline(1.1), "#ffffff")
    scene.shaded(outline(1), ("#e5533d", "#b5302a"))
    tick = [
        (x - size * 0.36, y - size * 0.06),
        (x - size * 0.08, y + size * 0.26),
        (x + size * 0.4, y - size * 0.34),
    ]
    scene.stroke(tick, "#ffffff", size * 0.15)


def _hook(scene: Scene, x: float, y: float) -> None:
    scene.stroke([(x, 0), (x, y)], "#d5dde3", 4)
    bend = [
        (x, y),
        (x, y + 80),
        (x + 12, y + 128),
        (x + 50, y + 150),
        (x + 88, y + 124),
        (x + 92, y + 74),
    ]
    scene.stroke(smooth(bend), "#d5dde3", 12)
    scene.polygon([(x + 78, y + 92), (x + 93, y + 44), (x + 112, y + 96)], "#d5dde3")
    scene.ring((x - 12, y - 22, x + 12, y + 2), "#d5dde3", 5)
    scene.shaded(
        [
            (x - 140, y + 176),
            (x + 150, y + 176),
            (x + 150, y + 262),
            (x - 140, y + 262),
        ],
        ("#f8cf6a", "#eeb040"),
    )
    scene.stroke([(x + 50, y + 150), (x + 4, y + 178)], "#d5dde3", 3)
    scene.text(x + 5, y + 219, "恭喜中奖", 46, "#8a3b12")
