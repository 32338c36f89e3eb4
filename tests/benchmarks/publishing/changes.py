"""What one change of an editor costs: Wagtail's own part, and the published site's.

Runs inside an installation whose site is built. For each change the files of the live
tree are compared before and after: those that were touched, and those whose bytes differ.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from wagtail.models import Page

from articles.models import ArticlePage
from home import outbox
from home.models import ColumnPage, Portal, PublisherIdentity
from publishing.building import keeper
from tests.benchmarks.publishing.measuring import NotMeasured

RECEIVER = "publishing"
# Of the keeper, what belongs to the search index.
OF_SEARCH = ("_change_indexes", "_build_indexes")
Files = Mapping[str, tuple[int, str]]  # name → when it was written, its digest


def measure_changes(portal: Portal, folder: Path) -> Iterator[dict[str, Any]]:
    """Raises ``NotMeasured`` where nothing publishes what changes."""
    deliver = outbox.receivers().get(RECEIVER)
    if deliver is None:
        raise NotMeasured("no receiver of the outbox publishes what changes")
    found = ArticlePage.objects.descendant_of(portal.site.root_page).live()
    first, *articles = found[: len(ACTIONS) + 1]
    # A worker that runs has seen a change before: it holds the tree of the portal.
    _publish(first)
    _take(deliver)
    for (name, act), page in zip(ACTIONS.items(), articles, strict=True):
        before = files_of(folder)
        began = time.process_time()
        act(portal, page)
        published = time.process_time()
        with search_time() as spent:
            _take(deliver)
        done = time.process_time()
        yield {
            "change": name,
            "is_of_frame": name in OF_FRAME,
            "publish_cpu": published - began,
            "update_cpu": done - published,
            "search_cpu": sum(spent),
            **compare(before, files_of(folder)),
        }


@contextmanager
def search_time() -> Iterator[list[float]]:
    """Seconds of CPU that go into the search index meanwhile."""
    spent: list[float] = []
    usual = {name: getattr(keeper, name) for name in OF_SEARCH}

    def timed(name: str) -> Callable[..., Any]:
        def run(*args: Any) -> Any:
            began = time.process_time()
            try:
                return usual[name](*args)
            finally:
                spent.append(time.process_time() - began)

        return run

    for name in OF_SEARCH:
        setattr(keeper, name, timed(name))
    try:
        yield spent
    finally:
        for name, function in usual.items():
            setattr(keeper, name, function)


def _take(deliver: Any) -> None:
    for _count in outbox._deliver_to(RECEIVER, deliver):
        pass


def files_of(folder: Path) -> Files:
    root = folder.resolve()
    return {
        str(path.relative_to(root)): (
            path.stat().st_mtime_ns,
            sha256(path.read_bytes()).hexdigest(),
        )
        for path in root.rglob("*")
        if path.is_file()
    }


def compare(before: Files, after: Files) -> dict[str, int]:
    """``touched``: written, made or removed; ``changed``: those with other bytes."""
    names = before.keys() | after.keys()
    missing = (0, "")
    pairs = [(before.get(name, missing), after.get(name, missing)) for name in names]
    return {
        "touched": sum(old != new for old, new in pairs),
        "changed": sum(old[1] != new[1] for old, new in pairs),
    }


# --- what editors do ----------------------------------------------------------------------


def _publish(page: Page) -> None:
    page.save_revision().publish()


def _retitle(_portal: Portal, page: ArticlePage) -> None:
    page.heading_zh_hans = f"{page.heading_zh_hans}（更正）"
    _publish(page)


def _rename(_portal: Portal, page: ArticlePage) -> None:
    page.slug = f"{page.slug}-xin"
    _publish(page)


def _move(portal: Portal, page: ArticlePage) -> None:
    columns = ColumnPage.objects.child_of(portal.site.root_page)
    target = columns.exclude(pk=page.get_parent().pk).first()
    page.move(target, pos="last-child")


def _withdraw(_portal: Portal, page: ArticlePage) -> None:
    page.unpublish()


def _write(_portal: Portal, page: ArticlePage) -> None:
    fresh = ArticlePage(
        heading_zh_hans="新写的一篇文章",
        summary_zh_hans=page.summary_zh_hans,
        body_zh_hans=page.body_zh_hans.raw_data,
    )
    fresh.topics = list(page.topics.all())
    page.get_parent().add_child(instance=fresh)
    _publish(fresh)


def _call_elsewhere(portal: Portal, _page: ArticlePage) -> None:
    """The bureau's telephone stands on every page."""
    publisher = PublisherIdentity.for_site(portal.site)
    publisher.phone = "0000-7654321"
    publisher.save()


def _rename_column(portal: Portal, _page: ArticlePage) -> None:
    """One of the menu, which stands on every page."""
    columns = ColumnPage.objects.child_of(portal.site.root_page).live().in_menu()
    column = columns.first()
    assert column is not None  # the benchmark's portal has a menu
    column.heading_zh_hans = f"{column.heading_zh_hans}栏"
    _publish(column)


ACTIONS: dict[str, Callable[[Portal, ArticlePage], None]] = {
    "title": _retitle,
    "slug": _rename,
    "move": _move,
    "withdraw": _withdraw,
    "new article": _write,
    "telephone in the footer": _call_elsewhere,
    "menu item": _rename_column,
}
OF_FRAME = frozenset({"telephone in the footer", "menu item"})


def live_tree(portal: Portal) -> Path:
    return Path(settings.EXPORT_DIR) / portal.host / "current"
