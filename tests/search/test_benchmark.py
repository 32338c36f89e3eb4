"""The benchmark of search runs, asks what it says, and prints its figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.engines.embedded import EmbeddedEngine
from search.service import SearchRequest, search
from search.sources import apply_everything
from tests.benchmarks import search_speed
from tests.benchmarks.search_corpus import (
    Queries,
    enlarged,
    entries_of,
    library,
    short_queries,
)
from tests.search.tree import Tree

QUERIES = Queries(
    ("拖欠 工资", "工资 标准"), ("老板拖欠工资怎么办", "一个月最低工资是多少")
)


def test_short_queries_are_two_to_four_words_of_one_provision(tree: Tree) -> None:
    texts = library()
    found = short_queries(texts, 5)
    assert found == short_queries(texts, 5)  # by a fixed seed
    bodies = [entry.body for entry in entries_of(texts)]
    for query in found:
        words = query.split()
        assert 2 <= len(set(words)) == len(words) <= 4
        assert any(all(word in body for word in words) for body in bodies)


def test_provisions_are_made_up_to_the_number_asked_for(tree: Tree) -> None:
    texts = library()
    entries = list(entries_of(enlarged(texts, 10)))
    provisions = [entry for entry in entries if entry.kind == "provision"]
    assert len(provisions) == 10
    assert len({entry.key for entry in entries}) == len(entries)
    assert len({entry.body for entry in provisions}) > len(list(entries_of(texts))) - 1


def test_engines_are_measured_side_by_side(tree: Tree, tmp_path: Path) -> None:
    tree.article(tree.baihe, "拖欠工资的处理")
    engines = [EmbeddedEngine(tmp_path / name) for name in ("one", "other")]
    portal = tree.baihe
    told: list[str] = []

    search_speed.build(*engines, lambda batch: list(apply_everything(batch)), None)
    search_speed.measure("title", *engines, QUERIES, portal, told.append)
    told.append(search_speed.memory(tmp_path / "one", QUERIES, portal.pk))

    assert search(SearchRequest(QUERIES.lay[0], portal.pk), engines[0]).total
    rows = [line for line in told if line.startswith(("| short", "| lay"))]
    assert len(rows) == 6
    assert all("ms" in row and ("met" in row or "missed" in row) for row in rows)
    assert "MiB" in told[-1]


@pytest.mark.parametrize(("ratio", "verdict"), [(0.5, "met"), (0.51, "missed")])
def test_a_goal_is_met_up_to_its_number(ratio: float, verdict: str) -> None:
    assert search_speed._verdict(ratio, 0.5).endswith(verdict)
