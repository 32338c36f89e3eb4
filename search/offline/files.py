"""How the index is written down: small script files that register what they hold.

A script file is all that a browser loads from a folder without a server (no fetch, no
module). Each calls ``xiangfatong.index(name, …)``; site/static/js/offline-search.js reads
them.

- ``core.js``: how many files there are, the kinds, the stop words.
- ``terms/<hash>.js``: terms whose first two characters have this hash, with the entries
  that hold them; and what villagers say instead of a word of the law, by the same hash.
- ``cards/<space>-<number>.js``: title, path, summary of a few entries.
- ``folds/<number>.js``: traditional characters.
- ``sounds/<hash>.js``: words of headings by their reading; ``readings/<number>.js``: the
  reading of characters. For slips, and for who types letters.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

# What can stand in a string of a script as it is, without what it would have to escape.
ALPHABET = "".join(chr(code) for code in range(35, 127) if chr(code) != "\\")
_BASE = len(ALPHABET) // 2
CARDS_IN_A_FILE = 4
CORE = "core.js"


@dataclass(frozen=True, slots=True)
class Posting:
    """An entry that holds a term; ``heading`` is -1 where the heading does not."""

    letter: str  # of the kind
    number: int
    text: int
    heading: int


@dataclass(frozen=True, slots=True)
class Postings:
    """The best entries for a term, and in how many there are altogether."""

    postings: tuple[Posting, ...]
    count: int
    in_headings: int
    is_word: bool


def term_file(term: str, files: int) -> str:
    return term_file_name(place_of(term) % files)


def term_file_name(number: int) -> str:
    return f"terms/{number:x}.js"


def fold_file(number: int) -> str:
    return f"folds/{number:x}.js"


def reading_file(number: int) -> str:
    return f"readings/{number:x}.js"


def sound_file(number: int) -> str:
    return f"sounds/{number:x}.js"


def place_of(term: str) -> int:
    """A number for the first two characters: longer words lie beside their beginning,
    where the browser finds them without knowing them. Of words in letters and of numbers
    (第46条) too many begin alike; there all characters count."""
    value = 2166136261
    for character in term if any(map(str.isascii, term[:2])) else term[:2]:
        value = ((value ^ ord(character)) * 16777619) & 0xFFFFFFFF
    # The low bits of neighbors are alike.
    return value ^ (value >> 15)


def card_file(space: str, number: int) -> str:
    return f"cards/{space}-{number // CARDS_IN_A_FILE:x}.js"


def script(name: str, *parts: object) -> bytes:
    """A file that registers itself; the same parts give the same bytes."""
    texts = [json.dumps(name.removesuffix(".js")), *map(_dumps, parts)]
    return f"xiangfatong.index({','.join(texts)});\n".encode()


def _dumps(part: object) -> str:
    text = json.dumps(part, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    # Two signs that JSON has and scripts of before 2019 take for the end of a line.
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def packed(found: Postings) -> str:
    """``[~][count,headings]``, then for each kind a space, its letter and its entries.

    An entry is the distance to the one before, its step in the text and, where the first
    says so, its step in the heading. The counts are left out where all are listed.
    """
    by_letter: dict[str, list[Posting]] = {}
    for posting in found.postings:
        by_letter.setdefault(posting.letter, []).append(posting)
    streams = "".join(
        f" {letter}{_stream(by_letter[letter])}" for letter in sorted(by_letter)
    )
    head = "~" if found.is_word else ""
    if found.count > len(found.postings):
        head += f"{found.count},{found.in_headings}"
    return head + streams


def _stream(postings: Iterable[Posting]) -> str:
    signs: list[str] = []
    last = 0
    for posting in sorted(postings, key=lambda posting: posting.number):
        distance, last = posting.number - last, posting.number
        while distance >= _BASE:
            signs.append(ALPHABET[_BASE + distance % _BASE])
            distance //= _BASE
        signs.append(ALPHABET[distance])
        if posting.heading < 0:
            signs.append(ALPHABET[posting.text])
        else:
            signs += ALPHABET[_BASE + posting.text], ALPHABET[posting.heading]
    return "".join(signs)
