"""A file between the requests that search and the worker that counts.

A search must not wait for the database's one writer, and must not fail because
something cannot be counted: so a request only adds a line to a file, and ``manage.py
work`` folds the lines into the table. The system frees the lock of a killed process.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from django.conf import settings

# Who searches by the million is no reader: what comes beyond is not counted.
LARGEST = 4 * 1024 * 1024
_LINES = "queries.jsonl"
_TAKEN = "queries.taken.jsonl"


def add_line(line: bytes) -> None:
    """Add one line; raises ``OSError`` where the folder cannot be written."""
    path = _folder() / _LINES
    path.parent.mkdir(parents=True, exist_ok=True)
    while True:
        with _locked(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, "ab") as file:
            if _is_there(path, file):
                if os.fstat(file.fileno()).st_size < LARGEST:
                    file.write(line + b"\n")
                return
        # The worker has taken it in the meantime: once more, into a new one.


@contextmanager
def taken_lines() -> Iterator[list[bytes]]:
    """The lines so far, for the worker; they are gone when the context ends well.

    Where it does not, they come again. Only a worker that is killed after it has
    committed and before the file is gone counts a minute's lines twice.
    """
    path, taken = _folder() / _LINES, _folder() / _TAKEN
    if not taken.exists():
        with suppress(FileNotFoundError), _locked(path, os.O_RDWR, "r+b"):
            path.replace(taken)
    try:
        lines = taken.read_bytes().splitlines()
    except FileNotFoundError:
        lines = []
    yield lines
    taken.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.VAR_DIR) / "queries"


@contextmanager
def _locked(path: Path, flags: int, mode: str) -> Iterator[IO[bytes]]:
    """Nobody but the server's own user reads it."""
    with os.fdopen(os.open(path, flags, 0o600), mode) as file:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX)
        yield file


def _is_there(path: Path, file: IO[bytes]) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False
