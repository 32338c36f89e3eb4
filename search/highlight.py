"""Mark what was searched for in a text, and cut out the passage that holds most of it.

The marks come from the same analysis as the search: traditional characters, full-width
letters and 第四十六条 are marked for a query in the other writing. Everything but our own
``<mark>`` is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from markupsafe import Markup, escape

from search.analysis import HAN, runs
from search.folding import FoldedText, fold_with_offsets
from search.numerals import quantities
from search.query_analysis import AnalyzedQuery, Concept

SNIPPET_LENGTH = 110
# A snippet rather begins with its sentence than in the middle of it.
_MARK, _END_MARK = "<mark>", "</mark>"
_ONLY_HAN = re.compile(f"[{HAN}]+")
_SENTENCE_ENDS = "。！？；\n"
_LOOK_BACK = 24


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a text, and how much it counts when a passage is chosen."""

    start: int
    end: int
    word: str


class Highlighter:
    """Marks the words of one query."""

    def __init__(self, query: AnalyzedQuery) -> None:
        self._query = query
        self._known: dict[str, list[Span]] = {}

    @cached_property
    def _concepts(self) -> tuple[Concept, ...]:
        """What to mark; one character among longer words would mark half of a text."""
        concepts = self._query.concepts
        longer = tuple(c for c in concepts if not c.term.is_single)
        return longer or concepts

    def mark(self, text: str) -> Markup:
        """The whole text, escaped, with marks."""
        return _marked(text, self.spans(text), 0, len(text))

    def spans(self, text: str) -> list[Span]:
        """What to mark in ``text``, in order, touching spans apart."""
        found = self._known.get(text)
        if found is None:
            found = self._known[text] = self._find_spans(text) if text else []
        return found

    def _find_spans(self, text: str) -> list[Span]:
        folded = fold_with_offsets(text)
        index = _TextIndex(folded)
        found: list[Span] = []
        for concept in self._concepts:
            for word in _words_in(index, concept):
                places = index.places(word)
                found += [Span(*folded.span(*place), word) for place in places]
        return sorted(found, key=lambda span: (span.start, -span.end))

    def snippet(self, text: str, length: int = SNIPPET_LENGTH) -> Markup:
        """The passage with most of what was searched for; without any, the start."""
        text = text.strip()
        spans = self.spans(text)
        start = _best_start(text, spans, length)
        end = min(len(text), start + length)
        passage = _marked(text, spans, start, end)
        before = "…" if start else ""
        after = "…" if end < len(text) else ""
        line = passage.replace("\n", " ")
        return Markup(f"{before}{line}{after}")  # noqa: S704  (parts are escaped)

    def has_mark(self, text: str) -> bool:
        return bool(self.spans(text))


@lru_cache(maxsize=4096)
def _is_han(word: str) -> bool:
    return _ONLY_HAN.fullmatch(word) is not None


class _TextIndex:
    """Finds words in one folded text."""

    def __init__(self, folded: FoldedText) -> None:
        self._text = folded.text

    @cached_property
    def _words(self) -> dict[str, list[tuple[int, int]]]:
        """Words in letters, and numbers with their measure."""
        words: dict[str, list[tuple[int, int]]] = {}
        for run in runs(self._text):
            if not run.is_han:
                place = (run.start, run.start + len(run.text))
                words.setdefault(run.text, []).append(place)
        for quantity in quantities(self._text):
            for word in quantity.words:
                place = (quantity.start, quantity.end)
                words.setdefault(word, []).append(place)
        return words

    def holds(self, word: str) -> bool:
        if _is_han(word):
            return word in self._text
        return next(self.places(word), None) is not None

    def places(self, word: str) -> Iterator[tuple[int, int]]:
        # Chinese alone is neither; reading a long text for them takes its time.
        if not _is_han(word):
            if word in self._words:
                yield from self._words[word]
                return
            if word.isascii():  # a word inside another word is no find
                return
        start = self._text.find(word)
        while start >= 0:
            yield start, start + len(word)
            start = self._text.find(word, start + len(word))


def _words_in(index: _TextIndex, concept: Concept) -> Iterator[str]:
    """The words that stand for a concept in one text.

    The word as typed; where the text cuts it otherwise, its parts; of the law's words
    those that the text holds in full.
    """
    term = concept.term
    longer_words = [word for word in term.words if len(word) > 1]
    for choices in ([term.text], longer_words, term.pairs):
        held = [word for word in choices if index.holds(word)]
        if held:
            yield from held
            break
    for other in concept.alternatives:
        if index.holds(other.term.text):
            yield other.term.text
        elif all(index.holds(word) for word in other.term.words):
            yield from (word for word in other.term.words if len(word) > 1)


def _best_start(text: str, spans: list[Span], length: int) -> int:
    """Where the passage begins that holds most different words, the longer the better."""
    if len(text) <= length or not spans:
        return 0
    best, best_value = 0, 0
    for position, first in enumerate(spans):
        inside: dict[str, int] = {}
        for span in spans[position:]:
            if span.end > first.start + length:
                break
            inside[span.word] = span.end - span.start
        value = sum(inside.values())
        if value > best_value:
            best, best_value = first.start, value
    return _sentence_start(text, best, length)


def _sentence_start(text: str, place: int, length: int) -> int:
    if place <= _LOOK_BACK:
        return 0
    lowest = place - _LOOK_BACK
    ends = [text.rfind(sign, lowest, place) for sign in _SENTENCE_ENDS]
    start = max(ends) + 1 if max(ends) >= 0 else place - _LOOK_BACK // 2
    # At the end of a text rather show more before it.
    return max(0, min(start, len(text) - length))


def _marked(text: str, spans: Iterable[Span], start: int, end: int) -> Markup:
    parts: list[str] = []
    place = start
    for first, last in _merged(spans, start, end):
        parts += escape(text[place:first]), _MARK, escape(text[first:last]), _END_MARK
        place = last
    parts.append(escape(text[place:end]))
    return Markup("".join(parts))  # noqa: S704  (escaped above)


def _merged(spans: Iterable[Span], start: int, end: int) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for span in spans:
        first, last = max(span.start, start), min(span.end, end)
        if first >= last:
            continue
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged
