"""Releases of a site: whole trees, hard links between them, the link ``current``.

Everything that needs a file system is here; a site on another storage has none of it.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from publishing.sites.errors import UnknownReleaseError

FORM = "%Y%m%d-%H%M%S-%f"
KEEP = 5
CURRENT = "current"
# A disk without hard links, or a file with too many of them: it is copied.
_NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV)


@dataclass(frozen=True, slots=True)
class Release:
    name: str
    is_current: bool

    @property
    def moment(self) -> datetime:
        return timezone.make_aware(datetime.strptime(self.name, FORM))


class Releases:
    def __init__(self, site: Path) -> None:
        self.folder = site / "releases"
        self.link = site / CURRENT

    def all(self) -> list[Release]:
        """The newest first."""
        current = self.current
        return [Release(name, name == current) for name in reversed(self._names())]

    @property
    def current(self) -> str | None:
        try:
            return Path(os.readlink(self.link)).name
        except FileNotFoundError:
            return None

    def tree(self, name: str) -> Path:
        return self.folder / name

    def named(self, name: str | None) -> Release:
        """The release of that name; without a name the one before the current one."""
        found = self.all()
        if name is not None:
            wanted = [release for release in found if release.name == name]
        else:
            wanted = [
                release for release in found if release.name < (self.current or "")
            ]
        if not wanted:
            raise UnknownReleaseError(
                _("没有这个版本：%(name)s") % {"name": name}
                if name
                else _("没有更早的版本可以退回。")
            )
        return wanted[0]

    def new_name(self) -> str:
        """The present moment, and later than every name there is."""
        moment = timezone.localtime()
        name = moment.strftime(FORM)
        names = self._names()
        if names and name <= names[-1]:
            latest = datetime.strptime(names[-1], FORM)
            name = (latest + timedelta(microseconds=1)).strftime(FORM)
        return name

    def adopt(self, tree: Path, name: str) -> None:
        """A finished tree becomes a release; done already after a killed run."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if tree.exists():
            os.rename(tree, self.tree(name))

    def exists(self, name: str) -> bool:
        return self.tree(name).is_dir()

    def switch(self, name: str) -> None:
        """Serve this release from now on."""
        fresh = self.link.with_name(f".{CURRENT}.new")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(Path("releases") / name, target_is_directory=True)
        os.replace(fresh, self.link)

    def prune(self, bin_folder: Path, keep: Collection[str | None]) -> None:
        """Remove old releases; what is half removed must not look like one."""
        names = [name for name in self._names() if name not in {*keep, self.current}]
        beside = len(self._names()) - len(names)
        for name in names[: max(0, len(names) + beside - KEEP)]:
            bin_folder.mkdir(parents=True, exist_ok=True)
            gone = bin_folder / name
            os.rename(self.tree(name), gone)
            shutil.rmtree(gone)

    def _names(self) -> list[str]:
        try:
            found = [entry.name for entry in os.scandir(self.folder) if entry.is_dir()]
        except FileNotFoundError:
            return []
        return sorted(name for name in found if _is_name(name))


def _is_name(name: str) -> bool:
    try:
        datetime.strptime(name, FORM)
    except ValueError:
        return False
    return True


class Folders:
    """Folders that one run has made: asking the disk for each file costs more."""

    def __init__(self) -> None:
        self._made: set[str] = set()

    def make(self, folder: str) -> None:
        if folder not in self._made:
            try:
                os.mkdir(folder)
            except (FileNotFoundError, FileExistsError):
                os.makedirs(folder, exist_ok=True)
            self._made.add(folder)


def link_files(
    source: Path, target: Path, names: Iterable[str], folders: Folders
) -> None:
    """Hard links of these files of one tree in another."""
    for name in names:
        there = f"{target}/{name}"
        folders.make(os.path.dirname(there))
        try:
            os.link(f"{source}/{name}", there)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            shutil.copy2(f"{source}/{name}", there)


def files_in(tree: Path) -> list[str]:
    """The names of all files of a tree, relative to it."""
    found: list[str] = []
    for folder, _folders, files in os.walk(tree):
        inside = os.path.relpath(folder, tree)
        prefix = "" if inside == "." else f"{inside}/"
        found += [prefix + name for name in files]
    return sorted(found)
