"""A whole site, file by file: what a full build, a check and an offline pack go through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from publishing import library
from publishing.addresses import Address, enumerate_addresses
from publishing.building.derived import closure
from publishing.building.moved import NameSet, make_maps, make_moved, moved_views
from publishing.building.search_files import build_indexes, index_files
from publishing.building.workshop import Failed, Made, Workshop
from publishing.sites.outputs import Need

MakeAll = Callable[[Workshop, list[Address]], Iterable[Made | Failed]]


def every_address(workshop: Workshop) -> list[Address]:
    """Everything that is rendered by its own right."""
    found = (
        *library.exported_addresses(workshop.snapshot),
        *enumerate_addresses(workshop.snapshot.tree),
    )
    return [address for address in found if workshop.has(address)]


def in_one_process(
    workshop: Workshop, addresses: list[Address]
) -> Iterable[Made | Failed]:
    return workshop.make_all(addresses)


def whole_site(
    workshop: Workshop,
    addresses: list[Address],
    make_all: MakeAll = in_one_process,
) -> Iterator[Made | Failed]:
    """Every file of the site but the manifest."""
    yield from pages_and_needs(workshop, addresses, make_all)
    yield from search_index(workshop)


def pages_and_needs(
    workshop: Workshop,
    addresses: list[Address],
    make_all: MakeAll = in_one_process,
) -> Iterator[Made | Failed]:
    """The pages, what they need, and a page at every old address."""
    names = NameSet()
    needs: set[Need] = set()
    for item in make_all(workshop, addresses):
        if isinstance(item, Made):
            names.add(item.output.name)
            needs |= item.output.needs
        yield item
    for item in closure(workshop, needs):
        if isinstance(item, Made):
            names.add(item.output.name)
        yield item
    views = moved_views(workshop.snapshot, names)
    moved_needs: set[Need] = set()
    for item in make_moved(workshop, views):
        if isinstance(item, Made):
            moved_needs |= item.output.needs
        yield item
    yield from closure(workshop, moved_needs, needs)
    yield from make_maps(workshop, views)


def search_index(workshop: Workshop) -> Iterator[Made]:
    """What the site searches in where no server answers."""
    yield from index_files(build_indexes(workshop))
