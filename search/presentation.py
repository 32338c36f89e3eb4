"""Plain data of the search page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from home.directory.presentation import PointLine
from home.presentation import Card, CitedProvision


@dataclass(frozen=True, slots=True)
class HitView:
    kind: str
    kind_label: str
    heading: Markup  # highlighted with <mark>
    snippet: Markup
    href: str  # ready to use (another portal's hits are absolute)
    portal_name: str
    published_on: date | None
    is_pinned: bool = False  # editors recommend it for this query


@dataclass(frozen=True, slots=True)
class FacetView:
    label: str
    value: str
    count: int
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class AnswerView:
    """A question of this portal that was asked in nearly the same words."""

    card: Card  # the question
    answer: Markup  # one sentence
    whom: Markup  # the next step; may be empty
    legal_basis: tuple[CitedProvision, ...]
    needs_check: bool  # it rests on a text that changed since
    reviewed_on: date | None
    wording: str  # the other wording that was near, or ""


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """``is_applied``: the results are those of ``words``; ``href`` leads to the others:
    to what was typed, or to what may have been meant."""

    words: str
    typed: str
    is_applied: bool
    href: str


@dataclass(frozen=True, slots=True)
class HelpView:
    """Where nothing was found, or nothing that holds all the words."""

    points: tuple[PointLine, ...] = ()
    shorter: tuple[tuple[str, str], ...] = ()  # (word of the query, href of its search)
    elsewhere: int = 0  # how much the whole prefecture has
    elsewhere_href: str = ""


@dataclass(frozen=True, slots=True)
class OfflineIndexView:
    """What a page that searches by itself loads from, and where its hits are: folders,
    as links that end in a slash or are empty."""

    folder: str
    root: str


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
    popular_topics: tuple[tuple[str, str], ...] = ()  # (name, logical path)
    # The query is a citation and this is the provision: a logical path.
    redirect_path: str = ""
    # Nothing holds enough of the words; the hits hold some of them.
    is_relaxed: bool = False
    answer: AnswerView | None = None
    correction: CorrectionView | None = None
    help: HelpView | None = None
    wider_name: str = ""  # of the whole prefecture
    searched: str = ""  # what the results are for: the query, or what was meant
    index: OfflineIndexView | None = None  # of an export; None where a server answers
