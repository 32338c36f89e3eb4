"""Reading an official document from a .txt or .html file. Pure code: no model.

``read_document`` gives a ``ParsedDocument``: header fields, blocks, and findings. What
it reads it keeps as written; every fault is named in a finding with its line, and none
is put right without a word. Each line of the source is in a field, in a block or in a
finding (tests/articles/document_import/test_nothing_lost.py).
"""

from articles.document_import.catalog import Severity, kind_of, sentence_of
from articles.document_import.decoding import MAX_BYTES, ImportRefusedError
from articles.document_import.parsed import (
    Attachment,
    Block,
    BlockKind,
    DocumentKind,
    Finding,
    Header,
    Measure,
    ParsedDocument,
    Place,
)
from articles.document_import.reading import read_document

__all__ = [
    "MAX_BYTES",
    "Attachment",
    "Block",
    "BlockKind",
    "DocumentKind",
    "Finding",
    "Header",
    "ImportRefusedError",
    "Measure",
    "ParsedDocument",
    "Place",
    "Severity",
    "kind_of",
    "read_document",
    "sentence_of",
]
