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


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("搜索")

    def ready(self) -> None:
        register_receiver("search", deliver_changes)
