"""A host or a folder compared with its signed manifest: what somebody changed there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import IO, Protocol
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from publishing.sites import manifest, signing
from publishing.sites.manifest import Entry
from publishing.sites.outputs import Digest, digest_of
from publishing.sites.releases import files_in

FETCHES = 8  # at once: a county's server shall not notice
SECONDS = 30
ATTEMPTS = 3  # a site may be changed by a publication while it is looked at


class MissingManifestError(Exception):
    """There is no manifest to compare with."""


class WrongSignatureError(Exception):
    """The manifest was not made with this key: nothing in it can be believed."""


@dataclass(slots=True)
class Report:
    files: int = 0
    changed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)  # of a folder only
    unreachable: list[tuple[str, str]] = field(default_factory=list)  # name, reason

    @property
    def is_clean(self) -> bool:
        return not (self.changed or self.missing or self.extra or self.unreachable)


class UnreachableError(Exception):
    """Neither there nor missing: the answer is an error."""


class Source(Protocol):
    """Where the files are. ``None``: there is no such file."""

    def read(self, name: str) -> bytes | None: ...

    def digest(self, name: str, status: int) -> Digest | None: ...

    def names(self) -> Iterable[str]:
        """All files, as far as one can know."""


@dataclass(frozen=True, slots=True)
class FolderSource:
    folder: Path

    def read(self, name: str) -> bytes | None:
        try:
            return (self.folder / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def digest(self, name: str, status: int) -> Digest | None:
        try:
            with (self.folder / name).open("rb") as stream:
                return digest_of(stream)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None
        except OSError as error:
            raise UnreachableError(str(error)) from error

    def names(self) -> Iterable[str]:
        return files_in(self.folder)


@dataclass(frozen=True, slots=True)
class UrlSource:
    base: str  # ends with a slash

    def read(self, name: str) -> bytes | None:
        with self._opened(name, 200) as stream:
            return stream.read() if stream else None

    def digest(self, name: str, status: int) -> Digest | None:
        with self._opened(name, status) as stream:
            return digest_of(stream) if stream else None

    def names(self) -> Iterable[str]:
        return ()  # a web server does not tell

    @contextmanager
    def _opened(self, name: str, status: int) -> Iterator[IO[bytes] | None]:
        request = Request(  # noqa: S310 - the command takes http and https only
            self.base + quote(name), headers={"Cache-Control": "no-cache"}
        )
        try:
            with urlopen(request, timeout=SECONDS) as stream:  # noqa: S310 - as above
                yield stream
        except HTTPError as error:
            with error:
                if error.code == status:
                    yield error  # the page that is shown for a wrong address
                elif error.code in (404, 410):
                    yield None
                else:
                    raise UnreachableError(f"HTTP {error.code}") from error
        except (OSError, HTTPException) as error:
            reason = getattr(error, "reason", error)
            raise UnreachableError(str(reason)) from error


def check_folder(folder: Path, key: Ed25519PublicKey | None = None) -> Report:
    """Without ``key`` that of this installation is taken."""
    return _check(FolderSource(folder), key)


def check_url(url: str, key: Ed25519PublicKey | None = None) -> Report:
    return _check(UrlSource(url if url.endswith("/") else f"{url}/"), key)


def _check(source: Source, key: Ed25519PublicKey | None) -> Report:
    key = key or signing.read_public_key(signing.public_key_file())
    for attempt in range(ATTEMPTS):
        is_last = attempt == ATTEMPTS - 1
        root = _read_root(source)
        if not _is_signed(source, root, key):
            if is_last or root == _read_root(source):
                raise WrongSignatureError
            continue
        report = _compare(source, root)
        if report.is_clean or is_last or root == _read_root(source):
            break
    return report


def _read_root(source: Source) -> bytes:
    root = source.read(manifest.NAME)
    if root is None:
        raise MissingManifestError
    return root


def _is_signed(source: Source, root: bytes, key: Ed25519PublicKey) -> bool:
    signature = source.read(manifest.SIGNATURE)
    return signature is not None and signing.is_signed(root, signature, key)


def _compare(source: Source, root: bytes) -> Report:
    report = Report()
    shards = manifest.shards_in(root)
    unread: set[int | None] = set()
    entries: list[Entry] = []
    with ThreadPoolExecutor(FETCHES) as pool:
        bodies = pool.map(lambda name: _read(source, name), shards)
        for (name, sha256), body in zip(shards.items(), bodies, strict=True):
            if isinstance(body, bytes) and hashlib.sha256(body).hexdigest() == sha256:
                entries += manifest.entries_in(body)
            else:
                unread.add(manifest.shard_number(name))
                _note(report, name, body)
        digests = pool.map(lambda entry: _digest(source, entry), entries)
        for entry, digest in zip(entries, digests, strict=True):
            if digest != (entry.size, entry.sha256):
                _note(report, entry.path, digest)
    report.files = len(entries)
    report.extra = sorted(_extra(source, entries, shards, unread))
    for found in (report.changed, report.missing):
        found.sort()
    report.unreachable.sort()
    return report


def _read(source: Source, name: str) -> bytes | UnreachableError | None:
    try:
        return source.read(name)
    except UnreachableError as error:
        return error


def _digest(source: Source, entry: Entry) -> Digest | UnreachableError | None:
    try:
        return source.digest(entry.path, entry.status)
    except UnreachableError as error:
        return error


def _note(report: Report, name: str, found: object) -> None:
    """A file that is not as it should be."""
    if found is None:
        report.missing.append(name)
    elif isinstance(found, UnreachableError):
        report.unreachable.append((name, str(found)))
    else:
        report.changed.append(name)


def _extra(
    source: Source,
    entries: list[Entry],
    shards: Iterable[str],
    unread: set[int | None],
) -> Iterator[str]:
    """Files that nobody named; of a shard that was not read nothing is known."""
    known = {entry.path for entry in entries}.union(shards)
    known |= {manifest.NAME, manifest.SIGNATURE}
    for name in source.names():
        if name not in known and manifest.shard_of(name) not in unread:
            yield name
