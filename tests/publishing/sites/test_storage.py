"""The live tree on another Django storage, and the one that is files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage

from publishing.sites.site import Site
from publishing.sites.storage import TreeStorage
from tests.publishing.sites.making import HOST, NEW, OLD, OTHER_HOST, build, change


def words_of(storage: Storage, folder: str = "") -> dict[str, str]:
    """The files of a storage without those of the manifest."""
    folders, files = storage.listdir(folder)
    found = {}
    for name in files:
        path = f"{folder}/{name}" if folder else name
        if not path.startswith("manifest"):
            found[path] = storage.open(path).read().decode()
    for name in folders:
        found |= words_of(storage, f"{folder}/{name}" if folder else name)
    return found


@pytest.fixture
def memory(tmp_path: Path) -> Site:
    """A site whose live tree is no folder, as it would be on S3."""
    site = Site(HOST, tmp_path / HOST, InMemoryStorage())
    build(site, OLD)
    return site


def test_a_change_reaches_another_storage(memory: Site) -> None:
    change(memory, {**NEW, "a/index.html": "改"}, gone=["b/index.html"])
    assert words_of(memory.live) == {**NEW, "a/index.html": "改"}
    assert not (memory.folder / "staging").exists()
    assert sorted(memory.record.names()) == sorted(NEW)


def test_a_full_run_writes_there_what_differs_and_removes_the_rest(
    memory: Site,
) -> None:
    before = memory.live.get_modified_time("a/index.html")
    build(memory, NEW)
    assert memory.live.get_modified_time("a/index.html") == before
    assert words_of(memory.live) == NEW
    assert memory.record.runs(1)[0].written == 2


def test_there_are_no_releases_there(memory: Site) -> None:
    assert memory.releases() == []
    assert memory.cut_release() == "elsewhere"
    assert not memory.needs_full_build
    assert not (memory.folder / "releases").exists()


def test_a_change_that_was_killed_there_is_completed(
    memory: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = InMemoryStorage._save
    saved: list[str] = []

    def die(self: InMemoryStorage, name: str, content: Any) -> str:
        if len(saved) == 1:
            raise ConnectionError("S3 is away")
        saved.append(name)
        return usual(self, name, content)

    with monkeypatch.context() as patch:
        patch.setattr(InMemoryStorage, "_save", die)
        with pytest.raises(ConnectionError):
            change(memory, NEW, gone=["b/index.html"])
    assert words_of(memory.live) not in (OLD, NEW)
    with memory.locked(wait=False):
        assert words_of(memory.live) == NEW


class ShelfStorage(InMemoryStorage):
    """One storage per folder of a bucket, as with S3."""

    made: dict[str, list[str]] = {}

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.made.setdefault(folder, [])
        self._folder = folder

    def _save(self, name: str, content: Any) -> str:
        self.made[self._folder].append(name)
        return super()._save(name, content)


def test_the_setting_names_the_storage_and_each_portal_has_its_own_place(
    tmp_path: Path, settings: Any
) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "sites": {
            "BACKEND": f"{__name__}.ShelfStorage",
            "OPTIONS": {"folder": "bucket/{host}"},
        },
    }
    ShelfStorage.made.clear()
    build(Site.of(HOST, tmp_path), OLD)
    build(Site.of(OTHER_HOST, tmp_path), {"x.html": "x"})
    assert OLD.keys() < set(ShelfStorage.made[f"bucket/{HOST}"])
    assert "x.html" in ShelfStorage.made[f"bucket/{OTHER_HOST}"]
    assert "x.html" not in ShelfStorage.made[f"bucket/{HOST}"]


def test_a_file_is_replaced_whole_and_its_links_stay(tmp_path: Path) -> None:
    storage = TreeStorage(location=tmp_path / "tree")
    assert storage.save("a/b.txt", ContentFile(b"1")) == "a/b.txt"
    os.link(tmp_path / "tree/a/b.txt", tmp_path / "older")
    assert storage.save("a/b.txt", ContentFile(b"2")) == "a/b.txt"
    assert storage.open("a/b.txt").read() == b"2"
    assert (tmp_path / "older").read_bytes() == b"1"


def test_a_file_that_cannot_be_written_whole_leaves_the_old_one(
    tmp_path: Path,
) -> None:
    class Torn(ContentFile[bytes]):
        def chunks(self, chunk_size: int | None = None) -> Any:
            yield b"half"
            raise OSError(28, "No space left on device")

    storage = TreeStorage(location=tmp_path)
    storage.save("a.txt", ContentFile(b"1"))
    with pytest.raises(OSError, match="No space"):
        storage.save("a.txt", Torn(b"2"))
    assert os.listdir(tmp_path) == ["a.txt"]
    assert (tmp_path / "a.txt").read_bytes() == b"1"


def test_folders_that_are_empty_go_with_their_last_file(tmp_path: Path) -> None:
    storage = TreeStorage(location=tmp_path)
    for name in ("a/b/c.txt", "a/d.txt"):
        storage.save(name, ContentFile(b"x"))
    storage.delete("a/b/c.txt")
    assert os.listdir(tmp_path / "a") == ["d.txt"]
    storage.delete("a/d.txt")
    storage.delete("a/d.txt")  # a second time changes nothing
    assert os.listdir(tmp_path) == []


def test_what_no_record_knows_of_does_not_stop_a_publication(site: Site) -> None:
    tree = site.folder / "current"
    (tree / "new").write_text("where a folder has to be")
    (tree / "file.txt").mkdir()
    (tree / "file.txt" / "webshell.php").write_text("where a file has to be")
    change(site, {"new/page/index.html": "1", "file.txt": "2"})
    assert (tree / "new/page/index.html").read_text() == "1"
    assert (tree / "file.txt").read_text() == "2"
