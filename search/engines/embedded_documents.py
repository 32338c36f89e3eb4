"""How the embedded engine stores an entry: tantivy's schema, and both directions.

tantivy is handed tokens that are cut already (``whitespace`` tokenizer): it needs no
plugin for Chinese, and index and query cannot differ.
"""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import asdict, fields
from datetime import date
from functools import cache
from typing import Any

import tantivy

from home.indexing import IndexEntry
from search.analysis import ANALYSIS_VERSION, analyze, wording_key
from search.lexicon import DATA_DIR
from search.ranking import ranking

SCHEMA_VERSION = 1
SHARED_PORTAL = 0
# The record that carries the number of the last change; it matches no search, because
# every search asks for a language.
STAMP_OWNER = "meta:stamp"


@cache
def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    # Names: what the entry is made of, and what it is.
    builder.add_text_field("owner", tokenizer_name="raw", index_option="basic")
    builder.add_text_field(
        "kind", fast=True, tokenizer_name="raw", index_option="basic"
    )
    builder.add_text_field("language", tokenizer_name="raw", index_option="basic")
    builder.add_text_field(
        "topics", fast=True, tokenizer_name="raw", index_option="basic"
    )
    builder.add_integer_field("portal", indexed=True, fast=True)
    builder.add_integer_field("year", indexed=True, fast=True)
    # Whole wordings of a question, to find an equal one at once.
    builder.add_text_field("wording", tokenizer_name="raw", index_option="basic")
    # Tokens. No positions: nothing asks for phrases, the pairs stand for them.
    for name in ("heading_words", "heading_pairs", "text_words", "text_pairs"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("singles", tokenizer_name="whitespace", index_option="basic")
    builder.add_float_field("weight", fast=True)
    builder.add_bytes_field("entry", stored=True)  # the record, for display
    builder.add_integer_field("stamp", stored=True)
    return builder.build()


@cache
def fingerprint() -> str:
    """Changes with everything that makes an existing index wrong."""
    digest = hashlib.sha256(f"{SCHEMA_VERSION} {ANALYSIS_VERSION}".encode())
    digest.update((DATA_DIR / "legal_terms.yaml").read_bytes())
    digest.update(repr(sorted(ranking().kinds.items())).encode())
    return digest.hexdigest()[:16]


def make_document(owner: str, entry: IndexEntry) -> tantivy.Document:
    """The stored form of an entry."""
    document = tantivy.Document()
    document.add_text("owner", owner)
    document.add_text("kind", entry.kind)
    document.add_text("language", entry.language)
    document.add_integer("portal", entry.portal_id or SHARED_PORTAL)
    for topic in entry.topics:
        document.add_text("topics", topic)
    if entry.year is not None:
        document.add_integer("year", entry.year)
    document.add_float("weight", field_weight(entry))
    document.add_bytes("entry", _pack(entry))
    _add_tokens(document, entry)
    return document


def make_stamp(number: int) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text("owner", STAMP_OWNER)
    document.add_integer("stamp", number)
    return document


def field_weight(entry: IndexEntry) -> float:
    """What to store so that tantivy multiplies the score by our boost.

    It multiplies by log2(2 + stored value).
    """
    return math.exp2(ranking().kind(entry.kind).boost * entry.boost) - 2.0


def _add_tokens(document: tantivy.Document, entry: IndexEntry) -> None:
    heading = "\n".join((entry.title, *entry.alternatives))
    text = "\n".join((heading, entry.context, entry.summary, entry.body))
    tokens = analyze(text)
    document.add_text("text_words", " ".join(tokens.words))
    document.add_text("text_pairs", " ".join(tokens.pairs))
    document.add_text("singles", " ".join(dict.fromkeys(tokens.singles)))
    if ranking().kind(entry.kind).has_heading:
        tokens = analyze(heading)
        document.add_text("heading_words", " ".join(tokens.words))
        document.add_text("heading_pairs", " ".join(tokens.pairs))
        for wording in {wording_key(w) for w in (entry.title, *entry.alternatives)}:
            document.add_text("wording", wording)


def _pack(entry: IndexEntry) -> bytes:
    data = {name: value for name, value in asdict(entry).items() if value}
    if entry.published_on:
        data["published_on"] = entry.published_on.isoformat()
    return json.dumps(data, ensure_ascii=False).encode()


def unpack(document: tantivy.Document) -> IndexEntry:
    """The entry as it was handed in."""
    data: dict[str, Any] = json.loads(bytes(document["entry"][0]))
    if "published_on" in data:
        data["published_on"] = date.fromisoformat(data["published_on"])
    for name in ("alternatives", "topics"):
        data[name] = tuple(data.get(name, ()))
    data.setdefault("portal_id", None)
    for name in ("key", "kind", "language", "title", "path"):
        data.setdefault(name, "")
    known = {field.name for field in fields(IndexEntry)}
    return IndexEntry(**{name: data[name] for name in data if name in known})
