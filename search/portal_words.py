"""A portal's own synonyms and best bets, as the search reads them.

Kept per process until the change number of the portal or of its prefecture moves: every
save or delete of them moves it, and so does everything that a best bet shows. A search
knows these numbers anyway, so it asks the database nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Q
from wagtail.models import Page

from home.indexing import IndexEntry
from home.models import BasePage, Portal
from search.analysis import wording_key
from search.citations import find_citation
from search.lexicon import Thesaurus, common_thesaurus, thesaurus_with
from search.models import BestBet, PortalSynonym
from search.query_analysis import AnalyzedQuery, analyze_query
from search.sources import Surroundings
from search.wordlists import lines
from statutes.indexing import provision_entries, statute_entry
from statutes.models import StatuteVersion

# A query that says the same: letter by letter, or word by word in any order.
BetKey = str | frozenset[str]


@dataclass(frozen=True, slots=True)
class PortalWords:
    """What one portal adds; ``thesaurus`` holds the common words as well."""

    portal_id: int
    thesaurus: Thesaurus
    bets: Mapping[BetKey, tuple[BestBet, ...]] = field(default_factory=dict)
    _entries: dict[tuple[int | None, str], IndexEntry | None] = field(
        default_factory=dict
    )

    @classmethod
    def of(
        cls, portal_id: int, synonyms: Iterable[PortalSynonym], bets: Iterable[BestBet]
    ) -> PortalWords:
        thesaurus = thesaurus_with(synonym.as_synonym() for synonym in synonyms)
        by_key: dict[BetKey, list[BestBet]] = {}
        for bet in bets:
            analyzed = [analyze_query(line, thesaurus) for line in lines(bet.queries)]
            for key in dict.fromkeys(key for one in analyzed for key in _keys(one)):
                by_key.setdefault(key, []).append(bet)
        return cls(
            portal_id, thesaurus, {key: tuple(same) for key, same in by_key.items()}
        )

    def analyze(self, text: str) -> AnalyzedQuery:
        return analyze_query(text, self.thesaurus)

    def pinned(self, analyzed: AnalyzedQuery, language: str) -> IndexEntry | None:
        """What editors want on top for this query, as the index would hold it now.

        None without a best bet, outside of its time, or while its page is not public
        in this language. The newest of several. No query but for the first time after
        a change.
        """
        if not self.bets or analyzed.is_empty:
            return None
        for key in _keys(analyzed):
            for bet in self.bets.get(key, ()):
                if bet.is_due and (entry := self._entry(bet, language)) is not None:
                    return entry
        return None

    def _entry(self, bet: BestBet, language: str) -> IndexEntry | None:
        key = (bet.pk, language)
        if key not in self._entries:
            self._entries[key] = bet_entry(bet, self.portal_id, language)
        return self._entries[key]


_known: dict[int, tuple[tuple[int, ...], PortalWords]] = {}


def portal_words(portal_id: int, portals: Mapping[int, Portal]) -> PortalWords:
    """The words of a portal now; ``portals`` by id, just read. A portal that is not
    among them has the common words only."""
    portal = portals.get(portal_id)
    if portal is None:
        return PortalWords(portal_id, common_thesaurus())
    above = portals.get(portal.parent_id or 0)
    guard = tuple(one.change_number for one in (portal, above) if one is not None)
    known = _known.get(portal_id)
    if known is None or known[0] != guard:
        known = (guard, read_words(portal))
        _known[portal_id] = known
    return known[1]


def read_words(portal: Portal) -> PortalWords:
    """What the database holds; two queries."""
    return PortalWords.of(portal.pk, synonyms_in_force(portal), bets_of(portal))


def synonyms_in_force(portal: Portal) -> list[PortalSynonym]:
    """The portal's own, and those that its prefecture shares."""
    shared = Q(portal=portal.parent_id, is_shared=True)
    own = Q(portal=portal.pk)
    found = PortalSynonym.objects.filter(own | shared if portal.parent_id else own)
    return list(found)


def bets_of(portal: Portal) -> list[BestBet]:
    return list(BestBet.objects.filter(portal=portal).select_related("page"))


def forget_portal_words() -> None:
    """For tests, whose rolled-back change numbers come again."""
    _known.clear()


def bet_entry(bet: BestBet, portal_id: int, language: str) -> IndexEntry | None:
    """What a best bet shows, read from the database; None where it is not public."""
    if bet.page_id is None:
        return _cited_entry(bet.citation, portal_id)
    page = Page.objects.filter(pk=bet.page_id).specific().first()
    if not isinstance(page, BasePage):
        return None
    entries = Surroundings.read().entries_of(page)
    return next(
        (e for e in entries if (e.language, e.portal_id) == (language, portal_id)),
        None,
    )


def _cited_entry(citation: str, portal_id: int) -> IndexEntry | None:
    """Texts of law exist in one language and help readers of every language."""
    place = find_citation(citation, portal_id)
    if place is None:
        return None
    version = (
        StatuteVersion.objects.select_related("statute")
        .filter(statute__slug=place.statute_slug)
        .filter(is_current=True, language=settings.LANGUAGE_CODE)
        .first()
    )
    if version is None:
        return None
    if not place.is_provision:
        return statute_entry(version)
    entries = provision_entries(version)
    return next((entry for entry in entries if entry.path == place.path), None)


def _keys(analyzed: AnalyzedQuery) -> tuple[BetKey, ...]:
    words = frozenset(concept.term.text for concept in analyzed.concepts)
    return (wording_key(analyzed.folded), words)
