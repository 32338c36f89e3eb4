from __future__ import annotations

import re
from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from home.outbox import ChangeRecord, register_receiver
from search.engine_names import ELASTICSEARCH, EMBEDDED, RECEIVERS


def deliver_changes(changes: Sequence[ChangeRecord]) -> None:
    """Hand changes to the index.

    Imported when the first change comes: the dictionary and the engine take half a
    second to load, which every ``manage.py`` command would pay.
    """
    from search.indexing import deliver

    deliver(changes)


def deliver_to_elasticsearch(changes: Sequence[ChangeRecord]) -> None:
    from search.indexing import deliver

    deliver(changes, ELASTICSEARCH)


def mend_indexes() -> list[str]:
    """What deliveries do not put right; imported late, as above."""
    from search.indexing import mend_all

    mend_all()
    return []


def mend_admin_search() -> list[str]:
    """The worker's job; imported late for the same reason."""
    from search.admin_backends.upkeep import mend

    return mend()


def count_queries() -> list[str]:
    """What readers searched for; imported late, as above."""
    from search.query_log import count_noted

    count = count_noted()
    return [f"记下 {count} 次搜索"] if count else []


def remove_old_queries() -> list[str]:
    from search.query_log import remove_old

    removed = remove_old()
    return [f"清理了 {removed} 条过期的搜索记录"] if removed else []


def require_usable_settings() -> None:
    """A server that can never be reached is said at the start, not at each search."""
    for url in settings.ELASTICSEARCH_URLS:
        if not re.fullmatch(r"https?://[^/\s]+:\d+/?\S*", url):
            raise ImproperlyConfigured(
                f"ELASTICSEARCH_URL 要写全协议、主机和端口，例如 http://127.0.0.1:9200，而不是 {_without_password(url)}。"
            )
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", settings.ELASTICSEARCH_PREFIX):
        raise ImproperlyConfigured(
            "ELASTICSEARCH_PREFIX 只能用小写字母、数字、- 和 _，以字母或数字开头，"
            f"而不是 {settings.ELASTICSEARCH_PREFIX!r}。"
        )


def _without_password(url: str) -> str:
    return re.sub(r"[^/]*@", "…@", url)


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("搜索")

    def ready(self) -> None:
        # The worker has models of django-tasks, which have to be there first.
        from home.worker import Job, register_job

        require_usable_settings()
        register_receiver(RECEIVERS[EMBEDDED], deliver_changes)
        if settings.ELASTICSEARCH_URLS:
            register_receiver(RECEIVERS[ELASTICSEARCH], deliver_to_elasticsearch)
        register_job(Job("search indexes", 60, mend_indexes))
        register_job(Job("admin search", 60, mend_admin_search))
        register_job(Job("queries", 60, count_queries))
        register_job(Job("old queries", 3600, remove_old_queries))
