"""What a reader's words are understood to ask for."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.lexicon import LexiconError, legal_terms, read_entries, stop_words, synonyms
from search.query_analysis import analyze_query

# What villagers type, and a word of the law that has to be asked for as well.
LAY_TO_LEGAL = [
    ("老板不给工钱怎么办", "拖欠 工资"),
    ("老板不给工钱怎么办", "劳动报酬"),
    ("老板不给工钱怎么办", "用人单位"),
    ("离婚要娃", "抚养权"),
    ("离婚了娃归谁", "直接抚养"),
    ("儿子不养老人", "赡养"),
    ("没签合同就上班", "书面劳动合同"),
    ("被狗咬了谁赔", "动物饲养人"),
    ("欠薪", "拖欠 工资"),
    ("邻居盖房挡光", "相邻"),
    ("请不起律师", "法律援助"),
    ("電瓶車撞人", "交通事故"),
]


def alternatives(words: str) -> set[str]:
    return {
        other.term.text
        for concept in analyze_query(words).concepts
        for other in concept.alternatives
    }


@pytest.mark.parametrize(("words", "legal"), LAY_TO_LEGAL)
def test_words_of_villagers_bring_words_of_the_law(words: str, legal: str) -> None:
    assert legal in alternatives(words)


def test_word_of_the_law_counts_less_than_what_was_typed() -> None:
    query = analyze_query("工钱")

    assert query.concepts[0].alternatives
    assert all(0 < other.weight < 1 for other in query.concepts[0].alternatives)


def test_lay_phrase_of_one_character_counts_only_as_a_word() -> None:
    assert "拖欠" not in alternatives("欠条")
    assert "拖欠" in alternatives("他 欠 我")


def test_stop_words_are_left_out_beside_other_words() -> None:
    texts = [concept.term.text for concept in analyze_query("离婚怎么办").concepts]

    assert texts == ["离婚"]


def test_query_of_stop_words_alone_is_searched_for() -> None:
    assert not analyze_query("怎么办").is_empty


def test_citation_number_is_one_concept() -> None:
    concept = analyze_query("第四十六条").concepts[0]

    assert concept.term.words == ("第46条",)


def test_legal_term_is_one_word_beside_its_parts() -> None:
    assert "土地承包经营权" in analyze_query("土地承包经营权流转").words


@pytest.mark.parametrize(
    ("words", "is_sentence"),
    [
        ("土地 流转", False),
        ("土地承包", False),
        ("土地承包怎么办", True),
        ("老板 工钱", True),
        ("承包期内发包方调整承包地合法", True),
    ],
)
def test_story_is_told_from_key_words(words: str, is_sentence: bool) -> None:
    assert analyze_query(words).is_sentence is is_sentence


def test_lists_have_entries_and_no_word_is_both_stop_word_and_lay_phrase() -> None:
    assert len(legal_terms()) > 80
    assert len(synonyms()) > 150
    assert not stop_words() & set(synonyms())


def test_no_legal_word_is_its_own_synonym() -> None:
    circles = [
        phrase
        for phrase, entries in synonyms().items()
        if any(phrase in entry.legal for entry in entries)
    ]

    assert circles == []


def test_entry_without_a_reason_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "stop_words.yaml").write_text("- words: [的]\n", encoding="utf-8")
    monkeypatch.setattr("search.lexicon.DATA_DIR", tmp_path)

    with pytest.raises(LexiconError, match="reason"):
        read_entries("stop_words.yaml", ("words", "reason"))
