"""From parsed files to statutes with their versions.

Joins the books of one statute, tells versions apart, and drops second copies.
Pure code: no model.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from .numerals import write_number
from .parsed import (
    MarkdownError,
    ParsedDivision,
    ParsedProvision,
    ParsedStatute,
)

_SUPPLEMENT = "附则"
# Days between the adoption of an interpretation and its publication, at most.
PUBLICATION_DELAY = 120


@dataclass(slots=True)
class StatuteTexts:
    """All versions of one statute, oldest first."""

    title: str
    versions: list[ParsedStatute] = field(default_factory=list)
    copies: list[str] = field(default_factory=list)  # files left out, with the reason

    @property
    def latest(self) -> ParsedStatute:
        return self.versions[-1]


def group_statutes(parsed: Iterable[ParsedStatute]) -> list[StatuteTexts]:
    """One entry per title, sorted by title; raises MarkdownError for a broken set."""
    by_title: dict[str, list[ParsedStatute]] = defaultdict(list)
    for statute in parsed:
        by_title[statute.title].append(statute)
    return [_group(title, by_title[title]) for title in sorted(by_title)]


def _group(title: str, files: list[ParsedStatute]) -> StatuteTexts:
    texts = StatuteTexts(title)
    books: dict[date | None, list[ParsedStatute]] = defaultdict(list)
    whole: dict[date | None, list[ParsedStatute]] = defaultdict(list)
    for statute in files:
        (books if statute.book else whole)[statute.version_on].append(statute)
    for day, parts in books.items():
        whole[day].append(merge_books(parts))
    for same in _one_version_each(whole.values()):
        best, *others = sorted(same, key=_preference)
        texts.versions.append(best)
        for other in others:
            how = "same text" if other.sha256 == best.sha256 else "same version"
            texts.copies.append(f"{other.paths[0]}: {how} as {best.paths[0]}")
    texts.versions.sort(key=_order)
    return texts


def _one_version_each(
    groups: Iterable[list[ParsedStatute]],
) -> list[list[ParsedStatute]]:
    """Join what two files date differently: an interpretation by the day on which it
    was adopted and by the day of publication, with one day of entry into force."""
    joined: list[list[ParsedStatute]] = []
    for group in sorted(groups, key=lambda group: _order(group[0])):
        last = joined[-1][0] if joined else None
        if last is not None and _is_same_version(last, group[0]):
            joined[-1].extend(group)
        else:
            joined.append(list(group))
    return joined


def _is_same_version(one: ParsedStatute, other: ParsedStatute) -> bool:
    if not (one.effective_on and one.version_on and other.version_on):
        return False
    apart = abs((other.version_on - one.version_on).days)
    return (
        one.effective_on == other.effective_on
        and one.effective_on >= max(one.version_on, other.version_on)
        and apart <= PUBLICATION_DELAY
    )


def _order(statute: ParsedStatute) -> tuple[date, date]:
    version_on = statute.version_on or date.min
    return statute.in_force_from or version_on, version_on


def _preference(statute: ParsedStatute) -> tuple[int, int, str]:
    """The better of two files of one version: more provisions, less loose text.

    Copies differ by a letterhead left in the text or a table of contents.
    """
    loose = sum(len(line) for part in statute.root.walk() for line in part.text)
    return -len(statute.provisions), loose, statute.paths[0]


def merge_books(parts: list[ParsedStatute]) -> ParsedStatute:
    """One statute out of one file per book, in the order of their provisions."""
    parts = sorted(parts, key=_first_number)
    first = parts[0]
    root = ParsedDivision("other", 0, "", "", "", 0)
    expected = 1
    for place, part in enumerate(parts, start=1):
        numbers = [provision.number for provision in part.provisions]
        if not numbers or numbers[0] != expected:
            raise MarkdownError(
                part.paths[0],
                part.provisions[0].line if numbers else 1,
                f"this book of {part.title} should begin with provision {expected}; "
                "is the file of the book before it missing?",
            )
        expected = numbers[-1] + 1
        root.children.append(_as_book(part, place))
    digest = hashlib.sha256("".join(part.sha256 for part in parts).encode())
    merged = ParsedStatute(
        title=first.title,
        book="",
        category=first.category,
        branch=first.branch,
        issuer=first.issuer,
        events=first.events,
        root=root,
        paths=tuple(path for part in parts for path in part.paths),
        sha256=digest.hexdigest(),
        promulgated_on=first.promulgated_on,
        amended_on=first.amended_on,
        effective_on=first.effective_on,
        version_on=first.version_on,
        warnings=[warning for part in parts for warning in part.warnings],
    )
    return merged


def _first_number(part: ParsedStatute) -> int:
    provisions = part.provisions
    return provisions[0].number if provisions else 0


def _as_book(part: ParsedStatute, place: int) -> ParsedDivision:
    root = part.root
    if part.book == _SUPPLEMENT:
        book = ParsedDivision("supplement", 0, "", part.book, "supplement", 1)
    else:
        label = f"第{write_number(place)}编"
        heading = part.book.removesuffix("编")
        book = ParsedDivision("book", place, label, heading, f"b{place}", 1)
    book.text, book.provisions, book.children = (
        root.text,
        root.provisions,
        root.children,
    )
    for child in root.walk()[1:]:
        # The anchors of a book's file know nothing of the book: c2 → b5c2.
        child.anchor = book.anchor + child.anchor
    return book


def provision_ranges(provisions: Iterable[ParsedProvision]) -> str:
    """The numbers of the provisions, short: ``1-17,17.1,18-452``.

    Inserted provisions stand where they belong; a gap in the numbers shows.
    """
    parts: list[str] = []
    start = end = 0
    for provision in provisions:
        number, suffix = provision.number, provision.suffix
        if suffix == 0 and end and number == end + 1:
            end = number
            continue
        if start:
            parts.append(_range(start, end))
            start = end = 0
        if suffix:
            parts.append(f"{number}.{suffix}")
        else:
            start = end = number
    if start:
        parts.append(_range(start, end))
    return ",".join(parts)


def _range(start: int, end: int) -> str:
    return f"{start}-{end}" if end > start else str(start)
