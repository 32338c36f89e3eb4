"""The worker: one process that keeps everything behind the database up to date.

Timing is APScheduler's, background tasks are django-tasks' own worker; ours is only
the list of what is due and how often. The first worker of a machine leads until it is
gone; a second stands by and asks every second (the system frees the locks of a killed
process). What the first was in the middle of is done again: changes are delivered from
the cursor, tasks are handed out anew.
"""

from __future__ import annotations

import fcntl
import logging
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Lock
from types import FrameType
from typing import IO

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.blocking import BlockingScheduler
from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from home.outbox import deliver_pending, prune_delivered
from home.schedule import expire_due, publish_due

logger = logging.getLogger(__name__)

KEEP_DELIVERED = timedelta(days=7)
# In the id under which a task is taken.
WORKER = "work"
# The queue and the lane of tasks that take minutes: nothing else waits for them.
BUILDS = "builds"
# A task that kills its worker each time (out of memory) must not do so for ever.
MOST_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Job:
    """Jobs of one lane follow each other; each lane has a thread of its own."""

    name: str
    every: int  # seconds
    run: Callable[[], list[str]]
    lane: str = ""


class WorkerKilledError(Exception):
    """The worker was killed in the middle of this task, as often as it was tried."""


class JobError(Exception):
    """Jobs that failed, and what the others have done."""

    def __init__(self, lines: Sequence[str], failed: Sequence[str]) -> None:
        super().__init__("、".join(failed))
        self.lines = tuple(lines)
        self.failed = tuple(failed)


def deliver() -> list[str]:
    return [f"{name}：送达 {count} 项改动" for name, count in deliver_pending()]


def run_tasks() -> list[str]:
    """Tasks that requests have put off (django-tasks), until none is waiting."""
    return _run_queue("*", excluded=[BUILDS])


def run_builds() -> list[str]:
    """Tasks that take minutes."""
    return _run_queue(BUILDS, excluded=[])


def _run_queue(name: str, excluded: list[str]) -> list[str]:
    if not str(settings.TASKS["default"]["BACKEND"]).startswith("django_tasks_db"):
        return []
    lines = hand_out_again(name, excluded)
    # The command would set signal handlers, which only the main thread may.
    Worker(
        queue_names=[name],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"{WORKER}-{os.getpid()}",
        excluded_queue_names=excluded,
    ).run()
    return lines


def hand_out_again(name: str, excluded: Sequence[str] = ()) -> list[str]:
    """Tasks that a killed worker was in the middle of; django-tasks leaves them so.

    Whoever calls holds the lock of the lane: no worker is running one.
    """
    count = 0
    running = DBTaskResult.objects.running().exclude(queue_name__in=excluded)
    for row in running if name == "*" else running.filter(queue_name=name):
        if not row.worker_ids or not row.worker_ids[-1].startswith(WORKER):
            continue  # of a db_worker that somebody runs besides
        if len(row.worker_ids) < MOST_ATTEMPTS:
            count += 1
            DBTaskResult.objects.filter(pk=row.pk).update(status=TaskResultStatus.READY)
        else:
            row.set_failed(WorkerKilledError(row.task_path))
            logger.error(
                "task %s killed its worker %s times", row.task_path, MOST_ATTEMPTS
            )
    return [f"重新开始 {count} 项中断的任务"] if count else []


def publish_scheduled() -> list[str]:
    done = [
        (_("到期下线 %(count)s 个网页"), expire_due()),
        (_("定时发布 %(count)s 个网页"), publish_due()),
    ]
    return [line % {"count": count} for line, count in done if count]


def prune() -> list[str]:
    deleted = prune_delivered(timezone.now() - KEEP_DELIVERED)
    return [f"清理了 {deleted} 条已送达的记录"] if deleted else []


# In this order; what the earlier ones change, the later ones deliver.
JOBS = [
    Job("publish_scheduled", 30, publish_scheduled),
    Job("tasks", 1, run_tasks),
    Job("deliver", 1, deliver),
    Job("builds", 1, run_builds, lane=BUILDS),
    Job("prune", 3600, prune),
]


def register_job(job: Job) -> None:
    """Let another app have work done by the clock; it runs before the deliveries."""
    if all(known.name != job.name for known in JOBS):
        JOBS.insert(0, job)


@contextmanager
def sole_worker(*, wait: bool, lane: str = "") -> Iterator[bool]:
    """Hold the machine-wide lock of a lane for one job; yields False if another has it.

    A file for each lane: a process that closes one has let go of its lock in every
    thread.
    """
    name = f"work-{lane}.lock" if lane else "work.lock"
    with open(_lock_file(name), "w") as lock:
        yield _lock(lock, wait=wait)


class Leadership:
    """Which of the workers that run for ever does the jobs: the first, until it is gone.

    Else they would take turns, and each would keep all portals in memory.
    """

    def __init__(self) -> None:
        self._lock: IO[str] | None = None
        self._stands_by = False
        self._asked = Lock()  # by one thread at a time

    def taken(self) -> bool:
        with self._asked:
            return self._taken()

    def _taken(self) -> bool:
        if self._lock is None:
            lock = open(_lock_file("worker.lock"), "w")
            if not _lock(lock, wait=False):
                lock.close()
                self._note(stands_by=True)
                return False
            self._lock = lock
            self._note(stands_by=False)
        return True

    def _note(self, *, stands_by: bool) -> None:
        if stands_by != self._stands_by:
            self._stands_by = stands_by
            logger.warning(
                "另一个工作进程在做，本进程待命" if stands_by else "本进程接着做"
            )


def _lock(file: IO[str], *, wait: bool) -> bool:
    """Of the process: what it has forked may outlive it and must not hold the lock."""
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except (BlockingIOError, PermissionError):
        return False
    return True


def _lock_file(name: str) -> Path:
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    return Path(settings.VAR_DIR) / name


def run_once() -> list[str]:
    """Everything that can be done now, in order; what was done, a line each.

    Waits for a worker that is in the middle of a job. A job that fails does not keep
    the others from running; ``JobError`` names it in the end.
    """
    lines, failed = [], []
    for job in JOBS:
        with sole_worker(wait=True, lane=job.lane):
            try:
                lines += job.run()
            except Exception:
                logger.exception("job %s failed", job.name)
                failed.append(job.name)
    if failed:
        raise JobError(lines, failed)
    return lines


def run_forever() -> None:
    """Run until a signal; a failing job is logged and tried again at its next time."""
    scheduler = BlockingScheduler(
        executors={
            lane or "default": ThreadPoolExecutor(1)
            for lane in {job.lane for job in JOBS}
        },
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        timezone=settings.TIME_ZONE,
    )
    leadership = Leadership()
    for job in JOBS:
        scheduler.add_job(
            _guarded,
            "interval",
            [job, leadership],
            seconds=job.every,
            executor=job.lane or "default",
            next_run_time=timezone.now(),
        )

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise SystemExit

    signal.signal(signal.SIGTERM, stop)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    try:
        scheduler.start()
    except (KeyboardInterrupt, SystemExit):
        scheduler.shutdown(wait=True)


def _guarded(job: Job, leadership: Leadership) -> None:
    if not leadership.taken():
        return
    close_old_connections()
    with sole_worker(wait=False, lane=job.lane) as is_mine:
        if not is_mine:
            return
        try:
            for line in job.run():
                logger.info(line)
        except Exception:
            logger.exception("job %s failed; it is tried again", job.name)
    close_old_connections()
