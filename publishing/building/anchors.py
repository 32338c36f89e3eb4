"""Links to places in other pages: looked at when all files of a run are made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from publishing.linkcheck import Fault, PageLinks, page_links
from publishing.sites.outputs import Output, Spot
from publishing.sites.runs import Run


@dataclass(frozen=True, slots=True)
class Source:
    """A file that leads to places of others, as far as these are to be looked at."""

    spots: frozenset[Spot]
    # They were there when the file was last made: only if their page changed may they
    # be gone.
    known: frozenset[Spot]


class Anchors:
    """``is_whole``: the run makes every file, so that the record tells nothing more."""

    def __init__(self, run: Run, *, is_whole: bool) -> None:
        self._run = run
        self._is_whole = is_whole
        self._made: dict[str, frozenset[str]] = {}
        self._old: dict[str, frozenset[str] | None] = {}
        self._sources: dict[str, Source] = {}
        self._failed: set[str] = set()
        self._failing = {failure.name for failure in run.record.failing()}

    def note(self, output: Output, links: PageLinks) -> frozenset[Spot]:
        """Remember a page that is about to be put; the places that it leads to."""
        name = output.name
        self._made[name] = links.anchors
        self._failed.discard(name)
        spots = frozenset(spot for spot in links.targets if spot[1] and spot[0] != name)
        if spots:
            known: frozenset[Spot] = frozenset()
            if not self._is_whole and name not in self._failing:
                known = frozenset(self._run.record.spots_of(name))
            self._sources[name] = Source(spots, known)
        return spots

    def take_back(self, name: str) -> bool:
        """Forget a page; whether this run made it."""
        self._failed.add(name)
        self._sources.pop(name, None)
        return self._made.pop(name, None) is not None

    def faults(self) -> dict[str, list[Fault]]:
        """Of each file that leads to a place which is not there."""
        found: dict[str, list[Fault]] = {}
        for name, (target, fragment) in sorted({*self._new(), *self._lost()}):
            fault = Fault(f"{target}#{fragment}", "fragment")
            found.setdefault(name, []).append(fault)
        return found

    def _new(self) -> Iterator[tuple[str, Spot]]:
        """From files of this run."""
        for name, source in self._sources.items():
            for spot in source.spots:
                target, fragment = spot
                if target not in self._made and spot in source.known:
                    continue
                anchors = self._anchors_of(target)
                if anchors is not None and fragment not in anchors:
                    yield name, spot

    def _lost(self) -> Iterator[tuple[str, Spot]]:
        """From files that stay as they are, to pages of this run."""
        if self._is_whole:
            return
        for target, anchors in self._made.items():
            for name, fragment in self._run.record.leading_to(target):
                if fragment not in anchors and name not in self._failed:
                    yield name, (target, fragment)

    def _anchors_of(self, name: str) -> frozenset[str] | None:
        """None: it is no page, or not there."""
        if name in self._made:
            return self._made[name]
        if name not in self._old:
            body = self._run.old_body(name) if name.endswith(".html") else None
            anchors = page_links(name, body).anchors if body is not None else None
            self._old[name] = anchors
        return self._old[name]
