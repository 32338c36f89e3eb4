"""A folder of plain files: replaced as a whole, and mended after a killed run."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousFileOperation

from publishing.sites.plain import plain_folder, plain_run
from tests.publishing.sites.making import (
    HOST,
    NEW,
    OLD,
    OTHER_HOST,
    everything_in,
    made,
    put_all,
    words_in,
)


def write(target: Path, files: Mapping[str, str]) -> None:
    with plain_run(target) as run:
        put_all(run, files)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """The folder of a portal, written once, beside another portal's."""
    write(tmp_path / OTHER_HOST, {"index.html": "白河"})
    write(tmp_path / HOST, OLD)
    return tmp_path / HOST


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_second_run_replaces_the_first_as_a_whole(target: Path) -> None:
    write(target, NEW)
    assert words_in(target) == NEW
    assert words_in(target.with_name(OTHER_HOST)) == {"index.html": "白河"}
    assert names_in(target.parent) == [OTHER_HOST, HOST]


def test_there_is_a_manifest_and_nothing_of_the_run(target: Path) -> None:
    there = everything_in(target).keys() - OLD.keys()
    assert {"manifest.json", "manifest.sig"} < there
    assert all(name.startswith("manifest") for name in there)


def test_two_runs_of_the_same_files_are_equal_byte_for_byte(target: Path) -> None:
    before = everything_in(target)
    write(target, dict(reversed(OLD.items())))
    assert everything_in(target) == before


def test_what_is_needed_can_be_asked_during_the_run(target: Path) -> None:
    with plain_run(target) as run:
        run.put(*made("index.html", "x", needs=[("media", "images/a.jpg")]))
        assert run.record.needed("media") == {"images/a.jpg"}
        assert run.record.needed_by(("media", "images/a.jpg")) == ["index.html"]


def test_a_run_that_fails_leaves_the_old_folder_and_no_rest(target: Path) -> None:
    before = everything_in(target.parent)
    with pytest.raises(RuntimeError), plain_run(target) as run:
        put_all(run, NEW)
        assert words_in(target) == OLD
        raise RuntimeError
    assert everything_in(target.parent) == before


def test_a_killed_run_leaves_the_old_folder_and_the_next_one_cleans_up(
    target: Path,
) -> None:
    child = os.fork()
    if child == 0:
        with plain_run(target) as run:
            put_all(run, NEW)
            os.kill(os.getpid(), 9)
    os.waitpid(child, 0)
    assert words_in(target) == OLD
    write(target, {"index.html": "3"})
    assert words_in(target) == {"index.html": "3"}
    assert names_in(target.parent) == [OTHER_HOST, HOST]


def test_a_folder_that_was_killed_between_its_two_renames_is_restored(
    target: Path,
) -> None:
    target.rename(target.with_name(f".previous-{HOST}"))
    with pytest.raises(RuntimeError), plain_run(target):
        raise RuntimeError
    assert words_in(target) == OLD


def test_a_second_run_waits_for_the_first(target: Path) -> None:
    # It took the folder of the running one for a leftover, and half a site was shown.
    with plain_run(target) as run:
        second = threading.Thread(target=write, args=(target, {"index.html": "2"}))
        put_all(run, NEW)
        second.start()
        second.join(timeout=0.1)
        assert second.is_alive()
    second.join(timeout=10)
    assert words_in(target) == {"index.html": "2"}


def test_a_folder_without_a_manifest_is_replaced_in_the_same_way(target: Path) -> None:
    with plain_folder(target) as put:
        put("a/b.txt", b"1")
        assert words_in(target) == OLD
    assert everything_in(target) == {"a/b.txt": "1"}
    assert names_in(target.parent) == [OTHER_HOST, HOST]
    with pytest.raises(SuspiciousFileOperation), plain_folder(target) as put:
        put("../out.txt", b"1")
    assert everything_in(target) == {"a/b.txt": "1"}
