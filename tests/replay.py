"""Rows that are made once in a process, and written again for each test that wants them.

Making two portals as provisioning does takes two seconds, writing their rows down again
a fiftieth of that. Only where nothing else is in the database, and the clock and the settings
are as they were: otherwise they are made.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db import connection
from django.utils import timezone
from wagtail.models import Site

from tests import database

Row = tuple[Any, ...]
Tables = dict[str, set[Row]]
Made = TypeVar("Made")
LATEST = timedelta(hours=1)


@dataclass(slots=True)
class Recording:
    made_at: datetime
    before: Tables  # sqlite_sequence alone: where every table's numbers stood
    gone: Tables  # what was taken away or changed
    rows: Tables  # what was added or changed
    sequences: set[Row]
    stages: int  # of a review: what provisioning asks the settings for
    numbers: Any

    def is_like_now(self) -> bool:
        return (
            self.before == _sequences()
            and abs(timezone.now() - self.made_at) < LATEST
            and self.stages == settings.REVIEW_STAGES
        )


class Replayed(Generic[Made]):
    """``make`` makes something; ``note`` says which numbers it has, and ``find`` finds
    it by them."""

    def __init__(
        self,
        make: Callable[[], Made],
        note: Callable[[Made], Any],
        find: Callable[[Any], Made],
    ) -> None:
        self._make, self._note, self._find = make, note, find
        self._recording: Recording | None = None

    def __call__(self) -> Made:
        # What is done on a commit is not written down.
        if not database.is_sqlite() or not connection.in_atomic_block:
            return self._make()
        known = self._recording
        if known is None:
            return self._record()
        if not known.is_like_now():
            return self._make()
        _write(known)
        # Kept per process; a saved site would have emptied it.
        Site.clear_site_root_paths_cache()
        return self._find(known.numbers)

    def _record(self) -> Made:
        before, sequences = _all_rows(), _sequences()
        made = self._make()
        after = _all_rows()
        self._recording = Recording(
            timezone.now(),
            sequences,
            _difference(before, after),
            _difference(after, before),
            _sequences()["sqlite_sequence"],
            settings.REVIEW_STAGES,
            self._note(made),
        )
        return made


def _sequences() -> Tables:
    return {"sqlite_sequence": _rows("sqlite_sequence")}


def _all_rows() -> Tables:
    with connection.cursor() as cursor:
        # Of the search in texts only the entries: triggers write the rest.
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' "
            "AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%fts%'"
        )
        return {name: _rows(name) for (name,) in cursor.fetchall()}


def _rows(table: str) -> set[Row]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  (of our own database)
        return set(cursor.fetchall())


def _difference(some: Tables, others: Tables) -> Tables:
    found = {table: rows - others[table] for table, rows in some.items()}
    return {table: rows for table, rows in found.items() if rows}


def _write(known: Recording) -> None:
    with connection.cursor() as cursor:
        # Inside of a transaction: each row is looked at when it ends.
        cursor.execute("PRAGMA defer_foreign_keys = ON")
        for table, rows in known.gone.items():
            cursor.execute(f'PRAGMA table_info("{table}")')
            key = next(name for _n, name, *_rest, is_key in cursor.fetchall() if is_key)
            cursor.executemany(
                f'DELETE FROM "{table}" WHERE "{key}" = %s',  # noqa: S608  (as above)
                [row[:1] for row in rows],
            )
        for table, rows in known.rows.items():
            signs = ", ".join(["%s"] * len(next(iter(rows))))
            cursor.executemany(
                f'INSERT INTO "{table}" VALUES ({signs})',  # noqa: S608  (as above)
                sorted(rows, key=str),
            )
        for name, number in known.sequences:
            cursor.execute(
                "UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [number, name]
            )
