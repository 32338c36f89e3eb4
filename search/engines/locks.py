"""One process at a time: a lock on a file, freed by the system when its holder dies."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.engines.base import EngineBusyError


@contextmanager
def hold(path: Path, patience: float) -> Iterator[None]:
    """Hold the lock; raises ``EngineBusyError`` after ``patience`` seconds."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        _lock(file.fileno(), time.monotonic() + patience)
        yield


def _lock(descriptor: int, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise EngineBusyError("another process is writing the index") from None
            time.sleep(0.05)
        else:
            return
