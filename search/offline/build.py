"""The search index of an export: made of entries, kept in memory, changed in place.

The bytes of every file follow from the entries alone, in whatever order they came, so a
change and a whole build give the same files. The number of files of terms follows from
how much there is: when it doubles, all of them are new.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field

from home.indexing import IndexEntry
from search.lexicon import Thesaurus, common_thesaurus
from search.offline.asking import (
    FOLD_FILES,
    LayPhrases,
    folds,
    lay_phrases,
    sorted_stop_words,
)
from search.offline.cards import Card, card_of
from search.offline.files import (
    CARDS_IN_A_FILE,
    CORE,
    card_file,
    fold_file,
    place_of,
    reading_file,
    script,
    sound_file,
    term_file,
    term_file_name,
)
from search.offline.kinds import kinds, letter_of, space_of
from search.offline.postings import PostingLists
from search.offline.rules import rules
from search.offline.sounds import (
    READING_FILES,
    best_alike,
    character_readings,
    sound_of,
)
from search.offline.terms import terms_of

# One file of terms for so many pairs of a term and an entry.
_PAIRS_OF_A_FILE = 350
_FEWEST_FILES = 16
SOUND_FILES = 64

Label = Callable[[str], str]


def index_files(
    entries: Iterable[IndexEntry],
    *,
    label: Label = str,
    thesaurus: Thesaurus | None = None,
) -> Iterator[tuple[str, bytes]]:
    """Every file of the index of these entries: name, bytes."""
    yield from OfflineIndex.of(entries, label=label, thesaurus=thesaurus).files()


@dataclass(slots=True)
class OfflineIndex:
    """All entries of one portal in one language; make it by ``of``.

    ``label``: what readers call a kind of entry.
    """

    label: Label
    _lay: LayPhrases
    # Phrases by number of their file, for one count of files.
    _lay_files: tuple[int, dict[int, list[str]]] = (0, {})
    _lists: PostingLists = field(default_factory=PostingLists)
    _keys: dict[str, str] = field(default_factory=dict)  # with the statute of each
    _cards: dict[str, dict[int, Card]] = field(default_factory=dict)  # by file
    # The words of each file of sounds by their sound, and the file of each word.
    _sounds: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    _sounding: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        entries: Iterable[IndexEntry],
        *,
        label: Label = str,
        thesaurus: Thesaurus | None = None,
    ) -> OfflineIndex:
        """``thesaurus``: with the portal's own words."""
        index = cls(label, lay_phrases(thesaurus or common_thesaurus()))
        for phrase in index._lay:
            index._add_sound(phrase)
        for entry in entries:
            index._put(entry)
        return index

    @property
    def file_count(self) -> int:
        """How many files the terms are spread over: a power of two."""
        count = _FEWEST_FILES
        while count * _PAIRS_OF_A_FILE < self._lists.total:
            count *= 2
        return count

    def replace(self, keys: Collection[str], entries: Iterable[IndexEntry]) -> set[str]:
        """Put ``entries`` in the place of those with these keys (``key_of``).

        Returns the names of the files that may differ now. One of them that ``file``
        has no more is to be deleted.
        """
        count, core = self.file_count, self.file(CORE)
        terms: set[str] = set()
        names: set[str] = set()
        fresh = {key_of(entry): entry for entry in entries}
        for key in sorted(self._keys.keys() & set(keys) - fresh.keys()):
            names.add(_card_file(key))
            terms |= self._remove(key)
        for key, entry in fresh.items():
            names.add(_card_file(key))
            terms |= self._put(entry)
        if self.file_count != count:
            names |= set(map(term_file_name, range(count)))
            names |= set(map(term_file_name, range(self.file_count)))
        else:
            names |= {term_file(term, count) for term in terms}
        names |= {self._sounding[term] for term in terms & self._sounding.keys()}
        return names | ({CORE} if self.file(CORE) != core else set())

    def keys_of_statute(self, slug: str) -> list[str]:
        """The statute and its provisions, as the index has them."""
        return [key for key, statute in self._keys.items() if statute == slug]

    def names(self) -> Iterator[str]:
        """Of all files."""
        yield CORE
        yield from map(fold_file, range(FOLD_FILES))
        yield from map(reading_file, range(READING_FILES))
        yield from map(sound_file, range(SOUND_FILES))
        yield from map(term_file_name, range(self.file_count))
        yield from sorted(self._cards)

    def files(self) -> Iterator[tuple[str, bytes]]:
        for name in self.names():
            body = self.file(name)
            if body is not None:
                yield name, body

    def file(self, name: str) -> bytes | None:
        """The bytes of a file; None where the index has none of this name."""
        folder, _slash, rest = name.removesuffix(".js").partition("/")
        if name == CORE:
            return script(name, self._core())
        if folder == "cards":
            cards = self._cards.get(name)
            return script(name, cards) if cards else None
        number = int(rest, 16)
        if folder == "folds":
            return script(name, folds()[number]) if number < FOLD_FILES else None
        if folder == "readings":
            return script(name, character_readings()[number])
        if folder == "sounds":
            return script(name, self._sounds_in(name))
        return self._term_file(number) if number < self.file_count else None

    def _sounds_in(self, name: str) -> dict[str, list[str]]:
        """By sound, the words that are still in a heading and those of villagers."""
        found: dict[str, list[str]] = {}
        for sound, words in self._sounds.get(name, {}).items():
            counted = [(word, self._lists.in_headings(word)) for word in words]
            known = [one for one in counted if one[1] or one[0] in self._lay]
            if known:
                found[sound] = best_alike(known)
        return found

    def _term_file(self, number: int) -> bytes:
        terms = dict(self._lists.of_file(number, self.file_count))
        lay = {phrase: self._lay[phrase] for phrase in self._lay_of_file(number)}
        return script(term_file_name(number), terms, lay)

    def _lay_of_file(self, number: int) -> Iterable[str]:
        count = self.file_count
        if self._lay_files[0] != count:
            phrases: dict[int, list[str]] = {}
            for phrase in self._lay:
                if len(phrase) > 1:
                    phrases.setdefault(place_of(phrase) % count, []).append(phrase)
            self._lay_files = count, phrases
        return self._lay_files[1].get(number, ())

    def _core(self) -> dict[str, object]:
        single = {phrase: self._lay[phrase] for phrase in self._lay if len(phrase) == 1}
        return {
            "files": self.file_count,
            "cards": CARDS_IN_A_FILE,
            "folds": FOLD_FILES,
            "readings": READING_FILES,
            "sounds": SOUND_FILES,
            "entries": _coarse(len(self._keys)),
            "kinds": kinds(self.label),
            "stop": " ".join(sorted_stop_words()),
            "lay": single,
            "longest": max(map(len, self._lay), default=0),
            "rules": rules(),
        }

    def _put(self, entry: IndexEntry) -> set[str]:
        """Take an entry, in the place of what it was before; returns the terms whose
        entries are others now."""
        key, number = key_of(entry), _number(key_of(entry))
        self._keys[key] = entry.statute_slug
        card = (letter_of(entry.kind), *card_of(entry))
        self._cards.setdefault(_card_file(key), {})[number] = card
        found = terms_of(entry)
        for term, impact in found.items():
            if impact.heading >= 0 and impact.is_word and term not in self._sounding:
                self._add_sound(term)
        return self._lists.put(key, entry.kind, number, found)

    def _add_sound(self, word: str) -> None:
        if sound := sound_of(word):
            name = sound_file(place_of(sound) % SOUND_FILES)
            self._sounding[word] = name
            self._sounds.setdefault(name, {}).setdefault(sound, []).append(word)

    def _remove(self, key: str) -> set[str]:
        del self._keys[key]
        name = _card_file(key)
        del self._cards[name][_number(key)]
        if not self._cards[name]:
            del self._cards[name]
        return self._lists.remove(key)


def key_of(entry: IndexEntry) -> str:
    """``page:12``, ``statute:3``, ``provision:40318``: within one language."""
    return f"{space_of(entry.kind)}:{entry.key.split(':')[1]}"


def _number(key: str) -> int:
    return int(key.partition(":")[2])


def _card_file(key: str) -> str:
    return card_file(key.partition(":")[0], _number(key))


def _coarse(count: int) -> int:
    """Rounded, so that one page more changes nothing."""
    step = 1
    while step * 8 < count:
        step *= 2
    return -(-count // step) * step
