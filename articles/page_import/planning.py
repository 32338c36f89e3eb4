"""What an import will write, all of it checked before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from articles.page_import.faults import Fault
from articles.page_import.files import FileShelf
from articles.page_import.links import without_links_to
from articles.page_import.marks import marks_in
from articles.page_import.places import Places
from articles.page_import.reading import (
    Addresses,
    Options,
    PagePlan,
    PageReader,
    RowError,
    hash_of,
    read_addresses,
    read_file,
)
from articles.page_import.table import Row

Progress = Callable[[Sequence[Row]], Iterable[Row]]


@dataclass(slots=True)
class Plan:
    pages: list[PagePlan] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)
    known: int = 0  # imported before


def make_plan(
    rows: Sequence[Row],
    places: Places,
    files: FileShelf,
    options: Options,
    progress: Progress = iter,
) -> Plan:
    """Reads every page; what is wrong is in ``faults``, and nothing is raised."""
    plan = Plan()
    fresh = _Fresh(places, plan)
    for row in rows:
        try:
            fresh.add(row, read_addresses(row))
        except RowError as error:
            plan.faults.append(Fault(row.number, error.column, error.reason))
    pages = frozenset(fresh.keys) | places.known.keys()
    reader = PageReader(places, files, options, pages)
    for row in progress([row for row in rows if row.number in fresh.addresses]):
        try:
            page = reader.read(row, fresh.addresses[row.number])
        except RowError as error:
            plan.faults.append(Fault(row.number, error.column, error.reason))
            continue
        plan.faults += [Fault(row.number, "文件", text) for text in page.faults]
        if not page.faults:
            plan.pages.append(page)
    _note_changed(rows, fresh, plan, options)
    _forget_links(plan, fresh)
    _add_problems(plan, files)
    plan.faults.sort()
    plan.notes.sort()
    return plan


@dataclass(slots=True)
class _Fresh:
    """The rows that have not been imported yet."""

    places: Places
    plan: Plan
    addresses: dict[int, Addresses] = field(default_factory=dict)  # row → addresses
    keys: dict[str, int] = field(default_factory=dict)  # canonical → row
    paths: dict[str, int] = field(default_factory=dict)
    known: dict[int, str] = field(default_factory=dict)  # row → hash of back then

    def add(self, row: Row, addresses: Addresses) -> None:
        known = [self.places.known.get(key) for key in addresses.keys]
        if known[0] is not None:
            self.plan.known += 1
            self.known[row.number] = known[0][1]
            return
        if any(known):
            raise RowError("旧网址", _("其中一个旧网址已经有导入的网页。"))
        self._refuse_twice(addresses)
        for path in addresses.paths:
            if path in self.places.redirects:
                raise RowError(
                    "旧网址",
                    _("%(path)s 已经有一条跳转，请先在后台删除它。") % {"path": path},
                )
        self.addresses[row.number] = addresses
        self.keys |= dict.fromkeys(addresses.keys, row.number)
        self.paths |= dict.fromkeys(addresses.paths, row.number)

    def _refuse_twice(self, addresses: Addresses) -> None:
        for key in addresses.keys:
            if key in self.keys:
                raise RowError(
                    "旧网址", _("和第%(row)s行是同一个网址。") % {"row": self.keys[key]}
                )
        for path in addresses.paths:
            if path in self.paths:
                raise RowError(
                    "旧网址",
                    _("和第%(row)s行只有主机名不同，跳转分不清它们。")
                    % {"row": self.paths[path]},
                )


def _note_changed(
    rows: Sequence[Row], fresh: _Fresh, plan: Plan, options: Options
) -> None:
    """A page that is here stays as it is; that the old one is another now is told."""
    for row in rows:
        before = fresh.known.get(row.number)
        if before is None:
            continue
        try:
            _path, data = read_file(row, options.folder)
        except RowError:
            continue
        if hash_of(data) != before:
            plan.notes.append(
                Fault(
                    row.number,
                    "文件",
                    _(
                        "导入以后旧网页的文件有改动；网站上的网页没有动，请编辑自己核对。"
                    ),
                )
            )


def _forget_links(plan: Plan, fresh: _Fresh) -> None:
    """Links between pages of which one is not taken lead to the old site."""
    taken = {key for page in plan.pages for key in page.addresses.keys}
    gone = fresh.keys.keys() - taken
    if gone:
        for page in plan.pages:
            page.body = without_links_to(page.body, gone, page.targets)


def _add_problems(plan: Plan, files: FileShelf) -> None:
    files.look_up_stored()
    problems = files.problems()
    for page in plan.pages:
        for key in dict.fromkeys(marks_in([block["value"] for block in page.body])):
            page.losses += problems.get(key, [])
        plan.notes += [
            Fault(page.row, "", _("先存为草稿：%(reason)s") % {"reason": reason})
            for reason in page.losses
        ]
        plan.notes += [Fault(page.row, "", note) for note in page.notes]
