"""The record of a published site: what is live, why, and what was done to it.

Readable at any time and without the lock; what a run does is seen here when the run
has ended.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from publishing.sites.database import is_usable, open_database
from publishing.sites.lookups import SEPARATOR as SEPARATOR
from publishing.sites.lookups import Lookups
from publishing.sites.lookups import fact_of as fact_of
from publishing.sites.lookups import fact_text as fact_text
from publishing.sites.outputs import Fact, Need, Output

# What a run says of the state that it made (``set_meta``).
POSITION = "position"


@dataclass(frozen=True, slots=True)
class Failure:
    name: str
    path: str
    reason: str
    editor: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """One run as the record tells it; ``finished`` is None while it is under way."""

    id: int
    kind: str  # "full" | "change" | "release" | "rollback"
    cause: str
    started: datetime
    finished: datetime | None
    rendered: int
    written: int
    deleted: int
    position: str
    error: str  # "" | why nothing of it was published
    failures: tuple[Failure, ...]
    rebuilt: tuple[tuple[str, str], ...]  # (name, cause)


@dataclass(frozen=True, slots=True)
class Progress:
    done: int
    total: int
    since: datetime
    pid: int


def texts_of(facts: Iterable[Fact]) -> str:
    """As one parameter of a query: IN (SELECT value FROM json_each(?))."""
    return json.dumps([fact_text(fact) for fact in facts], ensure_ascii=False)


class Record(Lookups):
    """Reads of one site's record; a site that was never built has an empty one.

    Belongs to one thread, as its connection does.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._connection: sqlite3.Connection | None = None
        self._is_empty = False
        self._pid = 0

    @property
    def db(self) -> sqlite3.Connection:
        if self._pid != os.getpid():
            # A connection may not be used on both sides of a fork.
            self._connection, self._pid = None, os.getpid()
        if self._connection is None or (self._is_empty and self.file.exists()):
            self._is_empty = not is_usable(self.file)
            self._connection = open_database(None if self._is_empty else self.file)
        return self._connection

    def close(self) -> None:
        if self._connection is not None and self._pid == os.getpid():
            self._connection.close()
        self._connection = None

    # What is live; the manifest is not counted among the outputs

    def meta(self, key: str) -> str | None:
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", [key]).fetchone()
        return row[0] if row else None

    @property
    def position(self) -> int | None:
        """The number of the last change that the site shows; None: never built."""
        position = self.meta(POSITION)
        return int(position) if position else None

    def output(self, name: str) -> Output | None:
        row = self.db.execute(
            "SELECT id, name, path, kind, language, size, sha256, type, status, page_id"
            " FROM outputs WHERE name = ?",
            [name],
        ).fetchone()
        return self._whole(*row) if row else None

    def names(self) -> Iterator[str]:
        query = "SELECT name FROM outputs WHERE kind != 'manifest' ORDER BY name"
        for row in self.db.execute(query):
            yield row[0]

    def outputs(self) -> Iterator[Output]:
        """Every output with its facts, one at a time."""
        rows = self.db.execute(
            "SELECT id, name, path, kind, language, size, sha256, type, status, page_id"
            " FROM outputs WHERE kind != 'manifest' ORDER BY name"
        )
        for row in rows:
            yield self._whole(*row)

    def digests(self) -> dict[str, str]:
        query = "SELECT name, sha256 FROM outputs WHERE kind != 'manifest'"
        return dict(self.db.execute(query))

    def digest(self, name: str) -> str | None:
        query = "SELECT sha256 FROM outputs WHERE name = ?"
        row = self.db.execute(query, [name]).fetchone()
        return row[0] if row else None

    def parts(self) -> list[tuple[str, int, str]]:
        """Name, size and digest of each file of the manifest."""
        query = (
            "SELECT name, size, sha256 FROM outputs WHERE kind = 'manifest'"
            " ORDER BY name"
        )
        return list(self.db.execute(query))

    def outputs_of_page(self, page_id: int) -> list[str]:
        query = "SELECT name FROM outputs WHERE page_id = ? ORDER BY name"
        return [row[0] for row in self.db.execute(query, [page_id])]

    def names_of_kind(self, kind: str) -> list[str]:
        query = "SELECT name FROM outputs WHERE kind = ? ORDER BY name"
        return [row[0] for row in self.db.execute(query, [kind])]

    def reading(self, facts: Iterable[Fact]) -> dict[Fact, list[str]]:
        """The names of the outputs that read each of these facts."""
        found: dict[Fact, list[str]] = {}
        rows = self.db.execute(
            "SELECT fact, name FROM facts JOIN reads ON reads.fact_id = facts.id"
            " JOIN outputs ON outputs.id = reads.output_id"
            " WHERE fact IN (SELECT value FROM json_each(?)) ORDER BY name",
            [texts_of(facts)],
        )
        for text, name in rows:
            found.setdefault(fact_of(text), []).append(name)
        return found

    def fingerprints(self, facts: Iterable[Fact]) -> dict[Fact, str]:
        rows = self.db.execute(
            "SELECT fact, fingerprint FROM facts"
            " WHERE fact IN (SELECT value FROM json_each(?))",
            [texts_of(facts)],
        )
        return {fact_of(text): fingerprint for text, fingerprint in rows}

    def facts_of(self, kinds: Collection[str]) -> Iterator[tuple[Fact, str]]:
        """Every fact of these kinds (their first words) with its fingerprint."""
        rows = self.db.execute(
            "SELECT fact, fingerprint FROM facts"
            " WHERE kind IN (SELECT value FROM json_each(?)) ORDER BY fact",
            [json.dumps(list(kinds))],
        )
        for text, fingerprint in rows:
            yield fact_of(text), fingerprint

    def needed(self, kind: str) -> set[str]:
        query = "SELECT DISTINCT value FROM needs WHERE kind = ?"
        return {row[0] for row in self.db.execute(query, [kind])}

    def needed_by(self, need: Need) -> list[str]:
        rows = self.db.execute(
            "SELECT name FROM needs JOIN outputs ON outputs.id = needs.output_id"
            " WHERE needs.kind = ? AND value = ? ORDER BY name",
            need,
        )
        return [row[0] for row in rows]

    def failing(self) -> list[Failure]:
        """What could not be rendered and was not since: to be tried again."""
        rows = self.db.execute(
            "SELECT name, path, reason, editor FROM failing ORDER BY name"
        )
        return [Failure(*row) for row in rows]

    # What was done

    def runs(self, limit: int) -> list[Run]:
        """The newest runs first."""
        rows = self.db.execute(
            "SELECT id, kind, cause, started, finished, rendered, written, deleted,"
            " position, error FROM runs ORDER BY id DESC LIMIT ?",
            [limit],
        ).fetchall()
        return [self._run(*row) for row in rows]

    def shown_since(self, position: int) -> datetime | None:
        """When the first run ended whose site has the change of this number."""
        row = self.db.execute(
            "SELECT finished FROM runs WHERE kind IN ('full', 'change') AND error = ''"
            " AND finished IS NOT NULL AND CAST(position AS INTEGER) >= ?"
            " ORDER BY id LIMIT 1",
            [position],
        ).fetchone()
        return datetime.fromisoformat(row[0]) if row else None

    def progress(self) -> Progress | None:
        """How far the run under way is; None where there is none."""
        try:
            found = json.loads(self._progress_file.read_text())
            os.kill(found["pid"], 0)
        except (FileNotFoundError, ProcessLookupError, ValueError):
            return None
        except PermissionError:
            pass  # it runs, under another account
        since = datetime.fromisoformat(found["since"])
        return Progress(found["done"], found["total"], since, found["pid"])

    @property
    def _progress_file(self) -> Path:
        return self.file.with_name("progress.json")

    def _whole(
        self,
        output_id: int,
        *values: *tuple[str, str, str, str, int, str, str, int, int | None],
    ) -> Output:
        facts = self.db.execute(
            "SELECT fact, fingerprint FROM reads JOIN facts ON facts.id = fact_id"
            " WHERE output_id = ?",
            [output_id],
        )
        needs = self.db.execute(
            "SELECT kind, value FROM needs WHERE output_id = ?", [output_id]
        )
        spots = self.db.execute(
            "SELECT target, fragment FROM spots WHERE output_id = ?", [output_id]
        )
        return Output(
            *values,
            {fact_of(text): fingerprint for text, fingerprint in facts},
            frozenset((kind, value) for kind, value in needs),
            frozenset((target, fragment) for target, fragment in spots),
        )

    def _run(
        self,
        run_id: int,
        kind: str,
        cause: str,
        started: str,
        finished: str | None,
        rendered: int,
        written: int,
        deleted: int,
        position: str,
        error: str,
    ) -> Run:
        failures = self.db.execute(
            "SELECT name, path, reason, editor FROM failures WHERE run_id = ?"
            " ORDER BY name",
            [run_id],
        )
        rebuilt = self.db.execute(
            "SELECT name, cause FROM rebuilt WHERE run_id = ? ORDER BY name", [run_id]
        )
        return Run(
            id=run_id,
            kind=kind,
            cause=cause,
            started=datetime.fromisoformat(started),
            finished=datetime.fromisoformat(finished) if finished else None,
            rendered=rendered,
            written=written,
            deleted=deleted,
            position=position,
            error=error,
            failures=tuple(Failure(*row) for row in failures),
            rebuilt=tuple((name, why) for name, why in rebuilt),
        )
