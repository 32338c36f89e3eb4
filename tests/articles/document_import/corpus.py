"""Our own documents with the faults of real ones, and the real ones where they are."""

from __future__ import annotations

import re
from pathlib import Path

from articles.document_import import ParsedDocument, read_document
from articles.document_import.decoding import remove_controls

FOLDER = Path(__file__).parents[1] / "data" / "documents"
NAMES = sorted(path.name for path in FOLDER.iterdir())
REAL = (
    "000_zhangdian_opinion.txt",
    "001_yanchi_three_plans.txt",
    "002_city_plan_scrambled.txt",
    "003_moj_notice_forum_repost.txt",
    "004_yuxi_interpretation.txt",
)


def content(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def read(name: str) -> ParsedDocument:
    return read_document(content(name), name)


def read_text(text: str, name: str = "a.txt") -> ParsedDocument:
    return read_document(text.encode(), name)


def codes(document: ParsedDocument) -> set[str]:
    return {finding.code for finding in document.findings}


def lines_of(document: ParsedDocument, code: str) -> list[int]:
    return [
        place.line for finding in document.findings_of(code) for place in finding.places
    ]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", remove_controls(text)[0])


def unaccounted(document: ParsedDocument, text: str) -> list[str]:
    """Lines of a plain text that are in no block, no field and no finding."""
    body = squeezed("".join(block.text for block in document.blocks))
    left_out = {
        (place.line, squeezed(place.excerpt))
        for finding in document.findings
        for place in finding.places
    }
    title = squeezed(document.header.title)
    return [
        line
        for number, line in enumerate(
            re.split(r"\r\n|[\n\r\x0b\x0c\u2028\u2029]", text), start=1
        )
        if (rest := squeezed(line))
        and rest not in body
        and (number, rest) not in left_out
        and not (number in document.header_lines and _is_read(document, number, rest))
        and re.sub(rf"^(?:\d+、)?{re.escape(title)}", "", rest) not in body
    ]


def _is_read(document: ParsedDocument, number: int, rest: str) -> bool:
    """Whether nothing of a line of fields is left when labels and values are gone."""
    header = document.header
    known = [getattr(header, name) for name in header.__slots__]
    words = [str(value) for value in known if value]
    words += [
        place.excerpt
        for finding in document.findings
        for place in finding.places
        if place.line in (0, number)
    ]
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(squeezed(word), "")
    rest = re.sub(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\d{1,2}:\d{2})?", "", rest)
    return len(re.sub(r"[:：|｜]", "", rest)) <= 24  # the labels themselves
