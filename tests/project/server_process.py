"""A script/server that runs while a test looks at it."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

PATIENCE = 90.0


class Server:
    """script/server of ``project`` on the data in ``var``, on a port of its own."""

    def __init__(
        self, project: Path, var: Path, cwd: Path | None = None, **environment: str
    ) -> None:
        self.var = var
        self.port = free_port()
        self.output = var.parent / f"output-{self.port}"
        with self.output.open("w") as output:
            self.process = subprocess.Popen(  # noqa: S603  (a script of the project)
                [project / "script" / "server"],
                cwd=cwd,
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

    def get(self, path: str, host: str = "localhost") -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path, headers={"Host": f"{host}:{self.port}"})
        response = connection.getresponse()
        return response.status, response.read().decode()

    def await_output(self, text: str, patience: float = PATIENCE) -> None:
        """Until it has said ``text``; a script that ends before has failed."""

        def has_said() -> bool:
            if text in self.said():
                return True
            if self.process.poll() is not None:
                pytest.fail(f"the script ended and had said:\n{self.said()}")
            return False

        wait_for(has_said, self.said, patience)

    def stop(self, reason: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(reason)
        return self.process.wait(PATIENCE)

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


def wait_for(
    condition: Callable[[], bool],
    explain: Callable[[], str],
    patience: float = PATIENCE,
) -> None:
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"waited {patience} s; the script said:\n{explain()}")
        time.sleep(0.1)
