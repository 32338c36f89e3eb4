"""What of an entry every engine stores: its tokens per field, its weight, the record.

Engines are handed tokens that are cut already: they need no plugin for Chinese, and
index and query cannot differ. An engine adds only how it writes them down.

Text is indexed in *families*: each is one text of the entry in two fields,
``<family>_words`` and ``<family>_pairs``. A new family is added here, with the weights
of its two fields in ``search/data/ranking.yaml``; engines and queries follow.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from datetime import date
from functools import cache
from typing import Any

from home.indexing import IndexEntry
from search.analysis import ANALYSIS_VERSION, analyze, wording_key
from search.lexicon import indexed_files
from search.ranking import ranking

SCHEMA_VERSION = 3
SHARED_PORTAL = 0
# Stands in a field of tokens where an entry has none. BM25 compares the length of a field
# with the average over all documents, in tantivy also those without the field: beside
# 57,700 provisions every heading would count as endless and add next to nothing. The
# analysis gives no such token, so it is never found.
FILLER = "\N{MIDDLE DOT}"
# The record that carries the number of the last change; it matches no search, because
# every search asks for a language.
STAMP_OWNER = "meta:stamp"


@dataclass(frozen=True, slots=True)
class Family:
    """``text`` gives the text of an entry, empty where the entry has none.

    ``usual_length``: how many words or pairs it mostly has.
    """

    name: str
    text: Callable[[IndexEntry], str]
    usual_length: int

    @property
    def words(self) -> str:
        return f"{self.name}_words"

    @property
    def pairs(self) -> str:
        return f"{self.name}_pairs"


def _whole_text(entry: IndexEntry) -> str:
    parts = (entry.title, *entry.alternatives)
    texts = (entry.context, entry.summary, entry.body)
    return "\n".join((*parts, *texts, *entry.asked_as))


def _heading(entry: IndexEntry) -> str:
    if not ranking().kind(entry.kind).has_heading:
        return ""
    return "\n".join((entry.title, *entry.alternatives))


TEXT = Family("text", _whole_text, usual_length=100)
FAMILIES = (TEXT, Family("heading", _heading, usual_length=12))
# How often a token stands in these fields counts.
TOKEN_FIELDS = tuple(name for each in FAMILIES for name in (each.words, each.pairs))


@dataclass(frozen=True, slots=True)
class Indexed:
    """``tokens``: by field, of ``TOKEN_FIELDS``.

    ``wordings``: whole wordings of a question, to find an equal one at once.
    ``weight``: what the score of the entry is multiplied with.
    """

    tokens: dict[str, tuple[str, ...]]
    singles: tuple[str, ...]
    wordings: tuple[str, ...]
    weight: float


def _nothing() -> Indexed:
    tokens = {}
    for family in FAMILIES:
        tokens[family.words] = tokens[family.pairs] = (FILLER,) * family.usual_length
    return Indexed(tokens, (FILLER,), (), 1.0)


# What the record of the last change holds, so that engines which count it among the
# documents and those which would not have the same statistics.
NOTHING = _nothing()


def indexed(entry: IndexEntry) -> Indexed:
    """What an entry is found by."""
    tokens = dict(NOTHING.tokens)
    singles: tuple[str, ...] = ()
    for family in FAMILIES:
        cut = analyze(family.text(entry))
        tokens[family.words] = cut.words or tokens[family.words]
        tokens[family.pairs] = cut.pairs or tokens[family.pairs]
        if family is TEXT:
            singles = tuple(dict.fromkeys(cut.singles))
    singles = singles or NOTHING.singles
    return Indexed(tokens, singles, _wordings(entry), _weight(entry))


def _wordings(entry: IndexEntry) -> tuple[str, ...]:
    if not ranking().kind(entry.kind).has_heading:
        return ()
    texts = (entry.title, *entry.alternatives)
    return tuple(dict.fromkeys(wording_key(text) for text in texts))


def _weight(entry: IndexEntry) -> float:
    return ranking().kind(entry.kind).boost * entry.boost


@cache
def fingerprint() -> str:
    """Changes with everything that makes an existing index wrong."""
    digest = hashlib.sha256(f"{SCHEMA_VERSION} {ANALYSIS_VERSION}".encode())
    for path in indexed_files():
        digest.update(path.read_bytes())
    digest.update(repr(sorted(ranking().kinds.items())).encode())
    digest.update(repr(ranking().statutes).encode())
    digest.update(repr(TOKEN_FIELDS).encode())
    return digest.hexdigest()[:16]


def pack(entry: IndexEntry) -> dict[str, Any]:
    """The entry as JSON can hold it, without what is empty or never shown."""
    data = {name: value for name, value in asdict(entry).items() if value}
    data.pop("asked_as", None)
    if entry.published_on:
        data["published_on"] = entry.published_on.isoformat()
    return data


def pack_text(entry: IndexEntry) -> str:
    return json.dumps(pack(entry), ensure_ascii=False)


def digest(entry: IndexEntry) -> str:
    """The same for entries of the same content."""
    text = json.dumps(pack(entry), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


_FIELDS = frozenset(field.name for field in fields(IndexEntry))


def unpack(packed: dict[str, Any]) -> IndexEntry:
    """The entry as it was handed in."""
    data = dict(packed)
    if "published_on" in data:
        data["published_on"] = date.fromisoformat(data["published_on"])
    for name in ("alternatives", "topics"):
        data[name] = tuple(data.get(name, ()))
    data.setdefault("portal_id", None)
    for name in ("key", "kind", "language", "title", "path"):
        data.setdefault(name, "")
    return IndexEntry(**{name: data[name] for name in data if name in _FIELDS})
