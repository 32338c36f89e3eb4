"""Decides how a long statute is cut into part pages.

A page over the limit is slow to load on an old phone and hard to scroll. Pure code: no
model.
"""

from __future__ import annotations

from .parsed import ParsedDivision, ParsedStatute

# Bytes of HTML; 10 KB below the budget of a page, for lists of who cites a provision.
PAGE_LIMIT = 90_000
# Head, menu, facts and footer.
FRAME = 16_000
# Markup around a provision (anchor and label), a paragraph and a heading.
PER_PROVISION = 200
PER_PARAGRAPH = 50
PER_DIVISION = 120
# A line of the table of contents.
PER_CONTENTS_LINE = 180


def estimate_text(division: ParsedDivision) -> int:
    """Bytes of HTML of a division's own text, its sub-divisions left out."""
    size = PER_DIVISION
    for line in division.text:
        size += len(line.encode()) + PER_PARAGRAPH
    for provision in division.provisions:
        lines = provision.text.count("\n") + 1
        size += len(provision.text.encode()) + PER_PROVISION + lines * PER_PARAGRAPH
    return size


def estimate_branch(division: ParsedDivision) -> int:
    """Bytes of HTML of a division and everything below it."""
    return sum(estimate_text(part) for part in division.walk())


def estimate_page(statute: ParsedStatute) -> int:
    """Bytes of HTML of the statute on one page, contents included."""
    contents = PER_CONTENTS_LINE * len(statute.divisions)
    return FRAME + contents + estimate_branch(statute.root)


def assign_parts(statute: ParsedStatute) -> dict[str, str]:
    """The part page (its anchor) of every division; empty: everything on one page.

    A part is a chapter, or what holds provisions where there are no chapters; a
    chapter that is still too long is cut into its sections. The key ``""`` stands for
    provisions outside every division.
    """
    if estimate_page(statute) <= PAGE_LIMIT or not statute.divisions:
        return {}
    parts: dict[str, str] = {}
    if statute.root.provisions:
        # Provisions before the first heading go with the part that follows them.
        parts[""] = _first_part(statute.root.children[0])
    for division in statute.root.children:
        _assign(division, parts)
    return parts


def _is_cut(division: ParsedDivision) -> bool:
    if not division.children:
        return False
    if any(part.level in ("part", "chapter") for part in division.children):
        return True
    return FRAME + estimate_branch(division) > PAGE_LIMIT


def _assign(division: ParsedDivision, parts: dict[str, str]) -> None:
    if not _is_cut(division):
        for part in division.walk():
            parts[part.anchor] = division.anchor
        return
    has_own = bool(division.provisions or division.text)
    parts[division.anchor] = (
        division.anchor if has_own else _first_part(division.children[0])
    )
    for child in division.children:
        _assign(child, parts)


def _first_part(division: ParsedDivision) -> str:
    while _is_cut(division) and not (division.provisions or division.text):
        division = division.children[0]
    return division.anchor
