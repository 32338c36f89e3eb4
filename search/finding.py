"""What a request finds, before it is ranked: scope, strictness, slips, withdrawals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from home.indexing import IndexEntry
from home.models import Portal
from search.citations import CitedPlace
from search.engines.base import LIBRARY_KINDS, EngineResult, Filters, Query, Searcher
from search.learning import CANDIDATES, trained_ranking
from search.phrases import portal_phrases
from search.portal_words import PortalWords
from search.query_analysis import AnalyzedQuery, one_term
from search.ranking import ranking
from search.scopes import Scopes
from search.sources import page_owner
from search.spelling import Correction
from statutes.names import NameIndex

if TYPE_CHECKING:
    from search.learning.model import TrainedRanking

Scope = Literal["portal", "all"]
DEFAULT_PAGE_SIZE = 10
LARGEST_PAGE_SIZE = 50
# Nobody reads further, and the cost of a page grows with its number.
LAST_PAGE = 50


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What is asked, from which portal.

    ``scope`` "portal" finds this portal's content and the shared statutes, "all" also
    what the other portals of the prefecture have online.
    """

    words: str
    portal_id: int
    language: str = "zh-hans"
    scope: Scope = "portal"
    kind: str = ""
    topic: str = ""  # slug
    year: int | None = None
    page: int = 1
    page_size: int = DEFAULT_PAGE_SIZE
    is_exact: bool = False  # search for what was typed, slips and all

    @property
    def is_filtered(self) -> bool:
        return bool(self.kind or self.topic or self.year)

    @property
    def size(self) -> int:
        return max(1, min(self.page_size, LARGEST_PAGE_SIZE))

    @property
    def number(self) -> int:
        return max(1, min(self.page, LAST_PAGE))


@dataclass(frozen=True, slots=True)
class Known:
    """What the caller has at hand, so that a search does not read it again.

    ``is_public``: whether an entry may still be shown: the index follows a moment
    behind a withdrawal. What may not is neither found nor counted.
    """

    portals: Sequence[Portal] = ()  # all of them, with their identities
    names: NameIndex | None = None  # of statutes
    is_public: Callable[[IndexEntry], bool] = lambda _entry: True


# A word that is found so many times less often than the one like it is a slip.
_RARE = 50
# The index can be a few changes behind, not many.
_MOST_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Found:
    analyzed: AnalyzedQuery
    query: Query
    result: EngineResult = field(default_factory=EngineResult)
    is_relaxed: bool = False  # nothing held enough of the words; these hold some

    @property
    def is_what_was_asked(self) -> bool:
        return bool(self.result.total) and not self.is_relaxed


@dataclass(frozen=True, slots=True)
class Mended:
    """What is shown, and the correction that was done (``is_applied``) or is offered."""

    found: Found
    correction: Correction | None = None
    is_applied: bool = False


@dataclass(frozen=True, slots=True)
class Finder:
    """Asks an engine on behalf of one request."""

    engine: Searcher
    request: SearchRequest
    words: PortalWords
    scopes: Scopes
    portals: Mapping[int, Portal]
    is_public: Callable[[IndexEntry], bool]
    trained: TrainedRanking | None = field(default_factory=trained_ranking)

    def find(self, text: str, cited: CitedPlace | None = None) -> Found:
        """Strictly; where nothing holds enough of the words, for any of them."""
        analyzed = self.words.analyze(text)
        query = self._query(analyzed)
        if analyzed.is_empty:
            return Found(analyzed, query)
        if cited:
            query = replace(query, required=len(analyzed.concepts))
        result = self._ask(query)
        if result.total or query.required == 1:
            return Found(analyzed, query, result)
        result = self._ask(replace(query, required=1))
        return Found(analyzed, query, result, is_relaxed=bool(result.total))

    def mend(self, asked: Found) -> Mended:
        """Search again where something in the query looks like a slip.

        It is done at once where what was typed is found nowhere, and only offered where
        it is: 扶养费 is a word too. Letters that find something are no pinyin.
        """
        request = self.request
        if asked.is_what_was_asked and _has_letters(request.words):
            return Mended(asked)
        phrases = portal_phrases(request.portal_id, request.language, self.portals)
        correction = phrases.speller.correct(request.words)
        if correction is None:
            return Mended(asked)
        mended = self.find(correction.words)
        if not mended.result.total or (mended.is_relaxed and asked.is_what_was_asked):
            return Mended(asked)
        if not asked.is_what_was_asked or self._is_unheard_of(correction):
            return Mended(mended, correction, is_applied=True)
        return Mended(asked, correction)

    def count_elsewhere(self, found: Found) -> int:
        """How much the whole prefecture has where this portal has nothing."""
        is_wider = len(self.scopes.family) > len(self.scopes.own)
        if found.is_what_was_asked or self.request.scope == "all" or not is_wider:
            return 0
        filters = replace(found.query.filters, portals=self.scopes.family)
        return self.engine.search(replace(found.query, filters=filters, limit=1)).total

    def _is_unheard_of(self, correction: Correction) -> bool:
        return all(
            self._count(typed) * _RARE < self._count(meant)
            for typed, meant in zip(correction.typed, correction.meant, strict=True)
        )

    def _count(self, phrase: str) -> int:
        """How many entries hold a phrase as one piece, in the scope of the request."""
        query = self._query(one_term(phrase))
        filters = replace(query.filters, kind="", topic="", year=None)
        found = self.engine.search(replace(query, filters=filters, required=1, limit=1))
        return found.total

    def _query(self, analyzed: AnalyzedQuery) -> Query:
        request = self.request
        filters = Filters(
            language=request.language,
            portals=self.scopes.portals(request.scope),
            libraries=self.scopes.libraries,
            kind=request.kind,
            topic=request.topic,
            year=request.year,
        )
        required = ranking().required(
            len(analyzed.concepts), is_sentence=analyzed.is_sentence
        )
        # Every page ranks the same candidates, so that no hit is on two pages.
        last = request.number * request.size
        candidates = CANDIDATES if self.trained else ranking().candidates
        return Query(analyzed, filters, required, limit=max(last, candidates))

    def _ask(self, query: Query) -> EngineResult:
        """Without what was withdrawn since the index was brought up to date."""
        result = self.engine.search(query)
        for _round in range(_MOST_ROUNDS):
            gone = {
                _owner(hit.entry)
                for hit in result.hits
                if hit.entry.kind not in LIBRARY_KINDS and not self.is_public(hit.entry)
            }
            if not gone:
                return result
            hidden = tuple(sorted({*query.filters.hidden, *gone}))
            query = replace(query, filters=replace(query.filters, hidden=hidden))
            result = self.engine.search(query)
        kept = tuple(hit for hit in result.hits if self.is_public(hit.entry))
        return replace(result, hits=kept)


def _owner(entry: IndexEntry) -> str:
    """Pages are indexed as ``kind:id:language`` under the name of the page."""
    return page_owner(int(entry.key.split(":")[1]))


def _has_letters(text: str) -> bool:
    return any(sign.isascii() and sign.isalpha() for sign in text)
