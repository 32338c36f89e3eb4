"""A whole site: a new release, or plain files in a folder."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import process_time

from django.utils import timezone
from django.utils.translation import gettext as _

from home.links import AddressForm, file_name
from home.models import Portal
from publishing import offline
from publishing.building.assembly import Assembly, Problem, Report
from publishing.building.checks import Checks
from publishing.building.making import (
    MakeAll,
    every_address,
    in_one_process,
    pages_and_needs,
)
from publishing.building.moved import NameSet
from publishing.building.parallel import search_of
from publishing.building.search_files import INDEX
from publishing.building.version import code_version
from publishing.building.workshop import Workshop
from publishing.head_check import missing_identity
from publishing.identity import channel_of
from publishing.sites.plain import plain_run
from publishing.sites.record import POSITION
from publishing.sites.runs import FullRun, Run
from publishing.sites.site import Site
from publishing.snapshot import Snapshot
from search.indexing import last_change_number

# What the record says of a site besides its position.
DAY, CODE, FORM = "day", "code", "form"
Progress = Callable[[int, int], object]  # files made, addresses known


class BuildError(Exception):
    """The portal cannot be built as it stands; what was there stays."""

    def __init__(self, host: str, problems: list[str]) -> None:
        self.host = host
        self.problems = problems
        super().__init__("\n".join(problems))


def site_form(portal: Portal, public_base: str = "", layout: str = "") -> AddressForm:
    """Relative links: the same files work on a host, below a path and from a folder.

    ``public_base`` and ``layout`` (one of ``Portal.Layout``) in place of the portal's.
    """
    return AddressForm(
        "relative",
        public_base=(public_base or portal.public_base).rstrip("/"),
        channel=channel_of(portal, layout),
    )


def build_release(
    portal: Portal,
    *,
    site: Site | None = None,
    cause: str = "",
    make_all: MakeAll = in_one_process,
    progress: Progress = lambda _done, _total: None,
) -> Report:
    """Build the whole site of a portal as a new release.

    A page that fails keeps its old file, and is named in the report. ``BuildError``
    where there is nothing to publish or the portal may not be online as it stands.
    """
    own = site or Site.of(portal.host)
    if Portal.objects.get(pk=portal.pk).is_offline:
        return _take_offline(portal, own)
    with closing(own), own.full_run(cause) as run:
        # First the number, then what stands behind it: a change in between comes again.
        position = last_change_number()
        portal = Portal.objects.with_identity().get(pk=portal.pk)
        workshop = open_workshop(portal, site_form(portal))
        report = Report(portal.host, own.folder)
        for done, total in _build(workshop, run, report, make_all):
            run.progress(done, total)
            progress(done, total)
        describe(run, workshop, position)
        run.set_meta(INDEX, str(position))
    report.written, report.deleted = run.written, run.deleted
    return report


def _take_offline(portal: Portal, site: Site) -> Report:
    with closing(site):
        portal = Portal.objects.with_identity().get(pk=portal.pk)
        offline.take_offline(portal, site, last_change_number())
        return Report(portal.host, site.folder)


def build_folder(
    portal: Portal,
    folder: Path,
    *,
    public_base: str = "",
    layout: str = "",
    make_all: MakeAll = in_one_process,
    progress: Progress = lambda _done, _total: None,
) -> Report:
    """Write a portal's whole site as plain files, in place of what was in ``folder``.

    ``BuildError`` if any file fails: a copy that goes out on a stick has nobody who
    mends it afterwards.
    """
    workshop = open_workshop(portal, site_form(portal, public_base, layout))
    report = Report(portal.host, folder)
    with plain_run(folder) as run:
        if portal.is_offline:
            names = [file_name(address.path) for address in every_address(workshop)]
            offline.put_notices(run, portal, names)
            return report
        for done, total in _build(workshop, run, report, make_all):
            progress(done, total)
        if report.failures:
            raise BuildError(portal.host, list(map(str, report.failures)))
    report.written = report.files
    return report


def describe(run: Run, workshop: Workshop, position: int) -> None:
    """Have the record say what state the site shows: after which change, on which day,
    made by which code, with links of which form."""
    run.set_meta(POSITION, str(position))
    run.set_meta(DAY, timezone.localdate().isoformat())
    run.set_meta(CODE, code_version())
    run.set_meta(FORM, form_text(workshop.form))


def form_text(form: AddressForm) -> str:
    return f"{form.channel.kind} {form.channel.host_parts} {form.public_base}"


def open_workshop(portal: Portal, form: AddressForm) -> Workshop:
    """Raises ``BuildError`` for a portal that may not or cannot be published."""
    workshop = Workshop(Snapshot.of(portal), form)
    require_publishable(workshop)
    return workshop


def require_publishable(workshop: Workshop) -> None:
    """Nothing goes out without a home page, nor, once the portal is online, without
    what every page must say."""
    require_home(workshop.snapshot)
    portal = workshop.snapshot.portal
    if portal.state == Portal.State.ONLINE and (missing := missing_identity(portal)):
        raise BuildError(portal.host, missing)


def require_home(snapshot: Snapshot) -> None:
    if not snapshot.tree.spoken:
        problem = _("首页没有公开，没有可以导出的网页。")
        raise BuildError(snapshot.portal.host, [problem])


def _build(
    workshop: Workshop, run: FullRun, report: Report, make_all: MakeAll
) -> Iterator[tuple[int, int]]:
    """Yields (files made, addresses known) after each file."""
    missing = missing_identity(workshop.snapshot.portal)
    report.warnings += [Problem("", "", text) for text in missing]
    addresses = every_address(workshop)
    names = NameSet()
    for address in addresses:
        names.add(file_name(address.path))
    assembly = Assembly(run, Checks(workshop, names), report, is_whole=True)
    done = 0
    with _few_collections(), search_of(make_all, workshop) as search:
        for part, items in (
            ("pages", pages_and_needs(workshop, addresses, make_all)),
            ("search", search),
        ):
            began = process_time()
            for item in items:
                assembly.take(item)
                done += 1
                yield done, max(done, len(addresses))
            report.cpu[part] = process_time() - began
    assembly.settle()
    assembly.keep_needs()


@contextmanager
def _few_collections() -> Iterator[None]:
    """What is there when a build begins stays until it ends: Python's collector of
    garbage need not look through a tree of 10,000 pages again and again."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
