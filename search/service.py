"""The one way to search: the page, the API and the command line all call ``search``."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from home.indexing import IndexEntry
from home.models import Portal
from search.analysis import wording_key
from search.answers import Answered, find_answer
from search.citations import CitedPlace, find_citation
from search.engines import get_engine
from search.engines.base import LIBRARY_KINDS, EngineHit, Facets, Filters, Searcher
from search.finding import (
    DEFAULT_PAGE_SIZE,
    LARGEST_PAGE_SIZE,
    LAST_PAGE,
    Finder,
    Found,
    Known,
    Mended,
    Scope,
    SearchRequest,
)
from search.highlight import Highlighter
from search.ordering import by_kind_in_bands, kinds_in_order
from search.portal_words import PortalWords, portal_words
from search.query_analysis import AnalyzedQuery
from search.ranking import ranking, similarity
from search.scopes import scopes_of
from search.spelling import Correction

__all__ = [
    "DEFAULT_PAGE_SIZE",
    "Known",
    "LARGEST_PAGE_SIZE",
    "LAST_PAGE",
    "Scope",
    "SearchHit",
    "SearchRequest",
    "SearchResult",
    "rank",
    "search",
]


MOST_PARTS = 4
# More is a story. (The analysis calls a single word of villagers one too.)
MOST_KEYWORDS = 2


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A find. ``path`` is logical, in the portal that asks or else in ``portal_id``."""

    entry: IndexEntry
    score: float
    heading: Markup
    snippet: Markup
    is_here: bool = True  # the portal that asks has this path
    is_pinned: bool = False  # editors want it on top for this query

    @property
    def kind(self) -> str:
        return self.entry.kind

    @property
    def title(self) -> str:
        return self.entry.title

    @property
    def path(self) -> str:
        return self.entry.path

    @property
    def portal_id(self) -> int | None:
        return self.entry.portal_id


@dataclass(frozen=True, slots=True)
class SearchResult:
    """``redirect_path``: the query is a citation, and this is the provision.

    ``correction``: what may have been meant; ``is_corrected``: it was searched for in
    place of what was typed. ``elsewhere``: how much the whole prefecture has, where this
    portal has nothing. ``parts``: the words of the query, each by itself.
    """

    total: int = 0
    hits: tuple[SearchHit, ...] = ()
    facets: Facets = field(default_factory=Facets)
    page: int = 1
    page_count: int = 0
    redirect_path: str = ""
    is_relaxed: bool = False  # nothing held enough of the words; these hold some
    answer: Answered | None = None
    correction: Correction | None = None
    is_corrected: bool = False
    elsewhere: int = 0
    parts: tuple[str, ...] = ()


def search(
    request: SearchRequest,
    engine: Searcher | None = None,
    words: PortalWords | None = None,
    known: Known | None = None,
) -> SearchResult:
    """Search; an empty query or an index that is not ready finds nothing.

    ``words``: in place of the portal's own, to try some that are not saved.
    """
    known = known or Known()
    portals = by_id(known)
    finder = Finder(
        engine or get_engine(),
        request,
        words or portal_words(request.portal_id, portals),
        scopes_of(request.portal_id, portals),
        portals,
        known.is_public,
    )
    cited = find_citation(request.words, request.portal_id, known.names)
    asked = finder.find(cited.words if cited else request.words, cited)
    if asked.analyzed.is_empty:
        return SearchResult()
    if cited or request.is_exact:
        return _compose(finder, Mended(asked), cited)
    plain = _compose(finder, Mended(asked), None)
    if plain.answer:  # who is answered has made no slip
        return plain
    mended = finder.mend(asked)
    return _compose(finder, mended, None) if mended.correction else plain


def by_id(known: Known) -> dict[int, Portal]:
    portals = known.portals or Portal.objects.with_identity()
    return {portal.pk: portal for portal in portals}


def _compose(finder: Finder, mended: Mended, cited: CitedPlace | None) -> SearchResult:
    request, found = finder.request, mended.found
    hits = by_kind_in_bands(
        _rank(finder, found),
        ranking().candidates,
        is_sentence=len(found.analyzed.concepts) > MOST_KEYWORDS,
    )
    pinned = None
    if cited:
        hits.sort(key=lambda hit: hit.entry.path != cited.path)
    elif not request.is_filtered:
        pinned = finder.words.pinned(found.analyzed, request.language)
        hits = _with_pinned(hits, pinned, request)
    size, page = request.size, request.number
    total = found.result.total or len(hits)
    highlighter = Highlighter(found.analyzed)
    shown = hits[(page - 1) * size : page * size]
    return SearchResult(
        total=total,
        hits=tuple(
            _present(hit, highlighter, found.query.filters, request, pinned)
            for hit in shown
        ),
        facets=kinds_in_order(found.result.facets),
        page=page,
        page_count=min(LAST_PAGE, math.ceil(total / size)),
        redirect_path=_redirect_path(request, cited),
        is_relaxed=found.is_relaxed,
        answer=None if cited else _answer(request, found.analyzed, hits),
        correction=mended.correction,
        is_corrected=mended.is_applied,
        elsewhere=finder.count_elsewhere(found),
        parts=_parts(found.analyzed),
    )


def _parts(analyzed: AnalyzedQuery) -> tuple[str, ...]:
    """The words of a query that can be searched for by themselves."""
    texts = [concept.term.text for concept in analyzed.concepts]
    long = [text for text in texts if len(text) > 1]
    return tuple(long[:MOST_PARTS]) if len(long) > 1 else ()


def _with_pinned(
    hits: list[EngineHit], pinned: IndexEntry | None, request: SearchRequest
) -> list[EngineHit]:
    """What editors want on top; what the search has not found, on the first page."""
    if pinned is None:
        return hits
    others = [hit for hit in hits if hit.entry.key != pinned.key]
    if len(others) == len(hits) and request.number > 1:
        return hits
    score = max((hit.score for hit in hits), default=1.0)
    return [EngineHit(pinned, score), *others]


def _answer(
    request: SearchRequest, analyzed: AnalyzedQuery, hits: Sequence[EngineHit]
) -> Answered | None:
    """For who asks and does not look through a list."""
    if request.is_filtered or request.number > 1:
        return None
    return find_answer(
        analyzed,
        (hit.entry for hit in hits),
        lambda entry: (
            (entry.portal_id, entry.language) == (request.portal_id, request.language)
        ),
    )


def rank(analyzed: AnalyzedQuery, hits: Sequence[EngineHit]) -> list[EngineHit]:
    """Bring questions that were asked in the same words to the top.

    Only the best candidates are compared; their order among themselves and that of
    all others stays the engine's.
    """
    rules = ranking()
    candidates = hits[: rules.candidates]
    if not candidates:
        return list(hits)
    best = candidates[0].score
    lifted = [
        replace(hit, score=hit.score + best * share) if share else hit
        for hit, share in (
            (hit, _wording_share(analyzed.wording, hit.entry)) for hit in candidates
        )
    ]
    lifted.sort(key=lambda hit: -hit.score)
    return [*lifted, *hits[rules.candidates :]]


def _rank(finder: Finder, found: Found) -> list[EngineHit]:
    """By the model, where there is one, and by what is known of all installations."""
    hits: Sequence[EngineHit] = found.result.hits
    if finder.trained:
        hits = finder.trained.rank(found.analyzed, hits)
    return rank(found.analyzed, hits)


def _wording_share(wording: str, entry: IndexEntry) -> float:
    """How near the query is to one of an entry's wordings; 0 unless it is near."""
    if not ranking().kind(entry.kind).has_heading:
        return 0.0
    nearest = max(
        similarity(wording, wording_key(text))
        for text in (entry.title, *entry.alternatives)
    )
    return nearest if nearest >= ranking().least_similarity else 0.0


def _redirect_path(request: SearchRequest, cited: CitedPlace | None) -> str:
    """Straight to a provision; who filters or turns pages wants the list."""
    if cited and cited.is_provision and not request.is_filtered and request.page <= 1:
        return cited.path
    return ""


def _present(
    hit: EngineHit,
    highlighter: Highlighter,
    filters: Filters,
    request: SearchRequest,
    pinned: IndexEntry | None,
) -> SearchHit:
    entry = hit.entry
    is_law_here = entry.kind in LIBRARY_KINDS and entry.portal_id in filters.libraries
    return SearchHit(
        entry=entry,
        score=hit.score,
        heading=highlighter.mark(entry.title),
        snippet=highlighter.snippet(_passage_source(entry, highlighter)),
        is_here=is_law_here or entry.portal_id in (None, request.portal_id),
        is_pinned=pinned is not None and entry.key == pinned.key,
    )


def _passage_source(entry: IndexEntry, highlighter: Highlighter) -> str:
    """A question shows its answer; else the text that holds what was searched for."""
    if entry.summary and (
        entry.kind == "question"
        or not entry.body
        or highlighter.has_mark(entry.summary)
        or not highlighter.has_mark(entry.body)
    ):
        return entry.summary
    return entry.body
