"""A pack, out of the files of an export: checked, with checksums, in its place."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from home.channels import Carried, Channel
from home.links import AddressForm
from home.models import Portal
from publishing.addresses import Address
from publishing.building.assembly import Problem
from publishing.building.checks import told
from publishing.building.derived import closure
from publishing.building.full import BuildError, require_home
from publishing.building.making import every_address, whole_site
from publishing.building.workshop import ASSET, Made, Workshop
from publishing.built import Built
from publishing.head_check import missing_identity
from publishing.linkcheck import PageLinks, broken_links, page_links
from publishing.packs.pages import (
    CHECKSUMS,
    SHEETS,
    SITE,
    START,
    build_sheets,
    build_start,
)
from publishing.packs.places import Write, pack_place
from publishing.reader import SnapshotReader
from publishing.renderer import finish
from publishing.snapshot import Snapshot
from publishing.tree import default_language

Progress = Callable[[str], object]
File = tuple[str, bytes, str]  # name, body, content type
Builder = Callable[[SnapshotReader], Built]

# For a web server, which a stick has not.
FOR_SERVERS = frozenset(
    {"404.html", "redirects.map", "redirects-query.map", "robots.txt"}
)
NOT_IN_A_NAME = re.compile(r'[\\/:*?"<>|\s]+')


class PackError(Exception):
    """The pack cannot be written there; what stands there is untouched."""


@dataclass(slots=True)
class PackReport:
    place: Path
    made_on: date
    files: int = 0
    pages: int = 0
    bytes: int = 0
    warnings: list[str] = field(default_factory=list)


def build_pack(
    portal: Portal,
    carries: Carried,
    target: Path,
    *,
    public_base: str = "",
    progress: Progress = lambda _path: None,
) -> PackReport:
    """Write the pack to ``target``, a zip file or a folder, by its name.

    Raises ``BuildError`` for the content and ``PackError`` for the place; then nothing
    is written, and an older pack is still there.
    """
    check_place(target)
    made_on = timezone.localdate()
    form = AddressForm(
        "relative",
        public_base=public_base.rstrip("/"),
        channel=Channel("pack", carries=carries, made_on=made_on),
    )
    workshop = Workshop(Snapshot.of(portal), form)
    require_home(workshop.snapshot)
    report = PackReport(target, made_on, warnings=missing_identity(portal))
    title = pack_title(portal, made_on)
    rendered = site_files(workshop, progress)
    with pack_place(target, title, made_on) as write:
        fill(write, with_own_pages(workshop, rendered), portal, report)
    return report


def check_place(target: Path) -> None:
    """Refuse what would put something else out of the way."""
    if target.suffix.lower() == ".zip":
        if target.is_dir():
            raise PackError(_("%(path)s 是文件夹，不是 zip 文件。") % {"path": target})
    elif target.is_file():
        raise PackError(_("%(path)s 是文件，不是文件夹。") % {"path": target})
    elif target.is_dir() and not is_pack(target):
        raise PackError(
            _("%(path)s 里有别的东西，不能替换；请写一个新文件夹的名字。")
            % {"path": target}
        )


def is_pack(folder: Path) -> bool:
    return all((folder / name).is_file() for name in (START, CHECKSUMS))


def pack_title(portal: Portal, made_on: date) -> str:
    """A name for the eye, of a file or a folder: 青山县普法网离线包-2026-11-23."""
    name = NOT_IN_A_NAME.sub("-", portal.name).strip("-.")
    return _("%(portal)s离线包-%(day)s") % {"portal": name, "day": made_on.isoformat()}


# --- the files ---------------------------------------------------------------------------


def site_files(workshop: Workshop, progress: Progress) -> Iterator[File]:
    """Every file of the site."""
    for item in whole_site(workshop, every_address(workshop)):
        if not isinstance(item, Made):
            problem = Problem(item.name, item.path, item.reason)
            raise BuildError(workshop.snapshot.portal.host, [str(problem)])
        yield item.name, item.body, item.output.type
        progress(item.output.path)


def with_own_pages(workshop: Workshop, rendered: Iterable[File]) -> Iterator[File]:
    """The site in its folder, and above it what only a pack has."""
    names: set[str] = set()
    pages = 0
    for name, body, content_type in rendered:
        if name.rpartition("/")[2] in FOR_SERVERS:
            continue
        names.add(name)
        pages += name.endswith(".html")
        yield f"{SITE}/{name}", body, content_type
    made_on = workshop.form.channel.made_on or timezone.localdate()
    assets: set[str] = set()
    own: dict[str, Builder] = {
        START: lambda reader: build_start(reader, made_on, pages),
        SHEETS: build_sheets,
    }
    for name, build in own.items():
        reader = own_reader(workshop.snapshot, workshop.form)
        with translation.override(reader.language):
            rendered_page = finish(reader, build(reader))
        assets |= rendered_page.trace.assets
        yield name, rendered_page.body, rendered_page.content_type
    needs = {(ASSET, name) for name in assets}
    for item in closure(workshop, needs):
        if isinstance(item, Made) and item.name not in names:
            yield f"{SITE}/{item.name}", item.body, item.output.type


def own_reader(snapshot: Snapshot, form: AddressForm) -> SnapshotReader:
    """For a page that stands above the folder of the site."""
    above = AddressForm(
        "relative", base=SITE, public_base=form.public_base, channel=form.channel
    )
    return snapshot.reader(Address("/", "page", default_language()), above)


def fill(
    write: Write, files: Iterable[File], portal: Portal, report: PackReport
) -> None:
    """Write the files and their checksums; every link must lead somewhere."""
    names: set[str] = set()
    links: dict[str, PageLinks] = {}
    lines: list[str] = []
    for name, body, _type in files:
        write(name, body)
        is_page = name.endswith(".html")
        names.add(name)
        if is_page:
            links[name] = page_links(name, body)
        lines.append(f"{hashlib.sha256(body).hexdigest()}  {name}\n")
        report.pages += is_page
        report.bytes += len(body)
    if broken := list(broken_links(links, names.__contains__)):
        told_of = [str(Problem(page, "", told(fault))) for page, fault in broken]
        raise BuildError(portal.host, told_of)
    write(CHECKSUMS, "".join(sorted(lines, key=lambda line: line[66:])).encode())
    report.files = len(lines) + 1
