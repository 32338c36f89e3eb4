"""The trees that a new portal can begin with: a file each, beside this one."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from home.models import localized
from home.portals.provisioning import ColumnSpec

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Tree:
    """``redirects``: addresses that lead to the home page, as old websites had them."""

    key: str
    name: str
    columns: tuple[ColumnSpec, ...]
    redirects: tuple[str, ...]


def load_trees() -> dict[str, Tree]:
    """All of them by key; the county's first."""
    found = {path.stem: _read(path) for path in sorted(FOLDER.glob("*.toml"))}
    return dict(sorted(found.items(), key=lambda item: item[0] != "county"))


def _read(path: Path) -> Tree:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    columns = tuple(map(_column, data["columns"]))
    return Tree(path.stem, data["name"], columns, tuple(data["redirects"]))


def _column(row: Mapping[str, Any]) -> ColumnSpec:
    values = _texts(row, "heading", "summary", "keywords")
    values |= {"column_type": row["type"], "show_in_menus": True}
    below = [*map(_column, row.get("columns", []))]
    below += map(_directory, row.get("directories", []))
    return ColumnSpec(row["slug"], values, below)


def _directory(row: Mapping[str, Any]) -> ColumnSpec:
    values = _texts(row, "heading", "summary") | {"shows": row["shows"]}
    return ColumnSpec(row["slug"], values, is_directory=True)


def _texts(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {localized(name, settings.LANGUAGE_CODE): row[name] for name in names}
