"""Where a run puts its files until it ends: beside the live tree, or as a new one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

from django.core.files.storage import Storage

from publishing.sites import storage
from publishing.sites.journal import Entry
from publishing.sites.manifest import NAME, SIGNATURE, is_part
from publishing.sites.outputs import folders_above
from publishing.sites.releases import Folders, Releases, link_files

FEW = 64  # files that are brought to the disk one by one


class Place(Protocol):
    def holds(self, name: str, size: int, sha256: str) -> bool:
        """Whether the file that the record knows is really there."""

    def old_body(self, name: str) -> bytes | None:
        """The file as it was before the run; None: it was not there."""

    def stage(self, name: str, body: bytes) -> None: ...

    def retain(self, name: str) -> None:
        """The file that is there stays."""

    def remove(self, name: str) -> None: ...

    def entries(self) -> list[Entry]:
        """What is to be done when the record is written; prepares all that can fail."""


def write_file(path: str, body: bytes) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666)
    try:
        while body:
            body = body[os.write(file, body) :]
    finally:
        os.close(file)


class Beside:
    """Staged files that replace those of the live tree one by one."""

    def __init__(
        self, live: Storage, staging: Path, *, is_durable: bool, checks_files: bool
    ) -> None:
        self._live = live
        self._staging = staging
        self._is_durable = is_durable
        self._checks_files = checks_files
        self._staged: dict[str, int] = {}
        self._new: set[str] = set()
        self._removed: set[str] = set()
        self._numbered = 0

    def holds(self, name: str, size: int, sha256: str) -> bool:
        wanted = sha256 if self._checks_files else None
        return storage.is_intact(self._live, name, size, wanted)

    def old_body(self, name: str) -> bytes | None:
        try:
            with self._live.open(name) as stream:
                return bytes(stream.read())
        except FileNotFoundError:
            return None

    def stage(self, name: str, body: bytes) -> None:
        self._numbered += 1
        write_file(f"{self._staging}/{self._numbered}", body)
        self._staged[name] = self._numbered
        self._removed.discard(name)

    def retain(self, name: str) -> None:
        self._staged.pop(name, None)
        self._removed.discard(name)

    def remove(self, name: str) -> None:
        self._staged.pop(name, None)
        self._removed.add(name)

    def entries(self) -> list[Entry]:
        """In the order in which a reader misses least.

        What stands where a folder has to be goes first; then new files, then those that
        name them; what nobody names any more goes last, and then the manifest.
        """
        if self._is_durable:
            bring_to_disk([self._staging / str(n) for n in self._staged.values()])
        blocking = self._blocking()
        writes = sorted(self._staged, key=self._rank)
        pages = [name for name in writes if not is_part(name)]
        parts = [name for name in writes if is_part(name)]
        return [
            *(Entry("delete", name) for name in sorted(blocking)),
            *(self._write(name) for name in pages),
            *(Entry("delete", name) for name in sorted(self._removed - blocking)),
            *(self._write(name) for name in parts),
        ]

    def _write(self, name: str) -> Entry:
        source = f"{self._staging.name}/{self._staged[name]}"
        return Entry("write", name, source)

    def _rank(self, name: str) -> tuple[int, bool, str]:
        last = {NAME: 1, SIGNATURE: 2}.get(name, 0)
        return last, self._live.exists(name), name

    def _blocking(self) -> set[str]:
        """Removed files where a folder is to be, or below one where a file is to be."""
        above = {folder for name in self._staged for folder in folders_above(name)}
        return {
            name
            for name in self._removed
            if name in above or not self._staged.keys().isdisjoint(folders_above(name))
        }


class PlainTree:
    """A whole tree of which every file is written."""

    def __init__(self, tree: Path, *, is_durable: bool) -> None:
        self.tree = tree
        self.staged: set[str] = set()
        self._folders = Folders()
        self._is_durable = is_durable

    def holds(self, name: str, size: int, sha256: str) -> bool:
        return False

    def old_body(self, name: str) -> bytes | None:
        return None

    def stage(self, name: str, body: bytes) -> None:
        path = f"{self.tree}/{name}"
        self._folders.make(os.path.dirname(path))
        write_file(path, body)
        self.staged.add(name)

    def retain(self, name: str) -> None:
        self.remove(name)

    def remove(self, name: str) -> None:
        if name in self.staged:
            (self.tree / name).unlink()
            self.staged.remove(name)

    def entries(self) -> list[Entry]:
        self.tree.mkdir(parents=True, exist_ok=True)
        if self._is_durable and self.staged:
            os.sync()
        return []


class NewTree(PlainTree):
    """A release; what stays is linked from the tree that the record describes."""

    def __init__(
        self,
        tree: Path,
        source: Path | None,
        releases: Releases,
        *,
        is_durable: bool,
        checks_files: bool,
    ) -> None:
        super().__init__(tree, is_durable=is_durable)
        self._source = source
        self._releases = releases
        self._checks_files = checks_files
        self._retained: set[str] = set()
        # A tree that equals the one that is live is not made.
        self.is_needed = False

    def holds(self, name: str, size: int, sha256: str) -> bool:
        if self._source is None:
            return False
        wanted = sha256 if self._checks_files else None
        return storage.is_file(f"{self._source}/{name}", size, wanted)

    def old_body(self, name: str) -> bytes | None:
        try:
            return (self._source / name).read_bytes() if self._source else None
        except FileNotFoundError:
            return None

    def stage(self, name: str, body: bytes) -> None:
        super().stage(name, body)
        self._retained.discard(name)

    def retain(self, name: str) -> None:
        super().retain(name)
        self._retained.add(name)

    def remove(self, name: str) -> None:
        super().remove(name)
        self._retained.discard(name)

    def entries(self) -> list[Entry]:
        if not (self.is_needed or self.staged):
            return []
        if self._source is not None:
            retained = sorted(self._retained)
            link_files(self._source, self.tree, retained, self._folders)
        super().entries()
        name = self._releases.new_name()
        source = f"{self.tree.parent.name}/{self.tree.name}"
        return [Entry("adopt", name, source), Entry("switch", name)]


def bring_to_disk(files: list[Path]) -> None:
    """A power cut must not leave empty files under names that the journal trusts."""
    if len(files) > FEW:
        os.sync()
        return
    for file in files:
        with file.open("rb") as stream:
            os.fsync(stream.fileno())
