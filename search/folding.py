"""Fold away differences of writing that no searcher means.

Full-width and half-width, traditional and simplified characters, capitals and small
letters become one form. Every character is folded for itself: OpenCC's phrase rules
would convert 乾 in 乾淨 and not in 乾隆, and a query of one word has no phrase around
it, so text and query would part. What is shown to a reader is never folded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from opencc import OpenCC

# Characters that have no width: copied from word processors, they split words.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_HAN_BLOCKS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF))


@dataclass(frozen=True, slots=True)
class FoldedText:
    """Folded text that remembers where each of its characters stood."""

    text: str
    starts: tuple[int, ...] | None = None  # None: character i stood at i
    ends: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of ``text[start:end]`` (not empty)."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


@cache
def _table() -> dict[int, str]:
    """One character to one character: simplified form, half width."""
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table[0x3000] = " "
    converter = OpenCC("t2s")
    for first, last in _HAN_BLOCKS:
        for code in range(first, last + 1):
            character = unicodedata.normalize("NFKC", chr(code))
            simplified = converter.convert(character)
            if len(simplified) == 1 and simplified != chr(code):
                table[code] = simplified
    return table


def fold(text: str) -> str:
    """The folded form of ``text``, for indexing and for queries alike."""
    folded = text.translate(_table())
    if not unicodedata.is_normalized("NFKC", folded):
        folded = unicodedata.normalize("NFKC", folded).translate(_table())
    return _INVISIBLE.sub("", folded).lower()


def fold_with_offsets(text: str) -> FoldedText:
    """As ``fold``, with the places kept: for highlighting."""
    simple = text.translate(_table())
    if unicodedata.is_normalized("NFKC", simple):
        folded = _INVISIBLE.sub("", simple).lower()
        if len(folded) == len(text):
            return FoldedText(folded)
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        folded = fold(text[start:end])
        characters.append(folded)
        starts.extend([start] * len(folded))
        ends.extend([end] * len(folded))
    return FoldedText("".join(characters), tuple(starts), tuple(ends))


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Each character with the marks that combine with it."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not unicodedata.combining(text[place]):
            yield start, place
            start = place
