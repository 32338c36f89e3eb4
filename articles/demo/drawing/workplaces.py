"""Demo pictures of the building site, the shop and the counter."""

from __future__ import annotations

from articles.demo.drawing import people, props
from articles.demo.drawing.people import Person
from articles.demo.drawing.scenery import Scene, blend, taper, wide_scene


def building_site() -> Scene:
    scene = wide_scene("#6fa9d2", "#b9d7e6", "#fbe3bd")
    scene.glow(1240, 560, 520, "#ffe2a6", 0.85)
    for x, y, size in ((250, 190, 120), (720, 120, 84)):
        props.cloud(scene, x, y, size, "#f3f8fb")
    for x, top, width in (
        (0, 470, 170),
        (190, 420, 130),
        (560, 460, 150),
        (1180, 440, 160),
        (1440, 400, 160),
    ):
        scene.bar((x, top, x + width, 760), "#a9bccb")
    _unfinished_block(scene)
    _crane(scene)
    scene.hill([(0, 740), (500, 728), (1000, 742), (1600, 726)], ("#d8b988", "#b8935f"))
    for x, y in ((90, 800), (190, 800), (140, 756)):
        scene.bar((x, y - 44, x + 94, y), "#b5694a", 4)
        scene.bar((x, y - 24, x + 94, y - 20), "#dcb59a")
    workers = (
        (1010, 856, 330, Person("#e07b39", skin=people.SKINS[2], helmet="#f4c531")),
        (
            1200,
            862,
            320,
            Person("#3f7ea6", skin=people.SKINS[1], helmet="#f4c531", bun=False),
        ),
        (1380, 858, 334, Person("#5a8f63", skin=people.SKINS[2], helmet="#e9e9e4")),
    )
    for x, y, size, who in workers:
        scene.oval((x - 80, y - 12, x + 80, y + 14), "#5b452a50")
        people.stander(scene, x, y, size, who)
        scene.bar(
            (x - size * 0.12, y - size * 0.6, x + size * 0.12, y - size * 0.565),
            "#fff1a8",
        )
    _wage_slip(scene, 1236, 684)
    return scene


def _unfinished_block(scene: Scene) -> None:
    for floor in range(6):
        y = 730 - floor * 84
        scene.bar((330, y - 14, 900, y), "#8d949c")
        for column in range(6):
            x = 342 + column * 108
            scene.bar((x, y - 84, x + 16, y - 14), "#a8afb6")
        if floor < 4:
            for bay in range(5):
                x = 358 + bay * 108
                wall = "#e3c49e" if (bay + floor) % 3 else "#7f9fb6"
                scene.bar((x, y - 80, x + 92, y - 14), wall)
    for x in (326, 616, 900):
        scene.bar((x, 250, x + 6, 740), "#d6a23a")
    for row in range(6):
        scene.bar((326, 300 + row * 84, 906, 304 + row * 84), "#d6a23a")


def _crane(scene: Scene) -> None:
    yellow = "#e8a92f"
    scene.bar((962, 150, 974, 740), yellow)
    scene.bar((996, 150, 1008, 740), yellow)
    for row in range(14):
        y = 168 + row * 41
        scene.stroke([(968, y), (1002, y + 41)], yellow, 4)
    scene.bar((560, 150, 1190, 162), yellow)
    scene.stroke([(985, 84), (600, 152)], "#8a7434", 4)
    scene.stroke([(985, 84), (1180, 152)], "#8a7434", 4)
    scene.polygon([(962, 150), (985, 78), (1008, 150)], yellow)
    scene.bar((1130, 160, 1190, 204), "#6f7780", 4)
    scene.stroke([(660, 162), (660, 240)], "#4d565e", 3)
    scene.bar((616, 240, 704, 264), "#b5694a", 4)


def _wage_slip(scene: Scene, x: float, y: float) -> None:
    scene.bar((x, y, x + 62, y + 84), "#fffaf0", 4)
    scene.bar((x + 8, y + 10, x + 54, y + 20), "#3f7ea6", 3)
    for row in range(3):
        scene.bar(
            (x + 8, y + 32 + row * 14, x + 54 - row * 8, y + 38 + row * 14),
            "#c7bda3",
            3,
        )


def seed_shop() -> Scene:
    scene = wide_scene("#9fd0e6", "#e6f3e2")
    scene.hill(
        [(0, 470), (300, 400), (640, 460), (960, 390), (1300, 455), (1600, 400)],
        ("#8dbf86", "#b4d79c"),
    )
    scene.glow(1330, 150, 330, "#fffbe0", 0.9)
    props.cloud(scene, 240, 190, 120, "#fafdfd")
    props.cloud(scene, 1390, 220, 100, "#fafdfd")
    props.cloud(scene, 700, 120, 80, "#f2f9fa")
    for x, size in ((120, 150), (230, 120), (1400, 140), (1510, 170)):
        props.round_tree(scene, x, 530, size, "#6aa658")
    for row in range(8):
        y = 520 + row * 48
        scene.bar((0, y, 1600, y + 48), ("#a2cb6d", "#8fbd5f")[row % 2])
    scene.bar((0, 720, 1600, 900), "#d8c49b")
    scene.bar((330, 250, 1270, 740), "#fbf4e2")
    scene.bar((330, 250, 1270, 330), "#35784a")
    scene.text(800, 290, "放心农资店", 54, "#fff6d8")
    for stripe in range(12):
        left = 310 + stripe * 81.7
        color = ("#e2574c", "#fdf6e6")[stripe % 2]
        scene.bar((left, 330, left + 81.7, 384), color)
        scene.disc(left + 40.8, 384, 40.8, color)
    scene.bar((370, 450, 760, 740), "#6d5238")
    _shelves(scene)
    scene.bar((820, 450, 1230, 640), "#a9d3df")
    scene.polygon([(870, 640), (960, 450), (1030, 450), (940, 640)], "#ffffff50")
    scene.bar((800, 640, 1250, 660), "#9a7449")
    _sacks(scene)
    buyer = Person("#c8643f", "#b9b5b0", people.SKINS[2])
    seller = Person("#3c7f8e", "#2b2a2e", people.SKINS[0], bun=True)
    people.stander(scene, 480, 832, 330, buyer)
    people.stander(scene, 690, 838, 310, seller)
    scene.bar((556, 650, 626, 740), "#fffaf0", 4)
    for row in range(4):
        scene.bar(
            (566, 664 + row * 18, 616 - (row % 2) * 14, 670 + row * 18), "#c7bda3", 2
        )
    return scene


def _shelves(scene: Scene) -> None:
    colors = ("#e7b84b", "#6fae6a", "#d9694f", "#5c95b5")
    for shelf in range(3):
        y = 540 + shelf * 92
        for box in range(6):
            left = 388 + box * 61
            scene.bar((left, y - 66, left + 48, y), colors[(box + shelf) % 4], 5)
            scene.bar((left + 8, y - 46, left + 40, y - 24), "#fffaf0", 3)
        scene.bar((370, y, 760, y + 9), "#a98358")


def _sacks(scene: Scene) -> None:
    sacks = (
        (1010, 836, "#e8d7ae"),
        (1170, 842, "#dcc592"),
        (1090, 752, "#efe2c0"),
        (1330, 846, "#e3cf9f"),
    )
    for x, y, color in sacks:
        scene.oval((x - 84, y - 14, x + 84, y + 12), "#6a553240")
        scene.shaded(
            taper([(x, y), (x, y - 60), (x, y - 106)], 152, 132),
            (color, blend(color, "#8a6a3a", 0.2)),
        )
        scene.bar((x - 60, y - 116, x + 60, y - 102), blend(color, "#8a6a3a", 0.35), 6)
        scene.disc(x, y - 52, 34, "#fffaf0")
        scene.stroke([(x, y - 30), (x, y - 56)], "#3f8a4b", 5)
        scene.oval((x - 24, y - 72, x - 1, y - 54), "#5cab57")
        scene.oval((x + 1, y - 78, x + 24, y - 58), "#3f8a4b")


def aid_counter() -> Scene:
    scene = wide_scene("#e7f0ee", "#f6f3e8")
    scene.bar((0, 700, 1600, 900), "#cfd8d2")
    for x in range(0, 1601, 200):
        scene.bar((x, 700, x + 3, 900), "#bccac3")
    scene.bar((240, 110, 1360, 560), "#ffffff", 14)
    scene.bar((240, 110, 1360, 220), "#1f6b5e", 14)
    scene.text(800, 165, "法律援助窗口", 64, "#ffffff")
    props.balance(scene, 330, 208, 82, "#f2cf7c")
    props.balance(scene, 1270, 208, 82, "#f2cf7c")
    for left in (280, 1150):
        scene.bar((left, 260, left + 170, 500), "#e4eeea", 8)
        for row in range(6):
            scene.bar(
                (
                    left + 20,
                    286 + row * 34,
                    left + 150 - (row % 3) * 24,
                    296 + row * 34,
                ),
                "#9db8af",
                5,
            )
    lawyer = Person("#274c63", "#2a2a2e", people.SKINS[0], bun=True)
    helper = Person("#4f7f74", "#33302f", people.SKINS[1])
    people.bust(scene, 640, 590, 260, lawyer)
    people.bust(scene, 960, 590, 260, helper)
    scene.shaded(
        [(180, 580), (1420, 580), (1420, 610), (180, 610)], ("#d8b27c", "#b98d55")
    )
    scene.shaded(
        [(210, 610), (1390, 610), (1390, 800), (210, 800)], ("#2a8273", "#1c6155")
    )
    scene.text(800, 704, "不收一分钱", 58, "#fdf1cf")
    _plant(scene, 130, 800)
    _plant(scene, 1480, 800)
    _visitors(scene)
    return scene


def _visitors(scene: Scene) -> None:
    old_man = Person(
        "#8a7a5e", "#d3cfc9", people.SKINS[2], trousers="#4b4f55", turned=True
    )
    woman = Person(
        "#c76a57", "#2b2a2e", people.SKINS[1], trousers="#46556a", bun=True, turned=True
    )
    people.stander(scene, 420, 870, 350, old_man)
    people.stander(scene, 1200, 872, 340, woman)


def _plant(scene: Scene, x: float, y: float) -> None:
    for side in (-0.9, -0.45, 0, 0.45, 0.9):
        tip = (x + side * 90, y - 250 + abs(side) * 70)
        leaf = [
            (x, y - 70),
            (x + side * 70 - 20, y - 170),
            tip,
            (x + side * 70 + 20, y - 160),
        ]
        scene.polygon(leaf, "#4f9a62" if side in (-0.45, 0.45) else "#3d8552")
    scene.polygon(
        [(x - 56, y - 80), (x + 56, y - 80), (x + 42, y), (x - 42, y)], "#c47a4e"
    )
