"""``evaluate_search``: a run of the engine for an outside judge."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from search.engines import get_engine
from search.evaluation import read_questions
from search.indexing import rebuild
from search.json_lines import JsonLinesError
from statutes.importing import import_files
from statutes.sources import read_sources

OWN_LAW = Path(__file__).parents[2] / "statutes" / "data" / "demo"


@pytest.fixture(autouse=True)
def own_index(settings: Any, tmp_path: Path) -> None:
    settings.SEARCH_INDEX_DIR = tmp_path / "index"


@pytest.fixture
def library(db: None) -> None:
    import_files(read_sources([OWN_LAW]))
    rebuild(get_engine())


@pytest.mark.parametrize("line", ["{", "[]", '{"question": "x"}', '{"query": 3}'])
def test_line_that_is_no_question_is_named(line: str) -> None:
    with pytest.raises(JsonLinesError, match="第 2 行"):
        read_questions(['{"query": "欠薪"}', line])


def test_run_names_law_and_provision_best_first(library: None, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    asked = ["法治宣传教育由谁负责", "。"]
    questions.write_text(
        "".join(json.dumps({"query": query}) + "\n" for query in asked)
    )
    run = tmp_path / "run.jsonl"
    call_command("evaluate_search", queries=questions, run=run)
    lines = [json.loads(line) for line in run.read_text().splitlines()]
    assert [line["query"] for line in lines] == asked
    assert lines[0]["ranked"]
    assert set(lines[0]["ranked"][0]) == {"law", "article_no"}
    assert len(lines[0]["ranked"]) <= 100
    assert lines[1]["ranked"] == []


def test_without_an_index_it_says_what_to_do(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="search_index rebuild"):
        call_command("evaluate_search", queries=tmp_path / "q", run=tmp_path / "r")


def test_bad_question_file_leaves_the_old_run(library: None, tmp_path: Path) -> None:
    questions, run = tmp_path / "questions.jsonl", tmp_path / "run.jsonl"
    questions.write_text("{")
    run.write_text("old")
    with pytest.raises(CommandError, match="第 1 行"):
        call_command("evaluate_search", queries=questions, run=run)
    assert run.read_text() == "old"
