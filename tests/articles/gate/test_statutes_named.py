"""Laws that are no law any more, provisions that do not exist, names that none has."""

from __future__ import annotations

from datetime import date

import pytest

from articles.gate.segments import Role, Segment
from articles.gate.statutes_named import (
    NAME,
    PROVISION,
    REPEALED,
    Reading,
    repealed_names,
    similar_name,
    statute_findings,
)
from home.findings import Finding, Place
from statutes.register import load_register

pytestmark = pytest.mark.django_db
TODAY = Reading(date(2026, 11, 23))


def found(text: str, reading: Reading = TODAY, role: Role = Role.TEXT) -> list[Finding]:
    place = Place("body_zh_hans", (), "zh-hans", "“正文”")
    return list(statute_findings([Segment(text, place, role)], reading))


REFUSED = [
    (PROVISION, "《民法典》第一千三百条规定，借钱要还。"),
    (PROVISION, "依照民法典第九千条"),
    (PROVISION, "《劳动法》第五百条"),
    (REPEALED, "依照《婚姻法》第三十二条，可以离婚。"),
    (REPEALED, "合同法第五十二条规定，合同无效。"),
    (REPEALED, "根据《信访条例》第六条"),
    (REPEALED, "《中华人民共和国物权法》第三条"),
]
HINTED = [
    (REPEALED, "学习《婚姻法》。"),
    (NAME, "学习《未成年保护法》。"),
    (NAME, "《消费者权益保障法》"),
]
FINE = [
    "《民法典》第一千零四十六条",
    "《民法典》和《劳动合同法》第三十条",
    "《刑法》第一百三十三条之一",
    "《婚姻法》已经废止，现在看《民法典》。",
    "原《婚姻法》第三十二条",
    "1980年通过的《婚姻法》第三十二条",
    "以前的合同法第五十二条",
    "《最高人民法院关于适用〈婚姻法〉若干问题的解释（三）》",
    "他说：“《婚姻法》第三十二条管离婚。”",
    "《云南省信访条例》《日本民法典》",
    "《青山县村民自治办法》《杏花村村规民约》",
    "《法治宣传教育法》《民营经济促进法》",
    "《反家庭暴力法》第二条",
    "《治安管理处罚法》第一百四十条",  # revised since the register was made
    "本法第三条、该法第九百条",
    "第九千条",
]


@pytest.mark.parametrize(("rule", "text"), REFUSED)
def test_law_that_says_nothing_any_more_is_refused(rule: str, text: str) -> None:
    (finding,) = found(text)

    assert finding.rule == rule
    assert finding.is_blocking
    assert finding.is_overridable
    assert finding.source


@pytest.mark.parametrize(("rule", "text"), HINTED)
def test_old_or_wrong_name_alone_is_a_hint(rule: str, text: str) -> None:
    (finding,) = found(text)

    assert (finding.rule, finding.is_blocking) == (rule, False)


@pytest.mark.parametrize("text", FINE)
def test_real_names_quotations_and_history_raise_no_alarm(text: str) -> None:
    assert found(text) == []


def test_wrong_name_comes_with_the_right_one() -> None:
    assert "是不是《未成年人保护法》？" in found("《未成年保护法》")[0].sentence
    assert similar_name("劳动合同法") == ""


def test_repealed_law_comes_with_what_holds_now_and_since_when() -> None:
    (finding,) = found("依照《继承法》第十条")

    assert "2021-01-01起已经废止，现在用《民法典》继承编" in finding.sentence


def test_case_that_was_decided_by_the_old_law_may_name_it() -> None:
    text = "依照《合同法》第五十二条"

    assert found(text, Reading(date(2020, 12, 31))) == []
    assert len(found(text, Reading(date(2021, 12, 31)))) == 1


def test_issued_document_is_only_hinted_at() -> None:
    (finding,) = found("依照《民法典》第九千条", Reading(TODAY.as_of, True))

    assert not finding.is_blocking


def test_no_statute_of_the_register_is_taken_for_a_slip() -> None:
    """Every name that the register knows is a name; 1,492 texts, in one text."""
    titles = [one.title for one in load_register().statutes if "《" not in one.title]

    wrong = [
        one
        for one in found("\n".join(f"《{name}》" for name in titles))
        if one.rule == NAME
    ]

    assert len(titles) > 1000
    assert wrong == []


def test_repealed_names_are_not_in_force_by_the_register() -> None:
    register = load_register()
    for key, row in repealed_names().items():
        statute = register.statute(key)
        assert statute is None or statute.changes, row.name
