"""How Elasticsearch writes an entry down: the document class and its index template.

Tokens come cut (``whitespace`` analyzer), so a server needs no plugin for Chinese. An
installation owns the names that begin with its prefix and a dot; a prefix has no dot, so
two installations on one server never touch.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from elasticsearch_dsl import (
    ComposableIndexTemplate,
    Document,
    Float,
    Index,
    Keyword,
    Long,
    Mapping,
    MetaField,
    Object,
    Text,
)

from home.indexing import IndexEntry
from search.engines.documents import (
    NOTHING,
    SHARED_PORTAL,
    STAMP_OWNER,
    TOKEN_FIELDS,
    Indexed,
    fingerprint,
    indexed,
    pack,
)

SETTINGS: dict[str, Any] = {
    # BM25 is counted per shard, and an installation is small enough for one.
    "number_of_shards": 1,
    # A copy where there is a second node.
    "auto_expand_replicas": "0-1",
    # Changes are shown together, by a refresh after the last of them.
    "refresh_interval": "-1",
    # A result is read through to its last page.
    "max_result_window": 10_000,
}


class EntryDocument(Document):
    """An entry of the index; ``weight`` multiplies its score, ``entry`` is for display."""

    owner = Keyword()
    kind = Keyword()
    language = Keyword()
    topics = Keyword(multi=True)
    portal = Long()
    year = Long()
    wording = Keyword(multi=True)
    singles = Text(analyzer="whitespace", index_options="docs")
    weight = Float(index=False)
    entry = Object(enabled=False)
    stamp = Long(index=False)

    class Meta:
        dynamic = MetaField("strict")
        # The tokens can be made again from the entry.
        source = MetaField(includes=["owner", "entry", "stamp"])


def _with_token_fields() -> Mapping:
    mapping: Mapping = EntryDocument._doc_type.mapping
    for name in TOKEN_FIELDS:
        # How often a token stands there counts; where it stands is never asked.
        mapping.field(name, Text(analyzer="whitespace", index_options="freqs"))
    return mapping


_with_token_fields()


class Names:
    """What an installation calls its own on the server.

    The alias is named by the version of the analysis: what another version made is not
    found under it, and a search never meets tokens that were cut in another way.
    """

    def __init__(self, prefix: str) -> None:
        self.template = f"{prefix}.entries"
        self.every_index = f"{prefix}.entries-*"
        self.every_alias = f"{prefix}.search-*"
        self._prefix = prefix

    @property
    def alias(self) -> str:
        return f"{self._prefix}.search-{fingerprint()}"

    def index(self, number: int) -> str:
        return f"{self._prefix}.entries-{number:06d}"

    def number(self, index: str) -> int:
        digits = index.rpartition("-")[2]
        return int(digits) if digits.isdecimal() else 0


@cache
def template(prefix: str) -> ComposableIndexTemplate:
    """What every new index of this installation gets."""
    names = Names(prefix)
    index = Index(names.every_index)
    index.settings(**SETTINGS)
    index.document(EntryDocument)
    return index.as_composable_template(names.template, priority=500)


def make_action(index: str, owner: str, entry: IndexEntry) -> dict[str, Any]:
    """What a bulk request takes to store an entry."""
    found_by = indexed(entry)
    document = EntryDocument(
        owner=owner,
        kind=entry.kind,
        language=entry.language,
        topics=list(entry.topics),
        portal=entry.portal_id or SHARED_PORTAL,
        year=entry.year,
        wording=list(found_by.wordings),
        weight=found_by.weight,
        entry=pack(entry),
        **_tokens(found_by),
    )
    source = document.to_dict()
    return {"_index": index, "_id": document_id(owner, entry.key), "_source": source}


def make_stamp_action(index: str, number: int) -> dict[str, Any]:
    stamp = EntryDocument(owner=STAMP_OWNER, stamp=number, **_tokens(NOTHING))
    return {"_index": index, "_id": STAMP_OWNER, "_source": stamp.to_dict()}


def _tokens(found_by: Indexed) -> dict[str, str]:
    tokens = {name: " ".join(each) for name, each in found_by.tokens.items()}
    return tokens | {"singles": " ".join(found_by.singles)}


def document_id(owner: str, key: str) -> str:
    return f"{owner}|{key}"
