"""The grammar of places inside a statute."""

from __future__ import annotations

import pytest

from statutes.names import fold
from statutes.paragraphs import has_place, read_paragraphs
from statutes.pinpoints import Pinpoint, format_pinpoint, read_pinpoints

ROWS: list[tuple[str, list[str], str]] = [
    ("第一条", ["第一条"], ""),
    ("第一条、第三条和第五条", ["第一条", "第三条", "第五条"], ""),
    ("第十条至第十二条", ["第十条至第十二条"], ""),
    ("第十条—第十二条", ["第十条至第十二条"], ""),
    ("第十至十二条", ["第十条至第十二条"], ""),
    ("第十、十一条规定", ["第十条", "第十一条"], "规定"),
    ("第一千零四十六条第二款", ["第一千零四十六条第二款"], ""),
    (
        "第十条第一款第（二）、（三）项",
        ["第十条第一款第二项", "第十条第一款第三项"],
        "",
    ),
    ("第十条第一款第(二)项和第三款", ["第十条第一款第二项", "第十条第三款"], ""),
    ("第十条（二）项", ["第十条第二项"], ""),
    (
        "第十条第一款至第三款",
        ["第十条第一款", "第十条第二款", "第十条第三款"],
        "",
    ),
    ("第五条和第六条第一、二款", ["第五条", "第六条第一款", "第六条第二款"], ""),
    (
        "第一百二十条之一至第一百二十条之六",
        ["第一百二十条之一至第一百二十条之六"],
        "",
    ),
    (
        "第一百三十三条之一第一款第（一）项第2目",
        ["第一百三十三条之一第一款第一项第二目"],
        "",
    ),
    ("第１０４６条第2款第3项", ["第一千零四十六条第二款第三项"], ""),
    ("第十条，第十二条", ["第十条", "第十二条"], ""),
    # What looks like a place and is none.
    ("第十条，第三人", ["第十条"], "，第三人"),
    ("第十条之规定", ["第十条"], "之规定"),
    ("第十条之一般", ["第十条"], "之一般"),
    ("第十条第一项目标", ["第十条"], "第一项目标"),
    ("第十条（二）", ["第十条"], "（二）"),
    ("第二十条至第十条", ["第二十条"], "至第十条"),
    ("第三条例", [], "第三条例"),
    ("第三条款", [], "第三条款"),
    ("第三条件", [], "第三条件"),
    ("第二款", [], "第二款"),
    ("第三人", [], "第三人"),
]


@pytest.mark.parametrize(("text", "expected", "rest"), ROWS)
def test_list_of_places_is_read_to_its_end(
    text: str, expected: list[str], rest: str
) -> None:
    places, end = read_pinpoints(fold(text), 0)

    assert [format_pinpoint(place) for place in places] == expected
    assert text[end:] == rest


def test_anchor_of_inserted_provision_carries_its_suffix() -> None:
    assert Pinpoint(17, 1).anchor == "t17-1"
    assert Pinpoint(1046).anchor == "t1046"


TEXT = "\n".join(
    [
        "应当遵守下列规定：",
        "（一）第一项：",
        "1．第一目；",
        "2．第二目；",
        "(二)第二项。",
        "前款所称村民，包括成员。",
        "| 事项 | 金额 |",
        "|-----|-----|",
        "| 修埂 | 十元 |",
        "① 注释。",
    ]
)


def test_text_of_a_provision_falls_into_paragraphs_items_and_tables() -> None:
    first, second, table, note = read_paragraphs(TEXT)

    assert [item.number for item in first.items] == [1, 2]
    assert first.items[0].subitems == ("1．第一目；", "2．第二目；")
    assert second.text == "前款所称村民，包括成员。"
    assert table.table == (("事项", "金额"), ("修埂", "十元"))
    assert note.is_note


@pytest.mark.parametrize(
    ("pinpoint", "expected"),
    [
        (Pinpoint(1), True),
        (Pinpoint(1, paragraph=2), True),
        # Neither the table nor the note is a 款.
        (Pinpoint(1, paragraph=3), False),
        (Pinpoint(1, paragraph=1, item=2), True),
        (Pinpoint(1, paragraph=1, item=3), False),
        (Pinpoint(1, paragraph=2, item=1), False),
        (Pinpoint(1, item=2), True),
        (Pinpoint(1, item=1, subitem=2), True),
        (Pinpoint(1, item=1, subitem=3), False),
    ],
)
def test_place_is_found_where_the_text_has_it(
    pinpoint: Pinpoint, expected: bool
) -> None:
    assert has_place(TEXT, pinpoint) is expected
