"""``/search/`` and ``/suggest/``: the portal's search page and its box, as data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from home.models import Portal
from publishing.answers import answer_view
from publishing.api.base import ApiViewSet
from publishing.api.finding import Hit, find, read_search_words
from publishing.api.page_fields.directories import point_line
from publishing.api.parameters import (
    read_choice,
    read_flag,
    read_number,
    read_words,
)
from publishing.api.serializers import Json, day, provision_key
from publishing.identity import publisher_data
from publishing.light_rows import kind_models
from publishing.search_help import points_for
from search.engines.base import LIBRARY_KINDS, FacetCount, Facets
from search.pages import kind_label
from search.phrases import portal_phrases
from search.service import SearchResult
from search.suggesting import LONGEST_TYPED, MOST_SUGGESTIONS, Suggestion

HOTLINE = "12348"


class SearchViewSet(ApiViewSet):
    name = "search"
    rate = "API_SEARCH_RATE"
    caching = "private"
    addresses = frozenset({"listing"})
    parameters: ClassVar[dict[str, frozenset[str]]] = {
        "listing_view": frozenset(
            {"q", "kind", "topic", "year", "scope", "exact", "limit", "offset"}
        )
    }

    def listing_view(self, request: Request) -> Response:
        words = read_search_words(request.GET)
        kind = read_choice(request.GET, "kind", hit_kinds())
        names = self.topic_names()
        read_choice(request.GET, "topic", list(names))
        found = find(
            self.context,
            words,
            kind=kind,
            scope="all" if self.wants_all() else "portal",
            is_exact=read_flag(request.GET, "exact"),
        )
        result = found.result
        citation = None
        if result.redirect_path:
            citation = self.to_json.link(result.redirect_path)
        return self.listing(
            [self.hit(hit) for hit in found.hits],
            found.total,
            is_relaxed=result.is_relaxed,
            citation=citation,
            answer=self.answer(result),
            correction=self.correction(result),
            help=self.help(words, result),
            facets=self.facets(result.facets, names),
        )

    def wants_all(self) -> bool:
        return read_choice(self.context.query, "scope", ["portal", "all"]) == "all"

    def answer(self, result: SearchResult) -> Json | None:
        found = answer_view(self.context.reader, result.answer)
        if found is None:
            return None
        return {
            "page": self.to_json.reference(found.card),
            "answer_html": str(found.answer),
            "whom_html": str(found.whom),
            "legal_basis": [self.to_json.citation(one) for one in found.legal_basis],
            "needs_check": found.needs_check,
            "reviewed_on": day(found.reviewed_on),
        }

    def correction(self, result: SearchResult) -> Json | None:
        found = result.correction
        if found is None:
            return None
        return {
            "words": found.words,
            "is_applied": result.is_corrected,
        }

    def help(self, words: str, result: SearchResult) -> Json | None:
        """Where there is no hit, or none that holds enough of the words."""
        if result.total and not result.is_relaxed:
            return None
        points = [] if result.total else points_for(self.context.reader, words)
        publisher = publisher_data(self.context.portal, self.context.language, None)
        return {
            "hotline": HOTLINE,
            "publisher": publisher.name,
            "phone": publisher.phone,
            "points": [point_line(line, self.to_json) for line in points],
            "elsewhere_count": result.elsewhere,
            "parts": list(result.parts) if result.is_relaxed else [],
        }

    def topic_names(self) -> dict[str, str]:
        return {
            terms[self.context.language].slug: terms[self.context.language].name
            for terms in self.context.tree.topics.values()
        }

    def hit(self, hit: Hit) -> Json:
        entry = hit.found.entry
        return {
            "kind": entry.kind,
            "kind_label": kind_label(entry.kind),
            "title": entry.title,
            "title_html": str(hit.found.heading),
            "snippet_html": str(hit.found.snippet),
            "path": entry.path,
            "url": self.url(hit),
            "detail_url": self.detail_url(hit),
            "portal": self.portal(hit),
            "is_pinned": hit.found.is_pinned,
            "score": round(hit.found.score, 4),
            "language": entry.language,
            "published_on": day(entry.published_on),
            "page_id": hit.page_id or None,
            "statute": entry.statute_slug or None,
            "provision": provision_key(entry.number, entry.suffix)
            if entry.number
            else None,
        }

    def portal(self, hit: Hit) -> Json | None:
        """Whose it is; None for the texts of law that all portals share."""
        row = self.portal_row(hit)
        return (
            self.to_json.portal(self.context.reader.portal_link(row)) if row else None
        )

    def portal_row(self, hit: Hit) -> Portal | None:
        rows = self.context.portals
        return next((row for row in rows if row.pk == hit.found.portal_id), None)

    def url(self, hit: Hit) -> str:
        return self.there(hit, self.context.absolute(hit.found.path))

    def there(self, hit: Hit, url: str) -> str:
        """The same address at the portal that has the hit."""
        row = None if hit.found.is_here else self.portal_row(hit)
        if row is None:
            return url
        base = self.context.reader.portal_link(row).href.rstrip("/")
        return f"{base}{url.removeprefix(self.context.base)}"

    def detail_url(self, hit: Hit) -> str:
        return self.there(hit, self._detail_url(hit))

    def _detail_url(self, hit: Hit) -> str:
        entry, endpoint = hit.found.entry, self.context.endpoint
        if hit.page_id:
            return endpoint("pages:detail", hit.page_id, language=entry.language)
        if not entry.number:
            return endpoint("statutes:detail", entry.statute_slug)
        key = provision_key(entry.number, entry.suffix)
        return endpoint("statutes:provision", entry.statute_slug, key)

    def facets(self, facets: Facets, topics: dict[str, str]) -> Json:
        return {
            "kinds": _counts(facets.kinds, kind_label),
            "topics": _counts(facets.topics, lambda slug: topics.get(slug, slug)),
            "years": _counts(facets.years, str),
        }


class SuggestViewSet(ApiViewSet):
    """What a search box shows while somebody types."""

    name = "suggest"
    rate = "API_SUGGEST_RATE"
    caching = "private"
    addresses = frozenset({"listing"})
    parameters: ClassVar[dict[str, frozenset[str]]] = {
        "listing_view": frozenset({"q", "limit"})
    }

    def listing_view(self, request: Request) -> Response:
        words = read_words(request.GET, LONGEST_TYPED)
        limit = read_number(request.GET, "limit", MOST_SUGGESTIONS, 1, MOST_SUGGESTIONS)
        context = self.context
        phrases = portal_phrases(
            context.portal.pk,
            context.language,
            {portal.pk: portal for portal in context.portals},
        )
        found = phrases.suggest(words, limit) if context.tree.spoken else ()
        return self.listing([self.item(one) for one in found], len(found))

    def item(self, suggestion: Suggestion) -> Json:
        """Without an address it is a word to search for."""
        return {
            "text": suggestion.text,
            "kind": suggestion.kind,
            "kind_label": suggestion_label(suggestion.kind),
            **self.to_json.link(suggestion.path),
        }


def suggestion_label(kind: str) -> str:
    """A plain word needs none."""
    fixed = {"topic": _("主题"), "term": ""}
    return fixed[kind] if kind in fixed else kind_label(kind)


def hit_kinds() -> list[str]:
    """What can be found: pages but home pages, and the law library."""
    return [*(kind for kind in sorted(kind_models()) if kind != "home"), *LIBRARY_KINDS]


def _counts(counts: Iterable[FacetCount], label: Callable[[str], str]) -> list[Json]:
    return [
        {"value": count.value, "label": label(count.value), "count": count.count}
        for count in counts
    ]
