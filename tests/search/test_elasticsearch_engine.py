"""The Elasticsearch engine on a real server: the contract, and what only a server can
get wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engines.base import EngineResult
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.embedded import EmbeddedEngine
from tests.search.builders import entry, fill, find, provision
from tests.search.elastic import Installation, installation
from tests.search.engine_contract import GUIDE, PAY, WAGES, EngineContract


@pytest.fixture
def installed(elasticsearch_url: str, tmp_path: Path) -> Iterator[Installation]:
    with installation(elasticsearch_url, tmp_path) as installed:
        yield installed


@pytest.fixture
def engine(installed: Installation) -> ElasticsearchEngine:
    return installed.engine


class TestElasticsearchEngine(EngineContract):
    pass


def test_both_engines_give_the_same_scores(
    engine: ElasticsearchEngine, tmp_path: Path
) -> None:
    entries = [
        *(
            provision(n, f"第{n}项 用人单位拖欠劳动者工资的，应当支付。")
            for n in range(1, 20)
        ),
        *(provision(n, "最低工资标准由省级人民政府规定。" * n) for n in range(20, 40)),
        *(entry(f"article:{n}:zh-hans", f"工资{'指南' * n}") for n in range(40, 50)),
        GUIDE,
        WAGES,
        PAY,
    ]
    embedded = EmbeddedEngine(tmp_path / "embedded")
    fill(engine, *entries)
    fill(embedded, *entries)

    for words in ("工资", "老板不给工钱怎么办？", "最低工资 标准", "薪", "12333投诉"):
        ours = scores(find(embedded, words, limit=100))
        assert ours
        assert scores(find(engine, words, limit=100)) == pytest.approx(ours, rel=1e-3)


def scores(result: EngineResult) -> dict[str, float]:
    return {hit.entry.key: hit.score for hit in result.hits}
