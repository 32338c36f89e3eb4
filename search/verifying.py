"""Compare an index with the database: what is missing, superfluous or outdated."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from home.indexing import IndexEntry
from search.engines.base import Batch, Engine
from search.engines.documents import digest
from search.sources import Plan, apply, apply_everything

# Contents by owner and key.
Contents = dict[tuple[str, str], str]


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """An entry that the index lacks, has too much, or has as it was once."""

    owner: str
    key: str
    fault: Literal["missing", "extra", "stale"]


def verify(
    engine: Engine, report: Callable[[int], object] = lambda _count: None
) -> list[Difference]:
    """Every difference; ``report`` hears the number of entries of each thing.

    What changes during the comparison is no fault: whatever differs is looked at once
    more.
    """
    stored = _stored(engine)
    expected = _Expected()
    for count in apply_everything(expected):
        report(count)
    found = _differences(expected.contents, stored)
    if not found:
        return []
    owners = {difference.owner for difference in found}
    again = _Expected()
    apply(Plan.of_owners(owners), again)
    return [
        difference
        for difference in _differences(again.contents, _stored(engine, owners))
        if difference.owner in owners
    ]


class _Expected(Batch):
    """Takes what the database holds, as an index would."""

    stamp = 0

    def __init__(self) -> None:
        self.contents: Contents = {}

    def replace(self, owner: str, entries: Iterable[IndexEntry]) -> int:
        count = 0
        for entry in entries:
            self.contents[owner, entry.key] = digest(entry)
            count += 1
        return count

    def remove_portal(self, portal_id: int) -> None:
        raise NotImplementedError("nothing is removed from a database by reading it")

    def commit(self, stamp: int) -> None:
        raise NotImplementedError("there is nothing to write")


def _stored(engine: Engine, owners: Collection[str] | None = None) -> Contents:
    return {
        (entry.owner, entry.key): entry.digest
        for entry in engine.contents()
        if owners is None or entry.owner in owners
    }


def _differences(expected: Contents, stored: Contents) -> list[Difference]:
    missing = [Difference(*place, "missing") for place in expected.keys() - stored]
    extra = [Difference(*place, "extra") for place in stored.keys() - expected]
    stale = [
        Difference(*place, "stale")
        for place in expected.keys() & stored
        if expected[place] != stored[place]
    ]
    return sorted([*missing, *extra, *stale])
