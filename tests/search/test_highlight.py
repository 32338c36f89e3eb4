"""Marks stand where the words are, and nothing else gets into the page."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.highlight import Highlighter
from search.query_analysis import analyze_query

MARKED = [
    ("欠薪", "农民工欠薪求助", "农民工<mark>欠薪</mark>求助"),
    ("勞動", "劳动合同", "<mark>劳动</mark>合同"),
    ("劳动", "勞動合同", "<mark>勞動</mark>合同"),
    ("第46条", "依照第四十六条办理", "依照<mark>第四十六条</mark>办理"),
    ("第四十六条", "依照第４６条办理", "依照<mark>第４６条</mark>办理"),
    ("law", "The LAW of a lawyer", "The <mark>LAW</mark> of a lawyer"),
    ("工钱", "支付劳动报酬", "支付<mark>劳动报酬</mark>"),
    ("土地承包", "土地由农户承包", "<mark>土地</mark>由农户<mark>承包</mark>"),
    ("欠薪", "<b>欠薪</b>", "&lt;b&gt;<mark>欠薪</mark>&lt;/b&gt;"),
    ("地", "宅基地", "宅基<mark>地</mark>"),
    ("选举", "没有这个词", "没有这个词"),
    # The pairs of a word are marked only where the word itself is not there.
    ("民法典", "最高人民法院适用民法典", "最高人民法院适用<mark>民法典</mark>"),
    ("欠薪", "拖欠他人的工资", "<mark>拖欠</mark>他人的<mark>工资</mark>"),
    ("欠薪", "按月领工资", "按月领工资"),
]


def highlighter(words: str) -> Highlighter:
    return Highlighter(analyze_query(words))


@pytest.mark.parametrize(("words", "text", "expected"), MARKED)
def test_words_are_marked_where_they_stand(
    words: str, text: str, expected: str
) -> None:
    assert str(highlighter(words).mark(text)) == expected


def test_snippet_is_the_passage_that_holds_most_words() -> None:
    text = (
        "开头说欠薪。"
        + "这里是别的内容。" * 40
        + "农民工被拖欠工资，可以向劳动监察投诉。"
        + "结尾。" * 60
    )

    snippet = str(highlighter("农民工 拖欠 工资 投诉").snippet(text))

    assert snippet.startswith("…")
    assert snippet.endswith("…")
    assert "<mark>投诉</mark>" in snippet


def test_snippet_without_a_find_is_the_start() -> None:
    assert str(highlighter("选举").snippet("甲" * 300)) == "甲" * 110 + "…"


@given(
    st.text(st.sampled_from("欠薪工资<>&\"'第四十六条ＡaÉ①\n。 "), max_size=300),
    st.sampled_from(["欠薪", "第46条", "工资 a", "1"]),
)
def test_without_marks_the_snippet_is_an_escaped_part_of_the_text(
    text: str, words: str
) -> None:
    snippet = highlighter(words).snippet(text)

    assert set(re.findall(r"<[^>]*>", str(snippet))) <= {"<mark>", "</mark>"}
    plain = re.sub("</?mark>", "", str(snippet)).removeprefix("…").removesuffix("…")
    text = text.replace("\n", " ")
    plain = (
        plain.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#34;", '"')
        .replace("&#39;", "'")
        .replace("&amp;", "&")
    )
    assert plain in text
