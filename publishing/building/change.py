"""After a change: what depends on it is made again, and nothing else.

changes since the record --> the patched tree and what may differ
    --> candidate facts, asked again --> those that are answered differently
    --> the files that asked them, new and lost addresses
    --> what these files need, or no longer need
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils import translation

from home.links import file_name
from home.outbox import ChangeRecord
from publishing import facts, library
from publishing.addresses import (
    Address,
    enumerate_addresses,
    page_addresses,
    resolve,
    shared_addresses,
)
from publishing.building.assembly import Assembly, Report
from publishing.building.candidates import Candidates, candidates
from publishing.building.checks import Checks
from publishing.building.derived import (
    MAKERS,
    closure,
    derive,
    need_name,
)
from publishing.building.events import events, new_rows
from publishing.building.moved import MAP, MOVED, make_maps, make_moved, moved_views
from publishing.building.search_files import INDEX
from publishing.building.workshop import Failed, Made, Workshop
from publishing.sites.outputs import Fact, Need
from publishing.sites.record import Record
from publishing.sites.runs import ChangeRun
from publishing.tree import Tree
from publishing.tree_changes import Diff

# Facts whose change may add or remove addresses anywhere.
OF_ADDRESSES = frozenset({"topics", "spoken", "home"})
# Made by their own right; the others exist because a file needs them.
DERIVED = frozenset({*MAKERS, MOVED, MAP, INDEX})


@dataclass(slots=True)
class Causes:
    """Why each file is made again: the first reason found."""

    dirty: dict[str, str] = field(default_factory=dict)
    changed: set[Fact] = field(default_factory=set)

    def add(self, names: Iterable[str], cause: str) -> None:
        for name in names:
            self.dirty.setdefault(name, cause)


@dataclass(slots=True)
class SiteNames:
    """What is there and stays, or is about to be there."""

    record: Record
    coming: set[str]
    going: set[str]

    def holds(self, name: str) -> bool:
        if name in self.coming:
            return True
        return name not in self.going and self.record.has(name)

    def holds_below(self, folder: str) -> bool:
        return any(
            name not in self.going for name in self.record.names_below(folder)
        ) or any(name.startswith(f"{folder}/") for name in self.coming)


class Update:
    """One change run. ``old``: the tree of the record, where it is still remembered."""

    def __init__(
        self,
        run: ChangeRun,
        workshop: Workshop,
        changes: Sequence[ChangeRecord],
        old: Tree | None,
        diff: Diff | None,
    ) -> None:
        self.run = run
        self.record: Record = run.record
        self.workshop = workshop
        self.tree = workshop.snapshot.tree
        self.old = old
        self.diff = diff
        self.subjects = {(change.subject, change.key) for change in changes}
        self.causes = Causes()
        self.going: set[str] = set()
        self.coming: dict[str, Address] = {}

    def apply(self, report: Report) -> None:
        self._find_changed_facts()
        self._find_addresses()
        self._find_failed()
        made_again = self._addresses_of_dirty()
        names = SiteNames(self.record, set(self.coming) | set(made_again), self.going)
        checks = Checks(self.workshop, names)
        assembly = Assembly(self.run, checks, report, is_whole=False)
        wanted = {**made_again, **self.coming}
        before = self._needs_of([*wanted, *self.going])
        self._make(assembly, wanted)
        assembly.settle()
        self._settle_needs(assembly, before, self._needs_of(wanted))
        self._settle_moved(assembly)
        assembly.settle()

    # --- which facts -----------------------------------------------------------------------

    def _find_changed_facts(self) -> None:
        languages = {*self.tree.languages, *(self.old.languages if self.old else ())}
        subjects = set(self.subjects)
        if self.old is not None and self.diff is not None:
            subjects |= {
                ("page", str(page_id))
                for page_id in new_rows(self.old, self.tree, self.diff)
            }
            found = candidates(self.old, self.tree, self.diff)
        else:
            found = Candidates(kinds=set(facts.fact_names()))
        exact, beginnings = events(subjects, languages)
        known = dict(self.record.facts_like(beginnings))
        self.causes.changed |= {*exact, *known}
        self._ask(found)
        for fact, names in self.record.reading(self.causes.changed).items():
            self.causes.add(names, " ".join(fact))

    def _ask(self, found: Candidates) -> None:
        """Ask the candidates again, and keep those that are answered differently."""
        known = {
            **self.record.fingerprints(found.exact),
            **dict(self.record.facts_like(found.beginnings)),
            **dict(self.record.facts_of(found.kinds)),
        }
        by_language: dict[str, list[Fact]] = {}
        for fact in known:
            by_language.setdefault(fact[1], []).append(fact)
        for language, of_language in by_language.items():
            if language not in self.tree.languages:
                self.causes.changed.update(of_language)
                continue
            reader = self.workshop.reader(Address("/", "page", language))
            with translation.override(language):
                for fact in of_language:
                    if not facts.is_event(fact[0]) and (
                        _answer(reader, fact) != known[fact]
                    ):
                        self.causes.changed.add(fact)

    # --- which addresses -------------------------------------------------------------------

    def _find_addresses(self) -> None:
        """New addresses and lost ones."""
        names = {fact[0] for fact in self.causes.changed}
        if self.diff is None or names & OF_ADDRESSES:
            self._compare(enumerate_addresses(self.tree), self._own_names())
        else:
            of_pages = set(self.diff.pages) | self._lists_with_new_groups()
            known = [
                name
                for page_id in of_pages
                for name in self.record.outputs_of_page(page_id)
            ]
            self._compare(page_addresses(self.tree, of_pages), known)
            if self.diff.topics or "sitemap_parts" in names:
                known = [
                    name
                    for kind in ("topic", "sitemap_part")
                    for name in self.record.names_of_kind(kind)
                ]
                self._compare(shared_addresses(self.tree), known)
        if self.diff is None or "library" in names or self._is_about("statute"):
            of_library = library.exported_addresses(self.workshop.snapshot)
            self._compare(of_library, self.record.names_of_kind("statute"))

    def _lists_with_new_groups(self) -> set[int]:
        return {
            page_id
            for fact in self.causes.changed
            if fact[0] in ("list_groups", "list_group_names")
            for page_id in facts.from_text(fact)[2]
        }

    def _own_names(self) -> list[str]:
        """Every file that has an address of its own, but the statutes."""
        return [
            name
            for kind in self.record.kinds() - DERIVED - {"statute", "manifest"}
            for name in self.record.names_of_kind(kind)
        ]

    def _compare(self, addresses: Iterable[Address], known: Iterable[str]) -> None:
        wanted = {
            file_name(address.path): address
            for address in addresses
            if self.workshop.has(address)
        }
        there = set(known)
        self.going |= there - wanted.keys()
        for name in wanted.keys() - there:
            self.coming[name] = wanted[name]
            self.causes.add([name], "new")

    def _find_failed(self) -> None:
        """What could not be made the last time is tried again."""
        for failure in self.record.failing():
            self.causes.add([failure.name], "failed before")
            address = resolve(self.tree, failure.path)
            if address is not None and not self.record.has(failure.name):
                self.coming[failure.name] = address

    def _addresses_of_dirty(self) -> dict[str, Address | None]:
        """The files to make again, with their addresses; None for derived ones."""
        found: dict[str, Address | None] = {}
        for name in self.causes.dirty:
            if name in self.going or name in self.coming:
                continue
            path_and_kind = self.record.address(name)
            if path_and_kind is None:
                continue
            path, kind = path_and_kind
            if kind in DERIVED:
                found[name] = None
                continue
            address = resolve(self.tree, path)
            if address is None:
                self.going.add(name)
            else:
                found[name] = address
        return found

    def _is_about(self, subject: str) -> bool:
        return any(found == subject for found, _key in self.subjects)

    # --- making ----------------------------------------------------------------------------

    def _needs_of(self, names: Iterable[str]) -> set[Need]:
        return {need for name in names for need in self.record.needs_of(name)}

    def _make(self, assembly: Assembly, wanted: dict[str, Address | None]) -> None:
        """Make these files and remove those that go.

        In this order: what only a page needed that goes is not made again.
        """
        addresses = [address for address in wanted.values() if address is not None]
        derived = {name for name, address in wanted.items() if address is None}
        made = self.workshop.make_all(addresses)
        self._take(assembly, made, len(addresses))
        for name in sorted(self.going - wanted.keys()):
            self.run.delete(name)
        behind = self._needs_behind(derived)
        self._take(assembly, derive(self.workshop, behind))

    def _take(
        self, assembly: Assembly, items: Iterable[Made | Failed], total: int = 0
    ) -> set[Need]:
        """Put files into the run, each with its cause; what they need."""
        needs: set[Need] = set()
        for done, item in enumerate(items, start=1):
            assembly.take(item)
            self.run.note(item.name, self.causes.dirty.get(item.name, "needed"))
            if isinstance(item, Made):
                needs |= item.output.needs
            if total:
                self.run.progress(done, total)
        return needs

    def _take_needed(self, assembly: Assembly, needs: set[Need]) -> None:
        """The files of these needs that are not there yet."""
        new = {need for need in needs if not self.record.has(need_name(need))}
        self._take(assembly, closure(self.workshop, new, needs - new))

    def _needs_behind(self, names: set[str]) -> set[Need]:
        """The needs that these derived files meet."""
        if not names:
            return set()
        return {
            (kind, value)
            for kind in MAKERS
            for value in self.record.needed(kind)
            if need_name((kind, value)) in names
        }

    def _settle_needs(
        self, assembly: Assembly, before: set[Need], after: set[Need]
    ) -> None:
        """Write what is needed for the first time, remove what nobody needs."""
        self._take_needed(assembly, after)
        loose = before - after
        while loose:
            gone = {need for need in loose if not self.record.needed_by(need)}
            loose = set()
            for need in sorted(gone):
                name = need_name(need)
                if self.record.has(name):
                    loose |= set(self.record.needs_of(name))
                    self.run.delete(name)

    def _settle_moved(self, assembly: Assembly) -> None:
        if not self._may_have_moved():
            return
        there = set(self.record.names_of_kind(MOVED))
        outside = SiteNames(self.record, set(), there)
        views = moved_views(self.workshop.snapshot, outside)
        wanted = {file_name(path) for path in views}
        for name in sorted(there - wanted):
            self.run.delete(name)
        needs = self._take(assembly, make_moved(self.workshop, views))
        self._take_needed(assembly, needs)
        maps = {made.name: made for made in make_maps(self.workshop, views)}
        self._take(assembly, maps.values())
        for name in set(self.record.names_of_kind(MAP)) - maps.keys():
            self.run.delete(name)

    def _may_have_moved(self) -> bool:
        """Old addresses lead elsewhere where a page moved, came or went, or where
        somebody changed them by hand."""
        if self.diff is None or self.old is None or self._is_about("redirect"):
            return True
        if self.going or self.coming or self._is_about("portal"):
            return True
        return any(
            _place(self.old, page_id) != _place(self.tree, page_id)
            for page_id in self.diff.pages
        ) or any(fact[0] == "site" for fact in self.causes.changed)


def _place(tree: Tree, page_id: int) -> object:
    row = tree.rows.get(page_id)
    return (row.path, row.languages) if row is not None else None


def _answer(reader: object, fact: Fact) -> str | None:
    """The fingerprint of what is answered now; None where it cannot be asked."""
    try:
        question = facts.from_text(fact)
        return facts.fingerprint(question, facts.ask(reader, question))
    except (LookupError, TypeError):
        return None
