"""Official documents: a file names the one that replaces its document by its slug."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from articles.demo.bodies import Targets
from articles.demo.makers.base import FieldMaker
from articles.demo.sources import Row
from articles.demo.workshop import Workshop
from articles.models import PolicyDocumentPage

COLUMN = "zhengce"


def document_id(row: Row, key: str, targets: Targets) -> int:
    """The document of the same portal that a file names."""
    address = f"{COLUMN}/{row[key]}"
    if address not in targets.pages:
        raise row.wrong(key, f"“{row[key]}” is no document of this portal")
    return targets.pages[address]


@dataclass(frozen=True, kw_only=True)
class DocumentMaker(FieldMaker):
    def fill(self, page: Any, row: Row, targets: Targets, shop: Workshop) -> None:
        super().fill(page, row, targets, shop)
        if row.get("replaced_by"):
            page.replaced_by_id = document_id(row, "replaced_by", targets)


MAKER = DocumentMaker(
    model=PolicyDocumentPage,
    folder="documents",
    column=COLUMN,
    plain=(
        "index_number",
        "document_number",
        "issuer",
        "subject_class",
        "disclosure",
        "validity",
        "secrecy_reviewer",
    ),
    days=("written_on", "issued_on", "valid_until", "secrecy_reviewed_on"),
    required=frozenset(
        "summary topics audiences source published index_number issuer written_on"
        " subject_class disclosure validity secrecy_reviewer secrecy_reviewed_on"
        " body".split()
    ),
    more_keys=frozenset({"replaced_by"}),
)
