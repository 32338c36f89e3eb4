"""What a run that has ended still has to do to the files.

The entries are written in the transaction that changes the record. From then on the
run counts: a process that is killed leaves them, and the next one does them again. So
each can be done twice.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from django.core.files.storage import Storage

from publishing.sites import storage
from publishing.sites.recording import RecordWriter
from publishing.sites.releases import Releases

Operation = Literal["write", "delete", "adopt", "switch", "pause"]


@dataclass(frozen=True, slots=True)
class Entry:
    operation: Operation
    name: str  # of the file or the release; the reason of a pause
    source: str = ""  # of "write" and "adopt", relative to the staging folder


@dataclass(frozen=True, slots=True)
class Journal:
    record: RecordWriter
    folder: Path  # of the site
    live: Storage
    releases: Releases

    def add(self, run_id: int, entries: Iterable[Entry]) -> None:
        self.record.db.executemany(
            "INSERT INTO journal (run_id, operation, name, source) VALUES (?, ?, ?, ?)",
            [(run_id, entry.operation, entry.name, entry.source) for entry in entries],
        )

    def is_empty(self) -> bool:
        query = "SELECT 1 FROM journal LIMIT 1"
        return self.record.db.execute(query).fetchone() is None

    def carry_out(self) -> None:
        """Do what is written, then strike it out: the runs have ended."""
        for entry in self._entries():
            self._do(entry)
        db = self.record.db
        runs = db.execute("SELECT DISTINCT run_id FROM journal").fetchall()
        db.execute("BEGIN IMMEDIATE")
        db.execute("DELETE FROM journal")
        for (run_id,) in runs:
            self.record.end_run(run_id)
        db.execute("COMMIT")

    def _entries(self) -> Iterator[Entry]:
        query = "SELECT operation, name, source FROM journal ORDER BY id"
        for operation, name, source in self.record.db.execute(query).fetchall():
            yield Entry(operation, name, source)

    def _do(self, entry: Entry) -> None:
        staged = staging_folder(self.folder) / entry.source
        match entry.operation:
            case "write":
                if staged.exists():
                    storage.replace(self.live, entry.name, staged)
            case "delete":
                self.live.delete(entry.name)
            case "adopt":
                self.releases.adopt(staged, entry.name)
            case "switch":
                # Removed by hand: the site is stale then, and a full build makes it.
                if self.releases.exists(entry.name):
                    self.releases.switch(entry.name)
            case "pause":
                write_pause(self.folder, entry.name)


def staging_folder(site: Path) -> Path:
    return site / "staging"


def clear_staging(site: Path) -> None:
    if staging_folder(site).exists():
        shutil.rmtree(staging_folder(site))


def pause_file(site: Path) -> Path:
    return site / "paused"


def write_pause(site: Path, reason: str) -> None:
    fresh = pause_file(site).with_suffix(".new")
    fresh.write_text(reason)
    fresh.replace(pause_file(site))
