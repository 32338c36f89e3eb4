"""The one way to search: the page, the API and the command line all call ``search``."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from markupsafe import Markup

from home.indexing import IndexEntry
from home.models import Portal
from search.analysis import wording_key
from search.citations import CitedPlace, find_citation
from search.engines import get_engine
from search.engines.base import (
    LIBRARY_KINDS,
    Engine,
    EngineHit,
    EngineResult,
    Facets,
    Filters,
    Query,
)
from search.highlight import Highlighter
from search.portal_words import PortalWords, portal_words
from search.query_analysis import AnalyzedQuery
from search.ranking import ranking, similarity

Scope = Literal["portal", "all"]
DEFAULT_PAGE_SIZE = 10
LARGEST_PAGE_SIZE = 50
# Nobody reads further, and the cost of a page grows with its number.
LAST_PAGE = 50


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What is asked, from which portal.

    ``scope`` "portal" finds this portal's content and the shared statutes, "all" also
    what other portals have online.
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


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A find. ``path`` is logical, in the portal that asks or else in ``portal_id``."""

    entry: IndexEntry
    score: float
    heading: Markup
    snippet: Markup
    is_here: bool = True  # the portal that asks has this path

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
    """``redirect_path``: the query is a citation, and this is the provision."""

    total: int = 0
    hits: tuple[SearchHit, ...] = ()
    facets: Facets = field(default_factory=Facets)
    page: int = 1
    page_count: int = 0
    redirect_path: str = ""
    is_relaxed: bool = False  # nothing held enough of the words; these hold some


def search(
    request: SearchRequest,
    engine: Engine | None = None,
    words: PortalWords | None = None,
) -> SearchResult:
    """Search; an empty query or an index that is not ready finds nothing.

    ``words``: in place of the portal's own, to try some that are not saved.
    """
    engine = engine or get_engine()
    portals = {portal.pk: portal for portal in Portal.objects.all()}
    words = words or portal_words(request.portal_id, portals)
    cited = find_citation(request.words, request.portal_id)
    analyzed = words.analyze(cited.words if cited else request.words)
    if analyzed.is_empty:
        return SearchResult()
    size = max(1, min(request.page_size, LARGEST_PAGE_SIZE))
    page = max(1, min(request.page, LAST_PAGE))
    query = _first_query(request, portals, analyzed, page * size)
    if cited:
        query = replace(query, required=len(analyzed.concepts))
    found, is_relaxed = _find(engine, query)
    hits = rank(analyzed, found.hits)
    if cited:
        hits.sort(key=lambda hit: hit.entry.path != cited.path)
    highlighter = Highlighter(analyzed)
    shown = hits[(page - 1) * size : page * size]
    return SearchResult(
        total=found.total,
        hits=tuple(_present(hit, highlighter, query.filters, request) for hit in shown),
        facets=found.facets,
        page=page,
        page_count=min(LAST_PAGE, math.ceil(found.total / size)),
        redirect_path=_redirect_path(request, cited),
        is_relaxed=is_relaxed,
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


def _wording_share(wording: str, entry: IndexEntry) -> float:
    """How near the query is to one of an entry's wordings; 0 unless it is near."""
    if not ranking().kind(entry.kind).has_heading:
        return 0.0
    nearest = max(
        similarity(wording, wording_key(text))
        for text in (entry.title, *entry.alternatives)
    )
    return nearest if nearest >= ranking().least_similarity else 0.0


def _first_query(
    request: SearchRequest,
    rows: Mapping[int, Portal],
    analyzed: AnalyzedQuery,
    last: int,
) -> Query:
    portals, libraries = _places(request, rows)
    filters = Filters(
        language=request.language,
        portals=portals,
        libraries=libraries,
        kind=request.kind,
        topic=request.topic,
        year=request.year,
    )
    required = ranking().required(
        len(analyzed.concepts), is_sentence=analyzed.is_sentence
    )
    # Every page ranks the same candidates, so that no hit is on two pages.
    return Query(analyzed, filters, required, limit=max(last, ranking().candidates))


def _places(
    request: SearchRequest, rows: Mapping[int, Portal]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The portals whose content, and those whose texts of law may be found.

    Another portal's content is found on request and only while it is online; demo
    portals, which never are, find each other. Texts of law hold here where they are
    this portal's own or its prefecture's.
    """
    own = rows.get(request.portal_id)
    above = (own.parent_id,) if own and own.parent_id else ()
    libraries = (request.portal_id, *above)
    if request.scope == "portal":
        return (request.portal_id,), libraries
    is_demo = own is not None and own.is_demo
    online = {
        portal.pk
        for portal in rows.values()
        if portal.state == Portal.State.ONLINE or (is_demo and portal.is_demo)
    }
    return tuple(sorted({request.portal_id, *online})), libraries


def _find(engine: Engine, query: Query) -> tuple[EngineResult, bool]:
    """Search; where nothing holds enough of the words, for any of them."""
    found = engine.search(query)
    if found.total or query.required == 1:
        return found, False
    found = engine.search(replace(query, required=1))
    return found, bool(found.total)


def _redirect_path(request: SearchRequest, cited: CitedPlace | None) -> str:
    """Straight to a provision; who filters or turns pages wants the list."""
    is_plain = not (request.kind or request.topic or request.year)
    if cited and cited.is_provision and is_plain and request.page <= 1:
        return cited.path
    return ""


def _present(
    hit: EngineHit, highlighter: Highlighter, filters: Filters, request: SearchRequest
) -> SearchHit:
    entry = hit.entry
    is_law_here = entry.kind in LIBRARY_KINDS and entry.portal_id in filters.libraries
    return SearchHit(
        entry=entry,
        score=hit.score,
        heading=highlighter.mark(entry.title),
        snippet=highlighter.snippet(_passage_source(entry, highlighter)),
        is_here=is_law_here or entry.portal_id in (None, request.portal_id),
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
