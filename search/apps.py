from __future__ import annotations

from collections.abc import Sequence

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from home.outbox import ChangeRecord, register_receiver


def deliver_changes(changes: Sequence[ChangeRecord]) -> None:
    """Hand changes to the index.

    Imported when the first change comes: the dictionary and the engine take half a
    second to load, which every ``manage.py`` command would pay.
    """
    from search.indexing import deliver

    deliver(changes)


def mend_admin_search() -> list[str]:
    """The worker's job; imported late for the same reason."""
    from search.admin_backends.upkeep import mend

    return mend()


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("搜索")

    def ready(self) -> None:
        # The worker has models of django-tasks, which have to be there first.
        from home.worker import Job, register_job

        register_receiver("search", deliver_changes)
        register_job(Job("admin search", 60, mend_admin_search))
