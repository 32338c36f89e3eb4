"""Did you mean: what is taken for a slip, and what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.lexicon import legal_terms, read_entries, synonyms
from search.phrases import Phrase, PortalPhrases, Said

PHRASES = PortalPhrases(
    Said(
        (
            Phrase("欠薪", "topic", "/topics/qianxin/"),
            Phrase("宅基地", "topic", "/topics/zhaijidi/"),
            Phrase("离婚", "topic", "/topics/lihun/"),
            Phrase("老板不给工钱怎么办？", "question", "/wenda/gongqian/"),
            Phrase("借钱不还怎么办？", "question", "/wenda/jieqian/"),
            Phrase("打赏主播的钱能退吗", "question", "/wenda/dashang/"),
            Phrase("公证处在哪里", "question", "/wenda/gongzheng/"),
            *(Phrase(term, "term") for term in legal_terms()),
            *(Phrase(phrase, "term") for phrase in synonyms() if len(phrase) > 1),
            *(Phrase(word, "term") for word in ("仲裁", "劳动合同", "彩礼", "赡养费")),
        )
    )
)

SLIPS = [
    ("欠新", "欠薪"),
    ("老板欠新怎么办", "老板欠薪怎么办"),
    ("宅机地", "宅基地"),
    ("宅地基", "宅基地"),  # changed about
    ("宅墓地", "宅基地"),  # looks alike
    ("离昏", "离婚"),
    ("劳动和同", "劳动合同"),
    ("仲栽", "仲裁"),
    ("公正处", "公证处"),
    ("采礼", "彩礼"),
    ("赡养废", "赡养费"),
    ("工商认定", "工伤认定"),
    ("欠新 宅机地", "欠薪 宅基地"),
    ("離昏", "离婚"),
    ("qianxin", "欠薪"),
    ("lihun", "离婚"),
    ("zhaijidi", "宅基地"),
    ("laobanbugeigongqian", "老板不给工钱"),
    ("jieqian buhuan", "借钱不还"),
    ("lao'ban", "老板"),
    ("nihun", "离婚"),
    ("qanxin", "欠薪"),
    ("qianxin 2024", "欠薪 2024"),
]

# Said as people say it; nothing here is a slip.
PLAIN = """
老板跑了工资怎么要 离婚房子怎么分 邻居占我家地怎么办 村里征地不给钱 打架被拘留几天
借条没写日期 高利贷要不要还 酒驾怎么处罚 彩礼能要回来吗 工伤赔多少 土地承包合同到期
宅基地继承 买到假种子 狗咬人谁负责 低保怎么申请 被骗了钱能追回来吗 家里老人打我
保证人要还钱吗 村委会选举贿选 法律援助没批下来 法律援助要什么条件 户口迁移 没上保险
交通事故责任认定 未成年人打工 遗嘱要公证吗 拆迁补偿标准 林地纠纷 残疾人补贴 他转了钱
我想离婚他不同意 老公在外面有人 欠债不还怎么起诉 没有合同怎么告老板 打赏主播 不养老人
受伤了谁赔 把银行卡借给别人 利息太高 孩子跟妈 wages my boss law 12348 2024年 民法典1046条
""".split()


@pytest.mark.parametrize(("typed", "meant"), SLIPS)
def test_slip_is_mended(typed: str, meant: str) -> None:
    correction = PHRASES.speller.correct(typed)

    assert correction is not None
    assert correction.words == meant


@pytest.mark.parametrize("typed", PLAIN)
def test_what_is_no_slip_is_left_alone(typed: str) -> None:
    assert PHRASES.speller.correct(typed) is None


def test_words_of_the_lists_are_no_slips() -> None:
    taken = [term for term in legal_terms() if PHRASES.speller.correct(term)]

    assert taken == []


def test_what_was_wrong_is_named() -> None:
    correction = PHRASES.speller.correct("老板欠新 zhaijidi")

    assert correction is not None
    assert correction.typed == ("欠新", "zhaijidi")


def test_portal_that_never_says_a_word_does_not_offer_it() -> None:
    other = PortalPhrases(Said((Phrase("离婚", "topic"),)))

    assert other.speller.correct("宅机地") is None
    assert other.speller.correct("zhaijidi") is None


@given(st.text(max_size=40))
def test_whatever_is_typed_can_be_read(typed: str) -> None:
    correction = PHRASES.speller.correct(typed)

    assert correction is None or correction.words


def test_every_confusion_is_between_single_characters() -> None:
    for entry in read_entries("confusions.yaml", ("characters", "reason")):
        assert len(set(entry["characters"])) > 1
        assert all(len(character) == 1 for character in entry["characters"])
