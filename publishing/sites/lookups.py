"""Small questions to the record: is a file there, what stands below a folder."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from publishing.sites.outputs import Fact, Need, Spot

SEPARATOR = "\x1f"


def fact_text(fact: Fact) -> str:
    return SEPARATOR.join(fact)


def fact_of(text: str) -> Fact:
    return tuple(text.split(SEPARATOR))


class Lookups:
    """What ``Record`` answers without reading whole outputs."""

    @property
    def db(self) -> sqlite3.Connection:
        raise NotImplementedError

    def has(self, name: str) -> bool:
        query = "SELECT 1 FROM outputs WHERE name = ? AND kind <> 'manifest'"
        return self.db.execute(query, [name]).fetchone() is not None

    def names_below(self, folder: str) -> list[str]:
        """The files of a folder and of those inside it."""
        query = (
            "SELECT name FROM outputs WHERE name >= ? AND name < ?"
            " AND kind <> 'manifest' ORDER BY name"
        )
        return [row[0] for row in self.db.execute(query, [f"{folder}/", f"{folder}0"])]

    def kinds(self) -> set[str]:
        return {row[0] for row in self.db.execute("SELECT DISTINCT kind FROM outputs")}

    def address(self, name: str) -> tuple[str, str] | None:
        """(logical path, kind) of a file."""
        query = "SELECT path, kind FROM outputs WHERE name = ?"
        row = self.db.execute(query, [name]).fetchone()
        return (row[0], row[1]) if row else None

    def needs_of(self, name: str) -> list[Need]:
        rows = self.db.execute(
            "SELECT needs.kind, value FROM needs"
            " JOIN outputs ON outputs.id = needs.output_id WHERE name = ?",
            [name],
        )
        return [(kind, value) for kind, value in rows]

    def spots_of(self, name: str) -> list[Spot]:
        """The places in other pages that a file leads to."""
        rows = self.db.execute(
            "SELECT target, fragment FROM spots"
            " JOIN outputs ON outputs.id = spots.output_id WHERE name = ?",
            [name],
        )
        return [(target, fragment) for target, fragment in rows]

    def leading_to(self, target: str) -> list[tuple[str, str]]:
        """(file, fragment) of every link to a place in this page."""
        rows = self.db.execute(
            "SELECT name, fragment FROM spots"
            " JOIN outputs ON outputs.id = spots.output_id WHERE target = ?"
            " ORDER BY name",
            [target],
        )
        return [(name, fragment) for name, fragment in rows]

    def facts_like(self, beginnings: Iterable[Fact]) -> Iterator[tuple[Fact, str]]:
        """Facts that begin like one of these, with their fingerprints."""
        query = "SELECT fact, fingerprint FROM facts WHERE fact >= ? AND fact < ?"
        for beginning in beginnings:
            text = fact_text(beginning)
            end = text[:-1] + chr(ord(text[-1]) + 1)
            for found, fingerprint in self.db.execute(query, [text, end]):
                yield fact_of(found), fingerprint
