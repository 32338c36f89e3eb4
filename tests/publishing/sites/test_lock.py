"""Two runs on one site: the second waits, or is told to come again."""

from __future__ import annotations

import os
import threading
from contextlib import suppress

import pytest

from publishing.sites.errors import SiteBusyError
from publishing.sites.site import Site
from tests.publishing.sites.making import (
    HOST,
    NEW,
    OLD,
    build,
    change,
    current,
    made,
    words_in,
)


def second(site: Site) -> Site:
    """The same site, as another process sees it."""
    return Site.of(HOST, site.folder.parent)


def test_who_does_not_want_to_wait_is_told(site: Site) -> None:
    with site.locked(wait=True), pytest.raises(SiteBusyError, match="正在更新"):
        with second(site).locked(wait=False):
            pass
    with second(site).locked(wait=False):
        pass


def test_a_second_run_waits_and_builds_on_the_first(site: Site) -> None:
    def work() -> None:
        other = second(site)
        change(other, {"b/index.html": "二"})
        other.close()

    thread = threading.Thread(target=work)
    with site.change_run("test") as run:
        thread.start()
        thread.join(timeout=0.1)
        assert thread.is_alive()
        run.delete("a/index.html")
    thread.join(timeout=10)
    assert words_in(current(site)) == {"index.html": "旧首页", "b/index.html": "二"}
    assert sorted(site.record.names()) == ["b/index.html", "index.html"]


def test_one_lock_is_enough_for_several_runs(site: Site) -> None:
    with site.locked(wait=False):
        build(site, NEW)
        change(site, {"index.html": "x"})
    assert words_in(current(site))["index.html"] == "x"


def test_another_portal_is_not_kept_waiting(site: Site) -> None:
    other = Site.of("baihe.localhost", site.folder.parent)
    with site.locked(wait=True), other.locked(wait=False):
        build(other, NEW)
    other.close()


def test_the_record_can_be_read_while_a_run_is_under_way(site: Site) -> None:
    reader = second(site)
    with site.full_run("test") as run:
        run.put(*made("x.html", "x"))
        run.progress(1, 2)
        assert sorted(reader.record.names()) == sorted(OLD)
        told = reader.record.progress()
        assert told is not None
        assert (told.done, told.total, told.pid) == (1, 2, os.getpid())
        assert reader.record.runs(1)[0].finished is None
    assert reader.record.progress() is None
    assert list(reader.record.names()) == ["x.html"]
    assert reader.record.runs(1)[0].finished is not None
    reader.close()


def test_progress_is_written_down_at_most_once_a_second(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = iter([100.0, 100.5, 101.1])
    monkeypatch.setattr("publishing.sites.recording.monotonic", lambda: next(moments))
    seen = []
    with site.full_run("test") as run:
        for done in (1, 2, 3):
            run.progress(done, 3)
            told = site.record.progress()
            seen.append(told.done if told else None)
    assert seen == [1, 1, 3]


def test_progress_of_a_process_that_is_gone_is_not_told(site: Site) -> None:
    child = os.fork()
    if child == 0:
        with second(site).full_run("test") as run:
            run.progress(1, 2)
            os.kill(os.getpid(), 9)
    os.waitpid(child, 0)
    assert (site.folder / "progress.json").exists()
    assert site.record.progress() is None
    with site.locked(wait=False):
        assert not (site.folder / "progress.json").exists()
    assert "中断" in site.record.runs(1)[0].error


def test_a_child_process_reads_the_record_with_a_connection_of_its_own(
    site: Site,
) -> None:
    with site.full_run("test") as run:
        run.put(*made("x.html", "x"))
        assert sorted(site.record.names()) == sorted(OLD)
        child = os.fork()
        if child == 0:
            code = 1
            with suppress(RuntimeError):
                is_same = sorted(site.record.names()) == sorted(OLD)
                code = 2 if is_same else 3
                run.put(*made("y.html", "y"))  # only the parent may write
                code = 4
            os._exit(code)
        _pid, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) == 2
    assert list(site.record.names()) == ["x.html"]
