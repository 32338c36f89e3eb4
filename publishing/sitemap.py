"""sitemap.xml and its parts: the same addresses as the export, with their last change.

A page belongs to the part of its number, so that a change touches one part; part 0 has
what is no page of the tree: topics, the library.
"""

from __future__ import annotations

from typing import Any

from publishing import library
from publishing.addresses import Address
from publishing.built import Built, NothingThere
from publishing.frame import Place
from publishing.reader import SnapshotReader


def build_sitemap(reader: SnapshotReader, address: Address) -> Built:
    """The parts. Absolute addresses only, so nothing where they are not known."""
    paths = [f"/sitemap/{number}.xml" for number in reader.sitemap_parts()]
    parts = [reader.form.absolute(path) for path in paths]
    return _built(reader, address, "sitemap_index.xml", {"parts": parts})


def build_part(reader: SnapshotReader, address: Address) -> Built:
    found = list(reader.sitemap_part(address.number or 0))
    if not address.number:
        reader.note_statute("")  # any of them: whether its text is there
        paths = library.listed_paths(reader.portal.id, reader.library())
        found += [(path, None) for path in paths]
    entries = [(reader.form.absolute(path), changed) for path, changed in found]
    return _built(reader, address, "sitemap.xml", {"entries": entries})


def _built(
    reader: SnapshotReader, address: Address, template: str, context: dict[str, Any]
) -> Built:
    if not reader.form.has_feeds:
        raise NothingThere(address.path)
    return Built(
        template,
        None,
        Place(path=address.path),
        content_type="application/xml; charset=utf-8",
        context=context,
    )
