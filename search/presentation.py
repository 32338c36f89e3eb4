"""Plain data of the search page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class HitView:
    kind: str
    kind_label: str
    heading: Markup  # highlighted with <mark>
    snippet: Markup
    href: str  # ready to use (another portal's hits are absolute)
    portal_name: str
    published_on: date | None


@dataclass(frozen=True, slots=True)
class FacetView:
    label: str
    value: str
    count: int
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class SearchView:
    """``search/search_page.html`` at /search/."""

    query: str
    total: int
    hits: tuple[HitView, ...]
    kinds: tuple[FacetView, ...]
    topics: tuple[FacetView, ...]
    years: tuple[FacetView, ...]
    scope: str  # "portal" | "all"
    scope_links: tuple[FacetView, ...]
    page: int
    previous_href: str
    next_href: str
    action: str  # where the form goes; "" = no server: show the telephone
    popular_topics: tuple[tuple[str, str], ...] = ()  # (name, logical path)
    # The query is a citation and this is the provision: a logical path.
    redirect_path: str = ""
    # Nothing holds enough of the words; the hits hold some of them.
    is_relaxed: bool = False
