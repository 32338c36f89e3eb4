"""The product as people meet it: a server, a worker that is run by hand, a browser.

One database file for a module, because the server's threads have connections of their
own and see only what is committed.
"""

from __future__ import annotations

import json
import shutil
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import connection
from django.test import override_settings

from publishing.tree import forget_trees
from tests import database

PASSWORD = "村口大槐树-2026"


class QuietHandler(WSGIRequestHandler):
    timeout = 10  # seconds that a connection without a request is kept

    def log_message(self, *args: Any) -> None:
        pass


class QuietServer(ThreadedWSGIServer):
    def handle_error(self, *args: Any) -> None:
        """A browser that keeps a connection, or leaves, is no fault of ours."""
        if not isinstance(sys.exc_info()[1], TimeoutError | ConnectionError):
            super().handle_error(*args)


@dataclass(frozen=True, slots=True)
class LiveServer:
    """Answers for every host; Chromium finds ``*.localhost`` by itself."""

    port: int

    def url(self, host: str, path: str = "/") -> str:
        return f"http://{host}:{self.port}{path}"

    def get(self, host: str, path: str) -> tuple[int, str]:
        """(status, text), as somebody without a browser asks for it."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            headers={"Host": f"{host}:{self.port}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310  (our own server)
                return response.status, response.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()

    def api(self, host: str, path: str) -> Any:
        status, text = self.get(host, f"/api/v2{path}")
        assert status == 200, text
        return json.loads(text)


@contextmanager
def live_server(folder: Path) -> Iterator[LiveServer]:
    """A server on an empty, migrated database in ``folder``.

    The caller holds the key to the database.
    """
    if not database.is_sqlite():
        pytest.skip("the tests of the whole run on SQLite, a file for each module")
    outside = {"SEARCH_INDEX_DIR": folder / "search", "EXPORT_DIR": folder / "sites"}
    with _own_database(folder / "db.sqlite3"), override_settings(**outside):
        forget_trees()
        # Not Django's live server: it hands out MEDIA_ROOT without our checked view.
        server = QuietServer(("127.0.0.1", 0), QuietHandler)
        # Its end waits for every request: none may come to the next test's database.
        server.daemon_threads = False
        server.set_app(StaticFilesHandler(WSGIHandler()))
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield LiveServer(server.server_port)
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
    forget_trees()


@contextmanager
def _own_database(copy: Path) -> Iterator[None]:
    original = Path(str(settings.DATABASES["default"]["NAME"]))
    connection.close()  # which folds its log into the file
    shutil.copyfile(original, copy)
    _connect(copy)
    try:
        yield
    finally:
        _connect(original)


def _connect(file: Path) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = str(file)
    connection.settings_dict["NAME"] = str(file)
