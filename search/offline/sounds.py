"""How words sound, for who types letters (qianxin) or another character (欠新)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from search.pinyin import readings

READING_FILES = 64
MOST_ALIKE = 4
_SHORTEST, _LONGEST = 2, 8
_COMMON = (range(0xB0, 0xF8), range(0xA1, 0xFF))  # rows and columns of GB 2312


def sound_of(word: str) -> str:
    """A word in letters without tones; "" where nobody would type it so."""
    if not _SHORTEST <= len(word) <= _LONGEST:
        return ""
    letters = "".join(readings(word))
    return (
        letters if letters.isascii() and letters.isalpha() and word != letters else ""
    )


def best_alike(words: Iterable[tuple[str, int]]) -> list[str]:
    """Of words that sound alike, with how often they are in headings, the likeliest."""
    ranked = sorted(words, key=lambda item: (-item[1], item[0]))
    return [word for word, _count in ranked[:MOST_ALIKE]]


@cache
def character_readings() -> tuple[dict[str, str], ...]:
    """The reading of each usual character, by its code modulo ``READING_FILES``."""
    found: tuple[dict[str, str], ...] = tuple({} for _number in range(READING_FILES))
    rows, columns = _COMMON
    for row in rows:
        text = bytes(byte for column in columns for byte in (row, column))
        for character in text.decode("gb2312", errors="ignore"):
            reading = readings(character)[0]
            if reading.isascii() and reading.isalpha():
                found[ord(character) % READING_FILES][character] = reading
    return found
