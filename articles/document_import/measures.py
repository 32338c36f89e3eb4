"""Numbered measures with the units that answer for them (牵头 / 协同责任单位)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.document_import.outline import Piece
from articles.document_import.parsed import Measure
from articles.document_import.patterns import HAN, SPACE

_UNITS = re.compile(
    r"[（(]\s*(?:牵头|主办|责任)(?:责任)?(?:单位|部门)[:：](?P<lead>[^（）()]{2,80}?)"
    r"(?:[,，;；。]\s*(?:协同|配合|协办|参与|参加)(?:责任)?(?:单位|部门)[:：](?P<support>[^（）()]{2,300}))?[）)]"
)
_STRAY_SPACE = re.compile(
    rf"(?<=[{HAN}，、。；：,:;（()）])[{SPACE}]+|[{SPACE}]+(?=[{HAN}，、。；：])"
)
_TITLE = re.compile(r"[^。；;]{2,40}")
_LOOK_BACK = 400


def read_measures(pieces: list[Piece]) -> tuple[Measure, ...]:
    """Those of the lowest level that names units; above it only what it sums up."""
    found = list(_measures(pieces))
    lowest = max((level for level, _measure in found), default=0)
    return tuple(measure for level, measure in found if level == lowest)


def _measures(pieces: list[Piece]) -> Iterator[tuple[int, Measure]]:
    """Units may be broken over two lines, so lines without a number are read as one."""
    current: Piece | None = None
    text = ""
    for piece in [*pieces, None]:
        if piece is None or piece.marker is not None:
            yield from _measure(current, text)
            current, text = piece, ""
        if piece is not None:
            text += _STRAY_SPACE.sub("", piece.own)


def _measure(piece: Piece | None, text: str) -> Iterator[tuple[int, Measure]]:
    if piece is None or piece.marker is None:
        return
    match = _UNITS.search(text)
    if match is None:
        return
    start = len(_STRAY_SPACE.sub("", piece.marker.written))
    title = _TITLE.match(text[start : start + _LOOK_BACK].lstrip(SPACE))
    measure = Measure(
        number=piece.marker.written,
        title=title[0] if title else "",
        lead_unit=match["lead"].rstrip("-—,，"),
        support_units=tuple(
            unit for unit in (match["support"] or "").strip("。").split("、") if unit
        ),
        line=piece.line,
    )
    yield piece.marker.level, measure
