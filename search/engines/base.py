"""What an engine of search has to do. Every engine passes the same tests.

An engine stores ``IndexEntry`` records and finds them by an analyzed query. It does not
cut text itself (``search.analysis``) and knows no model.

Every entry belongs to an *owner*, a name that the caller gives to what the entries were
made of (``page:12``, ``statute:3``): a change of the thing replaces all its entries at
once, and whoever delivers a deletion need not know which entries there were.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Literal

from home.indexing import IndexEntry
from search.query_analysis import AnalyzedQuery

# Texts of law. They exist in one language, and readers of every language need them.
LIBRARY_KINDS = ("statute", "provision")
LIBRARY_LANGUAGE = "zh-hans"


# Why an engine is not ready: there is no index; another version of the analysis made it;
# its files are gone; its server does not answer.
Problem = Literal["", "absent", "outdated", "damaged", "unreachable"]


class EngineBusyError(Exception):
    """Another process is writing to the index and did not finish in time."""


class EngineUnavailableError(Exception):
    """The server of the engine does not answer, or answers that it cannot."""


class EngineNotReadyError(Exception):
    """The index cannot be changed, only built anew; the text is a ``Problem``."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What may be found.

    ``portals``: whose content (what all portals share is always included; None: every
    portal). ``libraries``: whose texts of law as well: a prefecture's regulation holds
    in its counties. Texts of law are also found in Chinese by readers of another
    language. ``hidden``: owners whose entries are neither found nor counted: the index
    follows a moment behind a withdrawal.
    """

    language: str
    portals: tuple[int, ...] | None
    libraries: tuple[int, ...] = ()
    kind: str = ""
    topic: str = ""
    year: int | None = None
    hidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """``required``: how many of the concepts a hit must hold."""

    analyzed: AnalyzedQuery
    filters: Filters
    required: int
    limit: int = 10  # at least 1
    offset: int = 0


@dataclass(frozen=True, slots=True)
class EngineHit:
    entry: IndexEntry
    score: float


@dataclass(frozen=True, slots=True)
class FacetCount:
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts by value, most frequent first (years: newest first).

    A facet is counted under all filters except its own, so that a reader sees what
    the other choices would bring.
    """

    kinds: tuple[FacetCount, ...] = ()
    topics: tuple[FacetCount, ...] = ()
    years: tuple[FacetCount, ...] = ()

    @classmethod
    def of(
        cls,
        kinds: Iterable[FacetCount],
        topics: Iterable[FacetCount],
        years: Iterable[FacetCount],
    ) -> Facets:
        """In their order, from counts in any."""
        newest_first = sorted(years, key=lambda count: count.value, reverse=True)
        return cls(_by_count(kinds), _by_count(topics), tuple(newest_first))


def _by_count(counts: Iterable[FacetCount]) -> tuple[FacetCount, ...]:
    return tuple(sorted(counts, key=lambda count: (-count.count, count.value)))


@dataclass(frozen=True, slots=True)
class EngineResult:
    total: int = 0
    hits: tuple[EngineHit, ...] = ()
    facets: Facets = field(default_factory=Facets)


@dataclass(frozen=True, slots=True)
class EngineStatus:
    """``stamp``: the last change that the index holds; None while it is not ready."""

    name: str
    is_ready: bool
    stamp: int | None
    entries: int
    problem: Problem = ""


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An entry as an index holds it; ``digest`` tells one content from another."""

    owner: str
    key: str
    digest: str


class Batch(ABC):
    """Changes that become visible together, at ``commit``, or not at all.

    ``stamp``: the number of the last change that the index holds so far.
    """

    stamp: int

    @abstractmethod
    def replace(self, owner: str, entries: Iterable[IndexEntry]) -> int:
        """Let ``owner`` have exactly these entries; returns how many."""

    def remove(self, owner: str) -> None:
        """Let ``owner`` have no entry."""
        self.replace(owner, ())

    @abstractmethod
    def remove_portal(self, portal_id: int) -> None:
        """Remove all entries of a portal."""

    @abstractmethod
    def commit(self, stamp: int) -> None:
        """Make the changes visible and remember the number of the last one.

        A number lower than the one remembered does not replace it.
        """


# Applies to the new index what happened while it was built; returns the new stamp.
CatchUp = Callable[[Batch], int]


class Rebuild(Batch):
    """A new index beside the one that answers."""

    @abstractmethod
    def publish(self, catch_up: CatchUp) -> None:
        """Catch up while nothing else is delivered, then answer from the new index."""


class Searcher(ABC):
    """What answers searches."""

    name: str

    @abstractmethod
    def search(self, query: Query) -> EngineResult:
        """Find; a searcher that is not ready finds nothing."""

    @abstractmethod
    def status(self) -> EngineStatus: ...


class Engine(Searcher):
    """What keeps an index and answers from it.

    Any method but ``status`` may raise ``EngineUnavailableError`` where the engine is
    a server.
    """

    @abstractmethod
    def stamp(self) -> int | None:
        """The number of the last change that the index holds; None while not ready."""

    @abstractmethod
    def contents(self) -> Iterator[StoredEntry]:
        """Every entry of the index that answers."""

    @abstractmethod
    def writing(self) -> AbstractContextManager[Batch]:
        """Change the index; one process at a time.

        Raises ``EngineBusyError`` and ``EngineNotReadyError``. What was not committed
        when the context ends is forgotten.
        """

    @abstractmethod
    def rebuilding(self) -> AbstractContextManager[Rebuild]:
        """Make a new index; without ``publish`` nothing changes."""
