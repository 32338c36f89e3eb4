"""The worker: what is due by the clock, jobs that fail, and a second worker."""

from __future__ import annotations

import gc
import logging
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.urls import reverse
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult
from wagtail.models import PageLogEntry

from articles.models import ArticlePage
from home import outbox, worker
from home.publication import PublicationError
from home.schedule import REFUSED
from tests.factories import TwoPortals, stream
from tests.home.changes import last_number, rows_after
from tests.home.pages import picture

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)  # 12:00 in Beijing
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def no_receivers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Search has tests of its own."""
    monkeypatch.setattr(outbox, "_receivers", {})


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def scheduled(portals: TwoPortals, *blocks: tuple[str, Any]) -> ArticlePage:
    """A draft that somebody has told to go public at one o'clock."""
    page = ArticlePage(
        heading_zh_hans="定时",
        live=False,
        go_live_at=NOON + HOUR,
        body_zh_hans=stream(*(blocks or [("text", "<p>正文</p>")])),
    )
    portals.qingshan.column.add_child(instance=page)
    page.save_revision().publish()
    return stored(page)


def stored(page: ArticlePage) -> ArticlePage:
    return ArticlePage.objects.get(pk=page.pk)


def run_once() -> str:
    output = StringIO()
    call_command("work", "--once", stdout=output)
    return output.getvalue()


# --- due by the clock -------------------------------------------------------------------


def test_page_goes_public_at_its_time_and_not_before(
    portals: TwoPortals, clock: Any
) -> None:
    page = scheduled(portals)

    run_once()
    early = stored(page).live
    clock.move_to(NOON + HOUR + timedelta(seconds=1))
    before = last_number()
    output = run_once()

    assert not early
    assert "定时发布 1 个网页" in output
    assert stored(page).live
    assert stored(page).first_published_at == NOON + HOUR + timedelta(seconds=1)
    assert rows_after(before)


def test_page_leaves_the_public_at_its_time(portals: TwoPortals, clock: Any) -> None:
    page = ArticlePage.objects.get(pk=portals.qingshan.article.pk)
    page.expire_at = NOON + HOUR
    page.save_revision().publish()

    run_once()
    early = stored(page).live
    clock.move_to(NOON + 2 * HOUR)
    before = last_number()
    output = run_once()

    assert early
    assert "到期下线 1 个网页" in output
    assert (stored(page).live, stored(page).expired) == (False, True)
    assert rows_after(before)


def test_nothing_due_says_nothing(portals: TwoPortals, clock: Any) -> None:
    assert run_once() == ""


def undescribed(portals: TwoPortals) -> tuple[Any, ArticlePage]:
    image = picture(portals.qingshan.portal, alt_text_zh_hans="")
    block = ("picture", {"image": image.pk, "caption": ""})
    return image, scheduled(portals, block)


def test_page_with_problems_is_not_published_and_its_history_says_why(
    portals: TwoPortals, clock: Any, caplog: pytest.LogCaptureFixture
) -> None:
    _image, page = undescribed(portals)
    clock.move_to(NOON + 2 * HOUR)

    with caplog.at_level(logging.WARNING, "home.schedule"):
        run_once()
        run_once()

    assert not stored(page).live
    (entry,) = PageLogEntry.objects.filter(page=page.pk, action=REFUSED)
    assert "没有替代文字" in entry.message
    assert "到了定时发布的时间，但没有发布" in entry.message
    # Once, although it is tried every half minute.
    assert len(caplog.records) == 1


def test_refusal_is_read_in_the_history_of_the_page(
    portals: TwoPortals, clock: Any, editor: Client
) -> None:
    _image, page = undescribed(portals)
    clock.move_to(NOON + 2 * HOUR)
    run_once()
    editor.force_login(portals.qingshan.editor)

    response = editor.get(reverse("wagtailadmin_pages:history", args=[page.pk]))

    assert "到了定时发布的时间，但没有发布" in response.content.decode()


def test_page_goes_public_as_soon_as_its_problem_is_mended(
    portals: TwoPortals, clock: Any
) -> None:
    image, page = undescribed(portals)
    clock.move_to(NOON + 2 * HOUR)
    run_once()

    image.alt_text_zh_hans = "调解现场"
    image.save()
    run_once()

    assert stored(page).live


def test_page_with_problems_does_not_keep_others_from_their_time(
    portals: TwoPortals, clock: Any
) -> None:
    """With Wagtail's own command one such page stopped all scheduled publishing."""
    undescribed(portals)
    well = scheduled(portals)
    leaving = ArticlePage.objects.get(pk=portals.baihe.article.pk)
    leaving.expire_at = NOON + HOUR
    leaving.save_revision().publish()
    clock.move_to(NOON + 2 * HOUR)

    run_once()

    assert stored(well).live
    assert not stored(leaving).live


def test_page_that_breaks_is_logged_and_stays_alone(
    portals: TwoPortals,
    clock: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    first, second = scheduled(portals), scheduled(portals)
    save = ArticlePage.save

    def broken(page: ArticlePage, **kwargs: Any) -> None:
        if page.pk == first.pk:
            raise RuntimeError("disk full")
        save(page, **kwargs)

    monkeypatch.setattr(ArticlePage, "save", broken)
    clock.move_to(NOON + 2 * HOUR)

    run_once()

    assert "is due and failed" in caplog.text
    assert (stored(first).live, stored(second).live) == (False, True)


def test_program_that_publishes_a_page_with_problems_gets_an_error(
    portals: TwoPortals,
) -> None:
    image = picture(portals.qingshan.portal, consent="unclear")
    page = ArticlePage(
        heading_zh_hans="草稿",
        live=False,
        body_zh_hans=stream(("picture", {"image": image.pk})),
    )
    portals.qingshan.column.add_child(instance=page)
    revision = page.save_revision()

    with pytest.raises(ValidationError, match="肖像") as refusal:
        revision.publish()

    assert isinstance(refusal.value, PublicationError)
    assert not stored(page).live


# --- jobs -------------------------------------------------------------------------------


def test_failing_job_does_not_keep_the_others_from_running(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail() -> list[str]:
        raise RuntimeError("no room")

    jobs = (worker.Job("first", 1, fail), worker.Job("second", 1, lambda: ["做完了"]))
    monkeypatch.setattr(worker, "JOBS", jobs)
    output = StringIO()

    with pytest.raises(CommandError, match="first"):
        call_command("work", "--once", stdout=output)

    assert "做完了" in output.getvalue()


def test_failing_job_is_logged_and_the_worker_goes_on(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A test's own transaction would end with the connection.
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)

    def fail() -> list[str]:
        raise RuntimeError("no room")

    worker._guarded(worker.Job("broken", 1, fail), worker.Leadership())

    assert "job broken failed" in caplog.text


def test_failing_receiver_is_told_and_ends_the_command_with_an_error() -> None:
    def broken(_records: object) -> None:
        raise RuntimeError("index is gone")

    outbox.register_receiver("broken", broken)
    outbox.record_change(None, "topic", 1)

    with pytest.raises(CommandError, match="deliver"):
        run_once()


# --- two workers ------------------------------------------------------------------------

HOLD = """
import fcntl, sys
locks = [open(file, "w") for file in sys.argv[1:]]
for lock in locks:
    fcntl.lockf(lock, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def other_worker() -> Iterator[subprocess.Popen[str]]:
    """A process that leads until it is told to end."""
    folder = Path(settings.VAR_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    locks = [folder / "worker.lock", folder / "work.lock"]
    with subprocess.Popen(  # noqa: S603  (this interpreter, our own text)
        [sys.executable, "-c", HOLD, *map(str, locks)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_second_worker_stands_by(
    other_worker: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    ran: list[str] = []
    job = worker.Job("note", 1, lambda: ran.append("ran") or [])  # type: ignore[func-returns-value]

    leadership = worker.Leadership()
    worker._guarded(job, leadership)
    while_held = list(ran)
    other_worker.kill()
    other_worker.wait()
    worker._guarded(job, leadership)

    assert while_held == []
    assert ran == ["ran"]


def test_leader_stays_so_between_its_jobs() -> None:
    """The other would take over in the pauses, and both would keep all in memory."""
    leadership = worker.Leadership()
    assert leadership.taken()
    assert _asked_elsewhere() == "stands by"
    del leadership
    gc.collect()
    assert _asked_elsewhere() == "leads"


ASK = """
import fcntl, sys
try:
    fcntl.lockf(open(sys.argv[1], "w"), fcntl.LOCK_EX | fcntl.LOCK_NB)
    print("leads")
except OSError:
    print("stands by")
"""


def _asked_elsewhere() -> str:
    """What another process may do."""
    lock = str(Path(settings.VAR_DIR, "worker.lock"))
    command = [sys.executable, "-c", ASK, lock]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  (this interpreter, our own text)
    return done.stdout.strip()


# --- tasks ------------------------------------------------------------------------------


@task()
def note(text: str) -> str:
    return text


@pytest.fixture
def stored_tasks(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # A test's own transaction would end with the connection.
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    stored = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    with override_settings(TASKS=stored):
        yield


def test_task_of_a_killed_worker_is_done_by_the_next(stored_tasks: None) -> None:
    row = DBTaskResult.objects.get(pk=note.enqueue("做完").id)
    row.claim("work-4711")  # and killed then

    lines = worker.run_tasks()

    row.refresh_from_db()
    assert lines == ["重新开始 1 项中断的任务"]
    assert (row.status, row.return_value) == (TaskResultStatus.SUCCESSFUL, "做完")
    assert worker.run_tasks() == []


def test_task_that_kills_every_worker_is_given_up(
    stored_tasks: None, caplog: pytest.LogCaptureFixture
) -> None:
    row = DBTaskResult.objects.get(pk=note.enqueue("太大").id)
    for number in range(worker.MOST_ATTEMPTS):
        row.claim(f"work-{number}")

    worker.run_tasks()

    row.refresh_from_db()
    assert row.status == TaskResultStatus.FAILED
    assert "killed its worker" in caplog.text


def test_task_of_another_kind_of_worker_is_left_alone(stored_tasks: None) -> None:
    row = DBTaskResult.objects.get(pk=note.enqueue("别人的").id)
    row.claim("nightly-1")

    worker.run_tasks()

    row.refresh_from_db()
    assert row.status == TaskResultStatus.RUNNING
