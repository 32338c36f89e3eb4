"""The first thing a stranger does: script/server on a machine that has never seen it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.project.server_process import Server

ROOT = Path(settings.BASE_DIR)
HOSTS = {
    "yunling": "云岭市",
    "qingshan": "青山县",
    "baihe": "白河县",
    "liuxi": "柳溪县",
}
FIRST_START = 600.0
SECOND_START = 60.0
READY = "Press Ctrl-C"

pytestmark = pytest.mark.long


def run_in_shell(var: Path, code: str) -> str:
    """What ``code`` prints, run in the project on the data in ``var``."""
    return subprocess.run(  # noqa: S603  (fixed arguments)
        [sys.executable, ROOT / "manage.py", "shell", "-v", "0", "-c", code],
        env=os.environ
        | {"XIANGFA_VAR": str(var), "DJANGO_SETTINGS_MODULE": "config.settings.dev"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stranger") / "var"


@pytest.fixture(scope="module")
def first(var: Path) -> Iterator[Server]:
    server = Server(ROOT, var)
    try:
        server.await_output(READY, FIRST_START)
        yield server
    finally:
        server.stop()


def test_first_start_prints_addresses_and_log_ins(first: Server) -> None:
    said = first.said()
    for host in HOSTS:
        assert f"http://{host}.localhost:{first.port}/" in said
    assert f":{first.port}/admin/" in said
    for user in ("prefecture", "qingshan-admin", "qingshan-editor", "qingshan-author"):
        assert user in said


@pytest.mark.parametrize(("host", "region"), HOSTS.items())
def test_every_portal_answers_with_its_own_home_page(
    host: str, region: str, first: Server
) -> None:
    status, html = first.get("/", f"{host}.localhost")
    assert status == 200
    (title,) = re.findall(r"<title>(.*?)</title>", html, flags=re.DOTALL)
    assert region in title


def test_the_admin_answers_with_its_styles(first: Server) -> None:
    status, html = first.get("/admin/login/", "yunling.localhost")
    assert status == 200
    stylesheet = re.findall(r'href="(/static/[^"]+\.css[^"]*)"', html)[0]
    status, css = first.get(stylesheet, "yunling.localhost")
    assert status == 200
    assert css


def test_second_start_takes_seconds_and_keeps_the_data(
    var: Path, first: Server
) -> None:
    first.stop()
    run_in_shell(
        var,
        "from home.models import HomePage; page = HomePage.objects.first(); "
        "page.heading_zh_hans = '改过的标题'; page.save()",
    )
    began = time.monotonic()
    second = Server(ROOT, var)
    try:
        second.await_output(READY, SECOND_START)
        took = time.monotonic() - began
    finally:
        second.stop()
    kept = run_in_shell(
        var,
        "from home.models import HomePage; "
        "print(HomePage.objects.filter(heading_zh_hans='改过的标题').count())",
    )
    assert kept == "1"
    assert took < SECOND_START
