"""Where an export goes: built beside the old one, then put in its place.

Only this module touches the disk. While a build runs, and if it fails or is killed, the
old site stays as it is; what a killed build left behind is removed by the next one.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

BUILDING = ".building"
KEEP_RELEASES = 5


class Writer:
    """Writes files below one folder; ``commit`` makes the folder the site."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, name: str, body: bytes) -> None:
        """Write one file; ``name`` is relative and may not leave the folder."""
        target = (self.root / name).resolve()
        if not target.is_relative_to(self.root.resolve()):
            raise ValueError(f"outside the export: {name}")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)


@contextmanager
def plain_folder(target: Path) -> Iterator[Writer]:
    """Replace the folder ``target`` as a whole (``--output``)."""
    staging = target.with_name(f"{BUILDING}-{target.name}")
    previous = target.with_name(f".previous-{target.name}")
    target.parent.mkdir(parents=True, exist_ok=True)
    with _alone(target.parent):
        _restore(target, previous)
        _remove(staging)
        staging.mkdir()
        try:
            yield Writer(staging)
        except BaseException:
            _remove(staging)
            raise
        if target.exists():
            target.rename(previous)
        staging.rename(target)
        _remove(previous)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait for another export into ``folder``: each removes what it takes for leftovers."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _restore(target: Path, previous: Path) -> None:
    """Undo a switch that was cut off between its two renames."""
    if previous.exists() and not target.exists():
        previous.rename(target)
    _remove(previous)


@contextmanager
def release(site: Path, moment: datetime) -> Iterator[Writer]:
    """A new release below ``site``; the link ``current`` is moved to it atomically."""
    releases = site / "releases"
    releases.mkdir(parents=True, exist_ok=True)
    with _alone(releases):
        for leftover in releases.glob(f"{BUILDING}-*"):
            _remove(leftover)
        name = moment.strftime("%Y%m%d-%H%M%S-%f")
        staging = releases / f"{BUILDING}-{name}"
        staging.mkdir()
        try:
            yield Writer(staging)
        except BaseException:
            _remove(staging)
            raise
        staging.rename(releases / name)
        _point(site / "current", Path("releases") / name)
        _prune(releases, keep=name)


def _point(link: Path, target: Path) -> None:
    fresh = link.with_name(".current-new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    os.replace(fresh, link)


def _prune(releases: Path, keep: str) -> None:
    old = sorted(path for path in releases.iterdir() if path.name != keep)
    for path in old[: -(KEEP_RELEASES - 1)]:
        _remove(path)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
