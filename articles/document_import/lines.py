"""The lines of a source, and what has become of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from articles.document_import.parsed import Attachment, Finding, Place
from articles.document_import.patterns import SPACE

_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\u2028\u2029]")
LONGEST_EXCERPT = 60


class Role(StrEnum):
    BODY = "body"
    HEADER = "header"  # read into a field
    LEFT_OUT = "left_out"  # named in a finding, whole


@dataclass(slots=True)
class Line:
    number: int
    raw: str
    role: Role = Role.BODY
    is_heading: bool = False  # the markup says so
    rows: tuple[tuple[str, ...], ...] = ()  # a table
    page_number: str = ""  # what a sharing site put before the text: "2、"

    @property
    def text(self) -> str:
        return self.raw.strip(SPACE)

    @property
    def content(self) -> str:
        """The text without the page number."""
        return self.text[len(self.page_number) :].lstrip(SPACE)

    @property
    def indent(self) -> int:
        """In widths of a Latin letter."""
        width = 0
        for character in self.raw:
            if character not in SPACE:
                break
            width += {"\t": 4, "\u3000": 2, "\u2003": 2}.get(character, 1)
        return width


@dataclass(slots=True)
class Sheet:
    """The lines that say something, and the findings so far."""

    lines: list[Line]
    findings: list[Finding] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    left_out: dict[str, list[Line]] = field(default_factory=dict)

    def body(self) -> list[Line]:
        return [line for line in self.lines if line.role == Role.BODY]

    def add(self, code: str, *places: Place, **params: str | int) -> None:
        self.findings.append(Finding(code, tuple(places), params))

    def leave_out(self, line: Line, code: str) -> None:
        """Keep a line out of the text; the finding will hold all of it."""
        line.role = Role.LEFT_OUT
        self.left_out.setdefault(code, []).append(line)

    def left_out_places(self, code: str) -> Iterator[Place]:
        for line in sorted(self.left_out.get(code, []), key=lambda line: line.number):
            yield Place(line.number, line.text)


def text_lines(text: str) -> list[Line]:
    """The lines of a plain text that hold more than white space."""
    return [
        Line(number, raw)
        for number, raw in enumerate(_BREAK.split(text), start=1)
        if raw.strip()
    ]
