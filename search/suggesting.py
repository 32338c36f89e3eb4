"""Suggestions while somebody types: characters, pinyin, initials, or all three mixed.

Built in memory from the phrases of one portal, and not asked from an engine: what it
holds is exactly what is public at this change number, it answers while an index is
built or an engine is down, and it is faster than a search (docs/search.md).

All texts stand in one long string, and their initials in a second one with the same
places. Python finds a part of a long string at the speed of C, so there is no table of
prefixes to build or to keep.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from itertools import accumulate
from typing import Protocol

from search.analysis import runs, segmenter
from search.folding import fold
from search.pinyin import first_initials, readings

MOST_SUGGESTIONS = 8
LONGEST_TYPED = 40
# What people ask for most comes first; a page of a kind that is not named comes last.
KIND_ORDER = ("question", "topic", "term", "guide", "case", "statute", "campaign")
_KIND_PLACES = {kind: place for place, kind in enumerate(KIND_ORDER)}
# How what was typed fits, with steps between for where in the phrase it stands.
_CHARACTERS, _SYLLABLES, _INITIALS, _NO_MATCH = 0, 3, 6, 99
_MOST_PLACES = 4000  # of one initial in a large portal; the first ones are as good
_MOST_KEPT = 2000  # answers kept for the next reader who types the same
_END = "\n"


class Suggestible(Protocol):
    @property
    def text(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def popularity(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Suggestion:
    text: str
    kind: str
    path: str  # logical; "" = search for the text


Ranked = tuple[tuple[float, ...], Suggestion]


class Suggester:
    def __init__(self, phrases: Iterable[Suggestible]) -> None:
        self._phrases = tuple(phrases)
        self._kept: dict[str, tuple[Ranked, ...]] = {}
        prepared = [_prepare(phrase.text) for phrase in self._phrases]
        self._text = "".join(text for text, _sounds, _starts in prepared)
        self._sounds = [
            sound for _text, sounds, _starts in prepared for sound in sounds
        ]
        self._initials = "".join(sound[0] for sound in self._sounds)
        self._starts = b"".join(starts for _text, _sounds, starts in prepared)
        lengths = (len(text) for text, _sounds, _starts in prepared)
        self._begins = [0, *accumulate(lengths)]
        self._ranks = [_rank(phrase) for phrase in self._phrases]

    def ranked(self, typed: str) -> tuple[Ranked, ...]:
        """The best phrases for what was typed so far, each with its place."""
        folded = "".join(fold(typed[:LONGEST_TYPED]).split())
        if folded not in self._kept:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[folded] = self._find(folded)
        return self._kept[folded]

    def suggest(
        self, typed: str, limit: int = MOST_SUGGESTIONS
    ) -> tuple[Suggestion, ...]:
        return best_of(self.ranked(typed), limit)

    def spelled(self, typed: str) -> str:
        """The characters of a phrase that are read as typed, in whole syllables."""
        folded = "".join(fold(typed).split())
        found: Counter[str] = Counter()
        for initials in first_initials(folded):
            for place in self._places(self._initials, initials):
                if self._starts[place]:
                    quality, end = self._fits(folded, 0, place, _SYLLABLES)
                    if quality == _SYLLABLES and self._is_whole(folded, place, end):
                        found[self._text[place:end]] += 1
        return found.most_common(1)[0][0] if found else ""

    def holds(self, text: str) -> bool:
        """Whether these very characters stand in some phrase."""
        return text in self._text

    def _is_whole(self, typed: str, place: int, end: int) -> bool:
        return typed.endswith((self._sounds[end - 1], self._text[end - 1]))

    def _find(self, typed: str) -> tuple[Ranked, ...]:
        if not any(True for _run in runs(typed)):
            return ()
        best: dict[int, int] = {}
        for number, quality in self._matches(typed):
            if quality < best.get(number, _NO_MATCH):
                best[number] = quality
        places = [((best[n], *self._ranks[n]), n) for n in best]
        # Twice as many as are shown: some say the same.
        return tuple(
            (place, self._suggestion(number))
            for place, number in nsmallest(2 * MOST_SUGGESTIONS, places)
        )

    def _suggestion(self, number: int) -> Suggestion:
        phrase = self._phrases[number]
        return Suggestion(phrase.text, phrase.kind, phrase.path)

    # --- matching ---------------------------------------------------------------------

    def _matches(self, typed: str) -> Iterator[tuple[int, int]]:
        """(number of a phrase, how well it fits: lower is better)."""
        exact = False
        for place in self._places(self._text, typed):
            if self._starts[place] or len(typed) > 1:
                exact = True
                yield self._fit(place, place + len(typed), _CHARACTERS)
        has_letters = any(sign.isascii() and sign.isalpha() for sign in typed)
        if has_letters:
            yield from self._by_sound(typed, (_SYLLABLES, _INITIALS))
        elif not exact:
            # Other characters that sound the same: a slip of the input method.
            yield from self._by_sound("".join(readings(typed)), (_SYLLABLES,))

    def _by_sound(
        self, letters: str, wanted: tuple[int, ...]
    ) -> Iterator[tuple[int, int]]:
        for initials in first_initials(letters):
            for place in self._places(self._initials, initials):
                if self._starts[place]:
                    quality, end = self._fits(letters, 0, place, _SYLLABLES)
                    if quality in wanted:
                        yield self._fit(place, end, quality)

    def _fit(self, place: int, end: int, quality: int) -> tuple[int, int]:
        """Better from the beginning, best where the phrase says nothing else."""
        number = bisect_right(self._begins, place) - 1
        if place != self._begins[number]:
            return number, quality + 2
        is_all = self._text[end] == _END
        return number, quality + (0 if is_all else 1)

    def _fits(self, typed: str, at: int, place: int, quality: int) -> tuple[int, int]:
        """How the phrase at ``place`` is typed from ``at`` on, and where that ends."""
        while at < len(typed):
            sound, sign = self._sounds[place], typed[at]
            if sound == _END:
                return _NO_MATCH, place
            if sign == self._text[place]:
                at, place = at + 1, place + 1
                continue
            if not sign.isascii() or sound[0] != sign:
                return _NO_MATCH, place
            rest = typed[at:]
            if sound.startswith(rest):
                return quality, place + 1
            steps = [(len(sound), quality)] if rest.startswith(sound) else []
            if sound[1:2] == "h" and rest[1:2] == "h":
                steps.append((2, _INITIALS))
            for step, worse in steps:
                found = self._fits(typed, at + step, place + 1, worse)
                if found[0] != _NO_MATCH:
                    return found
            at, place, quality = at + 1, place + 1, _INITIALS
        return quality, place

    def _places(self, within: str, part: str) -> Iterator[int]:
        place = within.find(part)
        count = 0
        while place >= 0 and count < _MOST_PLACES:
            yield place
            count += 1
            place = within.find(part, place + 1)


def best_of(ranked: Iterable[Ranked], limit: int) -> tuple[Suggestion, ...]:
    """One suggestion for each page, in the wording that fits best; no text twice."""
    found: dict[str, Suggestion] = {}
    texts: set[str] = set()
    for _place, one in sorted(ranked, key=lambda pair: pair[0]):
        text = fold(one.text)
        if text not in texts and (one.path or one.text) not in found:
            texts.add(text)
            found[one.path or one.text] = one
    return tuple(found.values())[:limit]


def _rank(phrase: Suggestible) -> tuple[float, ...]:
    """The order among phrases that fit equally well."""
    kind = _KIND_PLACES.get(phrase.kind, len(_KIND_PLACES))
    return kind, -phrase.popularity, len(phrase.text)


@lru_cache(maxsize=16_384)
def _prepare(written: str) -> tuple[str, tuple[str, ...], bytes]:
    """A phrase with its end: its characters, their sounds, and where words begin.

    Kept, since after a change nearly all phrases are the same as before.
    """
    text = fold(written).replace(_END, " ")
    starts = bytearray(len(text) + 1)
    for run in runs(text):
        place = run.start
        for word in segmenter().cut(run.text) if run.is_han else [run.text]:
            starts[place] = 1
            place += len(word)
    return text + _END, (*readings(text), _END), bytes(starts)
