"""What a command costs: the CPU and the memory of a process and all that it started."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

Say = Callable[[str], object]
LAUNCHER = Path(__file__).with_name("launcher.py")
MEMORY = Path("/dev/shm")  # noqa: S108  (only files that anybody may read)
TOLD = 15  # lines of a failed command's output


class NotMeasured(Exception):
    """A side that cannot be measured here, and why; never a figure made up for it."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Of one command: user and system time together, as the kernel counted them."""

    cpu: float  # seconds
    wall: float
    memory: int  # bytes, the largest process at its largest

    def as_json(self) -> dict[str, float]:
        return asdict(self)


def run(
    command: Sequence[str | Path],
    folder: Path,
    log: Path,
    settings: Mapping[str, str] | None = None,
) -> Usage:
    """Run a command to its end; its output goes to ``log``.

    Raises ``NotMeasured`` with the last lines where it fails.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    answer = log.with_suffix(".usage")
    began = time.perf_counter()
    with log.open("wb") as output:
        done = subprocess.run(  # noqa: S603  (commands of this benchmark)
            [sys.executable, "-I", LAUNCHER, answer, *map(str, command)],
            check=False,
            cwd=folder,
            env={**os.environ, **(settings or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    wall = time.perf_counter() - began
    if done.returncode:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
        told = "\n".join(lines[-TOLD:])
        raise NotMeasured(f"{Path(command[0]).name} ended with an error:\n{told}")
    return Usage(wall=wall, **json.loads(answer.read_text(encoding="ascii")))


def idle_share(before: tuple[int, int], after: tuple[int, int]) -> float:
    """Of the machine's time between two ``machine_time``."""
    spent = after[1] - before[1]
    return (after[0] - before[0]) / spent if spent else 1.0


def machine_time() -> tuple[int, int]:
    """(idle, all) ticks of all processors since the machine started."""
    line = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0]
    ticks = [int(part) for part in line.split()[1:9]]
    return ticks[3] + ticks[4], sum(ticks)


@dataclass(frozen=True, slots=True)
class Export:
    """One side's full export; ``empty`` is the same command on a site without articles.

    ``apart``, ``empty_apart``: seconds of their CPU for what no other side makes.
    """

    name: str
    pages: int
    usage: Usage
    empty_pages: int
    empty: Usage
    apart: float = 0.0
    empty_apart: float = 0.0

    @property
    def added(self) -> float:
        """Seconds of CPU less start-up."""
        return self.usage.cpu - self.empty.cpu

    @property
    def per_page(self) -> float:
        """Milliseconds of CPU for one more page: start-up falls out of the difference."""
        return self.per_page_in_all - self.per_page_apart

    @property
    def per_page_in_all(self) -> float:
        return self._of_a_page(self.added)

    @property
    def per_page_apart(self) -> float:
        return self._of_a_page(self.apart - self.empty_apart)

    def _of_a_page(self, seconds: float) -> float:
        return seconds / (self.pages - self.empty_pages) * 1000

    def as_json(self) -> dict[str, Any]:
        return {
            "pages": self.pages,
            "per_page_ms": self.per_page,
            "per_page_apart_ms": self.per_page_apart,
            "usage": self.usage.as_json(),
            "empty_pages": self.empty_pages,
            "empty": self.empty.as_json(),
        }


def output_folder(usual: Path) -> Path:
    """Where a side writes its files: into memory, where there is such a place, because
    what a disk costs is no property of a side. ``usual`` becomes a link to it."""
    if not MEMORY.is_dir():
        usual.mkdir(parents=True, exist_ok=True)
        return usual
    name = sha256(str(usual.absolute()).encode()).hexdigest()[:16]
    place = MEMORY / "xiangfatong-bench" / name
    place.mkdir(parents=True, exist_ok=True)
    if not usual.is_symlink():
        shutil.rmtree(usual, ignore_errors=True)
        usual.parent.mkdir(parents=True, exist_ok=True)
        usual.symlink_to(place)
    return place


def empty_folder(folder: Path) -> None:
    """Remove what is in a folder that may be a link."""
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def count_pages(folder: Path) -> int:
    return sum(1 for _page in folder.rglob("*.html"))
