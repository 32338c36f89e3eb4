"""What the parser of the law Markdown returns: plain data, no model."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from .pinpoints import provision_anchor, provision_label

Level = Literal[
    "preamble", "book", "part", "chapter", "section", "supplement", "other", "annex"
]


class MarkdownError(Exception):
    """A law file that cannot be read; says where."""

    def __init__(self, path: str, line: int, message: str) -> None:
        super().__init__(f"{path}:{line}: {message}")
        self.path = path
        self.line = line
        self.message = message


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the head: what happened to the statute on a day."""

    date: date | None
    text: str


@dataclass(slots=True)
class ParsedProvision:
    number: int
    suffix: int
    text: str
    line: int

    @property
    def label(self) -> str:
        return provision_label(self.number, self.suffix)

    @property
    def anchor(self) -> str:
        return provision_anchor(self.number, self.suffix)


@dataclass(slots=True)
class ParsedDivision:
    """A heading with what stands under it; the root has level ``other``, no label."""

    level: Level
    number: int
    label: str  # 第一章
    heading: str  # 总则
    anchor: str
    depth: int  # number of # signs; 0 for the root and for what has no heading
    text: list[str] = field(default_factory=list)
    provisions: list[ParsedProvision] = field(default_factory=list)
    children: list[ParsedDivision] = field(default_factory=list)

    def walk(self) -> list[ParsedDivision]:
        """This division and all below, in the order of the text."""
        found = [self]
        for child in self.children:
            found.extend(child.walk())
        return found


@dataclass(slots=True)
class ParsedStatute:
    title: str
    book: str  # 合同编, in a statute of one file per book
    category: str
    branch: str  # the folder: 社会法
    issuer: str
    events: list[Event]
    root: ParsedDivision
    paths: tuple[str, ...]
    sha256: str
    promulgated_on: date | None = None
    amended_on: date | None = None
    effective_on: date | None = None
    version_on: date | None = None  # tells the versions of a statute apart
    note: str = ""  # <!-- NOTE … --> in the head: what a reader must know
    warnings: list[str] = field(default_factory=list)

    @property
    def divisions(self) -> list[ParsedDivision]:
        return self.root.walk()[1:]

    @property
    def provisions(self) -> list[ParsedProvision]:
        return [item for part in self.root.walk() for item in part.provisions]

    @property
    def in_force_from(self) -> date | None:
        """From when this version of the text holds."""
        if self.effective_on and self.version_on:
            return max(self.effective_on, self.version_on)
        return self.effective_on or self.version_on
