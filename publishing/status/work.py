"""What staff have the worker do to a published site; nothing is made in a request."""

from __future__ import annotations

from contextlib import closing

from django.utils.translation import gettext_lazy
from django_tasks import task
from django_tasks.base import TASK_MAX_PRIORITY, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from home.models import Portal
from home.worker import BUILDS
from publishing.building.queue import build_site
from publishing.building.queue import rebuild_site as rebuild_site
from publishing.sites.site import Site


@task(queue_name=BUILDS)
def cut_release(portal_id: int) -> None:
    with closing(Site.of(Portal.objects.get(pk=portal_id).host)) as site:
        site.cut_release()


@task(queue_name=BUILDS, priority=TASK_MAX_PRIORITY)
def roll_back(portal_id: int, release: str) -> None:
    with closing(Site.of(Portal.objects.get(pk=portal_id).host)) as site:
        site.rollback(release)


NAMES = {
    build_site.module_path: gettext_lazy("整站重建"),
    rebuild_site.module_path: gettext_lazy("整站重建"),
    cut_release.module_path: gettext_lazy("建立版本"),
    roll_back.module_path: gettext_lazy("退回旧版本"),
}


def waiting_tasks(portal: Portal) -> list[str]:
    """What was asked for and is not done, in words."""
    rows = DBTaskResult.objects.filter(
        task_path__in=NAMES,
        status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING],
        args_kwargs__args__0=portal.pk,
    )
    return [str(NAMES[row.task_path]) for row in rows]
