"""Whole builds take minutes: they wait in a queue of their own, in which the worker works
besides everything else (``home.worker``), one after the other."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from home.models import Portal
from home.worker import BUILDS
from publishing.building.full import build_release
from publishing.building.keeper import keep_up


@task(queue_name=BUILDS)
def build_site(portal_id: int) -> None:
    """Build a portal's whole site if it still needs that, then bring what has changed
    meanwhile."""
    portal = Portal.objects.get(pk=portal_id)
    keep_up(portal)
    keep_up(portal)


@task(queue_name=BUILDS)
def rebuild_site(portal_id: int, person: str) -> None:
    """Build it because somebody asked for that."""
    portal = Portal.objects.get(pk=portal_id)
    build_release(portal, cause=_("%(person)s 要求整站重建") % {"person": person})
    keep_up(portal)


BUILD_TASKS = (build_site.module_path, rebuild_site.module_path)


def ask_for_build(portal: Portal) -> None:
    build_site.enqueue(portal.pk)


def is_being_built(portal: Portal) -> bool:
    """Whether a whole build of this portal waits or is under way."""
    return DBTaskResult.objects.filter(
        task_path__in=BUILD_TASKS,
        status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING],
        args_kwargs__args__0=portal.pk,
    ).exists()
