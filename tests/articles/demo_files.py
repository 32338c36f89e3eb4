"""The YAML files of the demo, for tests that hold every page of a kind to a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
from django.utils.html import strip_tags

from articles.demo import sources
from articles.demo.sources import Row, strings_of

FOLDERS = ("guides", "cases", "documents", "interpretations", "information")
ROWS = {name: {row["slug"]: row for row in sources._folder(name)} for name in FOLDERS}
EVERY = {f"{name}/{slug}": row for name in FOLDERS for slug, row in ROWS[name].items()}
QUESTIONS = {row["slug"]: row for row in sources._folder("questions")}
PORTALS = {row["slug"]: row for row in sources.portals()}


def each(*folders: str) -> Callable[..., Any]:
    names = [name for name in EVERY if name.split("/")[0] in folders]
    return pytest.mark.parametrize("name", sorted(names))


def blocks(row: Row) -> Iterator[tuple[str, Any]]:
    for version in (row, *row.translations().values()):
        for key in ("body", "forms"):
            for block in version.get(key) or ():
                yield block["type"], block["value"]


def day_of(row: Row) -> date:
    return datetime.fromisoformat(row["published"]).date()


def words(value: Any) -> str:
    return "".join(str(strip_tags(text)) for text in strings_of(value))
