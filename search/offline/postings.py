"""Which entries hold a term: lists of numbers, because there are millions of them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import nsmallest

from search.offline.files import Posting, Postings, place_of
from search.offline.kinds import letter_of
from search.offline.terms import Impact, worth

# The best entries for a term; who reads the first ten results needs no more.
MOST_POSTINGS = 200
MOST_SINGLES = 80

# An impact in one number: seven bits for the heading, seven for the text, one for words.
_HEADING, _TEXT, _BITS = 1, 8, 15
_SEVEN = 127


def _pack(impact: Impact) -> int:
    heading = impact.heading + 1
    return impact.text << _TEXT | heading << _HEADING | int(impact.is_word)


def _unpack(packed: int) -> Impact:
    heading = (packed >> _HEADING & _SEVEN) - 1
    return Impact(packed >> _TEXT & _SEVEN, heading, bool(packed & 1))


@dataclass(frozen=True, slots=True)
class _Entry:
    slot: int
    kind: str
    number: int
    terms: array[int]
    impacts: array[int]


@dataclass(slots=True)
class PostingLists:
    """Terms and entries have small numbers of their own here, which no file holds."""

    total: int = 0  # pairs of a term and an entry
    _entries: dict[str, _Entry] = field(default_factory=dict)  # by key
    _slots: list[_Entry | None] = field(default_factory=list)
    _free: list[int] = field(default_factory=list)
    _ids: dict[str, int] = field(default_factory=dict)
    _terms: list[str] = field(default_factory=list)
    _places: array[int] = field(default_factory=lambda: array("I"))
    _lists: list[array[int]] = field(default_factory=list)
    # The numbers of the terms of each file, for one count of files.
    _files: tuple[int, dict[int, list[int]]] = (0, {})

    def add(
        self, key: str, kind: str, number: int, found: Mapping[str, Impact]
    ) -> None:
        slot = self._free.pop() if self._free else len(self._slots)
        ids = array("I", map(self._id, found))
        entry = _Entry(slot, kind, number, ids, array("H", map(_pack, found.values())))
        if slot == len(self._slots):
            self._slots.append(entry)
        else:
            self._slots[slot] = entry
        self._entries[key] = entry
        for term, impact in zip(ids, entry.impacts, strict=True):
            self._lists[term].append(slot << _BITS | impact)
        self.total += len(ids)

    def remove(self, key: str) -> set[str]:
        """Returns the terms of what is gone."""
        entry = self._entries.pop(key)
        for term, impact in zip(entry.terms, entry.impacts, strict=True):
            self._lists[term].remove(entry.slot << _BITS | impact)
        self._slots[entry.slot] = None
        self._free.append(entry.slot)
        self.total -= len(entry.terms)
        return {self._terms[term] for term in entry.terms}

    def of_file(self, number: int, files: int) -> Iterator[tuple[str, Postings]]:
        """The terms of one of so many files, those that are in any entry."""
        for term in self._of_files(files).get(number, ()):
            if self._lists[term]:
                yield self._terms[term], self._postings(term)

    def in_headings(self, term: str) -> int:
        """In how many headings a term is."""
        found = self._ids.get(term)
        if found is None:
            return 0
        return sum(each >> _HEADING & _SEVEN > 0 for each in self._lists[found])

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
        found = list(self._read(self._lists[term]))
        most = MOST_SINGLES if len(self._terms[term]) == 1 else MOST_POSTINGS
        best = found
        if len(found) > most:
            best = nsmallest(
                most,
                found,
                key=lambda item: (-worth(item[1], item[0].kind), item[0].number),
            )
        return Postings(
            tuple(
                Posting(
                    letter_of(entry.kind), entry.number, impact.text, impact.heading
                )
                for entry, impact in best
            ),
            len(found),
            sum(impact.heading >= 0 for _entry, impact in found),
            any(impact.is_word for _entry, impact in found),
        )

    def _read(self, packed: Iterable[int]) -> Iterator[tuple[_Entry, Impact]]:
        for each in packed:
            entry = self._slots[each >> _BITS]
            if entry is not None:
                yield entry, _unpack(each)
