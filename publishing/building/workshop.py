"""Addresses become files: rendered in batches, with the facts that they asked.

A workshop makes the files of one snapshot for one form of links. It reads a batch of
pages with a few queries however many they are, and remembers what all pages ask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from django.utils import translation
from django.utils.translation import gettext as _

from home.links import AddressForm, file_name
from home.models import BasePage
from media.presentation import Picture
from publishing import pages
from publishing.addresses import Address
from publishing.built import NothingThere
from publishing.facts import Question, as_text, fingerprint
from publishing.light_rows import kind_models
from publishing.reader import Prepared, SnapshotReader
from publishing.renderer import Rendered, finish, render
from publishing.shared_parts import SharedParts
from publishing.sites.outputs import Fact, Need, Output, output_of
from publishing.snapshot import Snapshot
from publishing.stored_pages import stored_pages

BATCH = 200
# What a file may need (``publishing.building.derived``).
ASSET = "asset"
LEAVE = "leave"
MEDIA = "media"
PROVISION = "provision"
# Files that need absolute addresses.
ABSOLUTE_ONLY = frozenset({"feed", "sitemap", "sitemap_part"})


@dataclass(frozen=True, slots=True)
class Made:
    """A file, and what the record keeps of it."""

    output: Output
    body: bytes
    typed: frozenset[str] = frozenset()  # links to other sites, as editors wrote them
    parts: tuple[str, ...] = ()  # of its text: what it has in common with others

    @property
    def name(self) -> str:
        return self.output.name


@dataclass(frozen=True, slots=True)
class Failed:
    """An address that could not be rendered, and why."""

    name: str
    path: str
    reason: str
    page_id: int | None = None


@dataclass(slots=True)
class Memory:
    """What readers of one language share while nothing changes."""

    answers: dict[Question, Any] = field(default_factory=dict)
    noted: dict[Question, tuple[Fact, str]] = field(default_factory=dict)


class Workshop:
    def __init__(self, snapshot: Snapshot, form: AddressForm) -> None:
        self.snapshot = snapshot
        self.form = form
        self._memories: dict[str, Memory] = {}
        self.shared_parts: SharedParts = {}
        # The logo, in the words of each language.
        self._pictures: dict[str, dict[int, Picture]] = {}

    # --- many addresses --------------------------------------------------------------------

    def make_all(self, addresses: Iterable[Address]) -> Iterator[Made | Failed]:
        """Every address as a file; what cannot be rendered does not keep the others.

        Addresses of pages come in batches, sorted so that a batch has one language.
        """
        page_addresses: list[Address] = []
        for address in addresses:
            if address.kind == "page":
                page_addresses.append(address)
            elif self.has(address):
                yield self.make(address)
        waiting = iter(sorted(page_addresses, key=lambda at: (at.language, at.path)))
        while batch := list(islice(waiting, BATCH)):
            yield from self._make_pages(batch)
            for memory in self._memories.values():
                memory.answers.clear()  # their fingerprints weigh little

    def has(self, address: Address) -> bool:
        """Feeds and sitemaps hold absolute addresses only."""
        return address.kind not in ABSOLUTE_ONLY or self.form.has_feeds

    def _make_pages(self, batch: list[Address]) -> Iterator[Made | Failed]:
        found = self._fetch({address.page_id or 0 for address in batch})
        prepared: dict[str, Prepared] = {}
        for address in batch:
            page = found.get(address.page_id or 0)
            if page is None:  # taken back since the tree was read
                continue
            if address.language not in prepared:
                reader = self.reader(address)
                with translation.override(address.language):  # labels are read too
                    reader.prepare(found.values())
                prepared[address.language] = reader.prepared
            yield self._make_page(address, page, prepared[address.language])

    def _make_page(
        self, address: Address, page: BasePage, prepared: Prepared
    ) -> Made | Failed:
        def rendered(reader: SnapshotReader) -> Rendered:
            reader.note_stored(page.pk)
            built = pages.build_prepared_page(reader, address, page)
            return finish(reader, built)

        return self.attempt(address, rendered, prepared=prepared)

    def _fetch(self, ids: set[int]) -> dict[int, BasePage]:
        """Rows of these pages, one query per page type."""
        by_kind: dict[str, list[int]] = {}
        rows = self.snapshot.tree.rows
        for page_id in ids & rows.keys():
            by_kind.setdefault(rows[page_id].kind, []).append(page_id)
        found: dict[int, BasePage] = {}
        for kind, wanted in by_kind.items():
            pages = stored_pages(kind_models()[kind], wanted)
            found.update((page.pk, page) for page in pages if page.live)
        return found

    # --- one address -----------------------------------------------------------------------

    def make(self, address: Address) -> Made | Failed:
        """An address that is no page of the tree."""
        pictures = self._pictures.setdefault(address.language, {})
        return self.attempt(
            address,
            lambda reader: render(self.snapshot, address, reader.form, reader),
            prepared=Prepared(pictures=pictures),
        )

    def attempt(
        self,
        address: Address,
        rendered: Callable[[SnapshotReader], Rendered],
        *,
        kind: str = "",
        prepared: Prepared | None = None,
    ) -> Made | Failed:
        """The file at an address, or why there is none; ``kind``: in place of the
        address's own."""
        reader = self.reader(address, prepared)
        try:
            with translation.override(address.language):
                return self._made(address, reader, rendered(reader), kind)
        except Exception as error:  # noqa: BLE001  (told with the address; others go on)
            return failure(address, error)

    def reader(
        self, address: Address, prepared: Prepared | None = None
    ) -> SnapshotReader:
        memory = self._memories.setdefault(address.language, Memory())
        form = self.form_of(address)
        return self.snapshot.reader(
            address, form, prepared, answers=memory.answers, parts=self.shared_parts
        )

    def form_of(self, address: Address) -> AddressForm:
        """The error page is shown at any depth of a host."""
        if address.kind != "error" or not self.form.public_base:
            return self.form
        base = urlsplit(self.form.public_base).path
        return replace(self.form, kind="base", base=base)

    def _made(
        self, address: Address, reader: SnapshotReader, rendered: Rendered, kind: str
    ) -> Made | Failed:
        expected = 404 if address.kind == "error" else 200
        name = file_name(address.path)
        if rendered.status != expected:
            told = _("状态码是 %(status)s，应当是 %(expected)s") % {
                "status": rendered.status,
                "expected": expected,
            }
            return Failed(name, address.path, told, address.page_id)
        output = output_of(
            name,
            rendered.body,
            path=address.path,
            kind=kind or address.kind,
            type=rendered.content_type,
            language=address.language,
            status=rendered.status,
            page_id=address.page_id,
            facts=self.facts_of(reader),
            needs=needs_of(reader),
        )
        trace = reader.trace
        return Made(output, rendered.body, frozenset(trace.typed), tuple(trace.parts))

    def facts_of(self, reader: SnapshotReader) -> dict[Fact, str]:
        """What was asked, with the fingerprints of the answers."""
        noted = self._memories[reader.language].noted
        for question in reader.asked:
            if question not in noted:
                answer = reader.answers.get(question)  # none of an event
                noted[question] = as_text(question), fingerprint(question, answer)
        return dict(map(noted.__getitem__, reader.asked))


def needs_of(reader: SnapshotReader) -> frozenset[Need]:
    """What must exist because this page names it."""
    trace = reader.trace
    return frozenset(
        {(MEDIA, path) for path in trace.media}
        | {(ASSET, name) for name in trace.assets}
        | {(LEAVE, url) for url in trace.urls}
        | {
            (PROVISION, f"{slug}:{number}:{suffix}")
            for slug, number, suffix in trace.provisions
        }
    )


def failure(address: Address, error: Exception) -> Failed:
    if isinstance(error, NothingThere):
        reason = _("这个地址上没有内容")
    else:
        reason = f"{type(error).__name__}: {error}"
    return Failed(file_name(address.path), address.path, reason, address.page_id)
