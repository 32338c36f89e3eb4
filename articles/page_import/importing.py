"""One import from beginning to end: read, check, write all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.files.storage import Storage
from django.db import transaction
from django.utils import timezone

from articles.models import OldAddress
from articles.page_import.faults import Fault
from articles.page_import.files import FileShelf
from articles.page_import.marks import marks_in
from articles.page_import.places import Places
from articles.page_import.planning import Plan, Progress, make_plan
from articles.page_import.reading import Options, PagePlan
from articles.page_import.table import Row, read_table
from articles.page_import.writing import write_pages
from home.models import Portal

FileNumbers = dict[tuple[str, str], int]


class OvertakenError(Exception):
    """Somebody else has imported into the portal between the check and the writing."""


@dataclass(slots=True)
class Summary:
    rows: int = 0
    pages: list[int] = field(default_factory=list)  # written
    planned: int = 0  # that would be or were written
    drafts: int = 0
    known: int = 0  # imported before, and left as they are
    pictures: int = 0  # new in the library
    documents: int = 0
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)
    unknown_headers: tuple[str, ...] = ()


def import_pages(
    table: Path,
    portal: Portal,
    options: Options,
    *,
    is_trial: bool = False,
    progress: Progress = iter,
) -> Summary:
    """Raises ``TableError`` where the table cannot be read.

    With faults nothing is written, unless ``options.skip_errors``; what is written, is
    written in one transaction.
    """
    read = read_table(table)
    with FileShelf(portal) as files:
        plan = make_plan(read.rows, Places.of(portal), files, options, progress)
        summary = _summary(read.rows, plan)
        summary.unknown_headers = read.unknown
        may_write = plan.pages and (options.skip_errors or not plan.faults)
        if may_write and not is_trial:
            _write(portal, plan.pages, files, summary)
    return summary


def _summary(rows: Sequence[Row], plan: Plan) -> Summary:
    return Summary(
        rows=len(rows),
        planned=len(plan.pages),
        drafts=sum(bool(page.losses) for page in plan.pages),
        known=plan.known,
        faults=plan.faults,
        notes=plan.notes,
    )


def _write(
    portal: Portal, plans: Sequence[PagePlan], files: FileShelf, summary: Summary
) -> None:
    with ExitStack() as on_failure:
        with transaction.atomic():
            # One import of a portal at a time; the first write takes SQLite's only lock.
            Portal.objects.select_for_update().get(pk=portal.pk)
            _check_still_new(portal, plans)
            numbers = _store_files(plans, files, summary, on_failure)
            summary.pages = write_pages(portal, plans, numbers, timezone.now())
        on_failure.pop_all()


def _check_still_new(portal: Portal, plans: Sequence[PagePlan]) -> None:
    known = OldAddress.objects.filter(portal=portal).values_list("address", flat=True)
    held = frozenset(known)
    if any(key in held for plan in plans for key in plan.addresses.keys):
        raise OvertakenError


def _store_files(
    plans: Sequence[PagePlan], files: FileShelf, summary: Summary, undo: ExitStack
) -> FileNumbers:
    """The library's numbers of all files that the pages name; new ones are stored.

    A transaction takes rows back and no files, so ``undo`` deletes those.
    """
    numbers: FileNumbers = {}
    for plan in plans:
        for key in marks_in([block["value"] for block in plan.body]):
            if key[0] == "page" or key in numbers:
                continue
            found = files.files[key]
            if found.stored_id is not None:
                numbers[key] = found.stored_id
                continue
            row: Any = files.as_row(found)
            row.file = files.clean_file(found)
            row.save()
            undo.callback(_delete_file, row.file.storage, row.file.name)
            numbers[key] = row.pk
            if found.kind == "image":
                summary.pictures += 1
            else:
                summary.documents += 1
    return numbers


def _delete_file(storage: Storage, name: str) -> None:
    storage.delete(name)
