"""The law library at ``/laws/``: addresses, pages, and what an export holds of it.

A portal's list, on the server as in an export, holds what its pages cite, what it chose
and its own local texts (all texts where the portal exports the whole library). Every other statute
is still answered by the server: search leads to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from home.links import language_path
from home.presentation import Crumb
from publishing.addresses import Address
from publishing.built import Built, NothingThere
from publishing.frame import Place
from publishing.portal_facts import library_slugs as library_slugs
from publishing.reader import ProvisionKey, SnapshotReader
from publishing.snapshot import Snapshot
from publishing.tree import default_language
from statutes import reading
from statutes.paths import ROOT, LawPath, parse_law_path

if TYPE_CHECKING:
    from statutes.presentation import StatuteView


class MovedTo(Exception):
    """The address is a short form; the answer is a redirect to ``location``."""

    def __init__(self, path: str, anchor: str, location: str) -> None:
        self.path, self.anchor, self.location = path, anchor, location
        super().__init__(location)


# --- pages -------------------------------------------------------------------------------


def build_statute_list(reader: SnapshotReader, address: Address) -> Built:
    reader.prepare([])
    return _list(reader, address, category="", page=1)


def _list(reader: SnapshotReader, address: Address, category: str, page: int) -> Built:
    reader.note_statute("")  # any of them: its name, whether its text is there
    view = reading.build_list(
        reader.portal.id, category=category, page=page, slugs=reader.library()
    )
    if view is None:
        raise NothingThere(address.path)
    crumbs = (_library_crumb(),) if category else ()
    place = Place(
        path=address.path,
        heading=view.heading or _("法律法规"),
        crumbs=crumbs,
        languages=frozenset({default_language()}),
    )
    return Built("statutes/statute_list.html", view, place)


def build_statute(reader: SnapshotReader, address: Address) -> Built:
    """A statute, a part of it, its text at a date; a category of the list.

    Raises ``MovedTo`` for the short address of a provision.
    """
    wanted = parse_law_path(address.rest)
    if wanted is None:
        raise NothingThere(address.path)
    if wanted.kind == "list":
        reader.prepare([])
        return _list(reader, address, wanted.category, wanted.page)
    if wanted.kind == "provision":
        raise _moved_to(reader, address, wanted)
    reader.note_statute(wanted.slug)
    view = reading.build_statute(
        wanted.slug,
        reader.portal.id,
        on=wanted.on,
        part=wanted.part,
        language=reader.language,
        cited_by=reader.citing(wanted.slug),
    )
    if view is None and not wanted.part and wanted.on is None:
        view = reading.build_registered(wanted.slug)
    if view is None:
        raise NothingThere(address.path)
    reader.prepare([])
    return _statute(address, wanted, replace(view, qr_svg=reader.qr_svg()))


def _statute(address: Address, wanted: LawPath, view: StatuteView) -> Built:
    crumbs = [_library_crumb()]
    if wanted.part:
        crumbs.append(Crumb(view.short_name, view.path))
    heading = f"{view.short_name} {view.part_heading}".strip()
    place = Place(
        path=address.path,
        heading=heading,
        crumbs=crumbs,
        languages=frozenset({default_language()}),
        head={
            "article_title": view.title,
            "content_source": view.issuer or view.source,
            "description": f"{view.title} {view.part_heading}".strip(),
        },
    )
    template = "part_page.html" if wanted.part else "statute_page.html"
    return Built(f"statutes/{template}", view, place)


def _library_crumb() -> Crumb:
    return Crumb(_("法律法规"), ROOT)


def _moved_to(reader: SnapshotReader, address: Address, wanted: LawPath) -> Exception:
    found = reading.find_provision(
        wanted.slug,
        wanted.number,
        wanted.suffix,
        portal_id=reader.portal.id,
        on=wanted.on,
    )
    if found is None:
        return NothingThere(address.path)
    path, anchor = found
    return MovedTo(path, anchor, reader.link(path, anchor))


# --- what an export holds ---------------------------------------------------------------------


def listed_paths(portal_id: int, slugs: frozenset[str] | None) -> Iterator[str]:
    """Every page of the portal's library but the start page of the list; ``slugs``: the
    statutes that it holds, None for all of them."""
    for path in reading.list_paths(portal_id, slugs):
        if path != ROOT:
            yield path
    for paths in reading.pages_of(portal_id, slugs).values():
        yield from paths


def exported_addresses(snapshot: Snapshot) -> Iterator[Address]:
    slugs = library_slugs(snapshot.portal.exports_library, snapshot.tree)
    for path in listed_paths(snapshot.portal.pk, slugs):
        yield Address(path, "statute", default_language(), rest=path[len(ROOT) :])


def provision_redirects(
    snapshot: Snapshot, cited: set[ProvisionKey]
) -> Iterator[tuple[ProvisionKey, str, str, str]]:
    """(provision, short address, page, anchor) of each that the portal's pages cite."""
    found = reading.provisions_for(cited, snapshot.portal.pk)
    for key, text in sorted(found.items()):
        yield key, short_path(key), text.path, text.anchor


def short_path(key: ProvisionKey) -> str:
    """The short address of a provision.

    >>> short_path(("minfadian", 17, 1))
    '/laws/minfadian/17-1/'
    """
    slug, number, suffix = key
    short = f"{number}-{suffix}" if suffix else str(number)
    return language_path(f"{ROOT}{slug}/{short}/", default_language())
