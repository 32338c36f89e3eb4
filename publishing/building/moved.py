"""Old addresses: a small page at each, and the same as maps for a web server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from home.links import file_name
from home.presentation import MovedView
from publishing.building.derived import moved_file
from publishing.building.workshop import Failed, Made, Workshop
from publishing.moves import map_line, moved_pages, moved_queries
from publishing.sites.outputs import folders_above, output_of
from publishing.snapshot import Snapshot

MOVED = "moved"
MAP = "map"
TEXT = "text/plain; charset=utf-8"


class Names(Protocol):
    """The files of a site apart from its moved pages."""

    def holds(self, name: str) -> bool: ...
    def holds_below(self, folder: str) -> bool: ...


@dataclass(slots=True)
class NameSet:
    """The names of a whole site in memory."""

    names: set[str] = field(default_factory=set)
    folders: set[str] = field(default_factory=set)

    def add(self, name: str) -> None:
        self.names.add(name)
        if name.rpartition("/")[0] not in self.folders:
            self.folders.update(folders_above(name))

    def holds(self, name: str) -> bool:
        return name in self.names

    def holds_below(self, folder: str) -> bool:
        return folder in self.folders


def moved_views(snapshot: Snapshot, names: Names) -> dict[str, MovedView]:
    """Where each old address leads at which nothing new stands."""
    found: dict[str, MovedView] = {}
    taken, folders = set[str](), set[str]()
    for path, view in moved_pages(snapshot):
        name = file_name(path)
        above = folders_above(name)
        if names.holds(name) or names.holds_below(name) or name in folders:
            continue
        if any(names.holds(folder) for folder in above) or above & taken:
            continue
        taken.add(name)
        folders |= above
        found[path] = view
    return found


def make_moved(
    workshop: Workshop, views: dict[str, MovedView]
) -> Iterator[Made | Failed]:
    for path, view in views.items():
        yield moved_file(workshop, path, MOVED, view)


def make_maps(workshop: Workshop, views: dict[str, MovedView]) -> Iterator[Made]:
    """For nginx: ``redirects.map`` by path, ``redirects-query.map`` with a query."""
    lines = [map_line(path, view) for path, view in views.items()]
    queries = [map_line(old, view) for old, view in moved_queries(workshop.snapshot)]
    for name, found in (("redirects.map", lines), ("redirects-query.map", queries)):
        if found:
            body = ("\n".join(found) + "\n").encode()
            yield Made(output_of(name, body, kind=MAP, type=TEXT), body)
