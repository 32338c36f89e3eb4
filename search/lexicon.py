"""The word lists of search: legal terms, stop words, words of villagers and of the law.

They are data with a reason for every entry (``search/data/*.yaml``); this module reads
and checks them. All forms are folded here, so that files may be written as people write.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from search.folding import fold
from statutes.names import without_country
from statutes.register import REGISTER_FILE, load_register

DATA_DIR = Path(__file__).resolve().parent / "data"
# libyaml reads the thousands of entries ten times faster; wheels of PyYAML have it.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


# Longer titles are sentences: 关于审理…案件适用法律若干问题的解释.
_ONE_WORD = re.compile(r"[\u4e00-\u9fff]{3,9}")

# Another lay word says less than the law's: a page that has the very word typed must
# stay above pages that tell the same story in other words.
LAY_SHARE = 0.5


def indexed_files() -> list[Path]:
    """The data that an index is made with; a change in it needs another index."""
    names = ("*_terms.yaml", "place_names.yaml", "statute_priors.yaml", "wordings/*")
    found = [path for name in names for path in sorted(DATA_DIR.glob(name))]
    return [*found, REGISTER_FILE]


class LexiconError(ValueError):
    """A data file of search has an entry that cannot be used."""


@dataclass(frozen=True, slots=True)
class Synonym:
    """What people type, what else to look for, and how much that counts beside it."""

    lay: tuple[str, ...]
    legal: tuple[str, ...]
    weight: float
    is_interchangeable: bool  # the lay phrases all mean the same

    def others(self, phrase: str) -> Iterator[tuple[str, float]]:
        """What to look for as well where ``phrase`` is asked for, with its weight."""
        for legal in self.legal:
            yield legal, self.weight
        if self.is_interchangeable:
            for lay in self.lay:
                if lay != phrase and len(lay) > 1:
                    yield lay, self.weight * LAY_SHARE


def read_data(path: Path) -> Any:
    """What a data file holds."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506


def read_entries(name: str, required: tuple[str, ...]) -> list[dict[str, Any]]:
    """The entries of a data file; each must say the ``required`` keys."""
    entries = read_data(DATA_DIR / name)
    for place, entry in enumerate(entries, start=1):
        missing = [key for key in required if not entry.get(key)]
        if missing:
            raise LexiconError(f"{name}, entry {place}: {', '.join(missing)} missing")
    return list(entries)


@cache
def legal_terms() -> tuple[str, ...]:
    """Terms that are one word, in a stable order."""
    entries = read_entries("legal_terms.yaml", ("terms", "reason", "source"))
    return tuple(sorted({fold(term) for entry in entries for term in entry["terms"]}))


@cache
def place_names() -> tuple[str, ...]:
    """Places that the dictionary lacks, in a stable order."""
    entries = read_entries("place_names.yaml", ("terms", "reason", "source"))
    return tuple(sorted({fold(term) for entry in entries for term in entry["terms"]}))


@cache
def statute_names() -> tuple[str, ...]:
    """National statutes that people call by one word: 劳动合同法, 工伤保险条例."""
    titles = (without_country(each.title) for each in load_register().statutes)
    names = {fold(title) for title in titles if _ONE_WORD.fullmatch(title)}
    return tuple(sorted(names))


@cache
def stop_words() -> frozenset[str]:
    """Words of a query that say nothing about its subject."""
    entries = read_entries("stop_words.yaml", ("words", "reason"))
    return frozenset(fold(str(word)) for entry in entries for word in entry["words"])


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Lay phrases with the entries that hold them."""

    entries: Mapping[str, tuple[Synonym, ...]]
    lengths: tuple[int, ...]  # that a phrase may have, longest first

    @classmethod
    def of(cls, synonyms: Iterable[Synonym]) -> Thesaurus:
        found: dict[str, list[Synonym]] = {}
        for synonym in synonyms:
            for phrase in synonym.lay:
                found.setdefault(phrase, []).append(synonym)
        entries = {phrase: tuple(same) for phrase, same in found.items()}
        lengths = sorted({len(phrase) for phrase in entries}, reverse=True)
        return cls(entries, tuple(lengths))


@cache
def _common_synonyms() -> tuple[Synonym, ...]:
    """Those that all portals share, in the order of the file."""
    entries = read_entries("synonyms.yaml", ("lay", "legal", "weight", "reason"))
    return tuple(
        Synonym(
            lay=tuple(fold(phrase) for phrase in entry["lay"]),
            legal=tuple(fold(phrase) for phrase in entry["legal"]),
            weight=float(entry["weight"]),
            is_interchangeable=bool(entry.get("interchangeable")),
        )
        for entry in entries
    )


@cache
def common_thesaurus() -> Thesaurus:
    return Thesaurus.of(_common_synonyms())


def synonyms() -> Mapping[str, tuple[Synonym, ...]]:
    """Lay phrase → the entries that hold it, of those that all portals share."""
    return common_thesaurus().entries


def thesaurus_with(own: Iterable[Synonym]) -> Thesaurus:
    """The common one and a portal's own words."""
    more = tuple(own)
    return Thesaurus.of([*_common_synonyms(), *more]) if more else common_thesaurus()
