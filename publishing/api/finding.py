"""Search for the API: the one service, cut by ``limit`` and ``offset``."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from publishing.api.context import ApiContext
from publishing.api.parameters import (
    Window,
    read_window,
    read_year,
)
from publishing.api.problems import bad_parameter
from publishing.light_rows import kind_models
from publishing.search_page import known_to
from search.query_analysis import LONGEST_QUERY
from search.query_log import note_query
from search.service import (
    LARGEST_PAGE_SIZE,
    LAST_PAGE,
    Scope,
    SearchHit,
    SearchRequest,
    SearchResult,
    search,
)

DEEPEST = LAST_PAGE * LARGEST_PAGE_SIZE


@dataclass(frozen=True, slots=True)
class Hit:
    found: SearchHit
    page_id: int  # 0: a statute or provision


@dataclass(frozen=True, slots=True)
class Found:
    hits: tuple[Hit, ...]
    result: SearchResult  # of the first page of results asked for

    @property
    def total(self) -> int:
        return self.result.total


def read_search_words(query: QueryDict) -> str:
    words = query.get("q", "").strip()
    if not words or len(words) > LONGEST_QUERY or "\x00" in words:
        raise bad_parameter(
            "q",
            _("请用 q 写明要找的词，最多 %(longest)s 个字。")
            % {"longest": LONGEST_QUERY},
        )
    return words


def find(
    context: ApiContext,
    words: str,
    *,
    kind: str,
    scope: Scope = "portal",
    is_exact: bool = True,
) -> Found:
    """What the portal's search finds, in the window that the query asks for."""
    query = context.query
    window = read_window(query, largest=LARGEST_PAGE_SIZE)
    size, numbers = _pages(window)
    requests = [
        SearchRequest(
            words=words,
            portal_id=context.portal.pk,
            language=context.language,
            kind=kind,
            topic=query.get("topic", ""),
            year=read_year(query),
            page=number,
            page_size=size,
            scope=scope,
            is_exact=is_exact,
        )
        for number in numbers
    ]
    known = known_to(context.portals, context.tree)
    results = [search(request, known=known) for request in requests]
    note_query(requests[0], results[0])
    hits = [hit for result in results for hit in result.hits]
    start = window.offset - (numbers[0] - 1) * size
    shown = hits[start : start + window.limit]
    return Found(tuple(_hit(hit) for hit in shown), results[0])


def _pages(window: Window) -> tuple[int, list[int]]:
    """(size, numbers) of the search pages, at most two, that hold the window."""
    if window.end > DEEPEST:
        raise bad_parameter(
            "offset",
            _("搜索只给出前 %(deepest)s 条结果，请加上条件缩小范围。")
            % {"deepest": DEEPEST},
        )
    size = window.limit
    if window.end > LAST_PAGE * size:
        size = LARGEST_PAGE_SIZE
    first, last = window.offset // size + 1, (window.end - 1) // size + 1
    return size, list(range(first, last + 1))


def _hit(hit: SearchHit) -> Hit:
    is_page = hit.kind in kind_models()
    return Hit(hit, int(hit.entry.key.split(":")[1]) if is_page else 0)
