"""How the embedded engine writes an entry down: tantivy's schema, and both directions."""

from __future__ import annotations

import json
import math
from functools import cache

import tantivy

from home.indexing import IndexEntry
from search.engines.documents import (
    NOTHING,
    SHARED_PORTAL,
    STAMP_OWNER,
    TOKEN_FIELDS,
    Indexed,
    indexed,
    pack_text,
    unpack,
)

# A score of tantivy's is so many times ours.
WEIGHT_UNIT = 16.0
# Beyond, two to the power of it is no number any more.
MOST_STORED = 120.0


@cache
def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    # Names: what the entry is made of, and what it is.
    builder.add_text_field(
        "owner", stored=True, tokenizer_name="raw", index_option="basic"
    )
    builder.add_text_field(
        "kind", fast=True, tokenizer_name="raw", index_option="basic"
    )
    builder.add_text_field("language", tokenizer_name="raw", index_option="basic")
    builder.add_text_field(
        "topics", fast=True, tokenizer_name="raw", index_option="basic"
    )
    builder.add_integer_field("portal", indexed=True, fast=True)
    builder.add_integer_field("year", indexed=True, fast=True)
    builder.add_text_field("wording", tokenizer_name="raw", index_option="basic")
    # Tokens. No positions: nothing asks for phrases, the pairs stand for them.
    for name in TOKEN_FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("singles", tokenizer_name="whitespace", index_option="basic")
    builder.add_float_field("weight", fast=True)
    builder.add_bytes_field("entry", stored=True)  # the record, for display
    builder.add_integer_field("stamp", stored=True)
    return builder.build()


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
    found_by = indexed(entry)
    _add_tokens(document, found_by)
    for wording in found_by.wordings:
        document.add_text("wording", wording)
    document.add_float("weight", _stored_weight(found_by.weight))
    document.add_bytes("entry", pack_text(entry).encode())
    return document


def make_stamp(number: int) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text("owner", STAMP_OWNER)
    document.add_integer("stamp", number)
    _add_tokens(document, NOTHING)
    return document


def _add_tokens(document: tantivy.Document, found_by: Indexed) -> None:
    for name, tokens in found_by.tokens.items():
        document.add_text(name, " ".join(tokens))
    document.add_text("singles", " ".join(found_by.singles))


def read_entry(document: tantivy.Document) -> IndexEntry:
    return unpack(json.loads(bytes(document["entry"][0])))


def _stored_weight(weight: float) -> float:
    """What to store so that tantivy multiplies the score by ``WEIGHT_UNIT`` weights.

    It multiplies by log2(2 + stored value), and takes a negative value for 0: without
    the unit, no weight below 1 would count.
    """
    least, most = 1 / WEIGHT_UNIT, MOST_STORED / WEIGHT_UNIT
    return math.exp2(WEIGHT_UNIT * max(least, min(weight, most))) - 2.0
