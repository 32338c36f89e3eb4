"""Folders of an index on disk: which one answers, and who may change it.

``SEARCH_INDEX_DIR`` holds one folder per build and a small pointer file that names the
one in use. The pointer is replaced in one step, so a reader finds the old index or the
new one and never half of one. The folder before the current one is kept until the next
build: a reader may be about to open it.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from search.engines.base import EngineBusyError

_POINTER = "current.json"
_LOCK = "delivery.lock"
_PREFIX = "index-"


@dataclass(frozen=True, slots=True)
class Pointer:
    folder: str
    fingerprint: str  # of the analysis and the schema that made the index


class Generations:
    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, folder: str) -> Path:
        return self.root / folder

    def current(self) -> Pointer | None:
        """What the pointer names; None before the first build."""
        try:
            data = json.loads((self.root / _POINTER).read_text(encoding="utf-8"))
            return Pointer(data["folder"], data["fingerprint"])
        except (FileNotFoundError, ValueError, KeyError):
            return None

    def create(self) -> str:
        """A new, empty folder that nobody reads yet."""
        self.root.mkdir(parents=True, exist_ok=True)
        number = 1 + max((_number(path) for path in self._folders()), default=0)
        while True:
            folder = f"{_PREFIX}{number:06d}"
            try:
                self.path(folder).mkdir()
            except FileExistsError:  # another build took the number
                number += 1
            else:
                return folder

    def discard(self, folder: str) -> None:
        shutil.rmtree(self.path(folder), ignore_errors=True)

    def switch(self, pointer: Pointer) -> None:
        """Answer from another folder; outdated folders go."""
        before = self.current()
        unfinished = self.root / f"{_POINTER}.{os.getpid()}"
        with unfinished.open("w", encoding="utf-8") as file:
            json.dump(
                {"folder": pointer.folder, "fingerprint": pointer.fingerprint}, file
            )
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self.root / _POINTER)
        kept = {pointer.folder, before.folder if before else ""}
        newest = _number(self.path(pointer.folder))
        for path in self._folders():
            # A folder with a higher number is another build that is under way.
            if path.name not in kept and _number(path) < newest:
                self.discard(path.name)

    @contextmanager
    def delivering(self, patience: float) -> Iterator[None]:
        """Only one process changes or switches the index at a time.

        The system frees the lock when its holder dies. Raises ``EngineBusyError`` after
        ``patience`` seconds.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / _LOCK).open("w") as file:
            _lock(file.fileno(), time.monotonic() + patience)
            yield

    def _folders(self) -> list[Path]:
        if not self.root.is_dir():
            return []
        return [path for path in self.root.glob(f"{_PREFIX}*") if path.is_dir()]


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


def _number(path: Path) -> int:
    digits = path.name.removeprefix(_PREFIX)
    return int(digits) if digits.isdecimal() else 0
