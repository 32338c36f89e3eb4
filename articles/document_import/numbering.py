"""Whether the numbers of an outline are written rightly and follow each other."""

from __future__ import annotations

from dataclasses import dataclass

from articles.document_import.lines import Sheet
from articles.document_import.outline import LONGEST_LEAD, Piece
from articles.document_import.parsed import Block, BlockKind, Place
from articles.document_import.patterns import Marker, excerpt

_LEAST_SIBLINGS = 3
_MOST_STRAYS = 20  # beyond that the file is no outline at all


@dataclass(slots=True)
class Entry:
    """A numbered paragraph and where it is in the outline."""

    marker: Marker
    text: str
    line: int
    section: int  # how many numbers of a higher level came before: siblings share it
    part: int
    heading: str  # the text of the section above
    has_lead: bool
    is_heading: bool


def check_numbering(
    sheet: Sheet, pieces: list[Piece], blocks: tuple[Block, ...]
) -> None:
    entries = _entries(pieces, blocks)
    _report_writing(sheet, entries)
    strays = _report_order(sheet, entries)
    _report_elsewhere(sheet, entries, strays)
    _report_leads(sheet, entries)


def _entries(pieces: list[Piece], blocks: tuple[Block, ...]) -> list[Entry]:
    entries: list[Entry] = []
    part = 0
    counts: dict[int, int] = {}  # of each level so far
    above: dict[int, Entry] = {}
    for piece, block in zip(pieces, blocks, strict=True):
        if block.kind == BlockKind.PART:
            part += 1
            above = {}
        if piece.marker is None:
            continue
        level = piece.marker.level
        upper = [above[key] for key in sorted(above) if key < level]
        section = sum(count for key, count in counts.items() if key < level)
        counts[level] = counts.get(level, 0) + 1
        entry = Entry(
            piece.marker,
            piece.text,
            piece.line,
            section,
            part,
            upper[-1].text if upper else "",
            bool(block.lead) or len(piece.own) <= LONGEST_LEAD,
            block.kind == BlockKind.HEADING,
        )
        above = {key: value for key, value in above.items() if key < level}
        above[level] = entry
        entries.append(entry)
    return entries


def _report_writing(sheet: Sheet, entries: list[Entry]) -> None:
    for fault, code in (("broken", "numbering_broken"), ("spaced", "numbering_spaced")):
        places = [
            Place(entry.line, excerpt(entry.text, 0, 4))
            for entry in entries
            if entry.marker.fault == fault
        ]
        if places:
            sheet.add(code, *places)


def _groups(entries: list[Entry]) -> dict[tuple[int, int, int, str], list[Entry]]:
    """Siblings: the same level and kind of number below the same section."""
    groups: dict[tuple[int, int, int, str], list[Entry]] = {}
    for entry in entries:
        key = (entry.part, entry.marker.level, entry.section, entry.marker.style)
        groups.setdefault(key, []).append(entry)
    return groups


def _report_order(sheet: Sheet, entries: list[Entry]) -> list[list[Entry]]:
    """Numbers that do not follow the one before. A count may run through sections.

    Gives the runs that begin again in the middle of a section, for the next check.
    """
    places: list[Place] = []
    strays: list[list[Entry]] = []
    last: dict[tuple[int, int, str], int] = {}
    for (part, level, _section, style), group in _groups(entries).items():
        expected = {1, last.get((part, level, style), 0) + 1}
        run: list[Entry] = []
        highest = 0
        for entry in group:
            value = entry.marker.value
            if entry.marker.fault == "broken":
                value = max(expected)  # reported by itself; what it counts is not known
            repeats = value <= highest and (value != 1 or level < 3)
            if repeats:
                run = [entry]
                strays.append(run)
            elif run and value == run[-1].marker.value + 1:
                run.append(entry)
            if repeats or (value not in expected and value != highest + 1):
                places.append(Place(entry.line, excerpt(entry.text, 0, 10)))
            highest = value
            expected = {value + 1}
        last[part, level, style] = highest
    if places:
        sheet.add("numbering_order", *sorted(places, key=lambda place: place.line))
    return strays


def _report_elsewhere(
    sheet: Sheet, entries: list[Entry], strays: list[list[Entry]]
) -> None:
    """A run （二）（三） too many in one section, where another ends with （一）."""
    groups = list(_groups(entries).values())
    for run in strays[:_MOST_STRAYS]:
        first = run[0]
        for group in groups:
            end = group[-1]
            if (
                (end.part, end.section) != (first.part, first.section)
                and end.marker.level == first.marker.level
                and end.marker.style == first.marker.style
                and end.marker.value == first.marker.value - 1
                and end.heading
                and end.line > first.line
            ):
                sheet.add(
                    "section_elsewhere",
                    *(Place(entry.line, excerpt(entry.text, 0, 10)) for entry in run),
                    Place(end.line, excerpt(end.text, 0, 10)),
                    strays="、".join(entry.marker.written for entry in run),
                    section=end.heading[:30],
                )
                break


def _report_leads(sheet: Sheet, entries: list[Entry]) -> None:
    """Of siblings that all begin with a short sentence but one, that one is odd."""
    places = []
    for group in _groups(entries).values():
        texts = [entry for entry in group if not entry.is_heading]
        without = [entry for entry in texts if not entry.has_lead]
        if len(texts) >= _LEAST_SIBLINGS and len(without) == 1:
            places.append(Place(without[0].line, excerpt(without[0].text, 0, 20)))
    if places:
        sheet.add("lead_differs", *places)
