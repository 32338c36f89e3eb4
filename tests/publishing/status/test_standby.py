"""Two workers on one machine: the first is killed in the middle of a run."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from publishing.sites.manifest import is_part
from publishing.sites.record import Record, Run
from publishing.sites.releases import files_in
from tests import database

pytestmark = [pytest.mark.long, pytest.mark.django_db]

SCRIPT = Path(__file__).with_name("standby_worker.py")
# It asks every second; a slow machine is given more.
MOST_SECONDS = 10
PATIENCE = 120


def environment(var: Path) -> dict[str, str]:
    return os.environ | {
        "XIANGFA_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }


def step(var: Path, *words: str) -> str:
    done = subprocess.run(  # noqa: S603  (this interpreter, our own script)
        [sys.executable, SCRIPT, *words],
        env=environment(var), capture_output=True, text=True, timeout=PATIENCE,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def worker(var: Path, *words: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(  # noqa: S603  (this interpreter, our own script)
        [sys.executable, SCRIPT, *words],
        env=environment(var), text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        yield process
        process.kill()


def wait_for(stream: Iterator[str], words: str) -> None:
    for line in stream:
        if words in line:
            return
    raise AssertionError(words)


def runs_after(record: Record, run_id: int) -> list[Run]:
    """Oldest first; without those of the search index, which follow a change."""
    found = [run for run in reversed(record.runs(50)) if run.id > run_id]
    return [run for run in found if run.cause != "搜索索引"]


@pytest.mark.parametrize("work", ["rebuild", "change"])
def test_second_worker_takes_over_and_nothing_is_lost_or_done_twice(
    tmp_path: Path, work: str
) -> None:
    if not database.is_sqlite():
        pytest.skip("needs a database of its own, which is a file")
    database.take_template(tmp_path).rename(tmp_path / "db.sqlite3")
    step(tmp_path, "grow", work)
    folder = tmp_path / "sites" / "qingshan.localhost"
    record = Record(folder / "record.sqlite3")
    before = max((run.id for run in record.runs(1)), default=0)

    with worker(tmp_path, "first", work) as first:
        assert first.stdout is not None
        wait_for(first.stdout, "mid-run")
        with worker(tmp_path, "second", work) as second:
            assert second.stderr is not None and second.stdout is not None
            wait_for(second.stderr, "待命")
            died = datetime.now(UTC)
            first.send_signal(signal.SIGKILL)
            wait_for(second.stderr, "接着做")
            wait_for(second.stdout, "done")
            second.terminate()
            second.wait(PATIENCE)

    killed, whole = runs_after(record, before)  # once more, and not twice
    assert killed.error
    assert not whole.error
    seconds = (whole.started - died).total_seconds()
    assert 0 < seconds < MOST_SECONDS, seconds
    tree = [name for name in files_in(folder / "current") if not is_part(name)]
    assert tree == sorted(record.names())
    assert len(tree) > 20
    assert not (folder / "staging").exists()
    article = folder / "current" / "dongtai" / "zhengqian" / "index.html"
    assert ("改了名字的文章" in article.read_text()) == (work == "change")
    found = json.loads(step(tmp_path, "report", work).splitlines()[-1])
    assert found["task"] == "SUCCESSFUL"
    assert found["attempts"] == (2 if work == "rebuild" else 1)
    assert set(found["cursors"].values()) == {found["last"]}
