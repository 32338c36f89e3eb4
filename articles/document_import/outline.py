"""From lines to blocks: parts, headings, numbered paragraphs, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from articles.document_import.lines import Line, Role, Sheet
from articles.document_import.parsed import Block, BlockKind, Place
from articles.document_import.patterns import (
    ENDS_AS_DOCUMENT,
    HAN,
    SPACE,
    Marker,
    ends_sentence,
    excerpt,
    is_date_line,
    read_marker,
)

_LONGEST_HEADING = 40
_LONGEST_PART = 60
LONGEST_LEAD = 40
_LEAST_RUN_TOGETHER = 3
_LEAST_PAGES = 3
_LEAST_JOINED = 20  # a shorter line is no wrapped line
_PAGE = re.compile(r"(\d{1,3})、")
# Where a number inside a line begins a new paragraph.
_INSIDE = re.compile(
    rf"(?<=[。；）)!！])[{SPACE}]*(?=[一二三四五六七八九十]{{1,3}}、[{HAN}]|[（(][一二三四五六七八九十]{{1,3}}[）)][{HAN}]"
    rf"|\d{{1,2}}[{SPACE}]*[.．。][.．]?[{SPACE}]*[{HAN}])"
)
_AFTER_HEADING = re.compile(
    rf"^(?P<heading>(?:[一二三四五六七八九十]{{1,3}}、|[（(][一二三四五六七八九十]{{1,3}}[）)])[^。；，,;（(0-9]{{2,30}}?)"
    rf"(?=[（(][一二三四五六七八九十]{{1,3}}[）)][{HAN}]|\d{{1,2}}[{SPACE}]*[.．][{SPACE}]*[{HAN}])"
)
# "附件：1.申请表" and the lines that go on counting: no outline of the text.
_FILES = re.compile(rf"附件[{SPACE}]*[0-9一二三四五六七八九十]*[{SPACE}]*[:：]")
_LISTED = re.compile(r"\d{1,2}[.．、][^。；]{2,80}$")
_LEAD = re.compile(r"^[^。！？]{2,60}?[。！？]")


@dataclass(slots=True)
class Piece:
    """A paragraph of the source: a line, a part of one, or some that were joined."""

    text: str
    line: int
    last_line: int
    indent: int = 0
    is_heading: bool = False
    page_number: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    marker: Marker | None = None

    @property
    def own(self) -> str:
        """The text without the page number."""
        return self.text[len(self.page_number) :].lstrip(SPACE)


def mark_page_numbers(sheet: Sheet) -> None:
    """Numbers 1、2、3、 that a sharing site put before each of its pages.

    They differ from the numbers of a list: they follow each other line by line, and most
    stand in the middle of a sentence.
    """
    lines = sheet.body()
    run: list[tuple[Line, str]] = []
    broken = 0
    for before, line in zip([None, *lines], lines, strict=False):
        match = _PAGE.match(line.text)
        if match is None or int(match[1]) != len(run) + 1:
            if len(run) >= _LEAST_PAGES:
                break
            run, broken = [], 0
            continue
        if before is not None and run and not ends_sentence(before.text):
            broken += 1
        run.append((line, match[0]))
    if len(run) < _LEAST_PAGES or broken * 2 < len(run) - 1:
        return
    for line, number in run:
        line.page_number = number
    sheet.add(
        "page_numbers",
        *(Place(line.number, excerpt(line.text, 0, 2)) for line, _number in run),
    )


def pieces_of(sheet: Sheet, title: str) -> list[Piece]:
    lines = sheet.body()
    joined = _join(sheet, [_piece(line) for line in lines])
    starts = sum(len(_INSIDE.findall(piece.text)) for piece in joined)
    if starts >= _LEAST_RUN_TOGETHER:
        joined = list(_split_all(sheet, joined))
    pieces = list(_without_title(joined, title))
    inside_files = False
    for piece in pieces:
        is_listed = inside_files and _LISTED.match(piece.text)
        inside_files = bool(is_listed or _FILES.match(piece.text))
        if not (piece.rows or is_listed):
            piece.marker = read_marker(piece.own)
    return pieces


def _piece(line: Line) -> Piece:
    return Piece(
        line.text,
        line.number,
        line.number,
        line.indent,
        line.is_heading,
        line.page_number,
        line.rows,
    )


def _join(sheet: Sheet, pieces: list[Piece]) -> list[Piece]:
    """Lines that a fixed width broke are one paragraph again, and that is reported."""
    found: list[Piece] = []
    places = []
    for piece in pieces:
        if found and _goes_on(found[-1], piece):
            previous = found[-1]
            end = previous.text[-8:]
            places.append(Place(previous.last_line, f"{end}/{piece.text[:8]}"))
            glue = (
                " " if previous.text[-1:].isascii() and piece.text[:1].isascii() else ""
            )
            previous.text += glue + piece.text
            previous.last_line = piece.line
        else:
            found.append(piece)
    if places:
        sheet.add("lines_joined", *places)
    return found


def _goes_on(previous: Piece, piece: Piece) -> bool:
    return (
        piece.line == previous.last_line + 1
        and len(previous.text) >= _LEAST_JOINED
        and not (previous.is_heading or piece.is_heading)
        and not (previous.rows or piece.rows or piece.page_number)
        and piece.indent == 0
        and not ends_sentence(previous.text)
        and read_marker(piece.text) is None
        and not is_date_line(piece.text)
        and not _is_part_like(previous)
        and not (read_marker(previous.text) and len(previous.text) <= _LONGEST_HEADING)
    )


def _split_all(sheet: Sheet, pieces: list[Piece]) -> Iterator[Piece]:
    places = []
    for piece in pieces:
        texts = list(_split(piece))
        if len(texts) == 1 or piece.rows:
            yield piece
            continue
        places += [Place(piece.line, excerpt(text, 0, 4)) for text in texts[1:]]
        yield replace(piece, text=texts[0])
        for text in texts[1:]:
            yield replace(piece, text=text, page_number="", indent=0)
    if places:
        sheet.add("run_together", *places)


def _split(piece: Piece) -> Iterator[str]:
    start = 0
    cuts = [match.end() for match in _INSIDE.finditer(piece.text)]
    for cut in [*cuts, len(piece.text)]:
        text = piece.text[start:cut]
        start = cut
        while match := _AFTER_HEADING.match(text):
            yield match["heading"].strip(SPACE)
            text = text[match.end() :]
        if text.strip(SPACE):
            yield text.strip(SPACE)


def _without_title(pieces: list[Piece], title: str) -> Iterator[Piece]:
    """A title that runs into the first sentence is no part of that sentence."""
    for index, piece in enumerate(pieces):
        start = piece.own
        if index == 0 and title and start.startswith(title) and start != title:
            piece.text = start[len(title) :].lstrip(SPACE)
            piece.page_number = ""
        yield piece


# --- blocks ----------------------------------------------------------------------------------


def blocks_of(pieces: list[Piece]) -> tuple[Block, ...]:
    anchors = {
        index: f"p{number}" for number, index in enumerate(_part_indexes(pieces), 1)
    }
    return tuple(
        _block(piece, anchors.get(index, "")) for index, piece in enumerate(pieces)
    )


def _part_indexes(pieces: list[Piece]) -> list[int]:
    """Pieces that name a document and are followed by an outline of its own."""
    named = [index for index, piece in enumerate(pieces) if _is_part_like(piece)]
    found = []
    for position, index in enumerate(named):
        end = named[position + 1] if position + 1 < len(named) else len(pieces)
        following = [p.marker for p in pieces[index + 1 : end] if p.marker is not None]
        begins = bool(following) and following[0].level == 1 and following[0].value == 1
        if begins and index:
            found.append(index)
    return found


def _is_part_like(piece: Piece) -> bool:
    text = piece.text
    return (
        4 <= len(text) <= _LONGEST_PART
        and not piece.rows
        and not re.search(r"[。；，,;:：]", text)
        and ENDS_AS_DOCUMENT.search(text) is not None
        and read_marker(text) is None
    )


def _block(piece: Piece, anchor: str) -> Block:
    marker = piece.marker
    if anchor:
        kind = BlockKind.PART
    elif piece.rows:
        kind = BlockKind.TABLE
    elif _is_heading(piece):
        kind = BlockKind.HEADING
    else:
        kind = BlockKind.TEXT
    return Block(
        kind=kind,
        text=piece.text,
        line=piece.line,
        last_line=piece.last_line,
        level=marker.level if marker else int(kind == BlockKind.HEADING),
        number=marker.written if marker else "",
        lead=_lead(piece) if kind == BlockKind.TEXT else "",
        rows=piece.rows,
        anchor=anchor,
    )


def _is_heading(piece: Piece) -> bool:
    text = piece.text
    if len(text) > _LONGEST_HEADING or piece.page_number:
        return False
    if piece.marker is None:
        return piece.is_heading
    if piece.marker.level > 2 or piece.marker.style == "article":
        return False
    return not re.search(r"[。；;！？，,：:]", text.rstrip("。：:"))


def _lead(piece: Piece) -> str:
    """The sentence after a number that names what the paragraph is about."""
    if piece.marker is None or piece.page_number or piece.marker.style == "article":
        return ""
    match = _LEAD.match(piece.text[len(piece.marker.written) :])
    if match is None or match.end() > LONGEST_LEAD:
        return ""
    lead = piece.text[: len(piece.marker.written) + match.end()]
    return lead if len(lead) < len(piece.text) else ""


def leftover_lines(sheet: Sheet) -> list[Line]:
    return [line for line in sheet.lines if line.role == Role.BODY]
