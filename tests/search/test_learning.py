"""The trained ranking: what it learns, and that the plain one knows nothing of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from search.engines.base import Engine
from search.engines.embedded import EmbeddedEngine
from search.evaluation import provision_query, rank_all
from search.json_lines import JsonLinesError
from search.learning import CANDIDATES, model_path, trained_ranking
from search.learning.answered import (
    AnsweredQuestion,
    Place,
    read_judgements,
)
from search.learning.features import NAMES, features
from search.learning.memory import Memory
from search.learning.model import ModelFileError, TrainedRanking
from search.learning.training import Trained, train
from search.query_analysis import analyze_query
from search.service import SearchRequest, search
from statutes.importing import import_files
from statutes.sources import read_sources
from tests.factories import TwoPortals
from tests.search.builders import fill, provision

OWN_LAW = Path(__file__).parents[2] / "statutes" / "data" / "demo"
# Villagers' words of which no provision below knows anything.
STORIES = ("牛踩了菜", "鱼塘漏水", "果树被砍", "羊丢了", "井水发黑", "院墙倒了")
WAYS = ("{}由谁管", "邻居家{}赔多少", "昨天{}能告吗", "{}要赔吗")
FILLINGS = ("村里", "县里", "镇上", "去年", "今年")
COUNT = 12


def place(number: int) -> Place:
    return Place("laodongfa", number, 0)


def questions() -> list[AnsweredQuestion]:
    """Each story is answered by one provision, whatever way it is told."""
    return [
        AnsweredQuestion(
            f"{filling}{way.format(story)}", frozenset([place(number * 2)])
        )
        for number, story in enumerate(STORIES, start=1)
        for way in WAYS
        for filling in FILLINGS[:2]
    ]


@pytest.fixture
def model_file(settings: Any, tmp_path: Path) -> Path:
    settings.SEARCH_RANKING_FILE = tmp_path / "ranking" / "model.json"
    return model_path()


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    engine = EmbeddedEngine(tmp_path_factory.mktemp("index"))
    # All alike for the plain ranking: each has the words in which everybody asks.
    texts = [
        f"赔多少由谁管，第{number}种。要赔，能告。" for number in range(1, COUNT + 1)
    ]
    fill(engine, *(provision(n, text) for n, text in enumerate(texts, start=1)))
    return engine


@pytest.fixture(scope="module")
def trained(engine: Engine) -> Trained:
    return train(questions(), engine)


# --- what is remembered ----------------------------------------------------------------


def test_likeness_is_1_for_the_same_words_and_0_for_others() -> None:
    memory = Memory(questions())

    same = memory.likeness(analyze_query(questions()[0].query))
    other = memory.likeness(analyze_query("完全不相干"))

    assert same[0] == pytest.approx(1.0)
    assert same.max() == same[0]
    assert other.max() < 0.05


def test_only_questions_that_may_be_remembered_are() -> None:
    memory = Memory(questions())
    likeness = memory.likeness(analyze_query("羊丢了怎么办"))
    everything = np.ones(len(memory.questions))
    without_answer = np.array(
        [float(place(8) not in each.provisions) for each in memory.questions]
    )

    with_all = memory.values(memory.recall(likeness, everything), place(8))
    without = memory.values(memory.recall(likeness, without_answer), place(8))

    assert with_all[0] > 0.5
    assert without[0] == 0.0
    assert without[3] == 0.0


def test_unknown_provision_has_no_values_but_its_statute_has() -> None:
    memory = Memory(questions())
    recollection = memory.recall(
        memory.likeness(analyze_query("羊丢了")), np.ones(len(memory.questions))
    )

    at_place, near, law, *_counts = memory.values(recollection, place(999))

    assert (at_place, near) == (0.0, 0.0)
    assert law > 0.0


def test_features_have_a_named_column_each_and_a_row_per_find(engine: Engine) -> None:
    memory = Memory(questions())
    analyzed = analyze_query("羊丢了要赔吗")
    hits = engine.search(provision_query(analyzed, CANDIDATES)).hits
    recollection = memory.recall(
        memory.likeness(analyzed), np.ones(len(memory.questions))
    )

    rows = features(analyzed, hits, memory, recollection)

    assert rows.shape == (COUNT, len(NAMES))
    assert np.isfinite(rows).all()


# --- what is learnt --------------------------------------------------------------------


def test_cross_validation_shows_what_training_brings(trained: Trained) -> None:
    assert trained.before.mrr < 0.6
    assert trained.after.mrr > 0.9


def test_new_question_about_a_known_story_finds_its_provision(
    trained: Trained, engine: Engine
) -> None:
    analyzed = analyze_query("前天夜里羊丢了，要赔吗？")
    hits = engine.search(provision_query(analyzed, CANDIDATES)).hits

    ranked = trained.ranking.rank(analyzed, hits)

    assert Place.of(ranked[0].entry) == place(8)
    assert sorted(hit.entry.key for hit in ranked) == sorted(
        hit.entry.key for hit in hits
    )
    assert [hit.score for hit in ranked] == [hit.score for hit in hits]


def test_training_twice_gives_the_same_model(trained: Trained, engine: Engine) -> None:
    again = train(questions(), engine)

    assert again.after == trained.after
    assert again.ranking.booster.save_raw("json") == (
        trained.ranking.booster.save_raw("json")
    )


def test_plain_run_is_the_same_with_and_without_a_model(
    trained: Trained, engine: Engine, model_file: Path, db: None
) -> None:
    def run(model: TrainedRanking | None) -> list[str]:
        asked = [each.query for each in questions()[:6]]
        return [ranking.line() for ranking in rank_all(asked, engine, model)]

    without = run(None)
    trained.ranking.save(model_file)

    assert run(None) == without


# --- the file --------------------------------------------------------------------------


def test_saved_model_is_used_at_once_and_gone_when_deleted(
    trained: Trained, engine: Engine, model_file: Path
) -> None:
    assert trained_ranking() is None
    trained.ranking.save(model_file)
    analyzed = analyze_query("羊丢了要赔吗")
    hits = engine.search(provision_query(analyzed, CANDIDATES)).hits

    loaded = trained_ranking()

    assert loaded is not None
    assert loaded.rank(analyzed, hits) == trained.ranking.rank(analyzed, hits)
    model_file.unlink()
    assert trained_ranking() is None


@pytest.mark.parametrize("text", ["", "{}", '{"version": 0}', '{"version": 1}'])
def test_damaged_model_is_refused_and_the_search_goes_on(
    text: str, model_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    model_file.parent.mkdir()
    model_file.write_text(text, encoding="utf-8")

    with pytest.raises(ModelFileError):
        TrainedRanking.load(model_file)
    assert trained_ranking() is None
    assert "cannot be used" in caplog.text


def test_public_search_ranks_with_the_model_in_each_portal(
    two_portals: TwoPortals,
    trained: Trained,
    engine: Engine,
    model_file: Path,
) -> None:
    for portal in (two_portals.qingshan, two_portals.baihe):
        request = SearchRequest("羊丢了要赔吗", portal.portal.pk)
        plain = search(request, engine)
        trained.ranking.save(model_file)
        learnt = search(request, engine)
        model_file.unlink()

        assert learnt.total == plain.total == COUNT
        assert learnt.hits[0].path.endswith("#t8")
        assert not plain.hits[0].path.endswith("#t8")


# --- the file of judgements, the command -----------------------------------------------


@pytest.fixture
def library(db: None) -> Iterator[None]:
    import_files(read_sources([OWN_LAW]))
    yield


@pytest.mark.parametrize(
    "line",
    ["{", "[]", '{"query": "x"}', '{"query": 3, "relevant": []}']
    + ['{"query": "x", "relevant": [{"law": "刑法"}]}']
    + ['{"query": "x", "relevant": [{"law": 1, "article_no": "第一条"}]}'],
)
def test_line_that_is_no_judgement_is_named(line: str, library: None) -> None:
    good = '{"query": "欠薪", "relevant": []}'
    with pytest.raises(JsonLinesError, match="第 2 行"):
        read_judgements([good, line])


def test_unknown_provisions_are_told_and_not_learnt(library: None) -> None:
    line = {"query": "x", "relevant": [{"law": "没有的法", "article_no": "第一条"}]}

    judgements = read_judgements([json.dumps(line)])

    assert judgements.questions == ()
    assert judgements.unknown == (("没有的法", "第一条"),)


def test_too_few_questions_are_refused_and_the_old_model_stays(
    library: None, tmp_path: Path, model_file: Path
) -> None:
    model_file.parent.mkdir()
    model_file.write_text("old")
    judgements = tmp_path / "judgements.jsonl"
    judgements.write_text("", encoding="utf-8")

    with pytest.raises(CommandError, match="只有 0 个"):
        call_command("train_ranking", judgements=judgements)
    with pytest.raises(CommandError, match="读不了评判文件"):
        call_command("train_ranking", judgements=tmp_path / "absent")
    assert model_file.read_text() == "old"
