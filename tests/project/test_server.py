"""script/server keeps its two programs running and stops them, whatever happens.

Run on a stand-in for the project whose commands take no time; the real first start is
in ``test_first_start.py``.
"""

from __future__ import annotations

import hashlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
MANAGE = """
import os, pathlib, sys, time
var = pathlib.Path(os.environ["XIANGFA_VAR"])
demo = var / "demo"
with (var / "calls").open("a") as calls:
    calls.write(sys.argv[1] + "\\n")
match sys.argv[1]:
    case "shell":
        print(int(demo.exists()))
    case "load_demo":
        demo.touch()
    case "demo_info":
        print("addresses of port", os.environ["PORT"])
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
PATIENCE = 30.0


class Server:
    """A running script/server of the stand-in."""

    def __init__(self, project: Path, var: Path, **environment: str) -> None:
        self.var = var
        self.port = free_port()
        self.output = var.parent / f"output-{self.port}"
        with self.output.open("w") as output:
            self.process = subprocess.Popen(  # noqa: S603  (a script of the project)
                [project / "script" / "server"],
                env=os.environ
                | {"PORT": str(self.port), "XIANGFA_VAR": str(var)}
                | environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def said(self) -> str:
        return self.output.read_text()

    def calls(self) -> list[str]:
        return (self.var / "calls").read_text().split()

    def worker(self) -> int:
        return int((self.var / "worker").read_text() or 0)

    def web_server(self) -> int:
        """The process that started the one that answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        connection.request("GET", "/")
        return int(connection.getresponse().read())

    def await_welcome(self) -> None:
        wait_for(lambda: "addresses of port" in self.said(), self.said)
        wait_for((self.var / "worker").exists, self.said)

    def is_silent(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except ConnectionRefusedError:
            return True
        return False


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def wait_for(condition: Callable[[], bool], explain: Callable[[], str]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"waited {PATIENCE} s; the script said:\n{explain()}")
        time.sleep(0.1)


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
def start(project: Path, tmp_path: Path) -> Iterator[Callable[..., Server]]:
    servers: list[Server] = []

    def start_one(**environment: str) -> Server:
        servers.append(Server(project, tmp_path / "var", **environment))
        return servers[-1]

    yield start_one
    for server in servers:
        server.process.kill()
        server.process.wait()


def test_first_start_loads_the_demo_and_the_second_keeps_it(
    start: Callable[..., Server],
) -> None:
    for _attempt in range(2):
        server = start()
        server.await_welcome()
        assert f"addresses of port {server.port}" in server.said()
        server.process.terminate()
        server.process.wait(PATIENCE)
    assert server.calls().count("migrate") == 2
    assert server.calls().count("load_demo") == 1


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_stops_both_programs(name: str, start: Callable[..., Server]) -> None:
    server = start()
    server.await_welcome()
    server.process.send_signal(signal.Signals[name])
    assert server.process.wait(PATIENCE) == 128 + signal.Signals[name]
    assert server.is_silent()
    assert not is_running(server.worker())


def test_a_worker_that_dies_is_started_again(start: Callable[..., Server]) -> None:
    server = start()
    server.await_welcome()
    first = server.worker()
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: server.worker() not in (0, first), server.said)
    assert is_running(server.worker())
    assert server.web_server()


def test_a_web_server_that_dies_ends_everything(start: Callable[..., Server]) -> None:
    server = start()
    server.await_welcome()
    os.kill(server.web_server(), signal.SIGKILL)
    assert server.process.wait(PATIENCE) == 1
    assert "The web server stopped" in server.said()
    assert server.is_silent()
    assert not is_running(server.worker())


def test_nothing_is_left_when_the_script_itself_is_killed(
    start: Callable[..., Server],
) -> None:
    server = start()
    server.await_welcome()
    server.process.kill()
    wait_for(server.is_silent, server.said)
    wait_for(lambda: not is_running(server.worker()), server.said)


def test_a_site_that_answers_with_an_error_is_a_failure(
    start: Callable[..., Server],
) -> None:
    server = start(STAND_IN_STATUS="500 Internal Server Error")
    assert server.process.wait(PATIENCE) == 1
    assert "The site does not answer" in server.said()
    assert server.is_silent()


def test_a_second_start_on_the_same_data_is_refused(
    start: Callable[..., Server],
) -> None:
    start().await_welcome()
    second = start()
    assert second.process.wait(PATIENCE) == 1
    assert "Another script/server runs" in second.said()
