"""Demo pictures of places."""

from __future__ import annotations

import math

from articles.demo.drawing import people, props
from articles.demo.drawing.people import Person
from articles.demo.drawing.scenery import Point, Scene, arch, blend, smooth, wide_scene


def terraces() -> Scene:
    scene = wide_scene("#8fc3d4", "#cfe5d8", "#fbe9bf", "#fdf3d9")
    scene.glow(1180, 300, 520, "#fff3c4", 0.95)
    scene.disc(1180, 300, 74, "#fff7dc")
    for x, y, size in ((300, 170, 110), (760, 120, 80), (1430, 180, 90)):
        props.cloud(scene, x, y, size, "#f6fbf6")
    _green_ranges(scene)
    scene.mist((-200, 400, 1800, 600), "#f7f4e0", 0.75)
    for x, size in (
        (70, 90),
        (140, 120),
        (215, 84),
        (1400, 110),
        (1480, 140),
        (1555, 96),
    ):
        props.pine(scene, x, 520 + size * 0.2, size, "#3f7a62")
    _terrace_steps(scene)
    for x, y, width in ((980, 560, 92), (1096, 590, 112), (1230, 556, 84)):
        props.house(scene, x, y, width)
    for x, y, size in ((950, 572, 90), (1340, 590, 120), (1070, 600, 70)):
        props.round_tree(scene, x, y, size, "#5c9a56")
    props.birds(scene, ((560, 210), (610, 186), (668, 222)), 20, "#4d6d70")
    return scene


def _green_ranges(scene: Scene) -> None:
    far = [
        (0, 430),
        (170, 330),
        (360, 410),
        (560, 280),
        (800, 420),
        (1040, 340),
        (1280, 430),
        (1600, 310),
    ]
    scene.hill(far, ("#9cc2b8", "#cfe3d0"))
    near = [
        (0, 500),
        (240, 420),
        (480, 510),
        (760, 430),
        (1060, 520),
        (1330, 420),
        (1600, 500),
    ]
    scene.hill(near, ("#6da38c", "#a9cfa9"))


def _terrace_steps(scene: Scene) -> None:
    greens = (
        "#8cc06a", "#a5cf72", "#79b262", "#bcd97c", "#6aa559",
        "#9dca6c", "#c8dc82", "#5a964f", "#86bb62", "#4c8647",
    )  # fmt: skip
    for row, green in enumerate(greens):
        top = 540 + row * 34 + row * row * 0.9
        ridge = [
            (
                x,
                top
                + (20 + row * 2) * math.sin(x / 250 + row * 0.55)
                + (x - 800) * 0.016 * row,
            )
            for x in range(0, 1601, 160)
        ]
        scene.hill(ridge, (blend(green, "#ffffff", 0.2), blend(green, "#2d5b33", 0.3)))
        scene.band(ridge, [(x, y + 6) for x, y in ridge], "#f3f0c4")
        shade = [(x, y + 6) for x, y in ridge]
        scene.band(shade, [(x, y + 11) for x, y in shade], "#3d6b3a50")


def river_bus() -> Scene:
    scene = wide_scene("#7fb6de", "#bcdcee", "#eef6f2")
    scene.glow(330, 190, 380, "#ffffff", 0.8)
    for x, y, size in ((260, 170, 130), (880, 130, 100), (1390, 210, 130)):
        props.cloud(scene, x, y, size, "#fafdff")
    _far_bank(scene)
    scene.shaded([(0, 470), (1600, 470), (1600, 700), (0, 700)], ("#a9d4e2", "#5ea6c4"))
    for row in range(9):
        y = 490 + row * 22
        for piece in range(4):
            x = (piece * 430 + row * 173) % 1600
            scene.bar((x, y, x + 120 + row * 9, y + 4), "#ffffff66", 2)
    scene.hill([(0, 672), (400, 650), (900, 668), (1600, 640)], ("#9cc77c", "#7db067"))
    scene.band(
        [(0, 760), (800, 738), (1600, 744)],
        [(0, 880), (800, 858), (1600, 864)],
        "#6d7680",
    )
    for x in range(40, 1600, 150):
        scene.bar((x, 804, x + 76, 811), "#f4efe0", 3)
    _bus(scene, 520, 800)
    for x, size in ((120, 170), (1330, 190), (1490, 150)):
        props.round_tree(scene, x, 760, size, "#5f9f5a")
    props.birds(scene, ((620, 250), (680, 226), (742, 258)), 22, "#ffffff")
    return scene


def _far_bank(scene: Scene) -> None:
    scene.hill(
        [
            (0, 400),
            (230, 330),
            (470, 390),
            (760, 310),
            (1080, 400),
            (1350, 330),
            (1600, 390),
        ],
        ("#8fb9c4", "#bcd9d6"),
    )
    scene.hill(
        [(0, 450), (330, 415), (700, 452), (1050, 420), (1600, 455)],
        ("#86b58e", "#a8cfa0"),
    )
    for x, y, width in (
        (180, 452, 78),
        (276, 460, 92),
        (1240, 452, 84),
        (1346, 460, 70),
    ):
        props.house(scene, x, y, width)
    for x in (40, 96, 150, 420, 470, 1180, 1460, 1512, 1560):
        props.poplar(scene, x, 470, 110 + (x * 7) % 40, "#6fa468")


def _bus(scene: Scene, x: float, y: float) -> None:
    scene.oval((x - 20, y - 6, x + 590, y + 34), "#2b333a50")
    scene.bar((x, y - 250, x + 570, y), "#f7f6f0", 34)
    scene.bar((x, y - 96, x + 570, y - 6), "#2f7fa8", 20)
    scene.bar((x, y - 110, x + 570, y - 92), "#e5b04a")
    for pane in range(5):
        left = x + 24 + pane * 88
        scene.bar((left, y - 220, left + 76, y - 132), "#8cc4da", 10)
        shine = [
            (left + 14, y - 132),
            (left + 44, y - 220),
            (left + 60, y - 220),
            (left + 30, y - 132),
        ]
        scene.polygon(shine, "#ffffff44")
    scene.bar((x + 466, y - 220, x + 560, y - 126), "#8cc4da", 12)
    driver = Person(shirt="#33566b", skin=people.SKINS[1])
    people.bust(scene, x + 512, y - 126, 84, driver)
    scene.text(x + 236, y - 52, "送法下乡", 50, "#ffffff")
    props.balance(scene, x + 420, y - 24, 58, "#ffffff")
    scene.disc(x + 556, y - 46, 12, "#ffe7a0")
    for wheel in (x + 116, x + 446):
        scene.disc(wheel, y, 46, "#2e353c")
        scene.disc(wheel, y, 24, "#c9d0d4")
        scene.disc(wheel, y, 9, "#707a82")


CLOUD_RIDGES: tuple[tuple[list[Point], tuple[str, str]], ...] = (
    (
        [
            (0, 400),
            (180, 330),
            (430, 450),
            (620, 400),
            (800, 480),
            (1000, 390),
            (1220, 330),
            (1420, 430),
            (1600, 350),
        ],
        ("#8a93b8", "#d4c3cb"),
    ),
    (
        [
            (0, 560),
            (260, 450),
            (520, 560),
            (800, 470),
            (1080, 570),
            (1340, 460),
            (1600, 550),
        ],
        ("#5f7097", "#a7a8be"),
    ),
    (
        [(0, 660), (300, 560), (640, 650), (980, 570), (1300, 650), (1600, 590)],
        ("#42557c", "#73809c"),
    ),
)


def book_and_scales() -> Scene:
    scene = wide_scene("#3d5a8a", "#8d9cc0", "#f0c9a8", "#fbe6c6")
    scene.glow(800, 420, 700, "#ffe9bd", 1)
    scene.disc(800, 400, 150, "#fff4d6")
    for index, (ridge, colors) in enumerate(CLOUD_RIDGES):
        scene.hill(ridge, colors)
        scene.mist((-300, 470 + index * 90, 1900, 640 + index * 90), "#fdeedd", 0.7)
    for x, y, size in (
        (210, 640, 170),
        (1420, 660, 190),
        (520, 720, 120),
        (1130, 730, 130),
    ):
        props.cloud(scene, x, y, size, "#e9e4ea")
    scene.hill(
        [(0, 800), (400, 770), (800, 790), (1200, 765), (1600, 800)],
        ("#2f4468", "#22344f"),
    )
    _open_book(scene, 800, 800)
    props.balance(scene, 800, 688, 330, "#c8963e")
    return scene


def _open_book(scene: Scene, x: float, y: float) -> None:
    scene.oval((x - 400, y - 8, x + 400, y + 46), "#14203260")
    cover = [
        (x - 390, y - 92),
        (x, y - 40),
        (x + 390, y - 92),
        (x + 390, y - 66),
        (x, y + 22),
        (x - 390, y - 66),
    ]
    scene.polygon(cover, "#8f2f2f")
    for side in (-1, 1):
        page = [
            (x, y - 108),
            (x + side * 130, y - 150),
            (x + side * 270, y - 152),
            (x + side * 372, y - 118),
        ]
        low = [(px, py + 56 - abs(px - x) * 0.02) for px, py in page]
        scene.band(page, low, "#fffaf0")
        scene.band([(px, py + 44) for px, py in page], low, "#e6dcc6")
        for row in range(3):
            start, end = 60 + row * 8, 320 - row * 6
            line = [
                (x + side * start, y - 116 + row * 13),
                (x + side * 180, y - 138 + row * 13),
                (x + side * end, y - 126 + row * 13),
            ]
            scene.stroke(line, "#b9ad95", 3.5)


def willow_stream() -> Scene:
    scene = wide_scene("#bfe0dc", "#e6f2df", "#fff3df")
    scene.glow(1160, 240, 380, "#fff6d6", 0.9)
    scene.hill(
        [(0, 430), (260, 350), (560, 430), (860, 340), (1200, 430), (1600, 350)],
        ("#a8cfc4", "#d2e6d6"),
    )
    scene.hill([(0, 500), (420, 470), (900, 500), (1600, 470)], ("#9fcb94", "#b7d99f"))
    for x, y, width in (
        (420, 510, 110),
        (556, 520, 136),
        (990, 512, 120),
        (1136, 522, 150),
        (1320, 516, 116),
    ):
        props.house(scene, x, y, width)
    for x, size in ((380, 90), (720, 110), (940, 84), (1480, 120)):
        _blossom_tree(scene, x, 530, size)
    scene.shaded([(0, 530), (1600, 530), (1600, 900), (0, 900)], ("#a6d8d2", "#58a8a4"))
    for row in range(10):
        y = 556 + row * 30
        for piece in range(3):
            x = (piece * 560 + row * 211) % 1600
            scene.bar((x, y, x + 90 + row * 12, y + 4), "#ffffff60", 2)
    _bridge(scene)
    scene.hill([(0, 800), (260, 740), (520, 810), (760, 900)], ("#86bd6a", "#5f9c54"))
    scene.hill([(1120, 900), (1300, 800), (1600, 750)], ("#86bd6a", "#5f9c54"))
    props.willow(scene, 190, 810, 720, "#86b74e")
    props.willow(scene, 1470, 830, 560, "#94c158")
    _boat(scene)
    return scene


def _blossom_tree(scene: Scene, x: float, y: float, size: float) -> None:
    scene.bar((x - size * 0.05, y - size * 0.5, x + size * 0.05, y), "#7a5a49")
    for dx, dy, radius in ((-0.22, -0.55, 0.26), (0.22, -0.55, 0.26), (0, -0.76, 0.3)):
        scene.disc(x + dx * size, y + dy * size, radius * size, "#f0a6b4")
    for dx, dy in ((-0.2, -0.62), (0.05, -0.86), (0.22, -0.66), (0.02, -0.6)):
        scene.disc(x + dx * size, y + dy * size, size * 0.09, "#fbd3d8")


def _bridge(scene: Scene) -> None:
    top = [
        (520, 700),
        (620, 640),
        (740, 588),
        (860, 566),
        (980, 588),
        (1100, 640),
        (1200, 700),
    ]
    scene.oval((520, 700, 1200, 790), "#3f8a8640")
    scene.shaded([*smooth(top), (1200, 740), (520, 740)], ("#d8d2c3", "#b5ae9d"))
    for x, radius in ((860, 112), (672, 58), (1048, 58)):
        scene.polygon(arch(x, 741, radius + 10), "#9c9584")
        scene.polygon(arch(x, 742, radius), "#86c6c0")
    scene.stroke(smooth([(x, y - 40) for x, y in top]), "#c4bdad", 11)
    for x, y in (
        (560, 676),
        (620, 640),
        (700, 604),
        (780, 576),
        (860, 566),
        (940, 576),
        (1020, 604),
        (1100, 640),
        (1160, 676),
    ):
        scene.bar((x - 7, y - 52, x + 7, y + 6), "#c4bdad", 3)
    for row in range(4):
        scene.bar(
            (590 + row * 70, 760 + row * 12, 760 + row * 90, 764 + row * 12),
            "#ffffff60",
            2,
        )


def _boat(scene: Scene) -> None:
    scene.oval((700, 836, 1040, 862), "#2f6f6c50")
    hull = [(690, 800), (1050, 800), (1000, 850), (740, 850)]
    scene.shaded(hull, ("#9a6b43", "#6f4a2c"))
    scene.shaded(
        [(790, 800), (816, 740), (930, 740), (956, 800)], ("#6f8a5a", "#56704a")
    )
    who = Person("#c9573f", "#2b2a2e", trousers="#3b4a55")
    people.stander(scene, 1000, 806, 150, who)
    scene.stroke([(1030, 700), (1066, 862)], "#8b6b4a", 6)
