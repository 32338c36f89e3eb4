"""The SQLite file of a site's record: its tables and how it is opened.

Facts stand once and outputs read them by number: a portal of 10,000 pages has some
200,000 of these edges. Everything here can be made anew by a full build, so another
version of the tables is no migration but an empty record.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from django.conf import settings

VERSION = 2

TABLES = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE outputs (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, path TEXT NOT NULL,
        kind TEXT NOT NULL, language TEXT NOT NULL, size INTEGER NOT NULL,
        sha256 TEXT NOT NULL, type TEXT NOT NULL, status INTEGER NOT NULL,
        page_id INTEGER, shard INTEGER NOT NULL)""",
    "CREATE INDEX outputs_page ON outputs (page_id) WHERE page_id IS NOT NULL",
    "CREATE INDEX outputs_shard ON outputs (shard)",
    "CREATE INDEX outputs_kind ON outputs (kind)",
    """CREATE TABLE facts (
        id INTEGER PRIMARY KEY, kind TEXT NOT NULL, fact TEXT NOT NULL UNIQUE,
        fingerprint TEXT NOT NULL)""",
    "CREATE INDEX facts_kind ON facts (kind)",
    """CREATE TABLE reads (
        fact_id INTEGER NOT NULL, output_id INTEGER NOT NULL,
        PRIMARY KEY (fact_id, output_id)) WITHOUT ROWID""",
    "CREATE INDEX reads_output ON reads (output_id)",
    """CREATE TABLE needs (
        kind TEXT NOT NULL, value TEXT NOT NULL, output_id INTEGER NOT NULL,
        PRIMARY KEY (kind, value, output_id)) WITHOUT ROWID""",
    "CREATE INDEX needs_output ON needs (output_id)",
    """CREATE TABLE spots (
        target TEXT NOT NULL, fragment TEXT NOT NULL, output_id INTEGER NOT NULL,
        PRIMARY KEY (target, fragment, output_id)) WITHOUT ROWID""",
    "CREATE INDEX spots_output ON spots (output_id)",
    """CREATE TABLE runs (
        id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, cause TEXT NOT NULL,
        started TEXT NOT NULL, finished TEXT, rendered INTEGER NOT NULL DEFAULT 0,
        written INTEGER NOT NULL DEFAULT 0, deleted INTEGER NOT NULL DEFAULT 0,
        position TEXT NOT NULL DEFAULT '', error TEXT NOT NULL DEFAULT '')""",
    """CREATE TABLE failures (
        run_id INTEGER NOT NULL, name TEXT NOT NULL, path TEXT NOT NULL,
        reason TEXT NOT NULL, editor TEXT NOT NULL)""",
    "CREATE INDEX failures_run ON failures (run_id)",
    """CREATE TABLE failing (
        name TEXT PRIMARY KEY, path TEXT NOT NULL, reason TEXT NOT NULL,
        editor TEXT NOT NULL, run_id INTEGER NOT NULL) WITHOUT ROWID""",
    "CREATE TABLE rebuilt (run_id INTEGER NOT NULL, name TEXT, cause TEXT NOT NULL)",
    "CREATE INDEX rebuilt_run ON rebuilt (run_id)",
    """CREATE TABLE journal (
        id INTEGER PRIMARY KEY, run_id INTEGER NOT NULL, operation TEXT NOT NULL,
        name TEXT NOT NULL, source TEXT NOT NULL)""",
)


def open_database(file: Path | None) -> sqlite3.Connection:
    """A connection without implicit transactions; ``None`` is an empty record."""
    connection = sqlite3.connect(file or ":memory:", isolation_level=None, timeout=60)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {usual_synchronous()}")
        if _version(connection) == 0:
            _create(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def usual_synchronous() -> str:
    """How much SQLite waits for the disk outside the transaction that counts."""
    return "NORMAL" if settings.EXPORT_DURABLE else "OFF"


def is_usable(file: Path) -> bool:
    """Whether the file is a record that this version of the code can read."""
    if not file.exists():
        return False
    try:
        with closing(open_database(file)) as connection:
            return _version(connection) == VERSION
    except sqlite3.OperationalError:
        raise  # locked, no space, no permission: nothing is known of the file
    except sqlite3.DatabaseError:
        return False


def _version(connection: sqlite3.Connection) -> int:
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return found


def _create(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    if _version(connection) == 0:  # two processes may have opened a new file
        for statement in TABLES:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION:d}")
    connection.execute("COMMIT")
