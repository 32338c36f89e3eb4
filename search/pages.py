"""The public search page as plain data; ``publishing`` serves it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from home.directory.presentation import PointLine
from home.links import language_path
from home.models import page_models
from home.presentation import PortalData
from search.answers import Answered
from search.engines.base import FacetCount
from search.finding import Known
from search.presentation import (
    AnswerView,
    CorrectionView,
    FacetView,
    HelpView,
    HitView,
    OfflineIndexView,
    SearchView,
)
from search.query_analysis import LONGEST_QUERY
from search.query_log import note_query
from search.service import SearchHit, SearchRequest, SearchResult, search

SEARCH_PATH = "/search/"


@dataclass(frozen=True, slots=True)
class SearchLinks:
    """How the page links: functions of (logical path, fragment).

    ``own`` links inside the portal, ``other`` takes the id of another portal first and
    gives an absolute address.
    """

    own: Callable[[str, str], str]
    other: Callable[[int, str, str], str]
    index: OfflineIndexView | None = None  # where no server answers


@dataclass(frozen=True, slots=True)
class SearchSources:
    """What the page shows beside hits, read only where it is needed."""

    known: Known = field(default_factory=Known)
    answer: Callable[[Answered], AnswerView | None] = lambda _found: None
    points: Callable[[str], tuple[PointLine, ...]] = lambda _words: ()


@dataclass(frozen=True, slots=True)
class SearchNames:
    """What the page calls things."""

    topics: Mapping[str, str] = field(default_factory=dict)  # slug → name
    portals: Mapping[int, str] = field(default_factory=dict)  # id → name
    popular_topics: tuple[tuple[str, str], ...] = ()  # (name, logical path)
    wider: str = ""  # the prefecture; "" where the portal is alone


def search_view(
    portal: PortalData,
    language: str,
    params: Mapping[str, str],
    links: SearchLinks,
    names: SearchNames,
    sources: SearchSources | None = None,
) -> SearchView:
    """Search as the parameters of an address ask; wrong values count as absent.

    ``redirect_path`` of the view is set where the query is a citation: whoever serves
    the page may then send the reader to that provision at once.
    """
    request = read_request(portal.id, language, params)
    sources = sources or SearchSources()
    result = search(request, known=sources.known)
    note_query(request, result)
    page = _Page(request, links, names, portal, sources)
    return page.view(result)


def read_request(
    portal_id: int, language: str, params: Mapping[str, str]
) -> SearchRequest:
    """The request that an address makes: ?q=&scope=&kind=&topic=&year=&page=&exact="""
    year = _number(params.get("year", ""))
    return SearchRequest(
        words=params.get("q", "").strip()[:LONGEST_QUERY],
        portal_id=portal_id,
        language=language,
        scope="all" if params.get("scope") == "all" else "portal",
        kind=params.get("kind", ""),
        topic=params.get("topic", ""),
        year=year or None,
        page=_number(params.get("page", "")) or 1,
        is_exact=params.get("exact") == "1",
    )


def kind_label(kind: str) -> str:
    """What readers call a kind of hit."""
    fixed = {"statute": _("法律法规"), "provision": _("法条")}
    if kind in fixed:
        return fixed[kind]
    for model in page_models():
        if model.kind == kind:
            return str(model._meta.verbose_name)
    return kind


@dataclass(frozen=True, slots=True)
class _Page:
    """One search page in the making."""

    request: SearchRequest
    links: SearchLinks
    names: SearchNames
    portal: PortalData
    sources: SearchSources

    def view(self, result: SearchResult) -> SearchView:
        request, facets = self.request, result.facets
        answer = self.sources.answer(result.answer) if result.answer else None
        answered = result.answer.entry.key if answer and result.answer else ""
        return SearchView(
            query=request.words,
            searched=self._searched(result),
            total=result.total,
            hits=tuple(
                self._hit(hit) for hit in result.hits if hit.entry.key != answered
            ),
            kinds=self._facet("kind", request.kind, facets.kinds, kind_label),
            topics=self._facet("topic", request.topic, facets.topics, self._topic),
            years=self._facet("year", str(request.year or ""), facets.years, _year),
            scope=request.scope,
            scope_links=self._scopes() if request.words else (),
            page=result.page,
            previous_href=self._page_href(result.page - 1, result),
            next_href=self._page_href(result.page + 1, result),
            index=self.links.index,
            popular_topics=self.names.popular_topics,
            redirect_path=result.redirect_path,
            is_relaxed=result.is_relaxed,
            answer=answer,
            correction=self._correction(result),
            help=self._help(result),
            wider_name=self.names.wider,
        )

    def _searched(self, result: SearchResult) -> str:
        if result.correction and result.is_corrected:
            return result.correction.words
        return self.request.words

    def _correction(self, result: SearchResult) -> CorrectionView | None:
        found = result.correction
        if found is None:
            return None
        if result.is_corrected:
            href = self._href(exact="1")
        else:
            href = self._href(q=found.words)
        return CorrectionView(
            found.words, self.request.words, result.is_corrected, href
        )

    def _help(self, result: SearchResult) -> HelpView | None:
        """Nothing found is no dead end; nor is something that is only near."""
        if not self.request.words or (result.total and not result.is_relaxed):
            return None
        everything = {"scope": "all", "kind": "", "topic": "", "year": ""}
        parts = result.parts if result.is_relaxed else ()
        return HelpView(
            points=() if result.total else self.sources.points(self.request.words),
            shorter=tuple((part, self._href(q=part)) for part in parts),
            elsewhere=result.elsewhere,
            elsewhere_href=self._href(**everything) if result.elsewhere else "",
        )

    def _hit(self, hit: SearchHit) -> HitView:
        path, _separator, fragment = hit.path.partition("#")
        portal_name = ""
        if hit.is_here or hit.portal_id is None:
            href = self.links.own(path, fragment)
        else:
            href = self.links.other(hit.portal_id, path, fragment)
        if self.request.scope == "all" and hit.portal_id is not None:
            portal_name = self.names.portals.get(hit.portal_id, "")
        return HitView(
            kind=hit.kind,
            kind_label=kind_label(hit.kind),
            heading=hit.heading,
            snippet=hit.snippet,
            href=href,
            portal_name=portal_name,
            published_on=hit.entry.published_on,
            is_pinned=hit.is_pinned,
        )

    def _facet(
        self,
        name: str,
        current: str,
        counts: Iterable[FacetCount],
        label: Callable[[str], str],
    ) -> tuple[FacetView, ...]:
        """The values of a facet; a chosen one comes with the way back to all."""
        choices = [(count, label(count.value)) for count in counts]
        views = [
            FacetView(
                label=text,
                value=count.value,
                count=count.count,
                href=self._href(**{name: count.value}),
                is_current=count.value == current,
            )
            for count, text in choices
            if text
        ]
        if current:
            total = sum(view.count for view in views)
            every = FacetView(_("全部"), "", total, self._href(**{name: ""}), False)
            views.insert(0, every)
        return tuple(views)

    def _topic(self, slug: str) -> str:
        return self.names.topics.get(slug, "")

    def _scopes(self) -> tuple[FacetView, ...]:
        if not self.names.wider:
            return ()
        wider = _("%(region)s各地") % {"region": self.names.wider}
        scopes = (("portal", self.portal.region_name), ("all", wider))
        return tuple(
            FacetView(label, scope, 0, self._href(scope=scope), self._is(scope))
            for scope, label in scopes
        )

    def _is(self, scope: str) -> bool:
        return self.request.scope == scope

    def _page_href(self, number: int, result: SearchResult) -> str:
        is_there = 1 <= number <= result.page_count
        return self._href(page=str(number)) if is_there else ""

    def _href(self, **changes: str) -> str:
        """This search with something changed; it begins at its first page again."""
        request = self.request
        values = {
            "q": request.words,
            "scope": request.scope,
            "kind": request.kind,
            "topic": request.topic,
            "year": str(request.year or ""),
            "page": "",
            "exact": "1" if request.is_exact and "q" not in changes else "",
        } | changes
        defaults = {"scope": "portal", "page": "1"}
        shown = {
            name: value
            for name, value in values.items()
            if value and value != defaults.get(name)
        }
        path = language_path(SEARCH_PATH, request.language)
        return f"{self.links.own(path, '')}?{urlencode(shown)}"


def _year(value: str) -> str:
    return _("%(year)s年") % {"year": value}


def _number(text: str) -> int:
    """A small positive number, or 0."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 4 else 0
