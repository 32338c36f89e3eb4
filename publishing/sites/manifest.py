"""The manifest of a site: every file with its digest, in shards that a root names.

A change writes only the shards of the files that changed, and the root. Pure code.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

NAME = "manifest.json"
SIGNATURE = "manifest.sig"
FOLDER = "manifest"
VERSION = 2
TYPE = "application/json"


@dataclass(frozen=True, slots=True)
class Entry:
    path: str  # relative to the root of the site
    size: int  # bytes
    sha256: str
    type: str  # content type that a web server should send
    status: int  # and the status
    facts: tuple[str, ...] = ()  # what it depends on


def shard_of(name: str) -> int:
    return hashlib.sha256(name.encode()).digest()[0]


def shard_name(shard: int) -> str:
    return f"{FOLDER}/{shard:02x}.json"


def shard_number(name: str) -> int | None:
    """The number of the shard that a file is; None for any other file."""
    folder, _slash, rest = name.partition("/")
    if folder != FOLDER or len(rest) != len("00.json") or not rest.endswith(".json"):
        return None
    return int(rest[:2], 16)


def is_part(name: str) -> bool:
    """Whether a file is one of the manifest's own."""
    return name in (NAME, SIGNATURE) or name.startswith(f"{FOLDER}/")


def shard_body(entries: Iterable[Entry]) -> bytes:
    """One line per file: the same files give the same bytes. Empty without files."""
    lines = [json.dumps(_row(entry), ensure_ascii=False) for entry in entries]
    if not lines:
        return b""
    return ('{"files": [\n' + ",\n".join(lines) + "\n]}\n").encode()


def _row(entry: Entry) -> dict[str, object]:
    # dataclasses.asdict copies deeply, which took most of the time of a small change.
    return {name: getattr(entry, name) for name in Entry.__slots__}


def root_body(host: str, shards: Mapping[str, str]) -> bytes:
    """``shards``: the digest of each shard by its name."""
    record = {"version": VERSION, "host": host, "shards": dict(sorted(shards.items()))}
    return json.dumps(record, ensure_ascii=False, indent=1).encode() + b"\n"


class ManifestError(ValueError):
    """The bytes are no manifest that this version can read."""


def shards_in(body: bytes) -> dict[str, str]:
    """The shards that a root names, with their digests."""
    try:
        record = json.loads(body)
        shards = dict(record["shards"])
        if record["version"] != VERSION or not all(map(is_part, shards)):
            raise ManifestError
    except (ValueError, TypeError, KeyError) as error:
        raise ManifestError from error
    return shards


def entries_in(body: bytes) -> list[Entry]:
    try:
        files = json.loads(body)["files"]
        return [Entry(**{**row, "facts": tuple(row["facts"])}) for row in files]
    except (ValueError, TypeError, KeyError) as error:
        raise ManifestError from error
