"""Where an export goes: switched as a whole, and mended after a killed run."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from publishing.writer import KEEP_RELEASES, Writer, plain_folder, release

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
Place = Callable[[Path], AbstractContextManager[Writer]]
PLACES = pytest.mark.parametrize(
    ("place", "shown"),
    [
        (lambda site: plain_folder(site), ""),
        (
            lambda site: release(site, NOON + timedelta(seconds=next(SECONDS))),
            "current",
        ),
    ],
    ids=["folder", "release"],
)
SECONDS = iter(range(10_000))


def write(place: Place, site: Path, **files: str) -> None:
    with place(site) as writer:
        for name, words in files.items():
            writer.write(f"{name}/index.html", words.encode())


def content(root: Path) -> dict[str, str]:
    return {
        str(file.relative_to(root)): file.read_text()
        for file in sorted(root.rglob("*"))
        if file.is_file()
    }


@PLACES
def test_a_second_export_replaces_the_first_as_a_whole(
    place: Place, shown: str, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    write(place, site, old="1", both="1")
    write(place, site, new="2", both="2")
    assert content(site / shown) == {"both/index.html": "2", "new/index.html": "2"}


@PLACES
def test_the_old_site_stands_while_a_new_one_is_written(
    place: Place, shown: str, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    write(place, site, old="1")
    with place(site) as writer:
        writer.write("new/index.html", b"2")
        assert content(site / shown) == {"old/index.html": "1"}


@PLACES
def test_an_export_that_fails_leaves_the_old_site_and_no_rest(
    place: Place, shown: str, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    write(place, site, old="1")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(RuntimeError), place(site) as writer:
        writer.write("new/index.html", b"2")
        raise RuntimeError
    assert sorted(tmp_path.rglob("*")) == before


@PLACES
def test_a_killed_export_leaves_the_old_site_and_the_next_one_cleans_up(
    place: Place, shown: str, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    write(place, site, old="1")
    child = os.fork()
    if child == 0:
        with place(site) as writer:
            writer.write("half/index.html", b"2")
            os.kill(os.getpid(), 9)
    os.waitpid(child, 0)
    assert content(site / shown) == {"old/index.html": "1"}
    write(place, site, new="3")
    assert content(site / shown) == {"new/index.html": "3"}
    assert not list(tmp_path.rglob("*.building*"))
    assert not list(tmp_path.rglob("half"))


def test_a_folder_that_was_killed_between_its_two_renames_is_restored(
    tmp_path: Path,
) -> None:
    site = tmp_path / "site"
    write(plain_folder, site, old="1")
    site.rename(tmp_path / ".previous-site")
    with pytest.raises(RuntimeError), plain_folder(site):
        raise RuntimeError
    assert content(site) == {"old/index.html": "1"}


@PLACES
def test_a_second_export_waits_for_the_first(
    place: Place, shown: str, tmp_path: Path
) -> None:
    # It took the folder of the running one for a leftover, and half a site was shown.
    site = tmp_path / "site"
    with place(site) as writer:
        second = threading.Thread(target=write, args=(place, site), kwargs={"new": "2"})
        writer.write("old/index.html", b"1")
        second.start()
        second.join(timeout=0.2)
        assert second.is_alive()
        writer.write("rest/index.html", b"1")
    second.join(timeout=10)
    assert content(site / shown) == {"new/index.html": "2"}


def test_releases_are_kept_but_not_for_ever(tmp_path: Path) -> None:
    for day in range(KEEP_RELEASES + 3):
        with release(tmp_path, NOON + timedelta(days=day)) as writer:
            writer.write("index.html", str(day).encode())
    kept = sorted((tmp_path / "releases").iterdir())
    assert len(kept) == KEEP_RELEASES
    assert (tmp_path / "current").resolve() == kept[-1]
    assert content(tmp_path / "current") == {"index.html": str(KEEP_RELEASES + 2)}


@pytest.mark.parametrize("name", ["../out.html", "a/../../out.html", "/etc/out.html"])
def test_nothing_is_written_outside_the_folder(tmp_path: Path, name: str) -> None:
    with (
        pytest.raises(ValueError, match="outside"),
        plain_folder(tmp_path / "site") as w,
    ):
        w.write(name, b"x")
    assert not (tmp_path / "out.html").exists()
