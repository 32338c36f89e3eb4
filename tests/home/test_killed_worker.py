"""A worker that is killed after a delivery and before it has noted it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests import database

pytestmark = [pytest.mark.long, pytest.mark.django_db]

SCRIPT = Path(__file__).with_name("killed_worker.py")
MANAGE = Path(settings.BASE_DIR, "manage.py")


def run(var: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  (this interpreter, our own scripts)
        [sys.executable, *command],
        env=os.environ
        | {
            "XIANGFA_VAR": str(var),
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def succeed(var: Path, *command: str | Path) -> str:
    done = run(var, *command)
    assert done.returncode == 0, done.stderr
    return done.stdout


def report(var: Path) -> dict[str, Any]:
    return json.loads(succeed(var, SCRIPT, "report").splitlines()[-1])


def test_killed_worker_delivers_again_and_the_index_is_as_the_database(
    tmp_path: Path,
) -> None:
    if not database.is_sqlite():
        pytest.skip("needs a database of its own, which is a file")
    template = database.take_template(tmp_path)
    template.rename(tmp_path / "db.sqlite3")
    succeed(tmp_path, SCRIPT, "grow")

    killed = run(tmp_path, SCRIPT, "die")
    dead = report(tmp_path)
    output = succeed(tmp_path, MANAGE, "work", "--once")
    restarted = report(tmp_path)
    succeed(tmp_path, SCRIPT, "renew")
    rebuilt = report(tmp_path)

    assert killed.returncode == -signal.SIGKILL
    # It died at the worst moment: the index has the changes, the cursor does not.
    assert dead["stamp"] == dead["last"] > dead["cursor"]
    assert "search" in output
    assert restarted["cursor"] == restarted["last"] == dead["last"]
    assert restarted == rebuilt
    qingshan = restarted["hits"]["qingshan.localhost"]
    assert {f"宅基地指南{number}" for number in range(5)} <= set(qingshan)
    assert "青山记号讨薪成功" not in qingshan
    assert "改了名字的文章" in restarted["hits"]["baihe.localhost"]
