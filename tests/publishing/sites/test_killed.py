"""A run that is killed, or whose disk is full, at any of its steps."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from publishing.sites.checking import check_folder
from publishing.sites.errors import DiskFullError
from publishing.sites.site import Site
from tests.publishing.sites.dying import Fate, attempts
from tests.publishing.sites.making import (
    HOST,
    NEW,
    OLD,
    build,
    change,
    current,
    everything_in,
    words_in,
)


def state(site: Site) -> tuple[dict[str, str], dict[str, str]]:
    """What is live, and what the record says of it."""
    return words_in(current(site)), site.record.digests()


@pytest.fixture
def fresh(site: Site, tmp_path: Path) -> Callable[[], Site]:
    """Each call: the built site once more, in a folder of its own."""
    site.close()
    template = tmp_path / "template"
    shutil.copytree(tmp_path / HOST, template, symlinks=True)

    def copy() -> Site:
        folder = tmp_path / "again"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(template, folder / HOST, symlinks=True)
        return Site.of(HOST, folder)

    return copy


def full(site: Site) -> None:
    build(site, NEW)


def small(site: Site) -> None:
    change(site, {**NEW, "d/e/index.html": "丁"}, gone=["b/index.html"])


def blocking(site: Site) -> None:
    """A page becomes a file: the folder has to go first."""
    change(site, {"a": "datei", "index.html": "neu"}, gone=["a/index.html"])


def cut(site: Site) -> None:
    site.cut_release()


def back(site: Site) -> None:
    site.rollback()


def ready(fresh: Callable[[], Site], work: Callable[[Site], None]) -> Site:
    """A site on which ``work`` has something to do."""
    site = fresh()
    if work is back:
        build(site, NEW)
    if work is cut:
        change(site, {"a/index.html": "改"})
    return site


@pytest.mark.long
@pytest.mark.parametrize("fate", ["killed", "disk full"])
@pytest.mark.parametrize("work", [full, small, blocking, cut, back])
def test_after_any_step_the_next_run_finds_the_old_site_or_the_new_one(
    fresh: Callable[[], Site], work: Callable[[Site], None], fate: Fate
) -> None:
    # Some steps of the long runs: all of them take ten minutes (stride 1).
    stride = 1 if work is back else 3 if fate == "killed" else 6
    ends = _check_ends(fresh, work, fate, stride)
    assert ends == {"old", "new"}


@pytest.mark.parametrize("fate", ["killed", "disk full"])
def test_the_next_run_finds_the_old_site_or_the_new_one(
    fresh: Callable[[], Site], fate: Fate
) -> None:
    # Some steps of the most frequent run; the slow test above takes all of all runs.
    assert _check_ends(fresh, small, fate, stride=7) == {"old", "new"}


def _check_ends(
    fresh: Callable[[], Site], work: Callable[[Site], None], fate: Fate, stride: int
) -> set[str]:
    site = ready(fresh, work)
    old = (*state(site), len(site.releases()))
    work(site)
    new = (*state(site), len(site.releases()))
    site.close()
    ends: set[str] = set()
    for step, left in attempts(lambda: ready(fresh, work), work, fate, stride):
        with left.locked(wait=False):
            found = (*state(left), len(left.releases()))
        assert found in (old, new), step
        ends.add("old" if found == old else "new")
        _check_is_mended(left, step)
        assert left.is_paused == (work is back and found == new), step
        if work is not back:
            work(left)  # the next run goes through
            assert words_in(current(left)) == new[0], step
    return ends


def _check_is_mended(site: Site, step: int) -> None:
    assert check_folder(current(site)).is_clean, step
    assert all(run.finished for run in site.record.runs(9)), step
    rest = {path.name for path in site.folder.iterdir()}
    assert not rest & {"staging", ".current.new", "progress.json"}, step


@pytest.mark.parametrize("work", [full, cut, back])
def test_a_release_is_live_whole_or_not_at_all(
    fresh: Callable[[], Site], work: Callable[[Site], None]
) -> None:
    site = ready(fresh, work)
    old = words_in(current(site))
    work(site)
    new = words_in(current(site))
    site.close()
    for step, left in attempts(lambda: ready(fresh, work), work, "killed", 5):
        # Nobody has mended anything yet: this is what a villager sees.
        assert words_in(current(left)) in (old, new), step


def test_while_a_change_is_half_done_every_file_is_whole(
    fresh: Callable[[], Site],
) -> None:
    site = fresh()
    old = everything_in(current(site))
    small(site)
    new = everything_in(current(site))
    site.close()
    halves = 0
    for step, left in attempts(fresh, small, "killed", 6):
        seen = everything_in(current(left))
        for name, words in seen.items():
            assert words in (old.get(name), new.get(name)), (step, name)
        # A page that stays is there at any moment.
        assert {"index.html", "a/index.html"} <= seen.keys()
        halves += seen not in (old, new)
    assert halves > 0


@pytest.mark.parametrize("work", [full, small])
def test_a_full_disk_under_the_record_leaves_the_old_site(
    fresh: Callable[[], Site], work: Callable[[Site], None]
) -> None:
    site = fresh()
    old = state(site)
    with site.locked(wait=True):
        pages = site._writable.db.execute("PRAGMA page_count").fetchone()[0]
        site._writable.db.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(DiskFullError, match="磁盘已满"):
            _swell(site, work)
        assert state(site) == old
        site._writable.db.execute("PRAGMA max_page_count = 1000000")
        work(site)
    assert state(site) != old


def _swell(site: Site, work: Callable[[Site], None]) -> None:
    """More facts than fit on the pages that the record has."""
    many = {f"{number}/index.html": "x" * 50 for number in range(400)}
    (build if work is full else change)(site, {**many, **OLD})


def test_a_disk_that_is_full_in_the_middle_of_a_file_leaves_the_old_site(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = state(site)

    def half(path: str, body: bytes) -> None:
        Path(path).write_bytes(body[: len(body) // 2])
        raise OSError(28, "No space left on device")

    for work in (full, small):
        with monkeypatch.context() as patch:
            patch.setattr("publishing.sites.places.write_file", half)
            with pytest.raises(DiskFullError, match="磁盘已满"):
                work(site)
        assert state(site) == old
        assert "磁盘已满" in site.record.runs(1)[0].error
        assert not (site.folder / "staging").exists()
    full(site)
    assert words_in(current(site)) == NEW


def test_other_errors_of_the_disk_are_told_as_they_are(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: str, _body: bytes) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("publishing.sites.places.write_file", refuse)
    with pytest.raises(PermissionError):
        full(site)
    with pytest.raises(sqlite3.OperationalError), site.full_run("test") as run:
        run.record.db.execute("SELECT nothing")


def test_what_was_killed_and_then_removed_by_hand_needs_a_full_build(
    fresh: Callable[[], Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = fresh()

    def die(*_values: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("publishing.sites.releases.Releases.adopt", die)
        with pytest.raises(KeyboardInterrupt):
            full(site)
    shutil.rmtree(site.folder / "staging")
    with site.locked(wait=False):
        assert site.needs_full_build
        assert words_in(current(site)) == OLD
        full(site)
    assert words_in(current(site)) == NEW
    assert not site.needs_full_build
