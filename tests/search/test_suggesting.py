"""What is suggested while somebody types, and how pinyin is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.phrases import (
    MOST_KEPT,
    Phrase,
    PortalPhrases,
    Said,
    _known,
    forget_phrases,
    portal_phrases,
)
from search.pinyin import cut_syllables, first_initials, readings, sound
from search.suggesting import MOST_SUGGESTIONS, Suggester

PHRASES = (
    Phrase("欠薪", "topic", "/topics/qianxin/", 5),
    Phrase("老板不给工钱怎么办？", "question", "/wenda/gongqian/"),
    Phrase("干完活老板拖着不给钱", "question", "/wenda/gongqian/"),
    Phrase("工地欠薪去哪里投诉", "question", "/wenda/tousu/"),
    Phrase("离婚后孩子跟谁过？", "question", "/wenda/haizi/"),
    Phrase("离婚", "topic", "/topics/lihun/"),
    Phrase("宅基地", "term"),
    Phrase("民法典", "statute", "/laws/minfadian/"),
    Phrase("中华人民共和国民法典", "statute", "/laws/minfadian/"),
    Phrase("银行卡借给别人犯法吗", "question", "/wenda/yinhangka/"),
    Phrase("行人闯红灯", "article", "/dongtai/xingren/"),
    Phrase("重婚怎么处理", "question", "/wenda/chonghun/"),
    Phrase("12348热线", "article", "/dongtai/rexian/"),
)
SUGGESTER = Suggester(PHRASES)

# What is typed, and the suggestion that must come first.
FIRST = [
    ("欠薪", "欠薪"),
    ("欠", "欠薪"),
    ("qianxin", "欠薪"),
    ("qianx", "欠薪"),
    ("qx", "欠薪"),
    ("q薪", "欠薪"),
    ("欠x", "欠薪"),
    ("qian薪", "欠薪"),
    ("QIANXIN", "欠薪"),
    ("qian xin", "欠薪"),
    ("ｑｉａｎｘｉｎ", "欠薪"),
    ("欠新", "欠薪"),  # another character of the same sound
    ("老闆", "老板不给工钱怎么办？"),  # traditional
    ("lb", "老板不给工钱怎么办？"),
    ("laob", "老板不给工钱怎么办？"),
    ("laobanbugei", "老板不给工钱怎么办？"),
    ("工钱", "老板不给工钱怎么办？"),  # in the middle
    ("gongqian", "老板不给工钱怎么办？"),
    ("lihun", "离婚"),
    ("lihunhou", "离婚后孩子跟谁过？"),
    ("zjd", "宅基地"),
    ("zhjd", "宅基地"),
    ("minfa", "民法典"),
    ("yinhang", "银行卡借给别人犯法吗"),  # 行 is hang here
    ("xingren", "行人闯红灯"),  # and xing here
    ("chonghun", "重婚怎么处理"),
    ("12348", "12348热线"),
]


@pytest.mark.parametrize(("typed", "first"), FIRST)
def test_best_suggestion_comes_first(typed: str, first: str) -> None:
    assert SUGGESTER.suggest(typed)[0].text == first


@pytest.mark.parametrize(
    "typed", ["", " ", "？", "\n", "xxxx", "wages", "的士", "iiii", "qianxinn"]
)
def test_nothing_fits_and_nothing_is_suggested(typed: str) -> None:
    assert SUGGESTER.suggest(typed) == ()


def test_word_is_found_where_words_begin_only() -> None:
    assert [one.text for one in SUGGESTER.suggest("x")] == ["行人闯红灯"]


def test_page_with_several_wordings_is_suggested_once() -> None:
    found = [one.path for one in SUGGESTER.suggest("老板")]

    assert found.count("/wenda/gongqian/") == 1


def test_statute_is_suggested_once_whatever_its_names() -> None:
    assert [one.text for one in SUGGESTER.suggest("民法典")] == ["民法典"]


def test_questions_come_before_articles_and_the_popular_first() -> None:
    suggester = Suggester(
        [
            Phrase("土地通知", "article", "/a/"),
            Phrase("土地能卖吗", "question", "/b/", 1),
            Phrase("土地能租吗怎么租", "question", "/c/", 7),
        ]
    )

    assert [one.path for one in suggester.suggest("土地")] == ["/c/", "/b/", "/a/"]


def test_limit_and_number_of_suggestions() -> None:
    many = Suggester(Phrase(f"欠薪通报{n}", "article", f"/{n}/") for n in range(30))

    assert len(many.suggest("欠薪")) == MOST_SUGGESTIONS
    assert len(many.suggest("qx", 3)) == 3
    assert len(many.suggest("欠薪", 5)) == 5


def test_slip_of_the_keyboard_leads_to_what_was_meant() -> None:
    phrases = PortalPhrases(Said(PHRASES))

    assert phrases.suggest("qanxin", 8)[0].text == "欠薪"
    assert phrases.suggest("qinaxin", 8)[0].text == "欠薪"
    assert phrases.suggest("nihun", 8)[0].text == "离婚"  # n and l sound alike
    assert phrases.suggest("wages", 8) == ()


def test_regulations_of_the_place_are_suggested_among_the_others() -> None:
    local = Phrase("青山县殡葬办法", "statute", "/laws/qingshan-binzang/")
    phrases = PortalPhrases(Said(PHRASES, lambda: [local]))

    assert [one.text for one in phrases.suggest("binzang", 8)] == ["青山县殡葬办法"]
    assert phrases.suggest("qingshan", 8)[0].text == "青山县殡葬办法"
    assert phrases.suggest("qx", 8)[0].text == "欠薪"


@given(st.text(max_size=50))
def test_whatever_is_typed_is_answered(typed: str) -> None:
    assert len(SUGGESTER.suggest(typed)) <= MOST_SUGGESTIONS


@given(st.lists(st.text(max_size=20), max_size=6), st.text(max_size=8))
def test_every_phrase_can_be_held(texts: list[str], typed: str) -> None:
    suggester = Suggester(
        Phrase(text, "article", f"/{n}/") for n, text in enumerate(texts)
    )

    assert {one.text for one in suggester.suggest(typed)} <= set(texts)


# --- pinyin -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("银行行人", "yin hang xing ren"),
        ("借钱不还", "jie qian bu huan"),
        ("律师", "lv shi"),
        ("a1法", "a 1 fa"),
    ],
)
def test_words_are_read_as_words(text: str, expected: str) -> None:
    assert " ".join(readings(text)) == expected


def test_letters_are_cut_into_whole_syllables() -> None:
    assert cut_syllables("xian") == [("xian",), ("xi", "an")]
    assert cut_syllables("wages") == []
    assert len(cut_syllables("xian" * 40)) == 8


def test_initials_of_what_is_typed() -> None:
    assert {"qx"} <= first_initials("qianxin")
    assert first_initials("qx") == {"qx"}
    assert first_initials("欠x") == {"qx"}


def test_sounds_that_many_do_not_tell_apart() -> None:
    for one, other in (("zhang", "zan"), ("lan", "nan"), ("fu", "hu"), ("xing", "xin")):
        assert sound(one) == sound(other)
    assert sound("qian") != sound("qiao")


# --- memory -----------------------------------------------------------------------------


def test_phrases_of_a_bounded_number_of_portals_are_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    forget_phrases()
    monkeypatch.setattr("search.phrases._sources", [])

    for number in range(MOST_KEPT + 5):
        portal_phrases(number, "en", {})

    first = portal_phrases(MOST_KEPT + 4, "en", {})
    assert portal_phrases(MOST_KEPT + 4, "en", {}) is first
    assert len(_known) == MOST_KEPT
    forget_phrases()
