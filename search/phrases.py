"""What a portal talks about, in the words of its pages: for suggestions and spelling.

Kept per process, portal and language until the portal's change number moves, so that
nothing is suggested a moment longer than it is public. The source of the phrases of a
portal registers itself (``publishing.phrases``): which pages are public is its business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from home.models import Portal
from search.folding import fold
from search.lexicon import legal_terms, synonyms
from search.spelling import Speller
from search.suggesting import Suggester, Suggestion, best_of


@dataclass(frozen=True, slots=True)
class Phrase:
    """Something to suggest. Without a ``path`` it is a word to search for."""

    text: str
    kind: str  # of a page, or: topic | statute | term
    path: str = ""  # logical
    popularity: float = 0.0  # within its kind


@dataclass(frozen=True, slots=True)
class Said:
    """The phrases of a portal. ``library``: its own texts of law and its prefecture's,
    which cost a query of their own and help nobody's spelling."""

    phrases: Sequence[Phrase]
    library: Callable[[], Iterable[Phrase]] = tuple


# Portal, language, all portals with their identities.
Source = Callable[[int, str, Sequence[Portal]], Said]
_sources: list[Source] = []


def register_phrases(source: Source) -> None:
    """Make ``source`` the one that knows the public phrases of portals."""
    _sources[:] = [source]


@dataclass(frozen=True)
class PortalPhrases:
    """The phrases of one portal in one language; what is made of them, when asked."""

    said: Said

    @cached_property
    def suggester(self) -> Suggester:
        return Suggester(self.said.phrases)

    @cached_property
    def _library(self) -> Suggester:
        return Suggester(self.said.library())

    @cached_property
    def speller(self) -> Speller:
        words = ((phrase.text, phrase.kind) for phrase in self.said.phrases)
        return Speller(words, self.suggester)

    def suggest(self, typed: str, limit: int) -> tuple[Suggestion, ...]:
        """What the reader may be about to type; with a slip, for what was meant."""
        if found := self._suggest(typed, limit):
            return found
        correction = self.speller.correct(typed)
        return self._suggest(correction.words, limit) if correction else ()

    def _suggest(self, typed: str, limit: int) -> tuple[Suggestion, ...]:
        ranked = (*self.suggester.ranked(typed), *self._library.ranked(typed))
        return best_of(ranked, limit)


# Portals and languages kept at a time; each takes about 7 MB (docs/search.md).
MOST_KEPT = 16
_known: dict[tuple[int, str], tuple[int, PortalPhrases]] = {}


def portal_phrases(
    portal_id: int, language: str, portals: Mapping[int, Portal]
) -> PortalPhrases:
    """From memory while nothing has changed; ``portals``: all, by id, just read."""
    portal = portals.get(portal_id)
    change_number = portal.change_number if portal else 0
    known = _known.get((portal_id, language))
    if known is None or known[0] != change_number:
        said = Said(())
        for source in _sources:
            said = source(portal_id, language, tuple(portals.values()))
        whole = Said((*said.phrases, *_terms(language)), said.library)
        known = (change_number, PortalPhrases(whole))
        _known.pop((portal_id, language), None)
        while len(_known) >= MOST_KEPT:  # the one made longest ago
            _known.pop(next(iter(_known)), None)
        _known[portal_id, language] = known
    return known[1]


def forget_phrases() -> None:
    """For tests, whose rolled-back change numbers come again."""
    _known.clear()


@cache
def _terms(language: str) -> tuple[Phrase, ...]:
    """The words of our lists; pages in other languages are not searched with them."""
    if not language.startswith("zh"):
        return ()
    lay = {phrase for phrase in synonyms() if len(phrase) > 1}
    legal = {
        word for entries in synonyms().values() for one in entries for word in one.legal
    }
    words = {fold(word) for word in (*lay, *legal, *legal_terms()) if " " not in word}
    return tuple(Phrase(word, "term") for word in sorted(words))
