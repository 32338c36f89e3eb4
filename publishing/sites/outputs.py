"""What the record knows of one file of a published site. Pure code."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

# What a page asked while it was rendered, e.g. ("card", "12", "zh-hans").
Fact = tuple[str, ...]
# What must exist because a file names it, e.g. ("media", "images/a.jpg").
Need = tuple[str, str]
# A place in another page that a file leads to: ("laws/minfadian/index.html", "t1046").
Spot = tuple[str, str]
Digest = tuple[int, str]  # size and SHA-256

PIECE = 1 << 16


class Stream(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Output:
    """One file of a site, and why it is as it is.

    ``kind`` is the kind of its address, or "media", "asset", "moved", "provision",
    "map", "index", "manifest".
    """

    name: str  # relative to the root, as home.links.file_name makes it
    path: str  # logical path; "" for files that are no address
    kind: str
    language: str
    size: int
    sha256: str
    type: str  # content type that a web server should send
    status: int = 200
    page_id: int | None = None
    # Fact -> fingerprint of its answer when the file was rendered.
    facts: Mapping[Fact, str] = field(default_factory=dict)
    needs: frozenset[Need] = frozenset()
    spots: frozenset[Spot] = frozenset()


def digest_of(stream: Stream) -> Digest:
    """In pieces: a film must not fill the memory."""
    size = 0
    found = hashlib.sha256()
    while piece := stream.read(PIECE):
        size += len(piece)
        found.update(piece)
    return size, found.hexdigest()


def folders_above(name: str) -> set[str]:
    """
    >>> sorted(folders_above("a/b/index.html"))
    ['a', 'a/b']
    """
    found = set[str]()
    while folder := name.rpartition("/")[0]:
        found.add(folder)
        name = folder
    return found


def sha256_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def output_of(
    name: str,
    body: bytes,
    *,
    path: str = "",
    kind: str,
    type: str,
    language: str = "",
    status: int = 200,
    page_id: int | None = None,
    facts: Mapping[Fact, str] | None = None,
    needs: frozenset[Need] = frozenset(),
) -> Output:
    """The output whose bytes are ``body``."""
    return Output(
        name=name,
        path=path,
        kind=kind,
        language=language,
        size=len(body),
        sha256=sha256_of(body),
        type=type,
        status=status,
        page_id=page_id,
        facts=facts or {},
        needs=needs,
    )
