"""How a run writes the record: rows and edges that differ, in its one transaction."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from time import monotonic

from django.utils import timezone

from publishing.sites.database import open_database, usual_synchronous
from publishing.sites.manifest import Entry, shard_of
from publishing.sites.outputs import Fact, Output, Spot
from publishing.sites.record import (
    SEPARATOR,
    Failure,
    Record,
    fact_of,
    fact_text,
    texts_of,
)

KEEP_RUNS = 200
KEEP_CAUSES = 20  # of so many runs the record knows why each file was made again
LEAST_SECONDS = 1.0  # between two notes of the progress


class RecordWriter(Record):
    """A record as the run that changes it sees it; only under the lock of the site."""

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        # Shards of the manifest that the run has to write again.
        self.touched: set[int] = set()
        self._known: dict[Fact, tuple[int, str]] = {}
        # The run began with an empty record: it knows all names in it, and all facts.
        self._was_empty = False
        self._own: set[str] = set()
        self._failing: set[str] | None = None  # as the run found them
        self._next_fact = 0
        self._loosened: set[int] = set()
        self._noted = 0.0
        self._inode = 0

    @property
    def db(self) -> sqlite3.Connection:
        # Unlike a reader's: it makes the file.
        if self._connection is None or self._pid != os.getpid():
            from_parent = self._pid not in (0, os.getpid())
            self._connection, self._pid = None, os.getpid()
            if from_parent:
                raise RuntimeError("a record is written by the process that opened it")
            self._connection = open_database(self.file)
            self._inode = self.file.stat().st_ino
        return self._connection

    def is_same_file(self) -> bool:
        """False where another process has begun the record anew."""
        try:
            return self._inode == self.file.stat().st_ino
        except FileNotFoundError:
            return False

    # Transactions

    def begin(self, *, is_durable: bool) -> None:
        """``is_durable``: a committed run is on the disk even when the power fails."""
        if is_durable:
            self.db.execute("PRAGMA synchronous = FULL")
        self.db.execute("BEGIN IMMEDIATE")
        self._known.clear()
        self._failing = None
        self._loosened.clear()
        self.touched.clear()
        row = self.db.execute("SELECT coalesce(max(id), 0) FROM facts").fetchone()
        self._next_fact = row[0] + 1
        self._own.clear()
        first = self.db.execute("SELECT 1 FROM outputs LIMIT 1").fetchone()
        self._was_empty = first is None and self._next_fact == 1

    def commit(self) -> None:
        self.db.execute("COMMIT")
        self.db.execute(f"PRAGMA synchronous = {usual_synchronous()}")

    def roll_back(self) -> None:
        if self.db.in_transaction:
            self.db.execute("ROLLBACK")

    # Outputs

    def store(self, output: Output) -> None:
        """Write what differs; the shard of an output that differs is touched."""
        values = (
            *(output.name, output.path, output.kind, output.language, output.size),
            *(output.sha256, output.type, output.status, output.page_id),
        )
        row = None
        if not self._is_unknown(output.name):
            row = self.db.execute(
                "SELECT name, path, kind, language, size, sha256, type, status, page_id,"
                " id FROM outputs WHERE name = ?",
                [output.name],
            ).fetchone()
        self._own.add(output.name)
        if row is None:
            self._add_edges(output, self._insert(values))
        else:
            if row[:-1] != values:
                self._update(row[-1], values)
            self._store_facts(output, row[-1])
            self._store_needs(output, row[-1])
            self._store_spots(output, row[-1])
        self._mend(output.name)

    def digest(self, name: str) -> str | None:
        return None if self._is_unknown(name) else super().digest(name)

    def _is_unknown(self, name: str) -> bool:
        return self._was_empty and name not in self._own

    def _mend(self, name: str) -> None:
        """A file that could be made fails no more."""
        if self._failing is None:
            self._failing = {failure.name for failure in self.failing()}
        if name in self._failing:
            self.db.execute("DELETE FROM failing WHERE name = ?", [name])

    def _add_edges(self, output: Output, output_id: int) -> None:
        """What a file reads and needs that was not there before."""
        self.db.executemany(
            "INSERT INTO reads (fact_id, output_id) VALUES (?, ?)",
            [(fact_id, output_id) for fact_id in self._fact_ids(output.facts)],
        )
        self.db.executemany(
            "INSERT INTO needs (kind, value, output_id) VALUES (?, ?, ?)",
            [(*need, output_id) for need in output.needs],
        )
        self._add_spots(output.spots, output_id)

    def drop(self, name: str) -> bool:
        """Forget an output; False where there was none."""
        self._mend(name)
        row = self.db.execute(
            "SELECT id FROM outputs WHERE name = ?", [name]
        ).fetchone()
        if row is None:
            return False
        facts = self.db.execute("SELECT fact_id FROM reads WHERE output_id = ?", row)
        self._loosened.update(fact_id for (fact_id,) in facts)
        self.db.execute("DELETE FROM reads WHERE output_id = ?", row)
        self.db.execute("DELETE FROM needs WHERE output_id = ?", row)
        self.db.execute("DELETE FROM spots WHERE output_id = ?", row)
        self.db.execute("DELETE FROM outputs WHERE id = ?", row)
        self.touched.add(shard_of(name))
        return True

    def _insert(self, values: tuple[object, ...]) -> int:
        name = str(values[0])
        self.touched.add(shard_of(name))
        cursor = self.db.execute(
            "INSERT INTO outputs (name, path, kind, language, size, sha256, type,"
            " status, page_id, shard) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*values, shard_of(name)),
        )
        return int(cursor.lastrowid or 0)

    def _update(self, output_id: int, values: tuple[object, ...]) -> None:
        self.touched.add(shard_of(str(values[0])))
        self.db.execute(
            "UPDATE outputs SET name = ?, path = ?, kind = ?, language = ?, size = ?,"
            " sha256 = ?, type = ?, status = ?, page_id = ? WHERE id = ?",
            (*values, output_id),
        )

    def _store_facts(self, output: Output, output_id: int) -> None:
        wanted = self._fact_ids(output.facts)
        rows = self.db.execute(
            "SELECT fact_id FROM reads WHERE output_id = ?", [output_id]
        )
        there = {fact_id for (fact_id,) in rows}
        if wanted == there:
            return
        self.touched.add(shard_of(output.name))
        self._loosened |= there - wanted
        self.db.executemany(
            "DELETE FROM reads WHERE fact_id = ? AND output_id = ?",
            [(fact_id, output_id) for fact_id in there - wanted],
        )
        self.db.executemany(
            "INSERT INTO reads (fact_id, output_id) VALUES (?, ?)",
            [(fact_id, output_id) for fact_id in sorted(wanted - there)],
        )

    def _store_needs(self, output: Output, output_id: int) -> None:
        rows = self.db.execute(
            "SELECT kind, value FROM needs WHERE output_id = ?", [output_id]
        )
        there = {(kind, value) for kind, value in rows}
        self.db.executemany(
            "DELETE FROM needs WHERE kind = ? AND value = ? AND output_id = ?",
            [(*need, output_id) for need in there - output.needs],
        )
        self.db.executemany(
            "INSERT INTO needs (kind, value, output_id) VALUES (?, ?, ?)",
            [(*need, output_id) for need in sorted(output.needs - there)],
        )

    def _store_spots(self, output: Output, output_id: int) -> None:
        there = set(self.spots_of(output.name))
        if there != output.spots:
            self.db.execute("DELETE FROM spots WHERE output_id = ?", [output_id])
            self._add_spots(output.spots, output_id)

    def _add_spots(self, spots: Iterable[Spot], output_id: int) -> None:
        self.db.executemany(
            "INSERT INTO spots (target, fragment, output_id) VALUES (?, ?, ?)",
            [(*spot, output_id) for spot in sorted(spots)],
        )

    def restore(self, output: Output) -> None:
        """Write an output as it was before the run; its facts are as they are now."""
        now = self.fingerprints(output.facts)
        self.store(replace(output, facts={**output.facts, **now}))

    def _fact_ids(self, facts: Mapping[Fact, str]) -> set[int]:
        """The numbers of these facts, with their fingerprints brought up to date."""
        if not self._was_empty:
            self._look_up([fact for fact in facts if fact not in self._known])
        added: list[tuple[int, str, str, str]] = []
        changed: list[tuple[str, int]] = []
        for fact, fingerprint in facts.items():
            if fact not in self._known:
                row = (self._next_fact, fact[0], fact_text(fact), fingerprint)
                added.append(row)
                self._known[fact] = (self._next_fact, fingerprint)
                self._next_fact += 1
                continue
            fact_id, known = self._known[fact]
            if known != fingerprint:
                changed.append((fingerprint, fact_id))
                self._known[fact] = (fact_id, fingerprint)
                if not known or not fingerprint:
                    self._touch_readers(fact_id)
        self.db.executemany("INSERT INTO facts VALUES (?, ?, ?, ?)", added)
        self.db.executemany("UPDATE facts SET fingerprint = ? WHERE id = ?", changed)
        return {self._known[fact][0] for fact in facts}

    def _look_up(self, facts: list[Fact]) -> None:
        if not facts:
            return
        rows = self.db.execute(
            "SELECT fact, id, fingerprint FROM facts"
            " WHERE fact IN (SELECT value FROM json_each(?))",
            [texts_of(facts)],
        )
        for text, fact_id, fingerprint in rows:
            self._known[fact_of(text)] = (fact_id, fingerprint)

    def _touch_readers(self, fact_id: int) -> None:
        """The manifest names only facts that have an answer: this one came or went."""
        rows = self.db.execute(
            "SELECT DISTINCT shard FROM reads"
            " JOIN outputs ON outputs.id = reads.output_id WHERE fact_id = ?",
            [fact_id],
        )
        self.touched.update(shard for (shard,) in rows)

    def forget_loose_facts(self) -> None:
        """Remove facts that nothing reads any more."""
        self.db.executemany(
            "DELETE FROM facts WHERE id = ? AND NOT EXISTS"
            " (SELECT 1 FROM reads WHERE fact_id = facts.id)",
            [(fact_id,) for fact_id in self._loosened],
        )

    def entries(self, shard: int) -> Iterator[Entry]:
        """What the manifest says of the files of one shard."""
        rows = self.db.execute(
            "SELECT name, size, sha256, type, status,"
            " (SELECT group_concat(fact, char(30)) FROM reads"
            "  JOIN facts ON facts.id = fact_id"
            "  WHERE output_id = outputs.id AND fingerprint != '')"
            " FROM outputs WHERE shard = ? AND kind != 'manifest' ORDER BY name",
            [shard],
        )
        for name, size, sha256, content_type, status, facts in rows:
            named = tuple(
                sorted(facts.replace(SEPARATOR, " ").split("\x1e")) if facts else ()
            )
            yield Entry(name, size, sha256, content_type, status, named)

    # Runs

    def set_meta(self, key: str, value: str) -> None:
        self.db.execute(
            "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE"
            " SET value = excluded.value",
            [key, value],
        )

    def start_run(self, kind: str, cause: str) -> int:
        cursor = self.db.execute(
            "INSERT INTO runs (kind, cause, started) VALUES (?, ?, ?)",
            [kind, cause, _now()],
        )
        return int(cursor.lastrowid or 0)

    def count(self, run_id: int, rendered: int, written: int, deleted: int) -> None:
        self.db.execute(
            "UPDATE runs SET rendered = ?, written = ?, deleted = ?, position = coalesce("
            " (SELECT value FROM meta WHERE key = 'position'), '') WHERE id = ?",
            [rendered, written, deleted, run_id],
        )

    def end_run(self, run_id: int, error: str = "") -> None:
        self.db.execute(
            "UPDATE runs SET finished = ?, error = ? WHERE id = ?",
            [_now(), error, run_id],
        )
        self.db.execute("DELETE FROM runs WHERE id <= ?", [run_id - KEEP_RUNS])
        self.db.execute("DELETE FROM failures WHERE run_id <= ?", [run_id - KEEP_RUNS])
        self.db.execute("DELETE FROM rebuilt WHERE run_id <= ?", [run_id - KEEP_CAUSES])

    def end_killed_runs(self, error: str) -> None:
        self.db.execute(
            "UPDATE runs SET finished = ?, error = ? WHERE finished IS NULL",
            [_now(), error],
        )

    def store_failures(self, run_id: int, failures: Iterable[Failure]) -> None:
        rows = [
            (failure.name, failure.path, failure.reason, failure.editor, run_id)
            for failure in failures
        ]
        for query in (
            "INSERT INTO failures (name, path, reason, editor, run_id)"
            " VALUES (?, ?, ?, ?, ?)",
            "INSERT OR REPLACE INTO failing (name, path, reason, editor, run_id)"
            " VALUES (?, ?, ?, ?, ?)",
        ):
            self.db.executemany(query, rows)

    def forget_failing(self) -> None:
        """A full run says anew what fails."""
        self.db.execute("DELETE FROM failing")

    def store_causes(self, run_id: int, causes: Iterable[tuple[str, str]]) -> None:
        self.db.executemany(
            "INSERT INTO rebuilt (run_id, name, cause) VALUES (?, ?, ?)",
            [(run_id, name, cause) for name, cause in causes],
        )

    # Progress: a file of its own, because the transaction of the run is open

    def note_progress(self, done: int, total: int, since: datetime) -> None:
        moment = monotonic()
        if moment - self._noted < LEAST_SECONDS:
            return
        self._noted = moment
        told = {
            "done": done,
            "total": total,
            "since": since.isoformat(),
            "pid": os.getpid(),
        }
        fresh = self._progress_file.with_suffix(".new")
        fresh.write_text(json.dumps(told))
        fresh.replace(self._progress_file)

    def end_progress(self) -> None:
        self._noted = 0.0
        self._progress_file.unlink(missing_ok=True)


def _now() -> str:
    return timezone.now().isoformat()
