"""What a page says of the pages above it, apart from their cards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from publishing.light_rows import PageRow

Words = Mapping[str, str]  # by language


@dataclass(frozen=True, slots=True)
class Above:
    """A page above another one. The head tags of a page carry those of its column
    (checklist 2); of other kinds nothing is said, so that a new summary of the home page
    leaves all pages as they are."""

    id: int
    kind: str
    languages: tuple[str, ...] = ()
    headings: Words = field(default_factory=dict)
    summaries: Words = field(default_factory=dict)
    keywords: Words = field(default_factory=dict)
    column_type: str = ""


def above_of(row: PageRow) -> Above:
    if row.kind != "column":
        return Above(row.id, row.kind)
    return Above(
        row.id,
        row.kind,
        tuple(sorted(row.languages)),
        row.headings,
        row.summaries,
        row.keywords,
        row.column_type,
    )
