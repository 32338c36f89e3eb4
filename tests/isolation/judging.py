"""What an answer gives away of the hidden county, and what a request changed of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from zipfile import ZipFile, is_zipfile

from django.core import mail
from django.db import connection

from tests.isolation.places import HIDDEN, Place

WRITING = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
# Of the person who asks, and of nobody's business else.
OWN_TRACES = {"django_session", "sqlite_sequence"}
NUMBER = re.compile(rf"(?<![\w.]){HIDDEN.start // 100_000}\d{{5}}(?![\w.])")
assert str(HIDDEN.start).startswith(str(HIDDEN.start // 100_000))

Rows = frozenset[tuple[str, tuple[Any, ...]]]


def said(response: Any) -> str:
    """Everything that an answer says: headers, body, and messages for the next page."""
    parts = [f"{name}: {value}" for name, value in response.items()]
    body = b"".join(response) if response.streaming else response.content
    parts += [part.decode("utf-8", "replace") for part in _unpacked(body)]
    request = getattr(response, "wsgi_request", None)
    waiting = getattr(request, "_messages", None)
    if waiting is not None:
        parts += [str(message.message) for message in waiting._queued_messages]
    parts += [f"{letter.to} {letter.subject} {letter.body}" for letter in mail.outbox]
    return "\n".join(parts)


def _unpacked(body: bytes) -> list[bytes]:
    """The files in a table or an archive: packed, their words could not be seen."""
    if not is_zipfile(BytesIO(body)):
        return [body]
    with ZipFile(BytesIO(body)) as archive:
        return [archive.read(name) for name in archive.namelist()]


def leaks(text: str, hidden: Place, sent: str) -> list[str]:
    """Marks and numbers of the hidden county that the request did not name itself."""
    found = told(text, hidden.mark, sent)
    sent_numbers = set(NUMBER.findall(sent))
    for match in NUMBER.finditer(text):
        if match.group() not in sent_numbers:
            found.append(_around(text, match.start()))
    return list(dict.fromkeys(found))


def told(text: str, mark: str, sent: str) -> list[str]:
    """Words with the mark that the request did not name itself."""
    if mark in sent:
        return list(_beyond_sent(text, mark, sent))
    return [_around(text, match.start()) for match in re.finditer(mark, text)]


def _beyond_sent(text: str, mark: str, sent: str) -> Iterator[str]:
    """Where the request itself holds the mark: words with it that it did not send."""
    words = set(re.findall(rf"{mark}[\w-]*", sent))
    for match in re.finditer(rf"{mark}[\w-]*", text):
        word = match.group()
        if not any(word == one or one.startswith(word) for one in words):
            yield _around(text, match.start())


def _around(text: str, place: int) -> str:
    return " ".join(text[max(0, place - 60) : place + 60].split())


def rows_of(hidden: Place) -> Rows:
    """Every row of the database that belongs to the hidden county or names it."""
    # The first numbers of their branches; both trees count in the same way.
    roots = {
        "wagtailcore_page": hidden.home.path,
        "wagtailcore_collection": hidden.collection.path,
    }
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' "
            "AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%fts%'"
        )
        tables = [name for (name,) in cursor.fetchall()]
        for table in tables:
            if table in OWN_TRACES:
                continue
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  (of our own database)
            for row in cursor.fetchall():
                root = roots.get(table, hidden.mark)
                if any(_is_theirs(value, hidden.mark, root) for value in row):
                    found.append((table, row))
    return frozenset(found)


def _is_theirs(value: Any, mark: str, root: str) -> bool:
    if isinstance(value, int):
        return value in HIDDEN
    if isinstance(value, str):
        return (
            mark in value or value.startswith(root) or NUMBER.search(value) is not None
        )
    return False


class Writes:
    """Whether anything was written at all: looking at every row takes time."""

    def __init__(self) -> None:
        self.happened = False

    def __call__(
        self, execute: Any, sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        if WRITING.match(sql) and not any(name in sql for name in OWN_TRACES):
            self.happened = True
        return execute(sql, params, many, context)


@contextmanager
def noticing_writes() -> Iterator[Writes]:
    writes = Writes()
    with connection.execute_wrapper(writes):
        yield writes


def difference(before: Rows, after: Rows) -> list[str]:
    changed: list[str] = []
    for sign, rows in (("-", before - after), ("+", after - before)):
        changed += [
            f"{sign}{table} {_short(row)}" for table, row in sorted(rows, key=str)
        ]
    return changed[:8]


def _short(row: tuple[Any, ...]) -> str:
    return str(row)[:160]


def as_text(query: Mapping[str, Any]) -> str:
    return " ".join(f"{name}={value}" for name, value in query.items())
