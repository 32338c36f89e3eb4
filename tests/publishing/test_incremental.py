"""After whatever editors do, the changed site is the site that is built afresh.

Random actions on two portals in two languages; after each, both sites are brought up to
date and every byte of both is held against a rendering from nothing.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random, SystemRandom
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from wagtail.contrib.redirects.models import Redirect

from home.models import HomePage, Portal, PublisherIdentity, Topic
from media.models import PortalDocument
from publishing import facts
from publishing.building.change import Causes, Update
from publishing.building.full import build_release
from publishing.building.keeper import forget_kept, keep_up
from publishing.building.verifying import verify_site
from publishing.sites.site import Site
from publishing.tree import forget_trees
from tests.factories import (
    ArticlePageFactory,
    ColumnPageFactory,
    TwoPortals,
    make_two_portals,
    stream,
)
from tests.publishing.kinds import add_every_kind
from tests.publishing.recorded import outdated_facts
from tests.publishing.site_actions import ACTIONS, SILENT
from tests.publishing.tree_editors import Editors

pytestmark = pytest.mark.django_db

NOON = "2026-05-12T12:00:00+08:00"
STEPS = 250  # in each of the two long runs
STEPS_OF_A_STORY = 50
FURNISHING = [
    "attach_a_file",
    "bring_a_statute",
    "lead_an_old_address_on",
    "list_the_offices",
    "list_the_people",
    "publish_an_event",
    "use_a_picture",
]


@pytest.fixture(autouse=True)
def sites(settings: Any, tmp_path: Path) -> None:
    settings.EXPORT_DIR = tmp_path


def drive(portals: TwoPortals, steps: int, random: Random) -> Counter[str]:
    """How often each kind of action changed at least one file."""
    editors = Editors(portals, random)
    kept = [(county.portal, Site.of(county.host)) for county in portals]
    for portal, _site in kept:
        build_release(portal)
    changed: Counter[str] = Counter()
    try:
        for _step in range(steps):
            with on_day(editors.days):
                name = editors.act()
            with on_day(editors.days):
                written = sum(follow(portal, site) for portal, site in kept)
            assert not (written and name in SILENT)
            changed[name] += bool(written)
    except BaseException as error:
        error.add_note(f"{editors.count}: {editors.done}")
        raise
    finally:
        for _portal, site in kept:
            site.close()
    return changed


def on_day(number: int) -> Any:
    moment = datetime.fromisoformat(NOON) + timedelta(days=number)
    return time_machine.travel(moment, tick=False)


def follow(portal: Portal, site: Site) -> int:
    """Bring a site up to date and compare; how many files that touched."""
    report = keep_up(portal)
    assert report is None or report.failures == []
    found = verify_site(portal, site)
    assert found.is_exact, (portal.host, found)
    assert outdated_facts(portal, site) == []
    return report.written + report.deleted if report is not None else 0


def make_story(random: Random) -> TwoPortals:
    """Two portals with home pages in two languages; one has a public address and so a
    sitemap, one perhaps every kind of page."""
    portals = make_two_portals()
    for county in portals:
        home = HomePage.objects.get(pk=county.home.pk)
        home.heading_en = f"{county.marker} home"
        home.save()
        column = ColumnPageFactory(parent=home, heading_en="Column")
        ArticlePageFactory(parent=column, topics=list(Topic.objects.all()[:1]))
    if random.random() < 0.3:
        add_every_kind(random.choice(list(portals)))
    public = random.choice(list(portals)).portal
    public.public_base = "https://www.example.gov.cn/sfj"
    public.save()
    editors = Editors(portals, random, count=1000)
    for name in random.sample(FURNISHING, 4):  # what others then change
        editors.count += 1
        ACTIONS[name](editors)
    return portals


def chosen_seed() -> int:
    return int(os.environ.get("STEPS_SEED") or SystemRandom().randrange(10**9))


@time_machine.travel(NOON, tick=False)
def test_a_changed_site_is_the_site_built_afresh(two_portals: TwoPortals) -> None:
    random = Random(chosen_seed())  # noqa: S311  (no secret)
    assert sum(drive(two_portals, 8, random).values()) > 0


@pytest.mark.long
@pytest.mark.parametrize("_run", range(2))
@time_machine.travel(NOON, tick=False)
def test_a_site_changed_hundreds_of_times_is_the_site_built_afresh(
    _run: int, settings: Any, tmp_path: Path
) -> None:
    """``STEPS`` and ``STEPS_SEED`` in the environment choose another run."""
    number = chosen_seed()
    steps = int(os.environ.get("STEPS", STEPS))
    changed: Counter[str] = Counter()

    @seed(number)
    @hypothesis_settings(
        max_examples=max(1, steps // STEPS_OF_A_STORY),
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    # What an action asks depends on the pages that are there: only the seed is drawn.
    @given(st.randoms(use_true_random=True))
    def tell_a_story(random: Random) -> None:
        forget_trees()
        forget_kept()
        settings.EXPORT_DIR = Path(tempfile.mkdtemp(dir=tmp_path))
        with transaction.atomic():
            # Not a fixture: its objects would keep what was rolled back.
            changed.update(drive(make_story(random), STEPS_OF_A_STORY, random))
            transaction.set_rollback(True)

    tell_a_story()
    names = sorted(ACTIONS, key=lambda name: (-changed[name], name))
    lines = [f"{changed[name]:5} {name}" for name in names]
    print(f"STEPS_SEED={number} STEPS={steps}", *lines, sep="\n")  # noqa: T201
    assert steps < 5000 or min(changed[name] for name in ACTIONS.keys() - SILENT) >= 20
    assert sum(changed.values()) > steps // 10


# --- every kind of dependency is needed ------------------------------------------------------


def rename_an_article(portals: TwoPortals) -> None:
    article = portals.qingshan.article
    article.heading_zh_hans = "改了标题"
    article.save()


def change_a_body(portals: TwoPortals) -> None:
    article = portals.qingshan.article
    article.body_zh_hans = stream(("text", "<p>改了正文</p>"))
    article.save()


def publish_an_article(portals: TwoPortals) -> None:
    ArticlePageFactory(parent=portals.qingshan.column)


def change_the_colour(portals: TwoPortals) -> None:
    identity = PublisherIdentity.objects.get(site=portals.qingshan.portal.site)
    identity.phone = "0000-7654321"
    identity.save()


def rename_a_topic(_portals: TwoPortals) -> None:
    topic = Topic.objects.first()
    assert topic is not None
    topic.name_zh_hans = "改名的主题"
    topic.save()


LISTS = {
    "list_page",
    "list_groups",
    "list_group_names",
    "newest",
    "children",
    "siblings",
    "related_to",
    "topic_page",
    "topic_counts",
    "sitemap_part",
    "updated_at",
}
OF_A_PAGE = {"row", "card", "above", "facts", "topic_ids", "below", "holds_something"}
DEPENDENCIES: list[tuple[str, set[str], Callable[[TwoPortals], None]]] = [
    ("a page's own text", {"stored"}, change_a_body),
    ("a page as others show it", OF_A_PAGE | LISTS, rename_an_article),
    ("lists", LISTS | {"site"}, publish_an_article),
    ("settings", {"site"}, change_the_colour),
    ("topics", {"topics", "topic", "topic_page"}, rename_a_topic),
]


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize(
    ("forgotten", "act"),
    [(names, act) for _name, names, act in DEPENDENCIES],
    ids=[name for name, _names, _act in DEPENDENCIES],
)
def test_without_a_kind_of_dependency_a_site_is_stale(
    two_portals: TwoPortals,
    monkeypatch: pytest.MonkeyPatch,
    forgotten: set[str],
    act: Callable[[TwoPortals], None],
) -> None:
    assert forgotten <= facts.fact_names() | facts.EVENTS
    portal, site = two_portals.qingshan.portal, Site.of(two_portals.qingshan.host)
    build_release(portal)
    usual = Update._find_changed_facts

    def find(self: Update) -> None:
        usual(self)
        kept = {fact for fact in self.causes.changed if fact[0] not in forgotten}
        self.causes = Causes(changed=kept)
        for fact, names in self.record.reading(kept).items():
            self.causes.add(names, " ".join(fact))

    act(two_portals)
    with monkeypatch.context() as patched:
        patched.setattr(Update, "_find_changed_facts", find)
        keep_up(portal)
    assert not verify_site(portal, site).is_exact
    build_release(portal)
    assert verify_site(portal, site).is_exact
    site.close()


@time_machine.travel(NOON, tick=False)
def test_a_redirect_made_by_hand_and_taken_away_again(two_portals: TwoPortals) -> None:
    portal, site = two_portals.qingshan.portal, Site.of(two_portals.qingshan.host)
    build_release(portal)
    redirect = Redirect.objects.create(
        old_path="/jiu", site=portal.site, redirect_page=two_portals.qingshan.article
    )
    keep_up(portal)
    assert site.record.has("jiu/index.html") and site.record.has("redirects.map")
    assert verify_site(portal, site).is_exact
    redirect.delete()
    keep_up(portal)
    assert not site.record.has("jiu/index.html")
    assert not site.record.has("redirects.map")
    assert verify_site(portal, site).is_exact
    site.close()


@time_machine.travel(NOON, tick=False)
def test_a_day_later_the_site_is_that_of_the_new_day(two_portals: TwoPortals) -> None:
    portal, site = two_portals.qingshan.portal, Site.of(two_portals.qingshan.host)
    build_release(portal)
    with time_machine.travel("2026-06-01T00:00:30+08:00", tick=False):
        assert keep_up(portal) is not None
        assert verify_site(portal, site).is_exact
        assert keep_up(portal) is None
    site.close()


@time_machine.travel(NOON, tick=False)
def test_a_new_file_of_the_same_name_reaches_the_site(two_portals: TwoPortals) -> None:
    county = two_portals.qingshan
    document = PortalDocument.objects.create(
        title="申请表",
        file=ContentFile(b"%PDF-1.4 old", "biao.pdf"),
        collection=county.portal.collection,
    )
    link = f'<p><a linktype="document" id="{document.pk}">申请表</a></p>'
    article = county.article
    article.body_zh_hans = stream(("text", link))
    article.save()
    site = Site.of(county.host)
    build_release(county.portal)
    (name,) = [name for name in site.record.names() if name.endswith(".pdf")]
    with document.file.open("wb") as file:
        file.write(b"%PDF-1.4 new")
    document.save()
    keep_up(county.portal)
    assert (Path(site.live.path("")) / name).read_bytes() == b"%PDF-1.4 new"
    assert verify_site(county.portal, site).is_exact
    site.close()
