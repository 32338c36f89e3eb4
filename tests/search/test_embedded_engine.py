"""The embedded engine: the contract, and what only files on a disk can get wrong."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from search.engines import embedded
from search.engines.base import EngineBusyError
from search.engines.embedded import EmbeddedEngine
from tests.search.builders import change, entry, fill, find, keys
from tests.search.engine_contract import GUIDE, PAY, WAGES, EngineContract

PROJECT = Path(__file__).resolve().parents[2]

# Writes without committing, says so, and waits to be killed.
WRITER = """
import sys, time
from pathlib import Path
from search.engines.embedded import EmbeddedEngine

with EmbeddedEngine(Path(sys.argv[1])).writing() as batch:
    batch.remove("article:1:zh-hans")
    print("writing", flush=True)
    time.sleep(60)
"""


class TestEmbeddedEngine(EngineContract):
    @pytest.fixture
    def engine(self, tmp_path: Path) -> EmbeddedEngine:
        return EmbeddedEngine(tmp_path / "search")


@pytest.fixture
def engine(tmp_path: Path) -> EmbeddedEngine:
    return EmbeddedEngine(tmp_path)


def test_reader_of_another_process_sees_commits_and_rebuilds(tmp_path: Path) -> None:
    writer, reader = EmbeddedEngine(tmp_path), EmbeddedEngine(tmp_path)
    fill(writer, GUIDE)
    assert keys(find(reader, "欠薪")) == [GUIDE.key]

    change(writer, WAGES, stamp=2)
    after_commit = keys(find(reader, "仲裁"))
    fill(writer, PAY, stamp=3)

    assert after_commit == [WAGES.key]
    assert keys(find(reader, "欠薪")) == [PAY.key]


def test_killed_writer_leaves_the_index_and_the_lock_free(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    fill(engine, GUIDE, stamp=4)
    # The child finds the project as this process does.
    paths = os.pathsep.join([str(PROJECT), str(PROJECT / "site")])
    with subprocess.Popen(  # noqa: S603  (our own interpreter and text)
        [sys.executable, "-c", WRITER, str(tmp_path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": paths},
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"writing\n"
        writer.send_signal(signal.SIGKILL)
        writer.wait(timeout=10)

    assert keys(find(engine, "欠薪")) == [GUIDE.key]
    change(engine, WAGES, stamp=5)
    assert engine.status().stamp == 5


def test_second_writer_gives_up_after_its_patience(
    engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "WRITER_PATIENCE", 0.1)
    fill(engine, GUIDE)

    with engine.writing(), pytest.raises(EngineBusyError), engine.writing():
        pass


def test_index_of_another_version_is_not_read(
    engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(engine, GUIDE)
    monkeypatch.setattr(embedded, "fingerprint", lambda: "another version")

    assert find(engine, "欠薪").total == 0
    assert engine.status().problem == "outdated"


def test_missing_folder_is_reported(engine: EmbeddedEngine, tmp_path: Path) -> None:
    fill(engine, GUIDE)
    for path in tmp_path.glob("index-*/*"):
        path.unlink()

    assert find(engine, "欠薪").total == 0
    assert engine.status().problem == "damaged"


def test_outdated_folders_are_removed_but_for_the_last(
    engine: EmbeddedEngine, tmp_path: Path
) -> None:
    for stamp in range(4):
        fill(engine, GUIDE, stamp=stamp)

    folders = [path.name for path in tmp_path.glob("index-*") if path.is_dir()]
    assert sorted(folders) == ["index-000003", "index-000004"]


def test_build_that_is_given_up_leaves_no_folder(
    engine: EmbeddedEngine, tmp_path: Path
) -> None:
    with pytest.raises(RuntimeError), engine.rebuilding():
        raise RuntimeError

    assert list(tmp_path.glob("index-*")) == []


def test_searches_go_on_while_changes_are_written(engine: EmbeddedEngine) -> None:
    fill(engine, GUIDE)
    stop = threading.Event()
    failures: list[object] = []

    def read() -> None:
        while not stop.is_set():
            found = keys(find(engine, "欠薪"))
            if found[:1] != [GUIDE.key]:
                failures.append(found)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(8):
        change(engine, entry(f"article:{number + 100}:zh-hans", "选举"), stamp=number)
    fill(engine, GUIDE, stamp=99)
    stop.set()
    for reader in readers:
        reader.join()

    assert failures == []


def test_build_that_is_done_first_leaves_another_in_peace(
    engine: EmbeddedEngine,
) -> None:
    with engine.rebuilding() as slow:
        slow.replace(GUIDE.key, [GUIDE])
        fill(engine, WAGES, stamp=2)
        fill(engine, PAY, stamp=3)
        slow.publish(lambda _batch: 4)

    assert keys(find(engine, "欠薪")) == [GUIDE.key]
    assert engine.status().stamp == 4


def test_folder_of_a_killed_build_is_cleared_away(
    engine: EmbeddedEngine, tmp_path: Path
) -> None:
    leftover = tmp_path / "index-000007"
    leftover.mkdir()

    fill(engine, GUIDE)

    assert not leftover.exists()
