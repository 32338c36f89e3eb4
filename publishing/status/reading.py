"""The state of one portal's published site, from its record and the outbox.

Nothing here waits for a run or holds one up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from home.models import Change, Portal
from publishing.building.causes import labels
from publishing.sites.record import Failure, Record, Run
from publishing.sites.releases import Release
from publishing.sites.site import Site
from publishing.status.places import edit_links, pages_at
from publishing.status.work import waiting_tasks

MOST_RUNS = 10
MOST_WAITING = 20
MOST_FAILURES = 50
KINDS = {
    "full": gettext_lazy("整站生成"),
    "change": gettext_lazy("更新"),
    "release": gettext_lazy("建立版本"),
    "rollback": gettext_lazy("退回旧版本"),
}


@dataclass(frozen=True, slots=True)
class WaitingChange:
    label: str
    moment: datetime


@dataclass(frozen=True, slots=True)
class FailureLine:
    title: str  # of the page; the address where it is of no page
    path: str
    reason: str
    editor: str
    href: str  # the page's form; "" where one may not open it


@dataclass(frozen=True, slots=True)
class RunLine:
    kind: str
    cause: str
    started: datetime
    seconds: float
    rendered: int
    written: int
    deleted: int
    error: str
    failures: Sequence[FailureLine]


@dataclass(frozen=True, slots=True)
class ProgressLine:
    done: int
    total: int
    since: datetime

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // self.total) if self.total else 0


@dataclass(frozen=True, slots=True)
class SiteState:
    """``waiting``: the newest of the ``waiting_count`` changes that the site lacks."""

    is_built: bool
    paused_reason: str
    progress: ProgressLine | None
    tasks: Sequence[str]
    waiting_count: int
    waiting: Sequence[WaitingChange]
    failing: Sequence[FailureLine]
    runs: Sequence[RunLine]
    releases: Sequence[Release]

    @property
    def is_behind(self) -> bool:
        return self.is_built and bool(self.waiting_count)

    @property
    def is_moving(self) -> bool:
        """It will look different in a second."""
        is_catching_up = self.is_behind and not self.paused_reason
        return bool(self.progress or self.tasks or is_catching_up)

    @property
    def is_warning(self) -> bool:
        """Somebody has to do something."""
        return bool(self.paused_reason or (self.failing and not self.is_moving))


def state_of(portal: Portal, user: object) -> SiteState:
    """What ``user`` may see of the site: links only to forms that they may open."""
    with closing(Site.of(portal.host)) as site:
        runs = [run for run in site.record.runs(MOST_RUNS + 1) if run.finished]
        failing = site.record.failing()
        lines = _Lines(portal, user, [*failing, *_failures(runs)])
        changes = waiting_changes(portal, site.record.position or 0)
        return SiteState(
            is_built=not site.needs_full_build or bool(site.releases()),
            paused_reason=site.paused_reason,
            progress=_progress(site.record),
            tasks=waiting_tasks(portal),
            waiting_count=changes.count(),
            waiting=_described(portal, changes.order_by("-number")[:MOST_WAITING]),
            failing=lines.of(failing),
            runs=[_run_line(run, lines) for run in runs[:MOST_RUNS]],
            releases=site.releases(),
        )


def waiting_changes(portal: Portal, position: int) -> QuerySet[Change]:
    concerned = Q(portal=portal) | Q(portal=None)
    return Change.objects.filter(concerned, number__gt=position)


def _progress(record: Record) -> ProgressLine | None:
    found = record.progress()
    return ProgressLine(found.done, found.total, found.since) if found else None


def _described(portal: Portal, changes: Iterable[Change]) -> list[WaitingChange]:
    """Each thing once, as of its newest change."""
    rows = list(changes)
    found: dict[str, WaitingChange] = {}
    for row, label in zip(rows, labels(portal, rows), strict=True):
        found.setdefault(label, WaitingChange(label, row.recorded_at))
    return list(found.values())


def _failures(runs: Iterable[Run]) -> list[Failure]:
    return [failure for run in runs for failure in run.failures[:MOST_FAILURES]]


class _Lines:
    """Failures with the pages that they are of, found at once for all of them."""

    def __init__(
        self, portal: Portal, user: object, failures: Sequence[Failure]
    ) -> None:
        self._pages = pages_at(portal, {failure.path for failure in failures})
        self._links = edit_links(user, self._pages.values())

    def of(self, failures: Sequence[Failure]) -> list[FailureLine]:
        return [self._line(failure) for failure in failures[:MOST_FAILURES]]

    def _line(self, failure: Failure) -> FailureLine:
        page = self._pages.get(failure.path)
        return FailureLine(
            title=page.title if page else failure.path or failure.name,
            path=failure.path or failure.name,
            reason=failure.reason,
            editor=failure.editor,
            href=self._links.get(page.pk, "") if page else "",
        )


def _run_line(run: Run, lines: _Lines) -> RunLine:
    finished = run.finished or run.started
    return RunLine(
        kind=str(KINDS.get(run.kind, run.kind)),
        cause=run.cause,
        started=run.started,
        seconds=(finished - run.started).total_seconds(),
        rendered=run.rendered,
        written=run.written,
        deleted=run.deleted,
        error=run.error,
        failures=lines.of(run.failures),
    )
