"""Did you mean: wrong characters and pinyin, by the words that a portal knows.

A slip breaks a word: 欠新 is cut into two characters that are in no dictionary together.
Only such pieces are looked at, and a piece is exchanged for a word that sounds alike
(欠新 → 欠薪), looks alike (仲栽 → 仲裁) or differs in one place of a long word
(宅地基 → 宅基地). Whether the exchange is done at once or only offered is for
``search.service`` to say, which knows what is found.
"""

from __future__ import annotations

import string
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from search.analysis import runs, segmenter
from search.folding import fold
from search.lexicon import read_entries, stop_words
from search.pinyin import cut_syllables, readings, sound

# A word of a list or a topic outweighs one that stands in some title.
_WHOLE_WORDS = {"term": 3.0, "topic": 5.0, "statute": 1.0}
LONGEST_WORD = 12
LONGEST_WINDOW = 8
LONGEST_LETTERS = 60
# Shorter words have too many neighbors that are one character away.
_LEAST_FOR_EDITS = 4
_LEAST_FOR_ORDER = 3
_LEAST_LETTERS_FOR_EDITS = 5


@dataclass(frozen=True, slots=True)
class Correction:
    """``words``: the whole query as it may have been meant; ``typed``: what is wrong in
    it, and at the same place in ``meant`` what stands there instead."""

    words: str
    typed: tuple[str, ...]
    meant: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Exchange:
    start: int
    end: int
    word: str
    cost: int
    weight: float


class Phrasebook(Protocol):
    """What a portal's phrases say as a whole (``search.suggesting``)."""

    def holds(self, text: str) -> bool: ...
    def spelled(self, typed: str) -> str: ...


class Speller:
    def __init__(
        self, phrases: Iterable[tuple[str, str]], book: Phrasebook | None = None
    ) -> None:
        self._book = book
        self._weights = _weights(phrases)
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        self._by_letters: dict[str, list[str]] = defaultdict(list)
        self._by_order: dict[str, list[str]] = defaultdict(list)
        self._by_gap: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._weights, key=lambda w: (-self._weights[w], w)):
            syllables = readings(word)
            self._by_letters["".join(syllables)].append(word)
            if len(word) > 1:
                self._by_sound[_sound_key(syllables)].append(word)
            if len(word) >= _LEAST_FOR_ORDER and not _is_loose(word):
                self._by_order["".join(sorted(word))].append(word)
            if len(word) >= _LEAST_FOR_EDITS and not _is_loose(word):
                for gap in _gaps(word):
                    self._by_gap[gap].append(word)

    def correct(self, words: str) -> Correction | None:
        """What may have been meant; None where nothing looks like a slip."""
        folded = fold(words).strip()
        exchanges = sorted(self._exchanges(folded), key=lambda one: one.start)
        if not exchanges:
            return None
        parts: list[str] = []
        place = 0
        for one in exchanges:
            parts += [folded[place : one.start], one.word]
            place = one.end
        corrected = "".join([*parts, folded[place:]])
        if corrected == folded:
            return None
        return Correction(
            corrected,
            typed=tuple(folded[one.start : one.end] for one in exchanges),
            meant=tuple(one.word for one in exchanges),
        )

    def _exchanges(self, folded: str) -> Iterator[_Exchange]:
        for run in runs(folded):
            if run.is_han:
                yield from _apart(self._in_characters(run.text, run.start))
        yield from self._in_letters(folded)

    # --- characters -------------------------------------------------------------------

    def _in_characters(self, han: str, offset: int) -> Iterator[_Exchange]:
        pieces = list(segmenter().cut(han, False))
        starts = [0]
        for piece in pieces:
            starts.append(starts[-1] + len(piece))
        for first in range(len(pieces)):
            for last in range(first + 1, len(pieces) + 1):
                window = han[starts[first] : starts[last]]
                if len(window) > LONGEST_WINDOW:
                    break
                if len(window) < 2 or not self._is_broken(pieces[first:last], window):
                    continue
                for word, cost in self._like(window):
                    start = offset + starts[first]
                    end = offset + starts[last]
                    yield _Exchange(start, end, word, cost, self._weights[word])

    def _is_broken(self, pieces: list[str], window: str) -> bool:
        """Whether a stretch may be a word with a slip: it is none, and falls apart."""
        if window in self._weights or len(pieces) == 1:
            return False
        if self._book is not None and self._book.holds(window):
            return False
        if len(window) == 2:  # 没了, 有地: two words, and many others sound like them
            return not any(_is_function_word(piece) for piece in pieces)
        return len(window) >= _LEAST_FOR_EDITS or any(len(one) == 1 for one in pieces)

    def _like(self, window: str) -> Iterator[tuple[str, int]]:
        """Words like a stretch that is none, with what the slip costs."""
        syllables = readings(window)
        for word in self._by_sound.get(_sound_key(syllables), ()):
            is_same = readings(word) == syllables
            if is_same or (len(window) > 2 and not _is_loose(word)):
                yield word, 0 if is_same else 2
        for place, character in enumerate(window):
            for other in _confusions().get(character, ()):
                word = window[:place] + other + window[place + 1 :]
                if word in self._weights:
                    yield word, 1
        for word in self._by_order.get("".join(sorted(window)), ()):
            if _is_swapped(word, window):
                yield word, 2
        for gap in _gaps(window):
            for word in self._by_gap.get(gap, ()):
                if not self._is_said(gap):
                    yield word, 3

    def _is_said(self, gap: str) -> bool:
        """Whether what is left beside one character is said as it stands: then the
        character is another word (法律援助没 is not 法律援助法)."""
        return all(
            len(piece) > 1 or piece in _MORE_FUNCTION_WORDS
            for part in gap.split("_")
            for piece in segmenter().cut(part, False)
        )

    # --- letters ----------------------------------------------------------------------

    def _in_letters(self, folded: str) -> Iterator[_Exchange]:
        """Pinyin, also with spaces between syllables; one stretch of letters at a time."""
        place = 0
        while place < len(folded):
            end = place
            while end < len(folded) and folded[end] in _LETTERS:
                end += 1
            stretch = folded[place:end].strip()
            if stretch and len(stretch) <= LONGEST_LETTERS:
                word = self.from_letters(stretch)
                if word:
                    start = folded.index(stretch, place)
                    yield _Exchange(start, start + len(stretch), word, 0, 0.0)
            place = max(end, place + 1)

    def from_letters(self, letters: str) -> str:
        """The words that are read so, or ``""``."""
        joined = "".join(sign for sign in letters if sign.isalpha())
        if len(joined) < 2:
            return ""
        if words := self._by_letters.get(joined):
            return words[0] if len(words[0]) > 1 else ""
        return (
            (self._book.spelled(joined) if self._book else "")
            or self._row_of_words(joined)
            or self._by_accent(joined)
            or self._with_typing_error(joined)
        )

    def _row_of_words(self, letters: str) -> str:
        """Words one after another: as few as possible, then the commonest."""
        best: list[tuple[int, float, str] | None] = [None] * (len(letters) + 1)
        best[0] = (0, 0.0, "")
        for end in range(1, len(letters) + 1):
            for start in range(max(0, end - LONGEST_WORD * 6), end):
                before = best[start]
                words = self._by_letters.get(letters[start:end])
                if before is None or not words:
                    continue
                weight = before[1] - self._weights[words[0]]
                row = (before[0] + 1, weight, before[2] + words[0])
                current = best[end]
                if current is None or row[:2] < current[:2]:
                    best[end] = row
        found = best[-1]
        # A row of single characters is a guess at random.
        if found is None or (len(found[2]) > 1 and found[0] > 0.75 * len(found[2])):
            return ""
        return found[2] if len(found[2]) > 1 else ""

    def _by_accent(self, letters: str) -> str:
        for syllables in cut_syllables(letters):
            for word in self._by_sound.get(_sound_key(syllables), ()):
                return word
        return ""

    def _with_typing_error(self, letters: str) -> str:
        if len(letters) < _LEAST_LETTERS_FOR_EDITS:
            return ""
        near = {
            words[0]
            for variant in _variants(letters)
            if (words := self._by_letters.get(variant)) and len(words[0]) > 1
        }
        return max(near, key=lambda word: (self._weights[word], word), default="")


# They have a subject, so a query keeps them; but they stand beside any word.
_MORE_FUNCTION_WORDS = frozenset("不没别无未有太最更只上下里后前")
_PARTICLES = frozenset("了着过的不没")
_LETTERS = frozenset(string.ascii_lowercase + " '’")


def _weights(phrases: Iterable[tuple[str, str]]) -> dict[str, float]:
    """The words of all phrases, and how much each is talked about."""
    found: Counter[str] = Counter()
    weights: dict[str, float] = defaultdict(float)
    for text, kind in phrases:
        folded = fold(text)
        for run in runs(folded):
            if run.is_han:
                found.update(segmenter().cut(run.text, False))
        if kind in _WHOLE_WORDS and 1 < len(folded) <= LONGEST_WORD and _is_han(folded):
            weights[folded] += _WHOLE_WORDS[kind]
    for word, count in found.items():
        weights[word] += count
    return dict(weights)


def _is_han(text: str) -> bool:
    return [run.text for run in runs(text) if run.is_han] == [text]


def _sound_key(syllables: Iterable[str]) -> str:
    return " ".join(sound(syllable) for syllable in syllables)


def _gaps(word: str) -> Iterator[str]:
    """The word with one place left open."""
    for place in range(len(word)):
        yield f"{word[:place]}_{word[place + 1 :]}"


def _is_function_word(piece: str) -> bool:
    return piece in stop_words() or piece in _MORE_FUNCTION_WORDS


@cache
def _is_loose(word: str) -> bool:
    """A turn of speech (孩子跟谁, 受了伤) and no term: it has too many neighbors."""
    pieces = [*segmenter().cut(word, False), *(_PARTICLES & set(word))]
    return any(_is_function_word(piece) for piece in pieces)


def _is_swapped(word: str, window: str) -> bool:
    """The same characters, two neighbors changed about."""
    different = [n for n, (a, b) in enumerate(zip(word, window, strict=True)) if a != b]
    return len(different) == 2 and different[1] - different[0] == 1


def _variants(letters: str) -> Iterator[str]:
    """Everything that is one slip of the keyboard away."""
    for place in range(len(letters) + 1):
        head, tail = letters[:place], letters[place:]
        yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in string.ascii_lowercase:
            yield head + letter + tail
            yield head + letter + tail[1:]


def _apart(exchanges: Iterable[_Exchange]) -> Iterator[_Exchange]:
    """The best of those that overlap: the surest, then the longest, the commonest."""
    ranked = sorted(
        exchanges, key=lambda one: (one.cost, one.start - one.end, -one.weight)
    )
    taken: list[_Exchange] = []
    for one in ranked:
        if all(one.end <= other.start or other.end <= one.start for other in taken):
            taken.append(one)
    yield from taken


@cache
def _confusions() -> dict[str, tuple[str, ...]]:
    entries = read_entries("confusions.yaml", ("characters", "reason"))
    found: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        for character in entry["characters"]:
            found[character].update(entry["characters"])
    return {one: tuple(sorted(others - {one})) for one, others in found.items()}
