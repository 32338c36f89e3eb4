"""Runs: outputs come in, and leaving the run makes them the site."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.utils import validate_file_name
from django.utils import timezone

from publishing.sites import manifest, signing
from publishing.sites.journal import Entry
from publishing.sites.outputs import Output, output_of
from publishing.sites.places import Place
from publishing.sites.record import Failure, Record
from publishing.sites.recording import RecordWriter

UNSAFE_PARTS = frozenset({"", ".", ".."})
NOTICE = "notice"  # the kind of what stands in place of the pages


def require_safe(name: str) -> None:
    """A file of the site stands in its tree; Django says what is wrong."""
    if name[:1] == "/" or not UNSAFE_PARTS.isdisjoint(name.split("/")):
        validate_file_name(name, allow_relative_path=True)
        raise SuspiciousFileOperation(name)


class Run:
    """What all runs have in common. ``record`` shows what this run has done so far."""

    def __init__(
        self, run_id: int, host: str, record: RecordWriter, place: Place
    ) -> None:
        self.run_id = run_id
        self.record = record
        self.rendered = 0
        self.written = 0
        self.deleted = 0
        self.failures: list[Failure] = []
        self.notes: list[tuple[str, str]] = []
        self.started: datetime = timezone.now()
        self._host = host
        self._place = place
        self._seen: set[str] = set()

    def put(self, output: Output, body: bytes) -> bool:
        """Take a rendered file; True if its bytes differ from what is live."""
        if output.size != len(body):
            raise ValueError(f"not the size of its bytes: {output.name}")
        if not manifest.is_part(output.name):
            require_safe(output.name)
        self.rendered += 1
        is_new = self._take(output, body)
        self.written += is_new
        return is_new

    def keep(self, output: Output) -> bool:
        """The bytes are those that are live. False: they are not there, put them."""
        there = self.record.output(output.name)
        if there is None or there.sha256 != output.sha256:
            return False
        if not self._place.holds(output.name, output.size, output.sha256):
            return False
        self._place.retain(output.name)
        self._seen.add(output.name)
        self.record.store(output)
        return True

    def fail(self, name: str, path: str, reason: str, editor: str = "") -> None:
        """Could not be rendered: the old file, if there is one, stays."""
        self.failures.append(Failure(name, path, reason, editor))
        self.keep_old(name)

    def keep_old(self, name: str) -> None:
        """The file that is live stays, unless this run made it anew."""
        there = self.record.output(name)
        # Not the notice of a portal that was offline: it would stay on one page.
        if name in self._seen or there is None or there.kind == NOTICE:
            return
        if self._place.holds(name, there.size, there.sha256):
            self._place.retain(name)
            self._seen.add(name)

    def take_back(self, name: str, path: str, reason: str, editor: str = "") -> None:
        """A file that was put is not good after all: as if it had failed. Where there
        is no old one, it goes out."""
        with closing(Record(self.record.file)) as before:  # without this run
            old = before.output(name)
        if old is not None and old.kind != NOTICE:
            self.written -= self.record.digest(name) != old.sha256
            self._place.retain(name)
            self._seen.discard(name)
            self.record.restore(old)
        self.fail(name, path, reason, editor)

    def old_body(self, name: str) -> bytes | None:
        """A file as it was before this run."""
        return self._place.old_body(name)

    def note(self, name: str, cause: str) -> None:
        """Why a file was rendered again."""
        self.notes.append((name, cause))

    def set_meta(self, key: str, value: str) -> None:
        self.record.set_meta(key, value)

    def progress(self, done: int, total: int) -> None:
        """Tell how far the run is; written down at most once a second."""
        self.record.note_progress(done, total, self.started)

    def finish(self) -> list[Entry]:
        """Complete the record and the manifest; what is then to be done to the files."""
        self._write_manifest()
        self.record.forget_loose_facts()
        self.record.store_failures(self.run_id, self.failures)
        self.record.store_causes(self.run_id, self.notes)
        return self._place.entries()

    def _take(self, output: Output, body: bytes) -> bool:
        there = self.record.digest(output.name)
        is_new = there != output.sha256 or not self._place.holds(
            output.name, output.size, output.sha256
        )
        if is_new:
            self._place.stage(output.name, body)
        else:
            self._place.retain(output.name)
        self._seen.add(output.name)
        self.record.store(output)
        return is_new

    def _drop(self, name: str) -> bool:
        self._seen.discard(name)
        if not self.record.drop(name):
            return False
        self._place.remove(name)
        return True

    def _write_manifest(self) -> None:
        for shard in sorted(self.record.touched):
            name = manifest.shard_name(shard)
            body = manifest.shard_body(self.record.entries(shard))
            if body:
                self._take_part(name, body, manifest.TYPE)
            else:
                self._drop(name)
        shards = {
            name: sha256
            for name, _size, sha256 in self.record.parts()
            if manifest.shard_number(name) is not None
        }
        root = manifest.root_body(self._host, shards)
        self._take_part(manifest.NAME, root, manifest.TYPE)
        self._take_part(manifest.SIGNATURE, signing.sign(root), "text/plain")

    def _take_part(self, name: str, body: bytes, content_type: str) -> None:
        self._take(output_of(name, body, kind="manifest", type=content_type), body)


class ChangeRun(Run):
    """Changes some files of the live tree."""

    def delete(self, name: str) -> None:
        """Remove a file that is no longer wanted."""
        self.deleted += self._drop(name)


class FullRun(Run):
    """Says what every file of the site is; what it does not name goes."""

    def drop_unseen(self) -> bool:
        """Remove what this run did not name; whether there was any."""
        for name in list(self.record.names()):
            if name not in self._seen:
                self.deleted += self._drop(name)
        return bool(self.deleted)

    def finish(self) -> list[Entry]:
        self.drop_unseen()
        self.record.forget_failing()
        self._keep_parts()
        return super().finish()

    def _keep_parts(self) -> None:
        """Shards of files that did not change stay as they are."""
        for name, size, sha256 in self.record.parts():
            shard = manifest.shard_number(name)
            if self._place.holds(name, size, sha256):
                self._place.retain(name)
            elif shard is not None:
                self.record.touched.add(shard)
