"""``/search/``: the results of the portal's search page, as data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from publishing.api.base import ApiViewSet
from publishing.api.finding import Hit, find, read_search_words
from publishing.api.parameters import read_choice
from publishing.api.serializers import Json, day, provision_key
from publishing.light_rows import kind_models
from search.engines.base import LIBRARY_KINDS, FacetCount, Facets
from search.pages import kind_label


class SearchViewSet(ApiViewSet):
    name = "search"
    rate = "API_SEARCH_RATE"
    is_cached = False
    parameters: ClassVar[dict[str, frozenset[str]]] = {
        "listing_view": frozenset({"q", "kind", "topic", "year", "limit", "offset"})
    }

    @classmethod
    def get_urlpatterns(cls) -> list[Any]:
        return [
            pattern
            for pattern in super().get_urlpatterns()
            if pattern.name == "listing"
        ]

    def listing_view(self, request: Request) -> Response:
        words = read_search_words(request.GET)
        kind = read_choice(request.GET, "kind", hit_kinds())
        names = self.topic_names()
        read_choice(request.GET, "topic", list(names))
        found = find(self.context, words, kind=kind)
        result = found.result
        citation = None
        if result.redirect_path:
            citation = self.to_json.link(result.redirect_path)
        return self.listing(
            [self.hit(hit) for hit in found.hits],
            found.total,
            is_relaxed=result.is_relaxed,
            citation=citation,
            facets=self.facets(result.facets, names),
        )

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
            **self.to_json.link(entry.path),
            "detail_url": self.detail_url(hit),
            "score": round(hit.found.score, 4),
            "language": entry.language,
            "published_on": day(entry.published_on),
            "page_id": hit.page_id or None,
            "statute": entry.statute_slug or None,
            "provision": provision_key(entry.number, entry.suffix)
            if entry.number
            else None,
        }

    def detail_url(self, hit: Hit) -> str:
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


def hit_kinds() -> list[str]:
    """What can be found: pages but home pages, and the law library."""
    return [*(kind for kind in sorted(kind_models()) if kind != "home"), *LIBRARY_KINDS]


def _counts(counts: Iterable[FacetCount], label: Callable[[str], str]) -> list[Json]:
    return [
        {"value": count.value, "label": label(count.value), "count": count.count}
        for count in counts
    ]
