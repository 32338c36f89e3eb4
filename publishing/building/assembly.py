"""Files are checked and put into a run; what fails is told and keeps its old file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from django.utils.translation import gettext as _
from wagtail.models import Page

from publishing.building.anchors import Anchors
from publishing.building.checks import Checks, told
from publishing.building.derived import need_name
from publishing.building.workshop import Failed, Made
from publishing.sites.outputs import Output
from publishing.sites.runs import Run


@dataclass(frozen=True, slots=True)
class Problem:
    """What kept a file back, or should be known: where, why, and who can mend it."""

    name: str
    path: str
    reason: str
    editor: str = ""

    def __str__(self) -> str:
        place = f"{self.path}（{self.name}）" if self.path else self.name
        if not place:
            return self.reason
        who = (
            _("，最后编辑：%(editor)s") % {"editor": self.editor} if self.editor else ""
        )
        return f"{place}：{self.reason}{who}"


@dataclass(slots=True)
class Report:
    """What a run did."""

    host: str
    folder: Path
    pages: int = 0
    files: int = 0
    bytes: int = 0
    written: int = 0
    deleted: int = 0
    # Seconds of processor time of this process, by part: "pages", "search".
    cpu: dict[str, float] = field(default_factory=dict)
    failures: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    to_portals: set[tuple[str, str]] = field(default_factory=set)  # (file, link)


class Assembly:
    """``is_whole``: everything is made, so that what is not made is not there."""

    def __init__(
        self, run: Run, checks: Checks, report: Report, *, is_whole: bool
    ) -> None:
        self.run = run
        self.report = report
        self._checks = checks
        self._anchors = Anchors(run, is_whole=is_whole)

    def take(self, item: Made | Failed) -> bool:
        """Put a file into the run; True if its bytes are new, False if they are not or
        it was kept back."""
        if isinstance(item, Failed):
            self.fail(item.name, item.path, item.reason, item.page_id)
            return False
        found, links = self._checks.of(item)
        output = item.output
        self._warn(output, found.warnings)
        self.report.to_portals |= {(output.name, link) for link in found.to_portals}
        if found.problems:
            reason = "；".join(found.problems)
            self.fail(output.name, output.path, reason, output.page_id)
            return False
        if links is not None and (spots := self._anchors.note(output, links)):
            output = replace(output, spots=spots)
        self.report.files += 1
        self.report.pages += output.name.endswith(".html")
        self.report.bytes += output.size
        return self.run.put(output, item.body)

    def fail(
        self, name: str, path: str, reason: str, page_id: int | None = None
    ) -> None:
        editor = last_editor(page_id)
        self.report.failures.append(Problem(name, path, reason, editor))
        self.run.fail(name, path, reason, editor)

    def _warn(self, output: Output, warnings: list[str]) -> None:
        if warnings:
            editor = last_editor(output.page_id)
            self.report.warnings += [
                Problem(output.name, output.path, text, editor) for text in warnings
            ]

    def settle(self) -> None:
        """When all pages are there: what leads to a place that is not there is taken
        back, and what then leads to a place of that."""
        while faults := self._anchors.faults():
            for name, found in faults.items():
                self._take_back(name, "；".join(map(told, found)))

    def keep_needs(self) -> None:
        """What the old files need that stay, in a run that makes everything."""
        record = self.run.record
        waiting, done = {failure.name for failure in self.run.failures}, set[str]()
        while waiting:
            done |= waiting
            needs = {need for name in waiting for need in record.needs_of(name)}
            waiting = {need_name(need) for need in needs} - done
            for name in waiting:
                self.run.keep_old(name)

    def _take_back(self, name: str, reason: str) -> None:
        is_made = self._anchors.take_back(name)
        there = self.run.record.output(name)
        path, page_id = (there.path, there.page_id) if there else ("", None)
        editor = last_editor(page_id)
        self.report.failures.append(Problem(name, path, reason, editor))
        settle = self.run.take_back if is_made else self.run.fail
        settle(name, path, reason, editor)


def last_editor(page_id: int | None) -> str:
    """Who wrote the newest revision of a page: somebody to ask."""
    if page_id is None:
        return ""
    pages = Page.objects.select_related("latest_revision__user")
    page = pages.filter(pk=page_id).first()
    user = page.latest_revision.user if page and page.latest_revision else None
    return (user.get_full_name() or user.get_username()) if user else ""
