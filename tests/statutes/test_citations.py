"""Citations in running text and in search boxes."""

from __future__ import annotations

import time

import pytest

from statutes.citations import (
    find_citations,
    format_citation,
    format_pinpoint,
    parse_citation_query,
)
from statutes.names import NameIndex
from statutes.pinpoints import Pinpoint

NAMES = NameIndex(
    {
        "中华人民共和国民法典": "minfadian",
        "中华人民共和国劳动法": "laodongfa",
        "中华人民共和国劳动合同法": "laodonghetongfa",
        "中华人民共和国刑法": "xingfa",
        "中华人民共和国刑法修正案（十一）": "xingfaxiuzhengan",
        "中华人民共和国宪法": "xianfa",
        "信访工作条例": "xinfang",
        "中华人民共和国道路交通安全法": "daolu",
        "最高人民法院关于适用《中华人民共和国民法典》婚姻家庭编的解释（一）": "hunyin",
        "中华人民共和国各级人民代表大会常务委员会监督法": "jiandu",
        "云岭市农村法治宣传教育条例": "yunling",
    },
    [("道交法", "daolu"), ("监督法", "jiandu")],
    marked=["监督法"],
)

Found = list[tuple[str, str, list[str]]]

IN_TEXT: list[tuple[str, Found]] = [
    (
        "《民法典》第一千零四十六条第二款",
        [
            (
                "《民法典》第一千零四十六条第二款",
                "minfadian",
                ["第一千零四十六条第二款"],
            )
        ],
    ),
    (
        "根据《中华人民共和国民法典》第一条、《劳动法》第三条和第五条规定",
        [
            ("《中华人民共和国民法典》第一条", "minfadian", ["第一条"]),
            ("《劳动法》第三条和第五条", "laodongfa", ["第三条", "第五条"]),
        ],
    ),
    (
        "依据民法典第一条，劳动合同法第八十二条第一款",
        [
            ("民法典第一条", "minfadian", ["第一条"]),
            ("劳动合同法第八十二条第一款", "laodonghetongfa", ["第八十二条第一款"]),
        ],
    ),
    (
        "《刑法》（2020修正）第一百三十三条之一",
        [
            (
                "《刑法》（2020修正）第一百三十三条之一",
                "xingfa",
                ["第一百三十三条之一"],
            )
        ],
    ),
    (
        "《中华人民共和国刑法（2020修正）》第二十条",
        [("《中华人民共和国刑法（2020修正）》第二十条", "xingfa", ["第二十条"])],
    ),
    (
        "《民法典》婚姻家庭编第一千零四十六条",
        [
            (
                "《民法典》婚姻家庭编第一千零四十六条",
                "minfadian",
                ["第一千零四十六条"],
            )
        ],
    ),
    (
        "民法典第五编第二章第一千零四十六条",
        [("民法典第五编第二章第一千零四十六条", "minfadian", ["第一千零四十六条"])],
    ),
    (
        "《关于适用〈民法典〉婚姻家庭编的解释(一)》第29条第1款",
        [
            (
                "《关于适用〈民法典〉婚姻家庭编的解释(一)》第29条第1款",
                "hunyin",
                ["第二十九条第一款"],
            )
        ],
    ),
    (
        "刑法修正案（十一）第三条",
        [("刑法修正案（十一）第三条", "xingfaxiuzhengan", ["第三条"])],
    ),
    ("《民法典》", [("《民法典》", "minfadian", [])]),
    ("民法典1046条", [("民法典1046条", "minfadian", ["第一千零四十六条"])]),
    ("道交法第七十六条", [("道交法第七十六条", "daolu", ["第七十六条"])]),
    (
        "云岭市农村法治宣传教育条例第三条",
        [("云岭市农村法治宣传教育条例第三条", "yunling", ["第三条"])],
    ),
    ("《监督法》第三条", [("《监督法》第三条", "jiandu", ["第三条"])]),
    # No citation, or of a law that we do not know.
    ("本法第三条、该法第五条、本条例第六条", []),
    ("学习民法典精神", []),
    ("《未知法》第三条、第四条", []),
    ("《关于修改〈民法典〉第三条的决定》", []),
    ("云南省信访工作条例第三条", []),
    ("日本民法典第三条", []),
    ("审计监督法第三条", []),
    ("合同第三条第二款", []),
]


@pytest.mark.parametrize(("text", "expected"), IN_TEXT)
def test_citations_in_text_are_found_with_their_places(
    text: str, expected: Found
) -> None:
    found = [
        (
            match.raw,
            match.statute_slug,
            [format_pinpoint(place) for place in match.pinpoints],
        )
        for match in find_citations(text, NAMES)
    ]

    assert found == expected


def test_match_says_where_it_stands_in_the_text() -> None:
    text = "按照（劳动法）和《劳动法》第三条办理"
    (match,) = find_citations(text, NAMES)

    assert text[match.start : match.end] == match.raw == "《劳动法》第三条"


def test_edition_in_brackets_is_kept_as_a_year() -> None:
    (match,) = find_citations("《刑法》（2020年修正）第二十条", NAMES)

    assert match.year == 2020


QUERIES: list[tuple[str, str, list[str]]] = [
    ("民法典1046条", "minfadian", ["第一千零四十六条"]),
    ("民法典第1046条", "minfadian", ["第一千零四十六条"]),
    ("民法典1046", "minfadian", ["第一千零四十六条"]),
    ("民法典 １０４６", "minfadian", ["第一千零四十六条"]),
    ("《民法典》1046", "minfadian", ["第一千零四十六条"]),
    ("民法典一千零四十六条", "minfadian", ["第一千零四十六条"]),
    ("民法典 第一千零四十六条 第二款", "minfadian", ["第一千零四十六条第二款"]),
    ("刑法133条之一", "xingfa", ["第一百三十三条之一"]),
    ("刑法133-1", "xingfa", ["第一百三十三条之一"]),
    ("劳动合同法82条1款", "laodonghetongfa", ["第八十二条第一款"]),
    ("第1046条 民法典", "minfadian", ["第一千零四十六条"]),
    ("请问民法典第1046条的规定是什么？", "minfadian", ["第一千零四十六条"]),
    ("民法典第1条、第2条", "minfadian", ["第一条", "第二条"]),
    ("民法典", "minfadian", []),
    ("《劳动法》", "laodongfa", []),
    ("监督法3条", "jiandu", ["第三条"]),
]


@pytest.mark.parametrize(("query", "slug", "places"), QUERIES)
def test_query_that_is_a_citation_is_recognized(
    query: str, slug: str, places: list[str]
) -> None:
    match = parse_citation_query(query, NAMES)

    assert match is not None
    assert match.statute_slug == slug
    assert [format_pinpoint(place) for place in match.pinpoints] == places


@pytest.mark.parametrize(
    "query",
    [
        "拖欠工资怎么办",
        "民法典结婚",
        "民法典1046条离婚怎么办",
        "民法典2021年",
        "",
        "12348",
    ],
)
def test_query_in_words_is_no_citation(query: str) -> None:
    assert parse_citation_query(query, NAMES) is None


def test_name_that_two_statutes_claim_leads_to_neither() -> None:
    names = NameIndex(
        {"甲法": "a", "乙法": "b"}, [("短法", "a"), ("短法", "b"), ("好法", "a")]
    )

    assert names.slug("短法") is None
    assert names.slug("好法") == "a"


def test_title_inside_a_citation_gets_single_marks() -> None:
    title = "最高人民法院关于适用《中华人民共和国民法典》继承编的解释（一）"

    assert format_citation(title, Pinpoint(3)) == (
        "《最高人民法院关于适用〈中华人民共和国民法典〉继承编的解释（一）》第三条"
    )


@pytest.mark.parametrize("digit", ["1", "一"])
def test_number_of_thousands_of_digits_is_no_provision(digit: str) -> None:
    assert find_citations(f"民法典第{digit * 5000}条", NAMES) == []


def test_thousands_of_titles_and_provisions_are_read_in_a_second() -> None:
    text = "《信》第一条" * 10_000 + "民法典第二条"
    start = time.process_time()

    found = find_citations(text, NAMES)

    assert [match.raw for match in found] == ["民法典第二条"]
    # Looking through all titles at each provision takes six seconds.
    assert time.process_time() - start < 2.5
