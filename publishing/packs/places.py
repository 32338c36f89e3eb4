"""Where a pack is written: a folder or a zip file, complete or not at all."""

from __future__ import annotations

import fcntl
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path, PurePosixPath

from publishing.sites.plain import plain_folder

Write = Callable[[str, bytes], None]

# Packed already; trying again would only take time.
STORED = frozenset({".avif", ".jpg", ".jpeg", ".mp3", ".mp4", ".png", ".webm", ".webp"})
READABLE_FILE = 0o644 << 16


def pack_place(
    target: Path, title: str, made_on: date
) -> AbstractContextManager[Write]:
    """What writes (name, body) of a pack; ``target`` appears when the block ends well.

    In a zip file everything lies in a folder ``title``, so that it stays together where
    it is unpacked.
    """
    if target.suffix.lower() == ".zip":
        return _zip_file(target, title, made_on)
    return plain_folder(target)


@contextmanager
def _zip_file(target: Path, title: str, made_on: date) -> Iterator[Write]:
    target.parent.mkdir(parents=True, exist_ok=True)
    staging = target.with_name(f".building-{target.name}")
    staging.touch()
    with staging.open("r+b") as handle:  # not emptied before it is ours
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        try:
            handle.truncate(0)
            with zipfile.ZipFile(handle, "w") as archive:
                yield lambda name, body: _add(archive, f"{title}/{name}", body, made_on)
            handle.flush()
            os.fsync(handle.fileno())
        except BaseException:
            staging.unlink()
            raise
        os.replace(staging, target)


def _add(archive: zipfile.ZipFile, name: str, body: bytes, made_on: date) -> None:
    """The same files give the same archive: every entry has the day of the pack."""
    entry = zipfile.ZipInfo(name, (made_on.year, made_on.month, made_on.day, 0, 0, 0))
    entry.external_attr = READABLE_FILE
    is_stored = PurePosixPath(name).suffix.lower() in STORED
    entry.compress_type = zipfile.ZIP_STORED if is_stored else zipfile.ZIP_DEFLATED
    archive.writestr(entry, body)
