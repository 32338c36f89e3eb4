"""What content hands to the search index: one plain record per language of a thing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One searchable thing in one language.

    ``key`` names it for ever (``article:12:zh-hans``, ``provision:40318``): indexing
    the same key again replaces it. ``portal_id`` is None for what all portals share.
    """

    key: str
    kind: str  # article | question | column | statute | provision
    portal_id: int | None
    language: str
    title: str
    path: str  # logical path, with language prefix and #anchor
    alternatives: tuple[str, ...] = ()  # other wordings, short names
    summary: str = ""
    body: str = ""
    # In which words people ask for it; searched and neither stored nor shown.
    asked_as: tuple[str, ...] = ()
    context: str = ""  # statute title and chapter path; column
    topics: tuple[str, ...] = ()  # slugs
    year: int | None = None
    published_on: date | None = None
    statute_slug: str = ""
    number: int = 0
    suffix: int = 0
    boost: float = 1.0
