"""One text, one form: what the index holds and what a query asks for meet."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import analyze, wording_key
from search.folding import fold, fold_with_offsets
from search.numerals import quantities
from search.query_analysis import LONGEST_QUERY, analyze_query

CHINESE = st.text(
    st.sampled_from(
        "欠薪工资法第四十六条之一三百元（）《》０１ＡＢ勞動　 \u200bÉé①㈠ﬁ"
    ),
    max_size=60,
)

# A two-character word, and a text whose own cut would hide it.
TWO_CHARACTER_WORDS = [
    ("欠薪", "农民工欠薪求助指南"),
    ("选举", "村民委员会选举"),
    ("承包", "土地承包经营权"),
    ("安全", "交通安全法"),
    ("赡养", "子女应当履行赡养义务"),
    ("彩礼", "返还彩礼的规定"),
    ("宅基", "宅基地使用权"),
    ("工伤", "申请工伤认定"),
    ("低保", "城乡低保户"),
    ("抚养", "不直接抚养子女的一方"),
]

SAME_MEANING = [
    ("traditional", "勞動合同", "劳动合同"),
    ("full width", "ＷＴＯ", "wto"),
    ("capitals", "Land Law", "land law"),
    ("provision", "第四十六条", "第46条"),
    ("provision in full width", "第４６条", "第46条"),
    ("inserted provision", "第十七条之一", "第17条之1"),
    ("days", "三十日", "30天"),
    ("age", "十八周岁", "18岁"),
    ("money", "五万元", "50000元"),
    ("money with 万", "5万元", "五万元"),
    ("percent", "百分之三十", "30%"),
]


@pytest.mark.parametrize(("word", "text"), TWO_CHARACTER_WORDS)
def test_two_character_word_is_among_the_tokens_of_a_longer_run(
    word: str, text: str
) -> None:
    assert word in analyze(text).pairs


@pytest.mark.parametrize(("word", "text"), TWO_CHARACTER_WORDS)
def test_query_asks_for_nothing_that_the_text_does_not_hold(
    word: str, text: str
) -> None:
    query = analyze_query(word)

    assert set(query.concepts[0].term.pairs) <= set(analyze(text).pairs)


@pytest.mark.parametrize(
    ("one", "other"),
    [row[1:] for row in SAME_MEANING],
    ids=[r[0] for r in SAME_MEANING],
)
def test_same_meaning_in_two_writings_meets(one: str, other: str) -> None:
    for text, asked in ((one, other), (other, one)):
        query = analyze_query(asked)
        tokens = analyze(f"依照{text}，办理")

        assert set(query.words) & set(tokens.words)
        for concept in query.concepts:
            assert set(concept.term.pairs) <= set(tokens.pairs)


def test_single_characters_are_kept() -> None:
    assert "地" in analyze("宅基地").singles
    assert analyze_query("地").concepts[0].term.is_single


def test_number_inside_a_word_leaves_the_word_whole() -> None:
    assert "统一" in analyze("全国统一年度标准").words


@pytest.mark.parametrize("text", ["万一日后", "十百条", "零零万元"])
def test_characters_that_make_no_number_give_no_quantity(text: str) -> None:
    assert [q.words for q in quantities(text)] in ([], [("0元",)])


def test_uyghur_and_tibetan_are_cut_into_their_own_words() -> None:
    assert analyze("ئۇيغۇر تىلى").words == ("ئۇيغۇر", "تىلى")
    assert analyze("བོད་ཡིག་").words == ("བོད", "ཡིག")


def test_text_without_a_word_gives_nothing() -> None:
    assert analyze(" ，。!").words == ()
    assert analyze_query(" ，。!").is_empty


def test_wording_key_overlooks_punctuation_script_and_particles() -> None:
    assert wording_key("老板不给工钱，怎么办呢？") == wording_key("老闆 不給工錢怎麼辦")


def test_wording_of_a_particle_alone_is_kept() -> None:
    assert wording_key("吗") == "吗"


def test_long_query_is_cut_off() -> None:
    assert len(analyze_query("欠" * 5000).folded) == LONGEST_QUERY


@given(CHINESE)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(CHINESE)
def test_offsets_lead_back_to_the_characters_that_were_folded(text: str) -> None:
    folded = fold_with_offsets(text)

    assert folded.text == fold(text)
    for place in range(len(folded.text)):
        start, end = folded.span(place, place + 1)
        assert 0 <= start < end <= len(text)
        assert folded.text[place] in fold(text[start:end])


@given(st.text(max_size=80))
def test_any_input_is_analyzed(text: str) -> None:
    tokens = analyze(text)

    assert not any(
        token.split() != [token] for token in (*tokens.words, *tokens.pairs)
    ), "a token with white space would be two for the engine"
    analyze_query(text)


@pytest.mark.parametrize("text", ["1" * 30_000, "一" * 30_000, "第" + "1.1" * 10_000])
def test_thousands_of_digits_in_a_row_cost_no_more_than_words(text: str) -> None:
    start = time.process_time()

    found = list(quantities(text))

    # Trying each digit as a beginning takes more than ten seconds.
    assert time.process_time() - start < 1
    assert found == []


@pytest.mark.parametrize("text", ["⑳" * LONGEST_QUERY + "元", "9" * 5000 + "倍"])
def test_number_too_long_to_mean_anything_is_no_quantity(text: str) -> None:
    assert list(quantities(fold(text))) == []


def test_decimal_number_is_read_from_its_first_digit() -> None:
    assert [q.words for q in quantities("共2.5亩")] == [("2.5亩",)]
