"""Judgement files and the figure that they give a portal's search."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from search.engines import get_engine
from search.engines.base import Engine
from search.indexing import rebuild
from search.json_lines import JsonLinesError
from search.judgements import (
    Judged,
    Outcome,
    evaluate,
    mean,
    ndcg,
    read_judgements,
    table,
)
from tests.search.tree import Tree

GOOD = '{"query": "欠薪", "judgements": {"question:/wenda/qianxin/": 3}}'


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "不是 JSON"),
        ("[]", "query 和 judgements 两项"),
        ('{"query": "工钱"}', "query 和 judgements 两项"),
        ('{"query": "工钱", "judgements": {}, "note": ""}', "query 和 judgements 两项"),
        ('{"query": " ", "judgements": {"a:/": 1}}', "一句话"),
        ('{"query": "工钱", "judgements": ["a:/"]}', "对照"),
        ('{"query": "工钱", "judgements": {"/wenda/": 1}}', "种类:路径"),
        ('{"query": "工钱", "judgements": {"question:wenda": 1}}', "种类:路径"),
        ('{"query": "工钱", "judgements": {"a:/": 4}}', "0 到 3"),
        ('{"query": "工钱", "judgements": {"a:/": true}}', "0 到 3"),
        ('{"query": "工钱", "judgements": {"a:/": 0}}', "大于 0"),
        (GOOD, "已经评过"),
    ],
)
def test_wrong_line_is_named_with_its_reason(line: str, reason: str) -> None:
    with pytest.raises(JsonLinesError, match=f"第 3 行：.*{reason}"):
        read_judgements([GOOD, "", line])


def test_figure_is_that_of_the_definition() -> None:
    grades = {"a": 3, "b": 2, "c": 0}
    assert ndcg(["a", "b", "c"], grades) == pytest.approx(1)
    # 7 and 3 at the places 2 and 3, over 7 and 3 at the places 1 and 2.
    worse = (7 / 1.5849625 + 3 / 2) / (7 + 3 / 1.5849625)
    assert ndcg(["x", "a", "b"], grades) == pytest.approx(worse)
    assert ndcg(["x", "c"], grades) == 0
    assert ndcg(["x"] * 10 + ["a"], grades) == 0


def test_table_begins_with_the_worst_and_names_what_was_missed() -> None:
    outcomes = [
        Outcome(Judged("工钱", {"a:/": 3}), ("a:/",), 1.0),
        Outcome(Judged("彩礼", {"b:/": 2, "c:/": 1}), ("c:/",), 0.2),
    ]
    assert list(table(outcomes)) == ["0.200  彩礼  ← b:/", "1.000  工钱"]
    assert mean(outcomes) == pytest.approx(0.6)


@pytest.fixture
def filled(tree: Tree) -> Tree:
    for portal in (tree.qingshan, tree.baihe):
        tree.question(portal, "老板不给工钱怎么办？", slug="laoban")
        tree.question(portal, "彩礼能要回来吗？", slug="caili")
    rebuild(get_engine())
    return tree


def test_portals_own_page_counts_and_the_direct_answer_comes_first(
    filled: Tree, index: Engine
) -> None:
    judged = Judged("老板不给工钱", {"question:/wenda/laoban/": 3})
    [outcome] = evaluate([judged], filled.qingshan, index)
    assert outcome.shown[0] == "question:/wenda/laoban/"
    assert len(set(outcome.shown)) == len(outcome.shown)
    assert outcome.ndcg == 1


def judge(file: Path, **options: Any) -> str:
    out = StringIO()
    call_command(
        "evaluate_search", judgements=file, stdout=out, stderr=StringIO(), **options
    )
    return out.getvalue()


def test_command_prints_every_query_and_the_mean(filled: Tree, tmp_path: Path) -> None:
    file = tmp_path / "judgements.jsonl"
    lines: dict[str, dict[str, int]] = {
        "工钱": {"question:/wenda/laoban/": 3},
        "彩礼": {"question:/wenda/nowhere/": 3},
    }
    file.write_text(
        "".join(
            json.dumps({"query": query, "judgements": grades}) + "\n"
            for query, grades in lines.items()
        )
    )
    printed = judge(file, portal="baihe.localhost").splitlines()
    assert printed[0] == "0.000  彩礼  ← question:/wenda/nowhere/"
    assert printed[1] == "1.000  工钱"
    assert printed[2].endswith("2 句，平均 nDCG@10 0.5000")

    with pytest.raises(CommandError, match="qingshan.localhost"):
        judge(file, portal="nowhere.localhost")
    with pytest.raises(CommandError, match="--portal"):
        judge(file)
    file.write_text("{")
    with pytest.raises(CommandError, match="第 1 行"):
        judge(file, portal="baihe.localhost")
    with pytest.raises(CommandError, match="评判文件"):
        judge(tmp_path / "absent", portal="baihe.localhost")
    with pytest.raises(CommandError, match="--judgements"):
        call_command("evaluate_search")
