"""Which queries are a question that a portal holds, judged over the demo questions."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from home.indexing import IndexEntry
from search.answers import Answered, answer_rules, find_answer, likeness_of
from search.query_analysis import analyze_query
from tests.search.builders import entry

# In the words of villagers; none is a wording of a question letter by letter.
ANSWERED = [
    ("老板不给工钱怎么办", "laoban-bu-gei-gongqian"),
    ("老板拖着工资不给怎么办", "laoban-bu-gei-gongqian"),
    ("工地老板跑路了工资找谁要", "baogongtou-paole"),
    ("包工头跑了我的工钱怎么要回来", "baogongtou-paole"),
    ("离婚孩子归谁", "lihun-haizi-gui-shui"),
    ("宅基地怎么申请", "shenqing-zhaijidi"),
    ("想申请宅基地要什么手续", "shenqing-zhaijidi"),
    ("借钱不还", "jieqian-bu-huan"),
    ("朋友借钱不还怎么办", "jieqian-bu-huan"),
    ("打工受伤了算工伤吗", "gei-siren-ganhuo-shoushang"),
    ("没签劳动合同能要双倍工资吗", "mei-qian-laodong-hetong"),
    ("儿女不管老人", "ernv-bu-yanglao"),
    ("老公打我", "bei-jiabao-zenme-ban"),
    ("离婚彩礼退不退", "caili-tuibutui"),
    ("买到假农药", "mai-dao-jia-nongyao-huafei"),
    ("把银行卡借给别人犯法吗", "jie-yinhangka-gei-bieren"),
    ("遗嘱怎么写", "yizhu-zenme-xie"),
    ("老人没留遗嘱财产怎么分", "laoren-meiyou-yizhu"),
    ("罚款不服怎么办", "bufu-fakuan-fuyi"),
    ("孩子在学校被欺负了", "haizi-zai-xuexiao-shou-qifu"),
    ("城里人能买农村房子吗", "nongcun-fangzi-maigei-chengliren"),
    ("对方不同意离婚", "lihun-yifang-bu-tongyi"),
    ("村主任可以罢免吗", "bamian-cun-ganbu"),
]
# The subject is there, but the question is another one or open; or there is none.
OPEN = """
干活不给钱咋办 离婚房子归谁 离婚了娃判给哪个 村里不公布账目怎么办 邻居把路堵了 邻居挡我家光 邻居家盖房挡住阳光怎么办 干活的时候摔伤了 儿子不养老怎么办 被家暴了怎么办 彩礼能要回来吗 狗咬了人谁赔钱 买到假种子 网上被骗了钱 出嫁的女儿有没有承包地 外嫁女能分红吗 征地补偿多少 耕地上能盖房吗 土地租给别人 租地的不给租金 请不起律师怎么办 打官司要多少钱 给人担保要还钱吗 利息多少合法 孩子打游戏充钱能退吗 孩子在学校被打 调解协议不履行 公证怎么办 被辞退赔多少 公司没给我交社保 老公欠的债我要还吗 没领结婚证 法院判了不给钱 出车祸了先干什么 被车撞了对方没保险 村委会选举怎么投票 土地 离婚 工钱 银河系在哪里 邻居不给通行怎么办 离婚财产怎么分 酒驾怎么处罚 偷东西判几年
""".split()


@cache
def questions() -> tuple[IndexEntry, ...]:
    """The questions of the demo as the index holds them; ``path`` is the slug."""
    folder = Path(settings.BASE_DIR, "articles", "demo", "questions")
    texts = [
        yaml.safe_load(file.read_text(encoding="utf-8"))
        for file in sorted(folder.glob("*.yaml"))
    ]
    return tuple(
        entry(
            f"question:{number}:zh-hans",
            text["heading"],
            alternatives=tuple(text["wordings"]),
            path=text["slug"],
        )
        for number, text in enumerate(texts, start=1)
    )


def answer(words: str) -> Answered | None:
    """Among the nearest questions, as a search would bring them."""
    analyzed = analyze_query(words)

    def likeness(one: IndexEntry) -> float:
        return max(likeness_of(analyzed, w) for w in (one.title, *one.alternatives))

    nearest = sorted(questions(), key=likeness, reverse=True)
    return find_answer(analyzed, nearest, lambda _entry: True)


@pytest.mark.parametrize(("words", "slug"), ANSWERED)
def test_question_in_other_words_is_answered(words: str, slug: str) -> None:
    found = answer(words)

    assert found is not None
    assert found.entry.path == slug
    assert found.wording in (found.entry.title, *found.entry.alternatives)


@pytest.mark.parametrize("words", OPEN)
def test_what_is_not_clearly_one_of_the_questions_stays_open(words: str) -> None:
    assert answer(words) is None


@pytest.mark.long
def test_every_wording_of_a_question_is_answered_by_it() -> None:
    wrong = [
        (wording, found.entry.path if found else None)
        for one in questions()
        for wording in (one.title, *one.alternatives)
        if (found := answer(wording)) is None or found.entry.path != one.path
    ]

    assert wrong == []


def test_pages_that_are_not_public_here_do_not_answer() -> None:
    analyzed = analyze_query("老板不给工钱怎么办")

    assert find_answer(analyzed, questions(), lambda _entry: False) is None


def test_each_number_has_a_reason() -> None:
    text = (Path(settings.BASE_DIR) / "search/data/answers.yaml").read_text("utf-8")

    assert all(rule["reason"] for rule in yaml.safe_load(text).values())
    assert 0 < answer_rules().least_likeness < answer_rules().clear_likeness <= 1
