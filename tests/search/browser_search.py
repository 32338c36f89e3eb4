"""The static search in a browser: an index in a folder, and the scripts of the project."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from home.indexing import IndexEntry
from search.offline.build import index_files

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCRIPTS = Path(settings.BASE_DIR, "site", "static", "js", "offline")
# In the order in which site/templates/search/search_page.html names them.
PARTS = ("index", "words", "question", "spelling", "ranking")
_FIND = """async (queries) => {
  await xiangfatong.files.open("index/");
  const found = [];
  for (const query of queries) {
    const result = await xiangfatong.search.find(query, {});
    const cards = await xiangfatong.search.cards(result.hits.slice(0, 10));
    found.push(cards.map((card) => `${card.kind}:${card.path}`));
  }
  return found;
}"""


def write_folder(folder: Path, entries: Iterable[IndexEntry]) -> Path:
    """A page without words that has the index of these entries; returns its file."""
    for name, body in index_files(entries):
        file = folder / "index" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)
    tags = "".join(
        f'<script src="{(SCRIPTS / f"{part}.js").as_uri()}"></script>' for part in PARTS
    )
    page = folder / "page.html"
    page.write_text(f"<!DOCTYPE html><meta charset=utf-8>{tags}", encoding="utf-8")
    return page


def ask(page: Page, file: Path, queries: Sequence[str]) -> list[list[str]]:
    """For each query its first ten results as ``<kind>:<path>``."""
    page.goto(file.as_uri())
    found: Any = page.evaluate(_FIND, list(queries))
    return [list(names) for names in found]
