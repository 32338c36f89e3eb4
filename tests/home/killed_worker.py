"""Run in a process of its own by ``test_killed_worker``: steps of a worker's life.

``python killed_worker.py grow`` makes two portals and changes; ``die`` delivers and is
killed before it can note how far it has come; ``report`` prints what is found; ``renew``
builds the index from the database.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"

import django  # noqa: E402  (the path has to be set first)

django.setup()

from django.core.management import call_command  # noqa: E402  (after setup)

from articles.models import ArticlePage  # noqa: E402  (after setup)
from home.models import Cursor, Portal  # noqa: E402  (after setup)
from search.engines import get_engine  # noqa: E402  (after setup)
from search.indexing import last_change_number, rebuild  # noqa: E402  (after setup)
from search.service import SearchRequest, search  # noqa: E402  (after setup)
from tests.factories import ArticlePageFactory, make_two_portals  # noqa: E402  (after setup)


def grow() -> None:
    portals = make_two_portals()
    call_command("work", "--once")
    for number in range(5):
        ArticlePageFactory(
            parent=portals.qingshan.column, heading_zh_hans=f"宅基地指南{number}"
        ).save_revision().publish()
    page = ArticlePage.objects.get(pk=portals.baihe.article.pk)
    page.heading_zh_hans = "改了名字的文章"
    page.save_revision().publish()
    ArticlePage.objects.get(pk=portals.qingshan.article.pk).unpublish()


def die() -> None:
    def killed(cursor: Cursor, *args: object, **kwargs: object) -> None:
        if cursor.receiver == "search":
            os.kill(os.getpid(), signal.SIGKILL)
        save(cursor, *args, **kwargs)  # type: ignore[arg-type]

    save = Cursor.save
    Cursor.save = killed  # type: ignore[method-assign,assignment]  # the moment of death
    call_command("work", "--once")


def report() -> None:
    print(json.dumps(state()))  # noqa: T201  (this is its answer)


def renew() -> None:
    rebuild(get_engine())


def state() -> dict[str, object]:
    status = get_engine().status()
    hits = {
        portal.host: sorted(
            hit.title
            for words in ("宅基地", "文章", "讨薪", "工钱")
            for hit in search(SearchRequest(words, portal.pk)).hits
        )
        for portal in Portal.objects.all()
    }
    return {
        "entries": status.entries,
        "hits": hits,
        "stamp": status.stamp,
        "last": last_change_number(),
        "cursor": Cursor.objects.get(pk="search").position,
    }


if __name__ == "__main__":
    {"grow": grow, "die": die, "report": report, "renew": renew}[sys.argv[1]]()
