"""Run in a process of its own by ``test_standby``: steps of two workers' lives.

``grow`` makes two portals and asks for a rebuild of the first; ``first`` is a worker that
comes into the middle of that run, says so and stays there; ``second`` is another that
says when it has done the task; ``report`` prints what is found in the end.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"

import django  # noqa: E402  (the path has to be set first)

django.setup()

from django.core.management import call_command  # noqa: E402  (after setup)
from django.test import override_settings  # noqa: E402  (after setup)
from django_tasks.signals import task_finished  # noqa: E402  (after setup)
from django_tasks_db.models import DBTaskResult  # noqa: E402  (after setup)

from home import worker  # noqa: E402  (after setup)
from home.models import Cursor  # noqa: E402  (after setup)
from publishing.sites.runs import FullRun  # noqa: E402  (after setup)
from publishing.status.work import rebuild_site  # noqa: E402  (after setup)
from search.indexing import last_change_number  # noqa: E402  (after setup)
from tests.factories import make_two_portals  # noqa: E402  (after setup)

# As in production; the tests' own backend does everything at once.
STORED = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
override_settings(TASKS=STORED).enable()
FILES_BEFORE_DEATH = 5


def grow() -> None:
    portals = make_two_portals()
    call_command("work", "--once")
    rebuild_site.enqueue(portals.qingshan.portal.pk, "测试")


def first() -> None:
    put, count = FullRun.put, 0

    def slow(run: FullRun, *args: Any) -> bool:
        nonlocal count
        count += 1
        if count == FILES_BEFORE_DEATH:
            print("mid-run", flush=True)  # noqa: T201  (this is its answer)
            sys.stdin.readline()
        return put(run, *args)

    FullRun.put = slow  # type: ignore[method-assign]
    worker.run_forever()


def second() -> None:
    def tell(task_result: Any, **_details: object) -> None:
        if task_result.task.module_path == rebuild_site.module_path:
            print("done", flush=True)  # noqa: T201  (this is its answer)

    task_finished.connect(tell)
    worker.run_forever()


def report() -> None:
    row = DBTaskResult.objects.get(task_path=rebuild_site.module_path)
    found = {
        "task": row.status,
        "attempts": len(row.worker_ids),
        "last": last_change_number(),
        "cursors": dict(Cursor.objects.values_list("receiver", "position")),
    }
    print(json.dumps(found))  # noqa: T201  (this is its answer)


if __name__ == "__main__":
    {"grow": grow, "first": first, "second": second, "report": report}[sys.argv[1]]()
