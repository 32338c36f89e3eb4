"""The published site of one portal: its tree, its releases, and its record.

EXPORT_DIR/<host>/
    releases/<time>/    whole trees; unchanged files are hard links
    current             the release that is live; a change is written into it
    record.sqlite3      what is live and why, the runs, the journal
    staging/<run>/      files of a run that is being made
    paused              why the worker leaves this site alone
    lock
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.utils.translation import gettext as _

from publishing.sites.database import is_usable
from publishing.sites.errors import SiteStaleError, telling_full_disk
from publishing.sites.journal import (
    Entry,
    Journal,
    clear_staging,
    pause_file,
    staging_folder,
    write_pause,
)
from publishing.sites.lock import hold
from publishing.sites.places import Beside, NewTree
from publishing.sites.record import Record
from publishing.sites.recording import RecordWriter
from publishing.sites.releases import Release, Releases, files_in
from publishing.sites.runs import ChangeRun, FullRun, Run
from publishing.sites.storage import TreeStorage

RECORD = "record.sqlite3"
ALIAS = "sites"
# What the record knows of itself.
TREE = "tree"  # the release that it describes
CHANGED = "changed"  # "1": that tree was changed since it was cut
ELSEWHERE = "elsewhere"  # instead of a release: the site is on another storage


class Site:
    """Belongs to one thread; two processes are kept apart by ``locked``."""

    def __init__(self, host: str, folder: Path, live: Storage | None = None) -> None:
        self.host = host
        self.folder = folder
        self.releases_on_disk = Releases(folder)
        self.record = Record(folder / RECORD)
        self._writer: RecordWriter | None = None
        self._other_live = live
        self._is_durable: bool = settings.EXPORT_DURABLE
        self._is_locked = False

    @classmethod
    def of(cls, host: str, root: Path | None = None) -> Site:
        folder = (root or Path(settings.EXPORT_DIR)) / host
        return cls(host, folder, _other_storage(host))

    def close(self) -> None:
        self.record.close()
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    # What is live

    @property
    def live(self) -> Storage:
        """The storage of the tree that is served."""
        if self._other_live is not None:
            return self._other_live
        return TreeStorage(location=self.releases_on_disk.link.resolve())

    @property
    def is_stale(self) -> bool:
        """The record describes another tree than the one that is live (a rollback)."""
        return self.record.meta(TREE) not in (None, self._current)

    @property
    def needs_full_build(self) -> bool:
        """Nothing is published yet, or the record does not describe what is."""
        return self.record.meta(TREE) is None or self.is_stale

    @property
    def _current(self) -> str | None:
        return self.releases_on_disk.current if self._has_releases else ELSEWHERE

    def releases(self) -> list[Release]:
        """The newest first."""
        return self.releases_on_disk.all()

    @property
    def _has_releases(self) -> bool:
        return self._other_live is None

    # Pausing: a file, so that it can be done while a run is under way

    @property
    def is_paused(self) -> bool:
        return pause_file(self.folder).exists()

    @property
    def paused_reason(self) -> str:
        try:
            return pause_file(self.folder).read_text()
        except FileNotFoundError:
            return ""

    def pause(self, reason: str) -> None:
        """The worker leaves this site alone until it is resumed."""
        self.folder.mkdir(parents=True, exist_ok=True)
        write_pause(self.folder, reason)

    def resume(self) -> None:
        pause_file(self.folder).unlink(missing_ok=True)

    # The lock

    @contextmanager
    def locked(self, *, wait: bool) -> Iterator[None]:
        """Nobody else writes; what a killed run left is completed or undone first."""
        if self._is_locked:
            yield
            return
        with telling_full_disk(), self._held(wait=wait):
            self._is_locked = True
            try:
                self._recover()
                yield
            finally:
                self._is_locked = False

    @contextmanager
    def _held(self, *, wait: bool) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with hold(self.folder / "lock", wait=wait):
            yield

    @property
    def _writable(self) -> RecordWriter:
        if self._writer is None:
            self._writer = RecordWriter(self.folder / RECORD)
        return self._writer

    @property
    def _journal(self) -> Journal:
        return Journal(self._writable, self.folder, self.live, self.releases_on_disk)

    def _recover(self) -> None:
        if self._writer is None or not self._writer.is_same_file():
            self.close()
            if not is_usable(self.folder / RECORD):
                self._begin_anew()
        writer = self._writable
        self._settle()
        writer.end_killed_runs(_("中断了，已经恢复。"))
        writer.end_progress()
        clear_staging(self.folder)

    def _begin_anew(self) -> None:
        """A record of another version or a broken one: a full build makes it again."""
        for suffix in ("", "-wal", "-shm"):
            (self.folder / f"{RECORD}{suffix}").unlink(missing_ok=True)

    def _settle(self) -> None:
        """Carry out the journal: a run that came so far that it wrote one counts."""
        if not self._journal.is_empty():
            self._journal.carry_out()
            self._prune()

    def _prune(self) -> None:
        folder = staging_folder(self.folder) / "old"
        self.releases_on_disk.prune(folder, [self._writable.meta(TREE)])

    # Runs

    @contextmanager
    def full_run(self, cause: str, *, checks_files: bool = False) -> Iterator[FullRun]:
        """Build the whole site: a new release, which is switched to at the end.

        ``checks_files``: a file whose bytes somebody changed on the disk is written
        again, and one that somebody added goes; else a file of the size that the record
        says is believed.

        No release is made that would equal the one that is live: five quiet nights
        would push out everything that one might want to go back to.
        """
        with self.locked(wait=True), self._running("full", cause) as run_id:
            if not self._has_releases:
                beside = self._beside(run_id, checks_files=checks_files)
                run = FullRun(run_id, self.host, self._writable, beside)
                yield run
                self._commit(run_id, run.finish(), ELSEWHERE, run)
                return
            tree = self._new_tree(run_id, checks_files=checks_files)
            run = FullRun(run_id, self.host, self._writable, tree)
            yield run
            tree.is_needed = (
                self._was_changed
                or self.needs_full_build
                or run.drop_unseen()
                or (checks_files and self._has_strangers())
            )
            entries = run.finish()
            name = entries[-1].name if entries else self._current
            self._commit(run_id, entries, name, run)

    @contextmanager
    def change_run(self, cause: str) -> Iterator[ChangeRun]:
        """Change some files of the live tree. Needs a site that was built whole."""
        with self.locked(wait=True):
            if self.needs_full_build:
                raise SiteStaleError(_("网站需要先完整生成一次。"))
            with self._running("change", cause) as run_id:
                place = self._beside(run_id)
                run = ChangeRun(run_id, self.host, self._writable, place)
                yield run
                self._commit(run_id, run.finish(), None, run)

    def cut_release(self, *, anew: bool = False) -> str:
        """Keep the present state as a release and go on in a copy; the copy's name.

        Nothing new since the last time: nothing is done, unless ``anew``.
        """
        with self.locked(wait=True):
            if self.needs_full_build:
                raise SiteStaleError(_("网站需要先完整生成一次。"))
            current = self._current or ""
            if not (self._was_changed or anew) or not self._has_releases:
                return current
            with self._running("release", "") as run_id:
                tree = self._new_tree(run_id)
                tree.is_needed = True
                known = self._known_files()
                for name in files_in(self.releases_on_disk.tree(current)):
                    if name in known:  # what somebody put there is not carried on
                        tree.retain(name)
                entries = tree.entries()
                self._commit(run_id, entries, entries[-1].name)
            return entries[-1].name

    def rollback(self, name: str | None = None) -> Release:
        """Serve an older release, and pause: the worker would bring the new one back."""
        with self.locked(wait=True):
            release = self.releases_on_disk.named(name)
            with self._running("rollback", release.name) as run_id:
                reason = _("已退回到 %(name)s 的版本。") % {"name": release.name}
                entries = [Entry("pause", reason), Entry("switch", release.name)]
                self._commit(run_id, entries, None)
            return self.releases_on_disk.named(release.name)

    def _known_files(self) -> set[str]:
        return {*self.record.names(), *(name for name, *_rest in self.record.parts())}

    def _has_strangers(self) -> bool:
        """Whether there are files in the live tree that no run put there."""
        tree = self.releases_on_disk.tree(self._current or "")
        return not self._known_files().issuperset(files_in(tree))

    # How a run begins and ends

    @contextmanager
    def _running(self, kind: str, cause: str) -> Iterator[int]:
        writer = self._writable
        self._settle()
        run_id = writer.start_run(kind, cause)
        try:
            with telling_full_disk():
                writer.begin(is_durable=self._is_durable)
                yield run_id
        except BaseException as error:
            self._give_up(run_id, error)
            raise
        finally:
            writer.end_progress()

    def _commit(
        self,
        run_id: int,
        entries: list[Entry],
        described: str | None,
        run: Run | None = None,
    ) -> None:
        """The record first, with what is still to do; then that is done.

        ``described``: the tree that the record describes now, if that changes.
        """
        writer = self._writable
        self._journal.add(run_id, entries)
        if described is not None:
            writer.set_meta(TREE, described)
            writer.set_meta(CHANGED, "")
        elif run is not None and entries:
            writer.set_meta(CHANGED, "1")
        if run is not None:
            writer.count(run_id, run.rendered, run.written, run.deleted)
        if not entries:
            writer.end_run(run_id)
        writer.commit()
        if entries:
            self._journal.carry_out()
            self._prune()
        clear_staging(self.folder)

    def _give_up(self, run_id: int, error: BaseException) -> None:
        """Nothing of the run counts, unless its journal is written already."""
        with suppress(sqlite3.Error, OSError):
            self._writable.roll_back()
            if self._journal.is_empty():
                self._writable.end_run(run_id, str(error) or type(error).__name__)
                clear_staging(self.folder)

    @property
    def _was_changed(self) -> bool:
        return self.record.meta(CHANGED) == "1"

    def _staging(self, run_id: int) -> Path:
        folder = staging_folder(self.folder) / str(run_id)
        folder.mkdir(parents=True)
        return folder

    def _beside(self, run_id: int, *, checks_files: bool = False) -> Beside:
        return Beside(
            self.live,
            self._staging(run_id),
            is_durable=self._is_durable,
            checks_files=checks_files,
        )

    def _new_tree(self, run_id: int, *, checks_files: bool = False) -> NewTree:
        described = self._writable.meta(TREE)
        source = self.releases_on_disk.tree(described) if described else None
        return NewTree(
            self._staging(run_id) / "tree",
            source,
            self.releases_on_disk,
            is_durable=self._is_durable,
            checks_files=checks_files,
        )


def _other_storage(host: str) -> Storage | None:
    """The storage of the setting STORAGES["sites"]; "{host}" in an option is filled in."""
    configured = settings.STORAGES.get(ALIAS)
    if configured is None:
        return None
    options = {
        name: value.format(host=host) if isinstance(value, str) else value
        for name, value in configured.get("OPTIONS", {}).items()
    }
    return storages.create_storage({**configured, "OPTIONS": options})
