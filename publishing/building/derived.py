"""Files that exist because another one names them.

Leaving pages, the short addresses of cited provisions, pictures and documents, and the
project's own static files: each is written while any page needs it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import partial

from django.conf import settings
from django.utils.translation import gettext as _

from home.links import file_name
from home.outward import leave_path
from home.presentation import MovedView
from media.files import DOCUMENTS, read_public_file
from publishing import assets, library, pages
from publishing.addresses import Address
from publishing.building.workshop import (
    ASSET,
    LEAVE,
    MEDIA,
    PROVISION,
    Failed,
    Made,
    Workshop,
)
from publishing.facts import EVENT
from publishing.reader import ProvisionKey, SnapshotReader
from publishing.renderer import Rendered, finish
from publishing.sites.outputs import Fact, Need, output_of
from publishing.tree import default_language


def closure(
    workshop: Workshop, needs: Collection[Need], known: Collection[Need] = ()
) -> Iterator[Made | Failed]:
    """The files of these needs, and of what they need in turn; ``known``: those that
    are there already."""
    done = set(known)
    waiting = set(needs) - done
    while waiting:
        done |= waiting
        found: set[Need] = set()
        for item in derive(workshop, waiting):
            if isinstance(item, Made):
                found |= item.output.needs
            yield item
        waiting = found - done


def derive(workshop: Workshop, needs: Collection[Need]) -> Iterator[Made | Failed]:
    """The files of these needs, in the order of their names."""
    by_kind: dict[str, list[str]] = {}
    for kind, value in sorted(needs):
        by_kind.setdefault(kind, []).append(value)
    for kind, values in by_kind.items():
        yield from MAKERS[kind](workshop, values)


def file_of(need: Need) -> str:
    """The file that a need is met by; "" where that is known only with the library."""
    kind, value = need
    if kind == ASSET:
        return file_name(settings.STATIC_URL + value)
    if kind == MEDIA:
        return file_name(value)
    return file_name(leave_path(value)) if kind == LEAVE else ""


def need_name(need: Need) -> str:
    """The file that meets a need."""
    return file_of(need) or provision_name(need[1])


def _leaving(workshop: Workshop, urls: Iterable[str]) -> Iterator[Made | Failed]:
    for url in urls:
        path = leave_path(url)
        rest = path.split("/")[2]
        address = Address(path, "leave", default_language(), rest=rest)
        yield workshop.attempt(address, partial(_leave, address=address, url=url))


def _leave(reader: SnapshotReader, address: Address, url: str) -> Rendered:
    return finish(reader, pages.build_leave(reader, address, url))


def _provisions(workshop: Workshop, values: Iterable[str]) -> Iterator[Made | Failed]:
    keys = {provision_key(value) for value in values}
    found = library.provision_redirects(workshop.snapshot, keys)
    for key, path, target, anchor in found:
        view = MovedView(target, "", anchor)
        yield moved_file(workshop, path, PROVISION, view, key)


def provision_name(value: str) -> str:
    """The file at the short address of a provision."""
    return file_name(library.short_path(provision_key(value)))


def provision_key(value: str) -> ProvisionKey:
    slug, number, suffix = value.rsplit(":", 2)
    return slug, int(number), int(suffix)


def moved_file(
    workshop: Workshop,
    path: str,
    kind: str,
    view: MovedView,
    provision: ProvisionKey | None = None,
) -> Made | Failed:
    """A page at an address which leads on to another one."""
    address = Address(path, "moved", default_language())

    def rendered(reader: SnapshotReader) -> Rendered:
        if provision is not None:
            reader.note_provision(provision)
        return finish(reader, pages.build_moved(reader, path, view))

    return workshop.attempt(address, rendered, kind=kind)


def _media(workshop: Workshop, paths: Iterable[str]) -> Iterator[Made | Failed]:
    for path in paths:
        name = file_name(path)
        found = read_public_file(path)
        if found is None:
            yield Failed(name, path, _("找不到文件 %(path)s") % {"path": path})
            continue
        facts: dict[Fact, str] = {}
        if path.startswith(DOCUMENTS):  # a new file of the same name may come there
            document_id = path[len(DOCUMENTS) :].partition("/")[0]
            facts[("attachment", default_language(), f"[{document_id}]")] = EVENT
        output = output_of(
            name,
            found.body,
            path=path,
            kind=MEDIA,
            type=found.content_type,
            facts=facts,
        )
        yield Made(output, found.body)


def _assets(workshop: Workshop, names: Iterable[str]) -> Iterator[Made | Failed]:
    for asset in names:
        name = file_of((ASSET, asset))
        try:
            body = assets.read_asset(asset, workshop.form.channel)
        except FileNotFoundError:
            yield Failed(name, "", _("找不到文件 %(path)s") % {"path": asset})
            continue
        linked = assets.linked_assets(asset, body)
        output = output_of(
            name,
            body,
            kind=ASSET,
            type=assets.content_type(asset),
            needs=frozenset((ASSET, found) for found in linked),
        )
        yield Made(output, body)


MAKERS = {
    ASSET: _assets,
    LEAVE: _leaving,
    MEDIA: _media,
    PROVISION: _provisions,
}
