"""What reading a document gives: plain, frozen data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType


class DocumentKind(StrEnum):
    """Which kind of page the file is about; the names are those of the page types."""

    DOCUMENT = "document"
    INTERPRETATION = "interpretation"
    ARTICLE = "article"


class BlockKind(StrEnum):
    PART = "part"
    HEADING = "heading"
    TEXT = "text"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is in the source; lines count from 1, 0 is the whole file."""

    line: int
    excerpt: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault or a remark. Its sentence and severity are in ``catalog``."""

    code: str
    places: tuple[Place, ...] = ()
    params: Mapping[str, str | int] = field(
        default_factory=lambda: MappingProxyType({})
    )


@dataclass(frozen=True, slots=True)
class Block:
    kind: BlockKind
    text: str  # as written, number included
    line: int
    last_line: int
    level: int = 0  # 1 一、 2 （一） 3 1. 4 (1); 0 = not numbered
    number: str = ""  # as written, "(一)"
    lead: str = ""  # the beginning of a text that serves as its heading
    rows: tuple[tuple[str, ...], ...] = ()  # of a table
    anchor: str = ""  # of a part: p1, p2 …


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that the source names; it has to be uploaded by itself."""

    name: str  # "" where the source has an empty list of attachments
    href: str
    line: int


@dataclass(frozen=True, slots=True)
class Measure:
    """A numbered measure with the units that answer for it."""

    number: str  # as written
    title: str
    lead_unit: str
    support_units: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Header:
    """What the source says about the document; "" and None where it says nothing."""

    title: str = ""
    index_number: str = ""
    document_number: str = ""
    issuer: str = ""
    written_on: date | None = None  # 成文日期
    issued_on: date | None = None  # 发文日期
    published_on: date | None = None  # 发布日期 on the site the file was copied from
    valid_until: date | None = None
    disclosure: str = ""  # as written: 主动公开
    validity: str = ""  # as written: 有效
    subject_class: str = ""
    source: str = ""
    summary: str = ""
    keywords: str = ""
    author: str = ""
    interpreter: str = ""
    interpreter_title: str = ""
    office: str = ""  # of the interpreter
    original_reference: str = ""  # where an interpretation says its document is
    copied_from: str = ""  # the site that reposted it
    copied_on: date | None = None
    host_organizer: str = ""  # 主办 of the site in the footer: not the issuer
    host_site_code: str = ""  # 网站标识码


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    name: str  # of the file
    encoding: str
    kind: DocumentKind
    header: Header
    blocks: tuple[Block, ...]
    attachments: tuple[Attachment, ...]
    measures: tuple[Measure, ...]
    findings: tuple[Finding, ...]
    header_lines: tuple[int, ...] = ()  # lines that were read into the header

    @property
    def parts(self) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if block.kind == BlockKind.PART)

    def outline(self) -> Iterator[Block]:
        """Parts, headings, and texts that begin with a number, in order."""
        for block in self.blocks:
            if block.kind in (BlockKind.PART, BlockKind.HEADING) or block.number:
                yield block

    def findings_of(self, code: str) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.code == code)
