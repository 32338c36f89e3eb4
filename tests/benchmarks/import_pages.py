"""How fast an old website comes in: the import against one page after the other.

Both sides end with the same things written: rows, revisions, history, citations, the
reference index, Wagtail's search index, and the public search index through the outbox.
The other side is handed the finished content, and its background tasks run at once,
which takes less time than the worker's queue; so the ratio is on the safe side. It goes
first, while the database is small. Run by ``script/bench import``.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.test import override_settings
from django.utils import timezone, translation
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision
from wagtail.search.models import IndexEntry

from articles.models import ArticlePage, OldAddress
from articles.page_import.files import FileShelf
from articles.page_import.importing import Summary, import_pages
from articles.page_import.marks import filled, marks_in
from articles.page_import.places import Places
from articles.page_import.planning import make_plan
from articles.page_import.reading import Options, PagePlan
from articles.page_import.table import read_table
from home.models import ColumnPage, Portal, Topic
from home.outbox import deliver_pending
from search.engines import get_engine
from search.indexing import rebuild
from search.service import SearchRequest, search
from statutes.models import Citation
from tests.benchmarks.old_pages import save_old_site
from tests.factories import TopicFactory, make_portal

AT_ONCE = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@dataclass(frozen=True, slots=True)
class Measured:
    pages: int
    seconds: float
    cpu: float

    def __str__(self) -> str:
        return (
            f"{self.pages} pages in {self.seconds:.1f} s ({self.cpu:.1f} s of CPU), "
            f"{self.pages / self.seconds:.1f} pages/s, "
            f"{self.pages / self.cpu:.1f} per second of CPU"
        )


@dataclass(frozen=True, slots=True)
class Result:
    one_by_one: Measured
    imported: Measured

    @property
    def ratio(self) -> float:
        """By CPU: a machine that others use as well does not change it much."""
        return _per(self.one_by_one.cpu, self.imported.cpu, self)

    @property
    def ratio_by_clock(self) -> float:
        return _per(self.one_by_one.seconds, self.imported.seconds, self)


def _per(slow: float, fast: float, result: Result) -> float:
    return (slow / result.one_by_one.pages) / (fast / result.imported.pages)


def run(folder: Path, count: int, sample: int, say: Callable[[str], object]) -> Result:
    """Raises ``AssertionError`` where one of the sides has left something out."""
    table = save_old_site(folder, count)
    with translation.override(settings.LANGUAGE_CODE), override_settings(TASKS=AT_ONCE):
        TopicFactory()
        slow_portal = make_portal("slow", "慢县", "000008")
        fast_portal = make_portal("fast", "快县", "000009")
        rebuild(get_engine())
        _deliver()
        plans = _read(table, slow_portal, folder, sample)
        one_by_one = _measure(len(plans), lambda: _publish_all(slow_portal, plans))
        say(f"add_child + publish: {one_by_one}")
        check(slow_portal, len(plans))
        done: list[Summary] = []
        imported = _measure(
            count, lambda: done.append(_import(table, fast_portal, folder))
        )
        say(f"import_pages: {imported}")
        assert done[0].faults == [] and done[0].drafts == 0, done[0]
        check(fast_portal, count)
        assert OldAddress.objects.filter(portal=fast_portal).count() == count
    result = Result(one_by_one, imported)
    say(f"ratio: {result.ratio:.1f} by CPU, {result.ratio_by_clock:.1f} by the clock")
    return result


def _measure(pages: int, work: Callable[[], object]) -> Measured:
    started, cpu = time.perf_counter(), time.process_time()
    work()
    return Measured(pages, time.perf_counter() - started, time.process_time() - cpu)


def _deliver() -> None:
    for _delivered in deliver_pending():
        pass


# --- the import ---------------------------------------------------------------------------


def _import(table: Path, portal: Portal, folder: Path) -> Summary:
    summary = import_pages(table, portal, Options(folder=folder))
    _deliver()
    return summary


# --- one after the other --------------------------------------------------------------------


def _read(table: Path, portal: Portal, folder: Path, sample: int) -> list[PagePlan]:
    """The same content, ready; links to pages that are not there yet lead to the first."""
    rows = read_table(table).rows[:sample]
    with FileShelf(portal) as files:
        plan = make_plan(rows, Places.of(portal), files, Options(folder=folder))
        assert not plan.faults, plan.faults
        numbers = {}
        for found in files.files.values():
            row = files.as_row(found)
            row.file = files.clean_file(found)
            row.save()
            numbers[found.key] = row.pk
    home_id = portal.site.root_page_id
    for page in plan.pages:
        for key in marks_in([block["value"] for block in page.body]):
            numbers.setdefault(key, home_id)
        page.body = [
            {**block, "value": filled(block["value"], numbers)} for block in page.body
        ]
    return plan.pages


def _publish_all(portal: Portal, plans: Sequence[PagePlan]) -> None:
    column = ColumnPage.objects.child_of(portal.site.root_page).get()
    topics = Topic.objects.in_bulk()
    now = timezone.now()
    for plan in plans:
        page = ArticlePage(
            live=False,
            heading_zh_hans=plan.heading,
            source=plan.source,
            body_zh_hans=json.dumps(plan.body),
            first_published_at=plan.moment,
            imported_at=now,
            imported_from=plan.addresses.written,
        )
        page.topics = [topics[pk] for pk in plan.topics]
        column.add_child(instance=page)
        page.save_revision().publish()
    _deliver()


# --- what must be there -----------------------------------------------------------------------


def check(portal: Portal, count: int) -> None:
    """Everything of ``count`` published pages, in every index."""
    pages = ArticlePage.objects.descendant_of(portal.site.root_page).live()
    ids = [str(pk) for pk in pages.values_list("pk", flat=True)]
    base = ContentType.objects.get_for_model(Page)
    own = ContentType.objects.get_for_model(ArticlePage)
    held = {
        "pages": len(ids),
        "revisions": _count(Revision, ids, base_content_type=base),
        "references": _count(ReferenceIndex, ids, base_content_type=base),
        "wagtail": _count(IndexEntry, ids, content_type=own),
    }
    assert (held["pages"], held["revisions"], held["wagtail"]) == (count,) * 3, held
    assert held["references"] == count, held
    assert pages.filter(latest_revision=None).count() == 0
    assert (
        PageLogEntry.objects.filter(page__in=pages, action="wagtail.publish").count()
        == count
    )
    assert Citation.objects.filter(page__in=pages).exists()
    assert not any(Page.find_problems())
    assert _found(portal) == count


def _count(model: type[Model], ids: Sequence[str], **values: object) -> int:
    """Of how many of these objects the table has a row."""
    found: set[str] = set()
    for start in range(0, len(ids), 500):
        rows = model._default_manager.filter(
            object_id__in=ids[start : start + 500], **values
        )
        found.update(rows.values_list("object_id", flat=True))
    return len(found)


def _found(portal: Portal) -> int:
    """How many pages the public search finds, of those that all have this word."""
    result = search(
        SearchRequest(words="送法下乡", portal_id=portal.pk, language="zh-hans")
    )
    return result.total
