"""The tree of files that a web server serves, as a Django storage."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage

from publishing.sites.outputs import digest_of


class TreeStorage(FileSystemStorage):
    """A folder of files that are replaced whole, never written into.

    Older releases hold the same files by hard links: a write in place would change
    them too, and a reader could see half a file.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def _save(self, name: str, content: File[Any]) -> str:
        target = Path(self.path(name))
        self._make_room(target)
        if isinstance(content, StagedFile):
            os.replace(content.temporary_file_path(), target)
            return name
        fresh = target.with_name(f".{target.name}.{os.getpid()}.new")
        try:
            with fresh.open("wb") as stream:
                for chunk in content.chunks():
                    stream.write(chunk)
            os.replace(fresh, target)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
        return name

    def _make_room(self, target: Path) -> None:
        """Whatever stands there that no record knows of must not stop a publication."""
        for folder in reversed(target.relative_to(self.location).parents):
            place = self.location / folder
            if not place.is_dir():
                place.unlink(missing_ok=True)
                place.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            shutil.rmtree(target)

    def delete(self, name: str) -> None:
        """Remove a file, and the folders that are empty then."""
        target = Path(self.path(name))
        # A folder where the file was, or a file where its folder was: what is done a
        # second time, after a killed run, finds what came later.
        with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
            target.unlink()
        root = Path(self.location)
        for folder in target.parents:
            if folder == root or not _remove_if_empty(folder):
                break


def _remove_if_empty(folder: Path) -> bool:
    try:
        folder.rmdir()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise
        return False
    return True


class StagedFile(File[bytes]):
    """A file that a run has made; a storage on the same disk takes it by renaming it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.open("rb"), name=path.name)
        self._path = path

    def temporary_file_path(self) -> str:
        return str(self._path)


def replace(storage: Storage, name: str, staged: Path) -> None:
    """Put a staged file in place; afterwards it is no longer staged."""
    with StagedFile(staged) as content:
        if storage.get_available_name(name) != name:
            storage.delete(name)  # a storage that never overwrites
        storage.save(name, content)
    staged.unlink(missing_ok=True)


def is_intact(storage: Storage, name: str, size: int, sha256: str | None) -> bool:
    """Whether a file is as the record says; with ``sha256`` its bytes are read.

    Its size is asked for every file of a run, so only where it costs nothing: a
    storage that is no file system is believed.
    """
    if isinstance(storage, FileSystemStorage):
        return is_file(storage.path(name), size, sha256)
    if sha256 is None:
        return True
    if not storage.exists(name):
        return False
    with storage.open(name) as stream:
        return digest_of(stream) == (size, sha256)


def is_file(path: str, size: int, sha256: str | None) -> bool:
    try:
        found = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    if found.st_size != size or not stat.S_ISREG(found.st_mode):
        return False
    if sha256 is None:
        return True
    with open(path, "rb") as stream:
        return digest_of(stream) == (size, sha256)
