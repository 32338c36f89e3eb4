"""The record of an export: every file with its size and SHA-256. Pure code."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Entry:
    path: str  # relative to the root of the export
    size: int  # bytes
    sha256: str
    type: str  # content type that a web server should send
    status: int  # and the status


def entry(path: str, body: bytes, content_type: str, status: int = 200) -> Entry:
    digest = hashlib.sha256(body).hexdigest()
    return Entry(path, len(body), digest, content_type, status)


def dumps(entries: list[Entry]) -> bytes:
    """The manifest as bytes: the same files give the same bytes."""
    ordered = sorted(entries, key=lambda item: item.path)
    record = {"version": 1, "files": [asdict(item) for item in ordered]}
    return json.dumps(record, ensure_ascii=False, indent=1).encode() + b"\n"
