"""Where law files come from: files, folders and the .tar.xz archive.

Pure code: no model.
"""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

_ARCHIVE_ENDINGS = (".tar.xz", ".tar.gz", ".tar", ".txz", ".tgz")
# Notes about a folder, not texts of the law.
NOT_TEXTS = frozenset({"_index.md", "README.md"})


class SourceError(Exception):
    """A path that holds no law files."""


class SourceFile(NamedTuple):
    path: str  # as shown in messages; its folders tell the category
    data: bytes

    @property
    def is_text(self) -> bool:
        return PurePosixPath(self.path).name not in NOT_TEXTS


def read_sources(paths: list[Path]) -> Iterator[SourceFile]:
    """Every .md file below ``paths``, in the order of its path.

    The folder notes come too (``is_text`` is false), so that a summary can count all.
    """
    for path in paths:
        if not path.exists():
            raise SourceError(f"{path} does not exist")
        if path.is_dir():
            yield from _read_folder(path)
        elif path.name.endswith(_ARCHIVE_ENDINGS):
            yield from _read_archive(path)
        elif path.suffix == ".md":
            # The folder of a single file still tells what kind of text it is.
            shown = PurePosixPath(*path.resolve().parts[-2:])
            yield SourceFile(str(shown), path.read_bytes())
        else:
            raise SourceError(f"{path} is neither a folder, an archive nor a .md file")


def _read_folder(folder: Path) -> Iterator[SourceFile]:
    files = sorted(folder.rglob("*.md"), key=lambda file: file.as_posix())
    if not files:
        raise SourceError(f"{folder} holds no .md file")
    for file in files:
        # With the folder's own name, so that “…/社会法” alone is enough.
        shown = PurePosixPath(
            folder.resolve().name, file.relative_to(folder).as_posix()
        )
        yield SourceFile(str(shown), file.read_bytes())


def _read_archive(archive: Path) -> Iterator[SourceFile]:
    """Read in one pass (xz cannot seek cheaply), nothing is written to disk."""
    try:
        with tarfile.open(archive) as tar:
            files = [
                SourceFile(member.name.removeprefix("./"), handle.read())
                for member in tar
                if member.isfile()
                and member.name.endswith(".md")
                and (handle := tar.extractfile(member)) is not None
            ]
    except tarfile.TarError as error:
        raise SourceError(f"{archive} cannot be read: {error}") from error
    if not files:
        raise SourceError(f"{archive} holds no .md file")
    yield from sorted(files)
