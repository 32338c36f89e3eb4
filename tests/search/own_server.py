"""An Elasticsearch of one test module, which it may stop, kill and start again."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from elasticsearch import Elasticsearch

SCRIPT = Path(settings.BASE_DIR, "script", "elasticsearch")


class OwnServer:
    def __init__(self, folder: Path, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._environment = {
            **os.environ,
            "ELASTICSEARCH_PORT": str(port),
            "XIANGFA_VAR": str(folder),
        }

    def start(self) -> None:
        self._run("start")

    def stop(self) -> None:
        self._run("stop")

    def kill(self) -> None:
        """As a machine that loses its power."""
        with Elasticsearch(self.url) as client:
            nodes = client.nodes.info(metric="process")["nodes"]
        for node in nodes.values():
            os.kill(node["process"]["id"], signal.SIGKILL)

    def _run(self, action: str) -> None:
        subprocess.run(  # noqa: S603  (a script of the project)
            [SCRIPT, action], env=self._environment, check=True, capture_output=True
        )


@contextmanager
def own_server() -> Iterator[OwnServer]:
    """A running server; its data is gone in the end."""
    # The folders of pytest are closed to the account that the server runs as.
    folder = Path(tempfile.mkdtemp(prefix="xiangfatong-", dir="/var/tmp"))
    folder.chmod(0o755)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = OwnServer(folder, port)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)
