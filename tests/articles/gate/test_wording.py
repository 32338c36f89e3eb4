"""Each rule finds its examples and leaves the others alone; official texts stay quiet."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from articles.demo.makers import all_rows
from articles.demo.sources import strings_of
from articles.gate.masking import marked_words, own_words
from articles.gate.segments import Role, Segment, plain_text
from articles.gate.wording import DATA, WordingRule, wording_findings, wording_rules
from home.findings import Finding, Place, Severity

RULES = wording_rules()
# Findings of wording per 100,000 characters of official text. Measured on 2026-11-23:
# 42 files of law, 553,000 characters, 6 findings, each a slip or an old spelling of the
# file itself (帐户; a comma of another keyboard).
MOST_IN_LAWS = 2.0
# Of the demo's own words: 2026-11-23 none in 76,000 characters.
MOST_IN_DEMO = 2.0
BODIES = ("body", "explanation", "answer", "facts", "dispute", "outcome", "meaning")
QUOTED = ("quote", "citation")


def said(text: str, role: Role = Role.TEXT, language: str = "zh-hans") -> Segment:
    return Segment(text, Place("body_zh_hans", (), language, "“正文”"), role)


def found(text: str, **place: object) -> list[Finding]:
    return list(wording_findings([said(text, **place)]))  # type: ignore[arg-type]  # of said


def ids(findings: list[Finding]) -> set[str]:
    return {finding.rule for finding in findings}


# --- the rule file -----------------------------------------------------------------------


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_finds_its_positive_examples_and_no_negative_one(
    rule: WordingRule,
) -> None:
    assert rule.positive
    assert rule.negative
    assert [text for text in rule.positive if rule.id not in ids(found(text))] == []
    assert [text for text in rule.negative if rule.id in ids(found(text))] == []


def test_every_rule_says_why_from_where_and_when() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES) > 50
    for rule in RULES:
        assert rule.message.endswith(("。", "？"))
        assert len(rule.source) > 5
        assert rule.dated.year >= 2026


@pytest.mark.parametrize("name", ["repealed.yaml", "new_laws.yaml"])
def test_data_files_are_there(name: str) -> None:
    assert (DATA / name).is_file()


# --- what is not the page's own word ----------------------------------------------------

SLIP = "再接再励"


@pytest.mark.parametrize(
    "text",
    [
        f"他说：“{SLIP}。”",
        f"「{SLIP}」",
        f"《关于{SLIP}的通知》",
        f"第一千零四十六条　{SLIP}。",
    ],
)
def test_quoted_words_titles_and_provisions_raise_no_alarm(text: str) -> None:
    assert "wording.homophones" not in ids(found(text))


@pytest.mark.parametrize("role", [Role.QUOTE, Role.CITATION])
def test_quotation_block_raises_no_alarm(role: Role) -> None:
    assert found(SLIP, role=role) == []
    assert ids(found(SLIP)) == {"wording.homophones"}


def test_lost_character_in_a_quotation_is_told_all_the_same() -> None:
    (finding,) = found("他说：“王\ufffd”", role=Role.QUOTE)

    assert finding.rule == "wording.replacement_character"
    assert finding.is_blocking
    assert "U+FFFD" in finding.sentence


def test_rules_of_chinese_are_not_asked_of_other_languages() -> None:
    assert found("再接再励", language="zh-hant") == []
    assert ids(found("a\ufffdb", language="en")) == {"wording.replacement_character"}


@pytest.mark.parametrize("mask", [own_words, marked_words])
def test_masking_keeps_every_position(mask: object) -> None:
    text = "据《关于〈婚姻法〉的解释》，“甲”说「乙」。\n第一条　丙。\n丁"

    assert len(mask(text)) == len(text)  # type: ignore[operator]  # a function
    assert mask(text).endswith("\n丁")  # type: ignore[operator]


# --- findings ----------------------------------------------------------------------------


def test_finding_says_what_to_write_where_and_on_what_ground() -> None:
    (finding,) = found("全会是十九大六中全会。")

    assert finding.sentence == (
        "“正文”里的“十九大六中全会”应当写成“十九届六中全会”："
        "全会按“届”称呼，代表大会才称“大”。"
    )
    assert finding.words == "十九大六中全会"
    assert finding.source.endswith("（规则日期 2026-11-23）")
    assert finding.is_overridable


def test_hint_that_is_meant_hundred_times_is_told_once_for_each_text() -> None:
    segments = [said("一,二三,四五,六"), said("七,八")]

    findings = list(wording_findings(segments))

    assert len(findings) == 2
    assert findings[0].sentence.endswith("（这里一共 3 处）")


def test_wording_of_an_issued_document_refuses_nothing_but_lost_characters() -> None:
    segments = [said("增强两个意识，王\ufffd。")]

    severities = {
        one.rule: one.severity for one in wording_findings(segments, is_official=True)
    }

    assert severities == {
        "wording.replacement_character": Severity.BLOCKING,
        "wording.two_four": Severity.HINT,
    }


def test_rules_are_run_in_few_milliseconds() -> None:
    """An article of 3,000 characters; the bound is wide, for a machine that is busy."""
    segments = [said("县司法局组织法律明白人到石桥镇开展普法宣传，解答问题。\n" * 110)]
    list(wording_findings(segments))  # compiled
    began = time.process_time()

    for _time in range(5):
        list(wording_findings(segments))

    assert (time.process_time() - began) / 5 < 0.05


# --- precision ---------------------------------------------------------------------------


def per_100_000(texts: list[str]) -> tuple[float, list[Finding]]:
    findings = [one for text in texts for one in found(text)]
    return 100_000 * len(findings) / sum(map(len, texts)), findings


def demo_texts() -> list[str]:
    """The Chinese of every page file of the demo; a quotation is others' word."""
    texts = []
    for row in all_rows():
        own = {key: row.get(key) for key in ("heading", "summary", *BODIES)}
        for value in own.values():
            blocks = value if isinstance(value, list) else [value]
            texts += [
                plain_text(text)
                for block in blocks
                if not (isinstance(block, dict) and block.get("type") in QUOTED)
                for text in strings_of(block)
            ]
    return texts


def test_own_content_raises_hardly_any_finding() -> None:
    share, findings = per_100_000(demo_texts())

    assert share <= MOST_IN_DEMO, [one.sentence for one in findings]


@pytest.mark.shared_data
def test_official_texts_of_laws_raise_hardly_any_finding(shared_data: Path) -> None:
    """The twin of the test above, on 42 files of law."""
    files = sorted((shared_data / "laws").rglob("*.md"))
    texts = [
        line
        for file in files
        for line in file.read_text(encoding="utf-8").splitlines()
        if line
    ]

    share, findings = per_100_000(texts)

    assert len(files) > 30
    assert share <= MOST_IN_LAWS, [one.sentence for one in findings]
