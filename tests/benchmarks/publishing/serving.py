"""Pages as a server makes them: requests per second of both sides on one server program.

Each side runs under granian with one worker. Its pages are asked for one after the other
over one connection, none of them twice, so nothing that holds whole pages could help;
what a side keeps otherwise (a tree, site roots) it may keep. CPU is the server's own.
"""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.publishing.measuring import NotMeasured

WARM_UP = 20
ASKED = 200
PATIENCE = 60.0
TICKS = os.sysconf("SC_CLK_TCK")
ARTICLE_SLASHES = 3  # /column/article/
LOCATION = re.compile(r"<loc>https?://[^/<]+([^<]+)</loc>")


@dataclass(frozen=True, slots=True)
class Side:
    """``command`` ends with the application; it is told host, port and workers."""

    host: str
    command: Sequence[str | Path]
    folder: Path
    settings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Served:
    requests: int
    seconds: float
    cpu: float

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds

    @property
    def cpu_per_request(self) -> float:
        """Milliseconds."""
        return self.cpu / self.requests * 1000


def measure(side: Side, paths: Sequence[str], log: Path) -> Served:
    """Raises ``NotMeasured`` where the server does not start or a page is not there."""
    wanted = paths[: WARM_UP + ASKED]
    if len(wanted) < WARM_UP + ASKED:
        raise NotMeasured(f"{side.host} has only {len(wanted)} pages to ask for")
    with _server(side, log) as (port, process):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        for path in wanted[:WARM_UP]:
            _get(connection, path, side.host)
        before, began = _cpu_of_group(process.pid), time.perf_counter()
        for path in wanted[WARM_UP:]:
            _get(connection, path, side.host)
        seconds = time.perf_counter() - began
        return Served(ASKED, seconds, _cpu_of_group(process.pid) - before)


def paths_in_sitemap(folder: Path) -> list[str]:
    """Of the articles in an export of ours, without the host."""
    found: list[str] = []
    for part in sorted(folder.glob("sitemap/*.xml")):
        found += LOCATION.findall(part.read_text(encoding="utf-8"))
    return [path for path in found if path.count("/") == ARTICLE_SLASHES]


def _get(connection: http.client.HTTPConnection, path: str, host: str) -> None:
    # As a proxy that ends TLS asks.
    headers = {"Host": host, "X-Forwarded-Proto": "https"}
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    response.read()
    if response.status != http.HTTPStatus.OK:
        raise NotMeasured(f"{host}{path} answers {response.status}")


@contextmanager
def _server(side: Side, log: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    port = _free_port()
    options = ["--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603  (commands of this benchmark)
            [*map(str, side.command), *options],
            cwd=side.folder,
            env={**os.environ, **side.settings},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _await(port, process, log)
        yield port, process
    finally:
        process.terminate()
        process.wait()


def _await(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    said = log.read_text(encoding="utf-8", errors="replace").splitlines()
    raise NotMeasured("the server did not start:\n" + "\n".join(said[-10:]))


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _cpu_of_group(group: int) -> float:
    """Seconds of CPU of all processes of a session."""
    ticks = 0
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text(encoding="ascii").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[3]) == group:  # the session
            ticks += int(fields[11]) + int(fields[12])
    return ticks / TICKS
