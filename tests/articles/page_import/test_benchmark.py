"""The benchmark of the import runs, checks what it measured, and prints the figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.import_pages import run


@pytest.mark.django_db(transaction=True)
def test_benchmark_measures_both_ways_and_finds_everything_written(
    tmp_path: Path, settings: object
) -> None:
    told: list[str] = []
    settings.SEARCH_INDEX_DIR = tmp_path / "search"  # type: ignore[attr-defined]  # the fixture's
    result = run(tmp_path / "old", 12, 3, told.append)
    assert (result.one_by_one.pages, result.imported.pages) == (3, 12)
    assert result.ratio > 0
    assert [line.split(":")[0] for line in told] == [
        "add_child + publish",
        "import_pages",
        "ratio",
    ]
