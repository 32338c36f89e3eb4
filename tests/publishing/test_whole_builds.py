"""A whole build takes minutes: the worker goes on with everything else meanwhile."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.test import override_settings
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from home import worker
from home.models import Portal
from home.outbox import pending
from publishing.building import full, keeper, receiving
from publishing.building.full import build_release
from publishing.building.queue import build_site
from publishing.building.verifying import verify_site
from publishing.sites.errors import SiteBusyError
from publishing.sites.site import Site
from tests.factories import PortalFixture, TwoPortals, make_two_portals
from tests.project.server_process import wait_for

STORED = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


@pytest.fixture
def stored_tasks(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> Iterator[None]:
    settings.EXPORT_DIR = tmp_path
    # A test's own transaction would end with the connection.
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    with override_settings(TASKS=STORED):
        yield


def shows(county: PortalFixture, words: str) -> bool:
    file = Site.of(county.host).live.path("dongtai/index.html")
    return words in Path(file).read_text()


def change(county: PortalFixture, words: str) -> None:
    county.article.heading_zh_hans = words
    county.article.save()


@pytest.mark.django_db
def test_a_whole_build_keeps_no_other_portal_waiting(
    two_portals: TwoPortals, stored_tasks: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for county in two_portals:
        build_release(county.portal)
    own, other = two_portals.qingshan, two_portals.baihe
    # As after the portal has got another address.
    own.portal.public_base = "https://www.qingshan.example"
    own.portal.save()
    change(own, "先改的标题")
    change(other, "别县的标题")

    receiving.deliver(pending(0))
    assert shows(other, "别县的标题") and not shows(own, "先改的标题")
    asked = DBTaskResult.objects.filter(task_path=build_site.module_path)
    assert asked.count() == 1
    change(own, "又改的标题")
    receiving.deliver(pending(0))
    assert receiving.keep_all() == []
    assert asked.count() == 1  # once is enough

    assert worker.run_tasks() == []  # not in the lane of the others
    assert not shows(own, "又改的标题")
    worker.run_builds()
    assert shows(own, "又改的标题")
    with_site = Site.of(own.host)
    assert verify_site(own.portal, with_site).is_exact
    with_site.close()


@pytest.mark.django_db
def test_a_new_portal_has_its_static_site_as_soon_as_it_is_tested(
    two_portals: TwoPortals, stored_tasks: None
) -> None:
    own, other = two_portals.qingshan, two_portals.baihe
    receiving.keep_all()
    worker.run_builds()
    assert not any(Site.of(county.host).folder.exists() for county in two_portals)

    own.portal.state = Portal.State.TESTED
    own.portal.save()
    receiving.deliver(pending(0))
    worker.run_builds()
    assert shows(own, own.article.heading)
    assert not Site.of(other.host).folder.exists()
    site = Site.of(own.host)
    assert verify_site(own.portal, site).is_exact
    site.close()


@pytest.mark.django_db
def test_what_changed_during_a_whole_build_follows_it(
    two_portals: TwoPortals, stored_tasks: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    county = two_portals.qingshan
    build_release(county.portal)
    for module in (keeper, full):
        monkeypatch.setattr(module, "code_version", lambda: "another")
    usual = keeper.build_release

    def build(*args: Any, **kwargs: Any) -> Any:
        report = usual(*args, **kwargs)
        change(county, "做的时候改的标题")
        return report

    monkeypatch.setattr(keeper, "build_release", build)
    receiving.keep_all()
    worker.run_builds()
    assert shows(county, "做的时候改的标题")


def test_a_whole_build_has_a_thread_of_its_own() -> None:
    lanes = {job.name: job.lane for job in worker.JOBS}
    assert lanes["builds"] == worker.BUILDS
    assert {lane for name, lane in lanes.items() if name != "builds"} == {""}


# --- several processes ---------------------------------------------------------------------

BUILD = """
import os, sys, time
sys.path[:0] = [os.getcwd(), os.path.join(os.getcwd(), "site")]
import django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.EXPORT_DIR = sys.argv[2]
from publishing.building import parallel
from publishing.building.full import build_release
from home.models import Portal

usual = parallel.Workshop.make_all
def slow(self, addresses):
    for made in usual(self, addresses):
        print(os.getpid(), flush=True)
        time.sleep(0.05)
        yield made
parallel.Workshop.make_all = slow
parallel.BATCH = 5
portal = Portal.objects.get(site__hostname="qingshan.localhost")
build_release(portal, make_all=parallel.in_processes(2))
"""


def is_gone(pid: int) -> bool:
    """Or a zombie that nobody has asked for yet."""
    try:
        return "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return True


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_children_die_with_a_killed_parent_and_the_old_site_goes_on(
    settings: Any, tmp_path: Path
) -> None:
    """A child that outlives its parent holds the lock: no later run could begin."""
    settings.EXPORT_DIR = tmp_path
    county = make_two_portals().qingshan
    build_release(county.portal)
    before = Site.of(county.host).record.digests()
    change(county, "改过的标题")
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", BUILD, settings.DATABASES["default"]["NAME"], tmp_path],
        cwd=django_settings.BASE_DIR,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"},
    )
    assert process.stdout is not None
    children = {int(process.stdout.readline()) for _line in range(6)}
    with pytest.raises(SiteBusyError), Site.of(county.host).locked(wait=False):
        pass
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.read()  # until the last child has let go of it
    process.stdout.close()
    assert children and process.pid not in children
    # A process lets go of its files a moment before it is one no more.
    wait_for(lambda: all(map(is_gone, children)), lambda: str(children))
    assert Site.of(county.host).record.digests() == before
    assert not shows(county, "改过的标题")
    with Site.of(county.host).locked(wait=False):
        pass
    call_command("export_site", portal=[county.host], full=True)
    assert shows(county, "改过的标题")
