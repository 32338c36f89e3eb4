"""What one change of an editor touches: the files whose bytes change, and no other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from wagtail.models import Page

from publishing.building.full import build_release
from publishing.building.keeper import forget_kept, keep_up
from publishing.building.verifying import verify_site
from publishing.listings import PAGE_SIZE
from publishing.sites.site import Site
from tests.benchmarks.publishing.changes import compare, files_of
from tests.factories import (
    PUBLISHED_AT,
    ArticlePageFactory,
    ColumnPageFactory,
    TopicFactory,
    TwoPortals,
)

pytestmark = pytest.mark.django_db

NOON = "2026-05-12T12:00:00+08:00"
ARTICLES = 2 * PAGE_SIZE + 5
# The portal has three columns with articles; so many files has it in all.
Act = Callable[[Any, list[Any]], None]


def retitle(_columns: Any, articles: list[Any]) -> None:
    articles[10].heading_zh_hans = "改过的标题"
    articles[10].save_revision().publish()


def readdress(_columns: Any, articles: list[Any]) -> None:
    articles[12].slug = "neu"
    articles[12].save_revision().publish()


def move(columns: Any, articles: list[Any]) -> None:
    Page.objects.get(pk=articles[14].pk).move(columns[1], pos="last-child")


def withdraw(_columns: Any, articles: list[Any]) -> None:
    articles[16].unpublish()


def write(columns: Any, articles: list[Any]) -> None:
    moment = PUBLISHED_AT + timedelta(days=1)
    ArticlePageFactory(
        parent=columns[0],
        slug="frisch",
        topics=list(articles[0].topics.all()),
        first_published_at=moment,
        last_published_at=moment,
    )


def relate(_columns: Any, articles: list[Any]) -> None:
    """Other topics: other pages are related to it, and it to others."""
    articles[18].topics.set([TopicFactory(slug="hunyin", name_zh_hans="婚姻")])
    articles[18].save_revision().publish()


# At most so many pages, of more than a hundred: the page, its neighbours, those that it
# is related to, the lists of its column by topic and year, topics, the home page. Parts
# of the search index and of the manifest come on top.
MOST: dict[Act, int] = {
    retitle: 30,
    readdress: 30,
    move: 40,
    withdraw: 35,
    write: 30,
    relate: 40,
}


@pytest.mark.long
@time_machine.travel(NOON, tick=False)
def test_a_change_touches_what_changes(
    two_portals: TwoPortals, settings: Any, tmp_path: Path
) -> None:
    settings.EXPORT_DIR = tmp_path
    forget_kept()
    county = two_portals.qingshan
    topics = [TopicFactory(), TopicFactory(slug="hunyin", name_zh_hans="婚姻")]
    columns = [
        ColumnPageFactory(parent=county.home, slug=f"spalte-{n}") for n in range(2)
    ]
    articles = [
        ArticlePageFactory(
            parent=columns[0],
            slug=f"nummer-{number}",
            topics=[topics[number % 2]],
            first_published_at=PUBLISHED_AT - timedelta(days=number),
            last_published_at=PUBLISHED_AT - timedelta(days=number),
        )
        for number in range(ARTICLES)
    ]
    ArticlePageFactory(parent=columns[1])
    site = Site.of(county.host)
    build_release(county.portal)
    county.portal.save()
    keep_up(county.portal)  # the tree and the index are in memory from here on
    live = Path(site.live.path(""))
    assert len(list(site.record.names())) > 100
    found: dict[str, dict[str, int]] = {}
    for act, most in MOST.items():
        before = files_of(live)
        act(columns, articles)
        keep_up(county.portal)
        after = files_of(live)
        found[act.__name__] = counts = compare(before, after)
        assert counts["touched"] == counts["changed"], (act.__name__, counts)
        counts["pages"] = len(
            (pages_of(before) | pages_of(after))
            - {name for name in before if before[name] == after.get(name)}
        )
        assert counts["pages"] <= most, (act.__name__, counts)
        if act is write:
            assert_few_lists("spalte-0", before, after)
    print(found)  # noqa: T201  (for docs/performance.md)
    assert verify_site(county.portal, site).is_exact
    site.close()


def pages_of(files: Any) -> set[str]:
    return {name for name in files if name.endswith(".html")}


def assert_few_lists(column: str, before: Any, after: Any) -> None:
    """The list's own page and at most one numbered page, of the whole list as of each
    of its groups."""
    changed = {name for name in after if before.get(name) != after[name]}
    for group in ("", "topic/qianxin/", "topic/hunyin/", "year/2026/"):
        own = f"{column}/{group}index.html"
        numbered = f"{column}/{group}page/"
        pages = {name for name in changed if name == own or name.startswith(numbered)}
        assert len(pages) <= 2, (group, pages)
    assert f"{column}/index.html" in changed
