"""Plain files in a folder of one's own: no releases, no link, no record (``--output``).

Built beside the folder, which is then replaced as a whole. While a build runs, and if
it fails or is killed, the old folder stays as it is.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files.utils import validate_file_name

from publishing.sites.errors import telling_full_disk
from publishing.sites.lock import hold
from publishing.sites.places import PlainTree
from publishing.sites.recording import RecordWriter
from publishing.sites.runs import FullRun

TREE = "tree"


@contextmanager
def plain_run(target: Path) -> Iterator[FullRun]:
    """A full run whose files become the folder ``target``; its name is the host.

    ``run.record`` lasts as long as the run: it answers what is needed by what was put.
    """
    with telling_full_disk(), _replaced(target) as building:
        with _running(target.name, building) as run:
            yield run


@contextmanager
def plain_folder(target: Path) -> Iterator[Callable[[str, bytes], None]]:
    """What writes (name, body) of a folder; without a manifest and a record."""
    with telling_full_disk(), _replaced(target) as building:
        tree = PlainTree(building / TREE, is_durable=settings.EXPORT_DURABLE)

        def write(name: str, body: bytes) -> None:
            validate_file_name(name, allow_relative_path=True)
            tree.stage(name, body)

        yield write
        tree.entries()


@contextmanager
def _replaced(target: Path) -> Iterator[Path]:
    """A folder whose ``tree`` is then put in the place of ``target``."""
    building = target.with_name(f".building-{target.name}")
    previous = target.with_name(f".previous-{target.name}")
    target.parent.mkdir(parents=True, exist_ok=True)
    # Another run into the same folder waits: each removes what it takes for a rest.
    with hold(target.parent, wait=True):
        _restore(target, previous)
        _remove(building)
        building.mkdir()
        try:
            yield building
        except BaseException:
            _remove(building)
            raise
        if target.exists():
            target.rename(previous)
        (building / TREE).rename(target)
        _remove(previous)
        _remove(building)


@contextmanager
def _running(host: str, building: Path) -> Iterator[FullRun]:
    record = RecordWriter(building / "record.sqlite3")
    try:
        tree = PlainTree(building / TREE, is_durable=settings.EXPORT_DURABLE)
        run_id = record.start_run("full", "")
        record.begin(is_durable=False)
        run = FullRun(run_id, host, record, tree)
        yield run
        run.finish()
    finally:
        record.roll_back()
        record.close()


def _restore(target: Path, previous: Path) -> None:
    """Undo a switch that was cut off between its two renames."""
    if previous.exists() and not target.exists():
        previous.rename(target)
    _remove(previous)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
