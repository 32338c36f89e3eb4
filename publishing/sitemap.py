"""sitemap.xml: the same addresses as the export, with their last change."""

from __future__ import annotations

from datetime import datetime

from publishing import library
from publishing.addresses import Address, enumerate_addresses
from publishing.built import Built, NothingThere
from publishing.frame import Place
from publishing.reader import SnapshotReader
from publishing.snapshot import Snapshot

# What a search engine should know of: no lists by page number, no search, no errors.
LISTED = frozenset({"page", "topic_index", "topic", "statutes", "site_map"})


def build_sitemap(
    snapshot: Snapshot, reader: SnapshotReader, address: Address
) -> Built:
    """Absolute addresses only, so nothing where they are not known."""
    if not reader.form.has_feeds:
        raise NothingThere(address.path)
    entries: list[tuple[str, datetime | None]] = []
    for found in enumerate_addresses(snapshot.tree):
        if found.kind not in LISTED or found.number is not None:
            continue
        row = snapshot.tree.rows.get(found.page_id or 0)
        changed = row.updated_at if row is not None else None
        entries.append((reader.form.absolute(found.path), changed))
    for path in library.listed_paths(snapshot):
        entries.append((reader.form.absolute(path), None))
    return Built(
        "sitemap.xml",
        None,
        Place(path=address.path),
        content_type="application/xml; charset=utf-8",
        context={"entries": entries},
    )
