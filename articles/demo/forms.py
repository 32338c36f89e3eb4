"""Printable forms of the demo as PDF with real text, made without a PDF library.

The Chinese font is named and not embedded (Adobe-GB1, which every PDF reader brings
along), so a form has a few kilobytes and its words can be searched and read aloud.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parent / "attachments"
PAGE_WIDTH, PAGE_HEIGHT = 595, 842  # A4 in points
LEFT, RIGHT, TOP = 56, 539, 780
LABEL_WIDTH, ROW_HEIGHT = 190, 27


@dataclass(frozen=True, slots=True)
class AttachmentSpec:
    key: str
    title: str
    source: str
    file: str


@dataclass(slots=True)
class _Canvas:
    """Drawing operators of one page; ``y`` is where the next line goes."""

    y: float = TOP
    operators: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, words: str, size: float) -> None:
        code = words.encode("utf-16-be").hex().upper()
        self.operators.append(
            f"BT /F1 {size:g} Tf {x:g} {y:g} Td <{code}> Tj ET",
        )

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.operators.append(f"{x0:g} {y0:g} m {x1:g} {y1:g} l S")

    def box(self, x: float, y: float, width: float, height: float) -> None:
        self.operators.append(f"{x:g} {y:g} {width:g} {height:g} re S")


def attachments() -> dict[str, AttachmentSpec]:
    rows = yaml.safe_load((FOLDER / "index.yaml").read_text(encoding="utf-8"))
    return {row["key"]: AttachmentSpec(**row) for row in rows}


def read(key: str) -> bytes:
    """The finished file of that key."""
    spec = attachments()[key]
    source = FOLDER / spec.source
    if source.suffix == ".yaml":
        return form_pdf(yaml.safe_load(source.read_text(encoding="utf-8")))
    return source.read_bytes()


def form_pdf(form: dict[str, Any]) -> bytes:
    """A form of one page; the same bytes for the same source."""
    canvas = _Canvas()
    title_width = len(form["title"]) * 20
    canvas.text((PAGE_WIDTH - title_width) / 2, canvas.y, form["title"], 20)
    canvas.y -= 28
    canvas.text(LEFT, canvas.y, form["note"], 10)
    canvas.y -= 26
    for section in form["sections"]:
        _draw_section(canvas, section)
    canvas.text(LEFT, canvas.y - 8, form["closing"], 12)
    canvas.text(LEFT, canvas.y - 36, form["signature"], 12)
    canvas.text(LEFT, 40, form["footer"], 9)
    return _assemble("\n".join(canvas.operators), form["title"])


def _draw_section(canvas: _Canvas, section: dict[str, Any]) -> None:
    canvas.text(LEFT, canvas.y, section["heading"], 13)
    canvas.y -= 10
    for label in section.get("fields", ()):
        low = canvas.y - ROW_HEIGHT
        canvas.box(LEFT, low, RIGHT - LEFT, ROW_HEIGHT)
        canvas.line(LEFT + LABEL_WIDTH, low, LEFT + LABEL_WIDTH, canvas.y)
        canvas.text(LEFT + 8, low + 9, label, 11)
        canvas.y = low
    checks = section.get("checks", ())
    for index, label in enumerate(checks):
        column, row = index % 3, index // 3
        x, y = LEFT + 4 + column * 162, canvas.y - 18 - row * 22
        canvas.box(x, y - 1, 10, 10)
        canvas.text(x + 17, y, label, 11)
    canvas.y -= 22 * -(-len(checks) // 3) + 24


def _assemble(content: str, title: str) -> bytes:
    stream = zlib.compress(content.encode("ascii"), 9)
    name = ("\ufeff" + title).encode("utf-16-be").hex().upper()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (zh-CN)"
        b" /ViewerPreferences << /DisplayDocTitle true >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PAGE_WIDTH} {PAGE_HEIGHT}]"
        " /Resources << /Font << /F1 4 0 R >> >> /Contents 7 0 R >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light"
        b" /Encoding /UniGB-UTF16-H /DescendantFonts [5 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >>"
        b" /FontDescriptor 6 0 R /DW 1000 /W [1 95 500 814 939 500] >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6"
        b" /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880"
        b" /Descent -120 /CapHeight 880 /StemV 93 >>",
        f"<< /Length {len(stream)} /Filter /FlateDecode >>\nstream\n".encode()
        + stream
        + b"\nendstream",
        f"<< /Title <{name}> >>".encode(),
    ]
    return _with_table(objects)


def _with_table(objects: list[bytes]) -> bytes:
    """Number the objects and append the table of their places."""
    out = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += (
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R"
        f" /Info {len(objects)} 0 R >>\nstartxref\n{start}\n%%EOF\n"
    ).encode()
    return bytes(out)
