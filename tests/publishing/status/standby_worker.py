"""Run in a process of its own by ``test_standby``: steps of two workers' lives.

``grow`` makes two portals and asks for a rebuild of the first (``rebuild``) or builds it
and changes a page (``change``); ``first`` is a worker that comes into the middle of that
run, says so and stays there; ``second`` is another that says when it has done it;
``report`` prints what is found in the end.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"

import django  # noqa: E402  (the path has to be set first)

django.setup()

from django.core.management import call_command  # noqa: E402  (after setup)
from django.test import override_settings  # noqa: E402  (after setup)
from django_tasks_db.models import DBTaskResult  # noqa: E402  (after setup)

from home import worker  # noqa: E402  (after setup)
from home.models import Cursor  # noqa: E402  (after setup)
from publishing.sites.runs import ChangeRun, FullRun, Run  # noqa: E402  (after setup)
from publishing.sites.site import Site  # noqa: E402  (after setup)
from publishing.status.work import rebuild_site  # noqa: E402  (after setup)
from search.indexing import last_change_number  # noqa: E402  (after setup)
from tests.factories import make_two_portals  # noqa: E402  (after setup)

# As in production; the tests' own backend does everything at once.
STORED = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
override_settings(TASKS=STORED).enable()
FILES_BEFORE_DEATH = {"rebuild": 5, "change": 2}
RUNS: dict[str, type[Run]] = {"rebuild": FullRun, "change": ChangeRun}


def grow(work: str) -> None:
    qingshan = make_two_portals().qingshan
    call_command("work", "--once")
    rebuild_site.enqueue(qingshan.portal.pk, "测试")
    if work == "change":
        call_command("work", "--once")
        qingshan.article.heading_zh_hans = "改了名字的文章"
        qingshan.article.save_revision().publish()


def first(work: str) -> None:
    kind = RUNS[work]
    put, count = kind.put, 0

    def slow(run: Any, *args: Any) -> bool:
        nonlocal count
        count += 1
        if count == FILES_BEFORE_DEATH[work]:
            print("mid-run", flush=True)  # noqa: T201  (this is its answer)
            sys.stdin.readline()
        return put(run, *args)

    kind.put = slow  # type: ignore[method-assign]
    worker.run_forever()


def second(work: str) -> None:
    """It says so every second, from the first job after its work on."""

    def tell() -> list[str]:
        task = DBTaskResult.objects.get(task_path=rebuild_site.module_path)
        with closing(Site.of("qingshan.localhost")) as site:
            is_behind = site.record.meta("position") != str(last_change_number())
        if task.status == "SUCCESSFUL" and not (work == "change" and is_behind):
            print("done", flush=True)  # noqa: T201  (this is its answer)
        return []

    worker.register_job(worker.Job("tell", 1, tell))
    worker.run_forever()


def report(_work: str) -> None:
    row = DBTaskResult.objects.get(task_path=rebuild_site.module_path)
    found = {
        "task": row.status,
        "attempts": len(row.worker_ids),
        "last": last_change_number(),
        "cursors": dict(Cursor.objects.values_list("receiver", "position")),
    }
    print(json.dumps(found))  # noqa: T201  (this is its answer)


if __name__ == "__main__":
    STEPS = {"grow": grow, "first": first, "second": second, "report": report}
    STEPS[sys.argv[1]](sys.argv[2])
