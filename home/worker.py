"""The worker: one process that keeps everything behind the database up to date.

Timing is APScheduler's, background tasks are django-tasks' own worker; ours is only
the list of what is due and how often. Each job takes the same lock file, so a second
worker on the machine stands by until the first is gone (the system frees the lock of a
killed process).
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
from types import FrameType

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.blocking import BlockingScheduler
from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks_db.management.commands.db_worker import Worker

from home.outbox import deliver_pending, prune_delivered
from home.schedule import expire_due, publish_due

logger = logging.getLogger(__name__)

KEEP_DELIVERED = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Job:
    name: str
    every: int  # seconds
    run: Callable[[], list[str]]


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
    if settings.TASKS["default"]["BACKEND"].startswith("django_tasks_db"):
        # The command would set signal handlers, which only the main thread may.
        Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=f"work-{os.getpid()}",
            excluded_queue_names=[],
        ).run()
    return []


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
    Job("prune", 3600, prune),
]


def register_job(job: Job) -> None:
    """Let another app have work done by the clock; it runs before the deliveries."""
    if all(known.name != job.name for known in JOBS):
        JOBS.insert(0, job)


@contextmanager
def sole_worker(*, wait: bool) -> Iterator[bool]:
    """Hold the machine-wide lock; yields False if another worker has it."""
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    with open(settings.VAR_DIR / "work.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True


def run_once() -> list[str]:
    """Everything that can be done now, in order; what was done, a line each.

    Waits for a worker that is in the middle of a job. A job that fails does not keep
    the others from running; ``JobError`` names it in the end.
    """
    lines, failed = [], []
    with sole_worker(wait=True):
        for job in JOBS:
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
        executors={"default": ThreadPoolExecutor(1)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        timezone=settings.TIME_ZONE,
    )
    for job in JOBS:
        scheduler.add_job(
            _guarded, "interval", [job], seconds=job.every, next_run_time=timezone.now()
        )

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise SystemExit

    signal.signal(signal.SIGTERM, stop)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    try:
        scheduler.start()
    except (KeyboardInterrupt, SystemExit):
        scheduler.shutdown(wait=True)


def _guarded(job: Job) -> None:
    close_old_connections()
    with sole_worker(wait=False) as is_mine:
        if not is_mine:
            return
        try:
            for line in job.run():
                logger.info(line)
        except Exception:
            logger.exception("job %s failed; it is tried again", job.name)
    close_old_connections()
