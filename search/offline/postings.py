"""Which entries hold a term: lists of numbers, because there are millions of them.

Such a number says, from its highest bits down: how much the entry can hope for by this
term, how small its own number is, the letter of its kind, and the impact. The largest
numbers of a list are therefore the best entries, the same ones in whatever order they came.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from search.offline.files import Posting, Postings, packed, place_of
from search.offline.kinds import letter_of
from search.offline.terms import Impact, worth

# The best entries for a term; who reads the first ten results needs no more.
MOST_POSTINGS = 200
MOST_SINGLES = 80

# Bits: 1 for words, 7 for the heading, 7 for the text; 7 for the letter, 30 for the number.
_HEADING, _TEXT, _LETTER, _NUMBER, _WORTH = 1, 8, 15, 22, 52
_SEVEN, _THIRTY = (1 << 7) - 1, (1 << 30) - 1
_MOST_WORTH, _STEPS_OF_ONE = (1 << 12) - 1, 200


@cache
def _upper(kind: str, impact: Impact) -> int:
    """All but the number."""
    steps = min(_MOST_WORTH, round(worth(impact, kind) * _STEPS_OF_ONE))
    own = impact.text << _TEXT | impact.heading + 1 << _HEADING | int(impact.is_word)
    return steps << _WORTH | ord(letter_of(kind)) << _LETTER | own


def _posting(item: int) -> Posting:
    return Posting(
        chr(item >> _LETTER & _SEVEN),
        _THIRTY - (item >> _NUMBER & _THIRTY),
        item >> _TEXT & _SEVEN,
        (item >> _HEADING & _SEVEN) - 1,
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    terms: array[int]
    items: array[int]


@dataclass(slots=True)
class PostingLists:
    """Terms have small numbers of their own here, which no file holds."""

    total: int = 0  # pairs of a term and an entry
    _entries: dict[str, _Entry] = field(default_factory=dict)  # by key
    _ids: dict[str, int] = field(default_factory=dict)
    _terms: list[str] = field(default_factory=list)
    _places: array[int] = field(default_factory=lambda: array("I"))
    _lists: list[array[int]] = field(default_factory=list)
    _written: dict[int, str] = field(default_factory=dict)  # until a list changes
    # The numbers of the terms of each file, for one count of files.
    _files: tuple[int, dict[int, list[int]]] = (0, {})

    def put(
        self, key: str, kind: str, number: int, found: Mapping[str, Impact]
    ) -> set[str]:
        """Say of an entry which terms it has; returns those that it had not, or has no
        more, or with another impact."""
        place = _THIRTY - number << _NUMBER
        items = array("Q", (_upper(kind, impact) | place for impact in found.values()))
        entry = _Entry(array("I", map(self._id, found)), items)
        old = self._entries.get(key)
        self._entries[key] = entry
        if old is None:
            for term, item in zip(entry.terms, items, strict=True):
                self._lists[term].append(item)
                self._written.pop(term, None)
            self.total += len(items)
            return set(found)
        return self._change(old, entry)

    def _change(self, old: _Entry, new: _Entry) -> set[str]:
        before = dict(zip(old.terms, old.items, strict=True))
        after = dict(zip(new.terms, new.items, strict=True))
        changed = {term for term, _item in before.items() ^ after.items()}
        for term in changed:
            if term in before:
                self._lists[term].remove(before[term])
            if term in after:
                self._lists[term].append(after[term])
            self._written.pop(term, None)
        self.total += len(new.items) - len(old.items)
        return {self._terms[term] for term in changed}

    def remove(self, key: str) -> set[str]:
        """Returns the terms of what is gone."""
        entry = self._entries.pop(key)
        for term, item in zip(entry.terms, entry.items, strict=True):
            self._lists[term].remove(item)
            self._written.pop(term, None)
        self.total -= len(entry.items)
        return {self._terms[term] for term in entry.terms}

    def of_file(self, number: int, files: int) -> Iterator[tuple[str, str]]:
        """The terms of one of so many files, with their entries as files have them."""
        for term in self._of_files(files).get(number, ()):
            if self._lists[term]:
                if term not in self._written:
                    self._written[term] = packed(self._postings(term))
                yield self._terms[term], self._written[term]

    def in_headings(self, term: str) -> int:
        """In how many headings a term is."""
        found = self._ids.get(term)
        return 0 if found is None else _in_headings(self._lists[found])

    def _id(self, term: str) -> int:
        known = self._ids.get(term)
        if known is not None:
            return known
        fresh = self._ids[term] = len(self._terms)
        place = place_of(term)
        self._terms.append(term)
        self._places.append(place)
        self._lists.append(array("Q"))
        files, terms = self._files
        if files:
            terms.setdefault(place % files, []).append(fresh)
        return fresh

    def _of_files(self, files: int) -> dict[int, list[int]]:
        if self._files[0] != files:
            terms: dict[int, list[int]] = {}
            for term, place in enumerate(self._places):
                terms.setdefault(place % files, []).append(term)
            self._files = files, terms
        return self._files[1]

    def _postings(self, term: int) -> Postings:
        items = self._lists[term]
        most = MOST_SINGLES if len(self._terms[term]) == 1 else MOST_POSTINGS
        best = sorted(items, reverse=True)[:most] if len(items) > most else items
        return Postings(
            tuple(map(_posting, best)),
            len(items),
            _in_headings(items),
            any(item & 1 for item in items),
        )


def _in_headings(items: array[int]) -> int:
    return sum(item >> _HEADING & _SEVEN > 0 for item in items)
