"""A portal as static files: every address rendered, checked, then put in place.

The export follows what it renders: pages name the pictures, files, statutes and foreign
addresses that they use, and only those are written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from home.channels import Channel
from home.links import AddressForm, file_name
from home.models import BasePage, Portal
from home.outward import leave_path
from home.presentation import MovedView
from media.files import read_public_file
from publishing import library, manifest, pages
from publishing.addresses import Address, enumerate_addresses
from publishing.assets import read_assets
from publishing.head_check import missing_identity
from publishing.identity import channel_of
from publishing.light_rows import kind_models
from publishing.linkcheck import check_links
from publishing.manifest import Entry
from publishing.moves import map_line, moved_pages, moved_queries
from publishing.reader import Prepared, ProvisionKey
from publishing.renderer import Rendered, finish, render
from publishing.snapshot import Snapshot
from publishing.tree import default_language
from publishing.writer import Writer, plain_folder, release

BATCH = 200
# Files that only a server can answer, or that need absolute addresses.
OPTIONAL = frozenset({"feed", "sitemap"})

Progress = Callable[[str], object]


class ExportError(Exception):
    """The portal cannot be exported as it stands; the old export is untouched."""

    def __init__(self, host: str, problems: list[str]) -> None:
        self.host = host
        self.problems = problems
        super().__init__("\n".join(problems))


@dataclass(slots=True)
class Report:
    host: str
    folder: Path
    files: int = 0
    pages: int = 0
    bytes: int = 0
    warnings: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Collected:
    """The whole export in memory: name → bytes, and what the manifest says of it."""

    files: dict[str, bytes] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    media: set[str] = field(default_factory=set)
    assets: set[str] = field(default_factory=set)
    urls: set[str] = field(default_factory=set)
    provisions: set[ProvisionKey] = field(default_factory=set)

    def add(self, name: str, body: bytes, content_type: str, status: int = 200) -> None:
        self.files[name] = body
        self.entries[name] = manifest.entry(name, body, content_type, status)

    def add_page(self, path: str, rendered: Rendered) -> None:
        self.add(file_name(path), rendered.body, rendered.content_type, rendered.status)
        self.media |= rendered.trace.media
        self.assets |= rendered.trace.assets
        self.urls |= rendered.trace.urls
        self.provisions |= rendered.trace.provisions


def export_portal(
    portal: Portal,
    *,
    output: Path | None = None,
    public_base: str = "",
    layout: str = "",
    progress: Progress = lambda _path: None,
) -> Report:
    """Write one portal's static site; returns what was written.

    Without ``output``: a new release under ``EXPORT_DIR/<host>/`` with ``current``
    pointing to it; with it, plain files in ``output/<host>/``. ``layout``: one of
    ``Portal.Layout`` in place of the portal's own. Raises ``ExportError``
    before anything of the old export is touched.
    """
    form = AddressForm(
        "relative",
        public_base=public_base.rstrip("/"),
        channel=channel_of(portal, layout),
    )
    snapshot = Snapshot.of(portal)
    if not snapshot.tree.spoken:
        raise ExportError(portal.host, [_("首页没有公开，没有可以导出的网页。")])
    warnings = identity_problems(portal)
    collected = collect(snapshot, form, progress)
    problems = [
        _("%(file)s：链接 %(link)s 打不开（%(reason)s）")
        % {"file": broken.source, "link": broken.link, "reason": broken.reason}
        for broken in check_links(collected.files, rooted_files(snapshot, form))
    ]
    if problems:
        raise ExportError(portal.host, problems)
    folder = output / portal.host if output else settings.EXPORT_DIR / portal.host
    body = manifest.dumps(list(collected.entries.values()))
    place = plain_folder(folder) if output else release(folder, timezone.now())
    with place as writer:
        write_all(writer, collected, body)
    return Report(
        host=portal.host,
        folder=folder,
        files=len(collected.files) + 1,
        pages=sum(name.endswith(".html") for name in collected.files),
        bytes=sum(len(body) for body in collected.files.values()),
        warnings=warnings,
    )


def form_of(address: Address, form: AddressForm) -> AddressForm:
    """The form of a page's links; the error page is shown at any depth of a host."""
    if address.kind != "error" or not form.public_base:
        return form
    return replace(form, kind="base", base=urlsplit(form.public_base).path)


def rooted_files(snapshot: Snapshot, form: AddressForm) -> dict[str, str]:
    """The files whose links stand below the path of the site, with that path."""
    if not form.public_base:
        return {}
    path = urlsplit(form.public_base).path
    return {
        file_name(address.path): path
        for address in enumerate_addresses(snapshot.tree)
        if address.kind == "error"
    }


def write_all(writer: Writer, collected: Collected, record: bytes) -> None:
    for name, body in collected.files.items():
        writer.write(name, body)
    writer.write(manifest.NAME, record)


@contextmanager
def naming(portal: Portal, path: str) -> Iterator[None]:
    """Whatever goes wrong inside is told with the address that it happened at."""
    try:
        yield
    except ExportError:
        raise
    except Exception as error:
        told = _("%(path)s：%(cause)s") % {
            "path": path,
            "cause": f"{type(error).__name__}: {error}",
        }
        raise ExportError(portal.host, [told]) from error


def identity_problems(portal: Portal) -> list[str]:
    """Missing head tags and footer items: an error once online, before it a warning."""
    missing = missing_identity(portal)
    if missing and portal.state == Portal.State.ONLINE:
        raise ExportError(portal.host, missing)
    return missing


def collect(snapshot: Snapshot, form: AddressForm, progress: Progress) -> Collected:
    collected = Collected()
    for address, rendered in render_all(snapshot, form):
        expected = 404 if address.kind == "error" else 200
        if rendered.status != expected:
            raise ExportError(
                snapshot.portal.host,
                [
                    _("%(path)s：状态码是 %(status)s，应当是 %(expected)s")
                    % {
                        "path": address.path,
                        "status": rendered.status,
                        "expected": expected,
                    }
                ],
            )
        collected.add_page(address.path, rendered)
        progress(address.path)
    _add_library(snapshot, form, collected, progress)
    _add_leaving_pages(snapshot, form, collected)
    _add_moved_pages(snapshot, form, collected)
    _add_files(snapshot.portal, collected, form.channel)
    return collected


def render_all(
    snapshot: Snapshot, form: AddressForm
) -> Iterator[tuple[Address, Rendered]]:
    """Every address but the statutes' and the leaving pages'."""
    page_addresses: list[Address] = []
    for address in enumerate_addresses(snapshot.tree):
        if address.kind == "page":
            page_addresses.append(address)
            continue
        if address.kind in OPTIONAL and not form.has_feeds:
            continue
        with naming(snapshot.portal, address.path):
            rendered = render(snapshot, address, form_of(address, form))
        yield address, rendered
    yield from _render_pages(snapshot, page_addresses, form)


def _render_pages(
    snapshot: Snapshot, addresses: list[Address], form: AddressForm
) -> Iterator[tuple[Address, Rendered]]:
    """Pages of the tree in batches: a few queries each, however many pages."""
    waiting = iter(sorted(addresses, key=lambda item: (item.language, item.path)))
    while batch := list(islice(waiting, BATCH)):
        found = fetch_pages(snapshot, {address.page_id or 0 for address in batch})
        prepared: dict[str, Prepared] = {}
        for address in batch:
            if address.language not in prepared:
                reader = snapshot.reader(address, form)
                with translation.override(address.language):  # labels are read too
                    reader.prepare(found.values())
                prepared[address.language] = reader.prepared
            page = found[address.page_id or 0]
            reader = snapshot.reader(address, form, prepared[address.language])
            with (
                naming(snapshot.portal, address.path),
                translation.override(address.language),
            ):
                built = pages.build_prepared_page(reader, address, page)
                rendered = finish(reader, built)
            yield address, rendered


def fetch_pages(snapshot: Snapshot, ids: set[int]) -> dict[int, BasePage]:
    """Rows of these pages, one query per page type."""
    by_kind: dict[str, list[int]] = {}
    for page_id in ids:
        by_kind.setdefault(snapshot.tree.rows[page_id].kind, []).append(page_id)
    found: dict[int, BasePage] = {}
    for kind, wanted in by_kind.items():
        found.update(kind_models()[kind]._default_manager.in_bulk(wanted))
    return found


def _add_library(
    snapshot: Snapshot, form: AddressForm, collected: Collected, progress: Progress
) -> None:
    for address in library.exported_addresses(snapshot):
        with naming(snapshot.portal, address.path):
            collected.add_page(address.path, render(snapshot, address, form))
        progress(address.path)
    for path, target, anchor in library.provision_redirects(
        snapshot, collected.provisions
    ):
        _add_moved_page(snapshot, form, collected, path, MovedView(target, "", anchor))


def _add_leaving_pages(
    snapshot: Snapshot, form: AddressForm, collected: Collected
) -> None:
    for url in sorted(collected.urls):
        path = leave_path(url)
        address = Address(path, "leave", default_language(), rest=path.split("/")[2])
        reader = snapshot.reader(address, form)
        with (
            naming(snapshot.portal, path),
            translation.override(address.language),
        ):
            built = pages.build_leave(reader, address, url)
            collected.add_page(path, finish(reader, built))


def _add_moved_pages(
    snapshot: Snapshot, form: AddressForm, collected: Collected
) -> None:
    """A page for every old address, and the same as a map for a web server."""
    lines: list[str] = []
    folders = {parent for name in collected.files for parent in _folders(name)}
    for old_path, view in moved_pages(snapshot):
        name = file_name(old_path)
        above = _folders(name)
        if name in collected.files or name in folders or above & collected.files.keys():
            continue  # something new stands there
        folders |= above
        _add_moved_page(snapshot, form, collected, old_path, view)
        lines.append(map_line(old_path, view))
    if lines:
        body = ("\n".join(lines) + "\n").encode()
        collected.add("redirects.map", body, "text/plain; charset=utf-8")
    queries = [map_line(address, view) for address, view in moved_queries(snapshot)]
    if queries:
        body = ("\n".join(queries) + "\n").encode()
        collected.add("redirects-query.map", body, "text/plain; charset=utf-8")


def _folders(name: str) -> set[str]:
    """Every folder above a file."""
    return {str(folder) for folder in PurePosixPath(name).parents} - {"."}


def _add_moved_page(
    snapshot: Snapshot,
    form: AddressForm,
    collected: Collected,
    path: str,
    view: MovedView,
) -> None:
    address = Address(path, "error", default_language())
    reader = snapshot.reader(address, form)
    with naming(snapshot.portal, path), translation.override(address.language):
        collected.add_page(path, finish(reader, pages.build_moved(reader, path, view)))


def _add_files(portal: Portal, collected: Collected, channel: Channel) -> None:
    for path in sorted(collected.media):
        with naming(portal, path):
            found = read_public_file(path)
        if found is None:
            raise ExportError(portal.host, [_("找不到文件 %(path)s") % {"path": path}])
        collected.add(file_name(path), found.body, found.content_type)
    try:
        for name, body, content_type in read_assets(collected.assets, channel):
            collected.add(file_name(settings.STATIC_URL + name), body, content_type)
    except FileNotFoundError as error:
        missing = _("找不到文件 %(path)s") % {"path": error}
        raise ExportError(portal.host, [missing]) from error
