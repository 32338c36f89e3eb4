"""What could tell who asked is gone before a query is kept; what is asked stays."""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from articles.cases.personal_data import has_check_digit
from paths import ROOT
from search.folding import fold
from search.lexicon import synonyms
from search.masking import LABELS, LONGEST_KEPT, LONGEST_MASKED, mask, masked_query
from search.name_masking import name_spans

MASKED = [
    ("老板13800138000不给工钱，怎么办？", "老板〔号码〕不给工钱怎么办"),
    ("老板１３８-0013-8000跑了", "老板〔号码〕跑了"),
    ("打138 0013 8000没人接", "打〔号码〕没人接"),
    ("一三八零零一三八零零零骗我钱", "〔号码〕骗我钱"),
    ("身份证11010519491231002X丢了", "身份证〔号码〕丢了"),
    ("卡号6222 0212 3456 7890 123被冻结", "卡号〔号码〕被冻结"),
    ("欠我20000元", "欠我〔号码〕元"),
    ("云A12345肇事逃逸", "〔号码〕肇事逃逸"),
    ("护照E12345678丢了", "护照〔号码〕丢了"),
    ("1985年3月12日出生", "〔日期〕出生"),
    ("微信号abc12345骗钱", "微信号〔账号〕骗钱"),
    ("王小明@qq.com骗钱", "〔邮箱〕骗钱"),
    ("发到a.b-c@mail.example.com", "发到〔邮箱〕"),
    ("http://a.example/u?id=1是不是骗子", "〔网址〕是不是骗子"),
    ("住在建设路12号房子漏水", "住在〔地址〕房子漏水"),
    ("幸福小区3栋2单元501室漏水", "〔地址〕漏水"),
    ("青山村三组占地", "〔地址〕占地"),
    ("我叫王小明老板不发工资", "我叫〔姓名〕老板不发工资"),
    ("我是阿依古丽", "我是〔姓名〕"),
    ("张三打我", "〔姓名〕打我"),
    ("張三打我", "〔姓名〕打我"),
    ("欧阳建华不给工钱", "〔姓名〕不给工钱"),
    ("被李建国骗了", "被〔姓名〕骗了"),
    ("跟李四合伙", "跟〔姓名〕合伙"),
    ("告王五", "告〔姓名〕"),
    ("村民李秀英占地", "村民〔姓名〕占地"),
    ("找律师张强", "找律师〔姓名〕"),
]

READABLE = [
    ("民法典1046", "民法典1046"),
    ("民法典第1046条", "民法典第1046条"),
    ("劳动合同法第八十五条", "劳动合同法第八十五条"),
    ("第一千零四十六条", "第一千零四十六条"),
    ("法释〔2020〕26号", "法释2020 26号"),
    ("2024年婚姻法新规", "2024年婚姻法新规"),
    ("12348打不通", "12348打不通"),
    ("110报警", "110报警"),
    ("工伤7级赔多少", "工伤7级赔多少"),
    ("离婚要娃怎么办？", "离婚要娃怎么办"),
    ("我是农民工", "我是农民工"),
    ("我叫他还钱他不还", "我叫他还钱他不还"),
    ("马上离婚", "马上离婚"),
    ("失业金领取条件", "失业金领取条件"),
    ("老王欠钱", "老王欠钱"),
    ("Labour  Contract-Law", "labour contract law"),
]


@pytest.mark.parametrize(("text", "kept"), MASKED)
def test_personal_things_are_masked(text: str, kept: str) -> None:
    assert masked_query(text) == kept


@pytest.mark.parametrize(("text", "kept"), READABLE)
def test_what_is_asked_stays_readable(text: str, kept: str) -> None:
    assert masked_query(text) == kept


@pytest.mark.parametrize(
    "text", ["", "？！", "13800138000", "王小明", "a@b.cn", "欠" * (LONGEST_KEPT + 1)]
)
def test_nothing_is_kept_of_a_story_or_of_personal_things_alone(text: str) -> None:
    assert masked_query(text) is None


@pytest.mark.parametrize(
    "text", ["怎么离婚", "怎么离婚？", " 怎么 离婚 ", "怎麼離婚吗", "怎么离婚。"]
)
def test_spellings_of_one_query_are_counted_together(text: str) -> None:
    assert masked_query(text) == "怎么离婚"


def test_label_of_a_reader_is_not_taken_for_ours() -> None:
    assert masked_query("〔姓名〕打人") == "姓名打人"
    assert masked_query("\ue000打人") == "打人"


WORDS = st.text(st.sampled_from("老板欠钱离婚法第条，。 ab的"), max_size=8)
DIGITS = "0123456789"
SEPARATORS = st.sampled_from(["", " ", "-", ".", "·"])
FULL_WIDTH = str.maketrans(DIGITS, "０１２３４５６７８９")


@st.composite
def written_numbers(draw: st.DrawFn) -> str:
    """Five or more digits, as people write them."""
    digits = draw(st.text(st.sampled_from(DIGITS), min_size=6, max_size=19))
    size = draw(st.integers(1, 6))
    separator = draw(SEPARATORS)
    groups = [digits[at : at + size] for at in range(0, len(digits), size)]
    text = separator.join(groups)
    return text.translate(FULL_WIDTH) if draw(st.booleans()) else text


@given(WORDS, written_numbers(), WORDS)
def test_no_long_number_ever_stays(before: str, number: str, after: str) -> None:
    left = mask(fold(f"{before}{number}{after}"))

    joined = re.sub(r"(?<=\d)[ \-.·](?=\d)", "", left)
    assert re.search(r"\d{5}", joined) is None


@st.composite
def id_cards(draw: st.DrawFn) -> str:
    region = draw(st.sampled_from(["110105", "532901", "654321"]))
    day = draw(st.dates()).replace(year=draw(st.integers(1930, 2020)), day=1)
    stem = f"{region}{day:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return next(stem + last for last in "0123456789X" if has_check_digit(stem + last))


@given(WORDS, id_cards(), WORDS)
def test_identity_number_goes_with_its_check_letter(
    before: str, number: str, after: str
) -> None:
    left = mask(fold(f"{before}{number}。{after}"))

    assert "〔号码〕" in left
    assert "x" not in left
    assert number[6:14] not in left


SURNAMES = "王李张刘陈杨赵吴徐孙朱胡郭何罗郑梁谢韩冯邓曹彭肖董袁潘蒋杜苏魏吕姚卢姜崔谭"
GIVEN = ("伟", "芳", "建国", "秀英", "大勇", "三", "小明", "翠花", "福贵")
STORIES = ("{}打我", "{}欠钱不还", "被{}骗了", "跟{}离婚", "我叫{}", "{}拖欠工资")


@given(st.sampled_from(SURNAMES), st.sampled_from(GIVEN), st.sampled_from(STORIES))
def test_name_of_who_did_it_is_masked(
    surname: str, given_name: str, story: str
) -> None:
    name = surname + given_name

    assert name not in mask(story.format(name))


@given(st.text(max_size=LONGEST_KEPT))
def test_any_text_is_kept_short_and_with_our_labels_only(text: str) -> None:
    kept = masked_query(text)

    if kept is not None:
        bare = re.sub("|".join(LABELS), "", kept)
        assert re.search(r"[〔〕\ue000-\uf8ff]", bare) is None
        assert len(kept) <= LONGEST_MASKED


def test_words_of_villagers_are_hardly_ever_taken_for_names() -> None:
    """Of the wordings that we wrote ourselves, which name nobody."""
    wordings = list(synonyms())
    for path in (ROOT / "articles" / "demo" / "questions").glob("*.yaml"):
        data = yaml.safe_load(path.read_text())
        for question in data if isinstance(data, list) else [data]:
            wordings += texts_of(question.get("heading"))
            wordings += texts_of(question.get("wordings"))
    wrong = [text for text in wordings if name_spans(fold(text))]

    assert len(wordings) > 600
    assert len(wrong) <= len(wordings) // 500, wrong


def texts_of(value: object) -> list[str]:
    if isinstance(value, str):
        return value.splitlines()
    if isinstance(value, dict):
        return [text for inner in value.values() for text in texts_of(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in texts_of(inner)]
    return []
