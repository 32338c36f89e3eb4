"""An export that is killed while it writes, as the system kills a process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from tests.factories import make_two_portals


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


SLOW_EXPORT = """
import os, sys, time
sys.path[:0] = [os.getcwd(), os.path.join(os.getcwd(), "site")]
import django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from publishing.sites.runs import FullRun
usual = FullRun.put
def put(self, output, body):
    usual(self, output, body)
    print(output.name, flush=True)
    time.sleep(0.02)
FullRun.put = put
from django.core.management import call_command
call_command("export_site", output=__import__("pathlib").Path(sys.argv[2]))
"""


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_an_export_that_is_killed_leaves_the_old_site_and_the_next_run_cleans_up(
    tmp_path: Path,
) -> None:
    portals = make_two_portals()
    output = tmp_path / "sites"
    call_command("export_site", output=output, stdout=StringIO(), stderr=StringIO())
    before = _bytes(output)
    portals.qingshan.article.heading_zh_hans = "改过的标题"
    portals.qingshan.article.save()
    database = settings.DATABASES["default"]["NAME"]
    for files_before_kill in (1, 20):
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", SLOW_EXPORT, str(database), str(output)],
            cwd=settings.BASE_DIR,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"},
        )
        assert process.stdout is not None
        for _file in range(files_before_kill):
            assert process.stdout.readline(), process.wait()
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        shown = {
            name: body
            for name, body in _bytes(output).items()
            if ".building" not in name
        }
        assert shown == before
    assert list(output.glob(".building-*"))
    call_command("export_site", output=output, stdout=StringIO(), stderr=StringIO())
    assert {path.name for path in output.iterdir()} == {
        portals.qingshan.host,
        portals.baihe.host,
    }
    words = (output / portals.qingshan.host / "dongtai" / "index.html").read_text()
    assert "改过的标题" in words
