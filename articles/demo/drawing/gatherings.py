"""Demo pictures of people who sit together."""

from __future__ import annotations

from articles.demo.drawing import people, props
from articles.demo.drawing.people import Person
from articles.demo.drawing.scenery import Scene, wide_scene


def lesson_under_tree() -> Scene:
    scene = wide_scene("#a9d6e4", "#dff0e4", "#fbf3d6")
    props.cloud(scene, 1270, 170, 120, "#fbfefc")
    props.cloud(scene, 960, 110, 80, "#f1f9f5")
    scene.hill(
        [(0, 480), (300, 390), (640, 470), (980, 380), (1320, 460), (1600, 400)],
        ("#9cc6a6", "#c3debb"),
    )
    scene.hill([(0, 560), (500, 530), (1000, 555), (1600, 520)], ("#a9cf86", "#9cc678"))
    for x, y, width in ((1180, 580, 150), (1370, 600, 180)):
        props.house(scene, x, y, width)
    scene.hill([(0, 630), (800, 610), (1600, 625)], ("#e9d9b2", "#d9c290"))
    _old_tree(scene)
    _notice_board(scene)
    speaker = Person(shirt="#2f6f9a", hair="#26262b", trousers="#2f3b47")
    people.stander(scene, 890, 700, 240, speaker)
    scene.bar((916, 566, 968, 604), "#fffaf0", 4)
    _audience(scene)
    return scene


def _old_tree(scene: Scene) -> None:
    trunk = [(250, 660), (286, 500), (262, 380), (346, 380), (352, 500), (400, 660)]
    scene.shaded(trunk, ("#6d5039", "#8b6a4b"))
    scene.stroke([(300, 430), (190, 330)], "#6d5039", 30)
    scene.stroke([(320, 420), (470, 310)], "#6d5039", 30)
    crown = (
        (120, 290, 130), (250, 190, 160), (420, 170, 160), (540, 280, 130),
        (330, 290, 190), (200, 360, 90), (470, 360, 90),
    )  # fmt: skip
    for x, y, radius in crown:
        scene.disc(x, y + 16, radius, "#4d8a4f")
    for x, y, radius in crown:
        scene.disc(x - 10, y - 12, radius * 0.88, "#5f9f58")
    for x, y, radius in crown[:5]:
        scene.disc(x - 34, y - 44, radius * 0.42, "#7cb566")
    scene.oval((150, 640, 520, 690), "#6a5a3a40")


def _notice_board(scene: Scene) -> None:
    for x in (620, 820):
        scene.bar((x - 7, 420, x + 7, 700), "#7b5b40")
    scene.bar((590, 400, 850, 590), "#8d6a4a", 8)
    scene.bar((604, 414, 836, 576), "#fbf6e6", 4)
    scene.bar((604, 414, 836, 462), "#b23b30")
    scene.text(720, 438, "普法小课堂", 32, "#fff6df")
    for row in range(4):
        scene.bar(
            (626, 482 + row * 22, 814 - (row % 2) * 44, 490 + row * 22), "#c7bda3", 4
        )


def _audience(scene: Scene) -> None:
    row = (
        (560, 790, Person("#c75f4a", "#cfcac4", bun=True)),
        (700, 820, Person("#5b8c5a", "#2b2a2e")),
        (840, 842, Person("#d9a441", "#3a2f2b", bun=True)),
        (990, 830, Person("#6a7fa8", "#a9a6a2")),
        (1130, 800, Person("#a86a8e", "#2b2a2e", bun=True)),
        (1270, 836, Person("#4f8f98", "#2f2a28")),
        (420, 830, Person("#8b7a5e", "#bdb8b2")),
    )
    for x, y, who in row:
        scene.oval((x - 66, y - 12, x + 66, y + 12), "#6a5a3a40")
        people.sitter(scene, x, y, 200, who)


def mediation() -> Scene:
    scene = wide_scene("#f6ead4", "#f3e2c6")
    scene.bar((0, 640, 1600, 900), "#d9bd92")
    _window(scene, (140, 130, 520, 470))
    _window(scene, (1080, 130, 1460, 470))
    scene.bar((570, 90, 1030, 190), "#a8382c", 10)
    scene.text(800, 138, "人民调解室", 58, "#fff3d6")
    scene.bar((640, 230, 960, 420), "#fffaf0", 8)
    props.balance(scene, 800, 396, 130, "#b98b3a")
    seats = (
        (330, Person("#b5654a", "#33302f", people.SKINS[1])),
        (560, Person("#7c8f5a", "#b9b4ae", people.SKINS[2], bun=True)),
        (800, Person("#2f6a8c", "#2a2a2e", people.SKINS[0])),
        (1040, Person("#c29a3f", "#2b2a2e", people.SKINS[0], bun=True)),
        (1270, Person("#5d6d92", "#8f8a86", people.SKINS[1])),
    )
    for x, who in seats:
        people.bust(scene, x, 660, 250, who)
    scene.shaded(
        [(150, 650), (1450, 650), (1560, 830), (40, 830)], ("#b9824f", "#96643a")
    )
    scene.polygon([(40, 830), (1560, 830), (1560, 868), (40, 868)], "#7a4f2d")
    _papers(scene)
    return scene


def _window(scene: Scene, box: tuple[float, float, float, float]) -> None:
    left, top, right, low = box
    scene.bar(box, "#8f6b48", 10)
    pane = (left + 14, top + 14, right - 14, low - 14)
    corners = [
        (pane[0], pane[1]),
        (pane[2], pane[1]),
        (pane[2], pane[3]),
        (pane[0], pane[3]),
    ]
    scene.shaded(corners, ("#a8d3e2", "#e5f2dc"))
    middle = low - 90
    land = [
        (pane[0], middle),
        (left + 130, middle - 50),
        (left + 250, middle),
        (pane[2], middle - 34),
        (pane[2], pane[3]),
        (pane[0], pane[3]),
    ]
    scene.polygon(land, "#8fbd7c")
    centre = (left + right) / 2
    scene.bar((centre - 6, top, centre + 6, low), "#8f6b48")
    scene.bar((left, (top + low) / 2 - 6, right, (top + low) / 2 + 6), "#8f6b48")


def _papers(scene: Scene) -> None:
    for x, tilt in ((430, -8), (735, 0), (1060, 8)):
        sheet = [(x, 700), (x + 140, 700), (x + 156 + tilt, 790), (x - 16 + tilt, 790)]
        scene.polygon([(px + 5, py + 7) for px, py in sheet], "#5b3a1f40")
        scene.polygon(sheet, "#fffaf0")
        for row in range(3):
            y = 722 + row * 20
            scene.bar((x + 16, y, x + 118, y + 6), "#cdbfa4", 3)
    scene.disc(858, 768, 15, "#c43d33c0")
    for x in (330, 650, 960, 1290):
        scene.oval((x - 34, 768, x + 34, 800), "#5b3a1f40")
        scene.bar((x - 26, 706, x + 26, 786), "#eef3f1", 12)
        scene.oval((x - 26, 698, x + 26, 716), "#b5793f")


def courtyard() -> Scene:
    scene = wide_scene("#f3c79b", "#f8ddb4", "#fdf0d6")
    scene.glow(300, 260, 420, "#fff1c9", 0.9)
    scene.disc(300, 260, 80, "#ffedbd")
    scene.hill(
        [(0, 440), (320, 360), (700, 430), (1150, 350), (1600, 430)],
        ("#d3a98a", "#ecd0aa"),
    )
    props.house(scene, 700, 700, 640)
    scene.hill([(0, 690), (800, 680), (1600, 692)], ("#e3cda1", "#cdb27f"))
    scene.bar((0, 600, 520, 700), "#efe4cf")
    for x in range(0, 520, 40):
        scene.bar((x, 590, x + 38, 604), props.TILE, 4)
    _persimmon(scene)
    for row in range(5):
        y = 478 + row * 30
        for x in (896, 918):
            scene.oval((x, y, x + 22, y + 34), "#e0a32e")
        scene.oval((1120, y, 1134, y + 40), "#c8402f")
    for left in (938, 1074):
        scene.bar((left, 500, left + 16, 690), "#c8402f")
    _table(scene)
    family = (
        (720, 850, 300, Person("#7d6b8f", "#d6d2cc", people.SKINS[1], bun=True)),
        (1120, 856, 310, Person("#5f7f6a", "#c9c5bf", people.SKINS[2])),
        (920, 868, 210, Person("#e0664a", "#2b2a2e", people.SKINS[0])),
        (1300, 852, 330, Person("#3f719a", "#2b2a2e", people.SKINS[1])),
    )
    for x, y, size, who in family:
        scene.oval((x - size * 0.26, y - 10, x + size * 0.26, y + 14), "#6a553240")
        people.stander(scene, x, y, size, who)
    return scene


def _persimmon(scene: Scene) -> None:
    scene.stroke([(250, 760), (262, 560), (240, 440)], "#6d4f3a", 30)
    scene.stroke([(256, 560), (370, 450)], "#6d4f3a", 18)
    for x, y, radius in (
        (160, 420, 96),
        (270, 350, 120),
        (380, 420, 96),
        (250, 450, 100),
    ):
        scene.disc(x, y, radius, "#b98a3c")
        scene.disc(x - 12, y - 14, radius * 0.8, "#c99b46")
    for x, y in (
        (130, 440),
        (210, 380),
        (300, 320),
        (330, 430),
        (400, 400),
        (260, 470),
        (180, 480),
    ):
        scene.disc(x, y, 17, "#e8622c")
        scene.disc(x - 5, y - 6, 5, "#ffb98a")


def _table(scene: Scene) -> None:
    scene.oval((410, 846, 690, 880), "#6a553240")
    for x in (470, 620):
        scene.bar((x, 780, x + 16, 866), "#7d5a3b")
    scene.oval((420, 744, 680, 800), "#a4774c")
    for x, color in ((490, "#e8622c"), (520, "#e8622c"), (505, "#f0833f")):
        scene.disc(x, 752 if x != 505 else 734, 16, color)
    scene.bar((580, 716, 620, 760), "#eef3f1", 10)
