"""script/server keeps its two programs running and stops them, whatever happens.

Run on a stand-in for the project whose commands take no time; the real first start is
in ``test_first_start.py``.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.project.server_process import PATIENCE, Server, is_running, wait_for

ROOT = Path(settings.BASE_DIR)
MANAGE = """
import os, pathlib, sys, time
var = pathlib.Path(os.environ["XIANGFA_VAR"])
demo = var / "demo"
with (var / "calls").open("a") as calls:
    calls.write(sys.argv[1] + "\\n")
match sys.argv[1]:
    case "shell":
        print("portal.localhost" if demo.exists() else "")
    case "load_demo":
        demo.touch()
        if "STAND_IN_INTERRUPTED" in os.environ:
            sys.exit(1)
    case "demo_info":
        print("addresses of port", sys.argv[sys.argv.index("--port") + 1])
    case "work":
        (var / "worker").write_text(str(os.getpid()))
        time.sleep(600)
"""
WSGI = """
import os
def application(environ, start_response):
    start_response(os.environ.get("STAND_IN_STATUS", "200 OK"), [])
    return [str(os.getppid()).encode()]
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "script", folder / "script")
    shutil.copy(ROOT / "requirements.txt", folder)
    (folder / "manage.py").write_text(MANAGE)
    (folder / "site" / "config").mkdir(parents=True)
    (folder / "site" / "config" / "wsgi.py").write_text(WSGI)
    (folder / ".venv" / "bin").mkdir(parents=True)
    python = folder / ".venv" / "bin" / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    digest = hashlib.sha256((folder / "requirements.txt").read_bytes()).hexdigest()
    (folder / ".venv" / "requirements.sha256").write_text(f"{digest}  -\n")
    return folder


@pytest.fixture
def launch(project: Path, tmp_path: Path) -> Iterator[Callable[..., Server]]:
    servers: list[Server] = []
    # Started in the folder of another project, the server once served that one.
    foreign = tmp_path / "foreign" / "config"
    foreign.mkdir(parents=True)
    (foreign / "wsgi.py").write_text("raise SystemExit('not our config')")

    def launch_one(**environment: str) -> Server:
        var = tmp_path / "var"
        servers.append(Server(project, var, cwd=foreign.parent, **environment))
        return servers[-1]

    yield launch_one
    for server in servers:
        server.process.kill()
        server.process.wait()


@pytest.fixture
def server(launch: Callable[..., Server]) -> Server:
    """One that has printed its addresses and started its worker."""
    server = launch()
    await_start(server)
    return server


def await_start(server: Server) -> None:
    server.await_output(f"addresses of port {server.port}")
    wait_for(lambda: worker(server) != 0, server.said)


def worker(server: Server) -> int:
    file = server.var / "worker"
    return int(file.read_text() or 0) if file.exists() else 0


def web_server(server: Server) -> int:
    """The process that started the one that answers."""
    _status, text = server.get("/")
    return int(text)


def test_first_start_loads_the_demo_and_the_second_keeps_it(
    launch: Callable[..., Server],
) -> None:
    for _attempt in range(2):
        server = launch()
        await_start(server)
        server.stop()
    calls = (server.var / "calls").read_text().split()
    assert calls.count("migrate") == 2
    assert calls.count("load_demo") == 1


def test_a_demo_whose_load_was_interrupted_is_loaded_again(
    launch: Callable[..., Server],
) -> None:
    assert launch(STAND_IN_INTERRUPTED="1").process.wait(PATIENCE) != 0
    server = launch()
    await_start(server)
    assert (server.var / "calls").read_text().split().count("load_demo") == 2


@pytest.mark.parametrize("reason", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_both_programs(reason: signal.Signals, server: Server) -> None:
    assert server.stop(reason) == 128 + reason
    assert server.is_silent()
    assert not is_running(worker(server))


def test_a_worker_that_dies_is_started_again(server: Server) -> None:
    first = worker(server)
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: worker(server) not in (0, first), server.said)
    assert is_running(worker(server))
    assert not server.is_silent()


def test_a_web_server_that_dies_ends_everything(server: Server) -> None:
    os.kill(web_server(server), signal.SIGKILL)
    assert server.process.wait(PATIENCE) == 1
    assert "The web server stopped" in server.said()
    assert server.is_silent()
    assert not is_running(worker(server))


def test_nothing_is_left_when_the_script_itself_is_killed(server: Server) -> None:
    server.process.kill()
    wait_for(server.is_silent, server.said)
    wait_for(lambda: not is_running(worker(server)), server.said)


def test_a_site_that_answers_with_an_error_is_a_failure(
    launch: Callable[..., Server],
) -> None:
    server = launch(STAND_IN_STATUS="500 Internal Server Error")
    assert server.process.wait(PATIENCE) == 1
    assert "The site does not answer" in server.said()
    assert server.is_silent()


@pytest.mark.usefixtures("server")
def test_a_second_start_on_the_same_data_is_refused(
    launch: Callable[..., Server],
) -> None:
    second = launch()
    assert second.process.wait(PATIENCE) == 1
    assert "Another script/server runs" in second.said()
