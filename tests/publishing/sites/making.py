"""Small sites for the tests of the store: names and words, and what they read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from publishing.sites.manifest import is_part
from publishing.sites.outputs import Fact, Need, Output, output_of
from publishing.sites.runs import Run
from publishing.sites.site import Site

HOST = "qingshan.localhost"
OTHER_HOST = "baihe.localhost"

OLD = {"index.html": "旧首页", "a/index.html": "甲", "b/index.html": "乙"}
NEW = {"index.html": "新首页", "a/index.html": "甲", "c/index.html": "丙"}


def made(
    name: str,
    words: str,
    *,
    facts: Mapping[Fact, str] | None = None,
    needs: Iterable[Need] = (),
    page_id: int | None = None,
) -> tuple[Output, bytes]:
    body = words.encode()
    output = output_of(
        name,
        body,
        path=f"/{name.removesuffix('index.html')}",
        kind="page",
        type="text/html; charset=utf-8",
        language="zh-hans",
        page_id=page_id,
        facts={("page", name): words} if facts is None else facts,
        needs=frozenset(needs),
    )
    return output, body


def put_all(run: Run, files: Mapping[str, str]) -> list[str]:
    """Put every file; the names of those that differed."""
    return [name for name, words in files.items() if run.put(*made(name, words))]


def build(site: Site, files: Mapping[str, str], cause: str = "test") -> None:
    with site.full_run(cause) as run:
        put_all(run, files)


def change(
    site: Site, files: Mapping[str, str], gone: Iterable[str] = (), cause: str = "test"
) -> None:
    with site.change_run(cause) as run:
        put_all(run, files)
        for name in gone:
            run.delete(name)


def words_in(tree: Path) -> dict[str, str]:
    """The files of a tree without those of the manifest."""
    return {
        name: words for name, words in everything_in(tree).items() if not is_part(name)
    }


def everything_in(tree: Path) -> dict[str, str]:
    return {
        str(file.relative_to(tree)): file.read_text()
        for file in sorted(tree.rglob("*"))
        if file.is_file()
    }


def current(site: Site) -> Path:
    return site.folder / "current"


def times_of(tree: Path) -> dict[str, int]:
    return {
        str(file.relative_to(tree)): file.stat().st_mtime_ns
        for file in sorted(tree.rglob("*"))
        if file.is_file()
    }
