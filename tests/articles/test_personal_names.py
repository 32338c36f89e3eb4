"""Full names of parties are pointed out; officials, laws and everyday words are not."""

from __future__ import annotations

import pytest

from articles.cases.personal_names import find_full_names

NAMED = [
    ("2024年3月，村民张建国与邻居李秀英因宅基地边界发生争执。", "张建国 李秀英"),
    ("原告王小明诉被告刘芳离婚", "王小明 刘芳"),
    ("欧阳建华到工地干活，周强拖欠工资", "欧阳建华 周强"),
    ("申请人马秀兰称丈夫何大勇外出", "马秀兰 何大勇"),
    ("原告：赵红梅，女", "赵红梅"),
    ("经调解，孙国强同意给付5000元", "孙国强"),
    ("村民周杰、陈小红一起来到司法所", "周杰 陈小红"),
    ("母亲杨桂花年过八十", "杨桂花"),
    ("张伟说不知道", "张伟"),
    ("当事人和平村的罗玉芬", "罗玉芬"),
    ("村民欧阳明", "欧阳明"),
    ("乙方：徐志强", "徐志强"),
]

UNNAMED = [
    "",
    "张某、李某某、王某甲、欧阳某",
    "老王、小李、王大爷、李女士、刘老板、赵师傅、村民黄氏",
    "法官陈立说明了法律，审判长赵敏主持审理",
    "石桥镇司法所所长周强、律师李强到场",
    "调解员王芳、书记员刘洋在场",
    "《张建国诉李秀英案》",
    "民法典规定，高利转放贷款；安全法、仲裁法",
    "村民高兴地说，村民方便办事，业主张贴了通知",
    "当事人双方和解，原告方提出，被告方面",
    "工人陈述，原告陈述，被告白纸黑字写着",
    "农民工安全帽，农民林地，居民连续三天",
    "申请人应当提交，当事人任何时候，村民许多人",
    "儿子小刚和女儿小红",
    "石桥镇、柳溪县、和平村、高岭村的石某",
    "三张银行卡借给别人，公司付清租金，对方让他把三張銀行卡交出",
    "银行卡、法律顾问、司法厅、仲裁委、岳父母",
]


@pytest.mark.parametrize(("text", "names"), NAMED)
def test_full_name_of_a_party_is_found(text: str, names: str) -> None:
    assert [finding.name for finding in find_full_names(text)] == names.split()


@pytest.mark.parametrize("text", UNNAMED)
def test_no_name_is_seen_where_none_of_a_party_stands(text: str) -> None:
    assert [finding.name for finding in find_full_names(text)] == []


def test_name_is_told_once_with_the_words_around_it() -> None:
    (finding,) = find_full_names("村民张建国种地。张建国说地是自己的。")

    assert (finding.name, finding.surname) == ("张建国", "张")
    assert finding.excerpt == "村民张建国种地。张建国"


def test_surname_of_two_characters_is_kept_whole() -> None:
    (finding,) = find_full_names("原告欧阳建华")

    assert finding.surname == "欧阳"
