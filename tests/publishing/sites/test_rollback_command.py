"""``rollback_site``: back to an older release, and on again."""

from __future__ import annotations

from contextlib import ExitStack
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from publishing.sites.lock import hold
from publishing.sites.site import Site
from tests.factories import make_portal
from tests.publishing.sites.making import (
    HOST,
    NEW,
    OLD,
    OTHER_HOST,
    build,
    current,
    words_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def portals(db: None, tmp_path: Path, settings: Any) -> None:
    """Two portals without content."""
    settings.EXPORT_DIR = tmp_path
    make_portal()
    make_portal("baihe", "白河县", "000003")


@pytest.fixture
def rolled() -> Site:
    """A site with two releases, beside another portal's."""
    for host in (OTHER_HOST, HOST):
        site = Site.of(host)
        build(site, OLD)
        build(site, NEW)
    return site


def run(site: Site, *options: str) -> str:
    out = StringIO()
    call_command(
        "rollback_site", "--portal", site.host, *options, stdout=out, stderr=out
    )
    return out.getvalue()


def test_without_a_name_the_release_before_is_served_and_only_of_that_portal(
    rolled: Site,
) -> None:
    told = run(rolled)
    assert rolled.releases()[1].name in told and "已暂停" in told
    assert words_in(current(rolled)) == OLD
    assert rolled.is_paused
    other = Site.of(OTHER_HOST)
    assert words_in(current(other)) == NEW and not other.is_paused


def test_a_release_can_be_named_and_all_can_be_listed(rolled: Site) -> None:
    newest, oldest = rolled.releases()
    lines = run(rolled, "--list").splitlines()
    assert lines[0].startswith(newest.name) and lines[0].endswith("正在使用")
    assert lines[1].startswith(oldest.name) and "正在使用" not in lines[1]
    run(rolled, "--to", oldest.name)
    assert "正在使用" in run(rolled, "--list").splitlines()[1]
    assert "已暂停" in run(rolled, "--list")


def test_resuming_lets_the_worker_go_on(rolled: Site) -> None:
    assert "没有暂停" in run(rolled, "--resume")
    run(rolled)
    assert "已恢复" in run(rolled, "--resume")
    assert not rolled.is_paused and rolled.needs_full_build


def test_what_does_not_exist_is_refused_with_what_there_is(rolled: Site) -> None:
    with pytest.raises(CommandError, match="没有这个版本：gestern"):
        run(rolled, "--to", "gestern")
    with pytest.raises(CommandError, match=f"现有：.*{OTHER_HOST}"):
        call_command("rollback_site", "--portal", "nobody.example")
    assert words_in(current(rolled)) == NEW


def test_a_portal_that_was_never_exported_has_nothing_to_go_back_to() -> None:
    site = Site.of(HOST)
    with pytest.raises(CommandError, match="没有更早的版本"):
        run(site)
    with pytest.raises(CommandError, match="还没有导出过"):
        run(site, "--list")


class EndingTheRun(StringIO):
    """Lets go of the lock when the command says that it waits."""

    def __init__(self, lock: ExitStack) -> None:
        super().__init__()
        self._lock = lock

    def write(self, words: str) -> int:
        self._lock.close()
        return super().write(words)


def test_it_waits_for_a_run_under_way_and_says_so(rolled: Site) -> None:
    lock = ExitStack()
    lock.enter_context(hold(rolled.folder / "lock", wait=False))
    told = EndingTheRun(lock)
    call_command("rollback_site", "--portal", HOST, stdout=StringIO(), stderr=told)
    assert "等它结束" in told.getvalue()
    assert words_in(current(rolled)) == OLD
