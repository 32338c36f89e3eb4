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
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from search.engines.locks import hold

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

    @contextmanager
    def building(self) -> Iterator[str]:
        """A new, empty folder that nobody reads yet; gone again unless switched to.

        Its lock file says that it is in use, so that another build, which may be done
        first, leaves it alone. The lock comes before the folder and ends with its
        holder, so a folder without a locked file is left over from a killed build.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        number = 1 + max((_number(path) for path in self._folders()), default=0)
        while True:
            folder = f"{_PREFIX}{number:06d}"
            try:
                file = self._lock_path(folder).open("x")
            except FileExistsError:  # another build took the number
                number += 1
            else:
                break
        try:
            with file:
                fcntl.flock(file.fileno(), fcntl.LOCK_EX)
                self.path(folder).mkdir(exist_ok=True)
                yield folder
        finally:
            pointer = self.current()
            if pointer is None or pointer.folder != folder:
                self._discard(folder)

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
        for path in self._folders():
            if path.name not in kept and not self._is_being_built(path.name):
                self._discard(path.name)

    @contextmanager
    def delivering(self, patience: float) -> Iterator[None]:
        """Only one process changes or switches the index at a time.

        The system frees the lock when its holder dies. Raises ``EngineBusyError`` after
        ``patience`` seconds.
        """
        with hold(self.root / _LOCK, patience):
            yield

    def _lock_path(self, folder: str) -> Path:
        return self.root / f"{folder}.lock"

    def _is_being_built(self, folder: str) -> bool:
        try:
            with self._lock_path(folder).open("a") as file:
                fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False

    def _discard(self, folder: str) -> None:
        shutil.rmtree(self.path(folder), ignore_errors=True)
        self._lock_path(folder).unlink(missing_ok=True)

    def _folders(self) -> list[Path]:
        if not self.root.is_dir():
            return []
        return [path for path in self.root.glob(f"{_PREFIX}*") if path.is_dir()]


def _number(path: Path) -> int:
    digits = path.name.removeprefix(_PREFIX)
    return int(digits) if digits.isdecimal() else 0
