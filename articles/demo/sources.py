"""The texts of the demo as they lie in the YAML files, checked for their keys.

Pure code: no model. Whatever is wrong names the file and the key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parent
# A key that ends so is the translation of the key without it.
LANGUAGE_SUFFIXES = {"_en": "en", "_zh_hant": "zh-hant", "_za": "za", "_ug": "ug"}

PORTAL_KEYS = frozenset(
    "slug host name summary region_name region_code level parent state languages logo"
    " hosting publisher columns home".split()
)
COLUMN_KEYS = frozenset(
    "slug heading summary keywords column_type promised_interval_days"
    " show_in_menus".split()
)
TERM_KEYS = frozenset({"slug", "name"})
FIGURE_KEYS = frozenset({"figure", "stated_as", "citation", "in_law"})


class DemoError(Exception):
    """Something in the files of the demo that cannot be loaded."""

    def __init__(self, file: Path, key: str, problem: object) -> None:
        super().__init__(f"{file.relative_to(FOLDER)}: {key}: {problem}")


class Row(dict[str, Any]):
    """One entry of a file; knows where it comes from."""

    def __init__(self, values: Mapping[str, Any], file: Path, place: str) -> None:
        super().__init__(values)
        self.file = file
        self.place = place

    def wrong(self, key: str, problem: object) -> DemoError:
        where = f"{self.place}.{key}" if self.place else key
        return DemoError(self.file, where, problem)

    def demand(
        self, required: frozenset[str], optional: frozenset[str] = frozenset()
    ) -> Row:
        """Complain of keys that are missing and of keys that nobody reads."""
        if missing := sorted(required - self.keys()):
            raise self.wrong(missing[0], "is missing")
        known = required | optional
        for key in self:
            if key not in known and base_key(key) not in known:
                raise self.wrong(key, "is not a key that is read here")
        return self

    def rows(self, key: str) -> list[Row]:
        return [
            Row(item, self.file, f"{self.place}{key}[{number}]")
            for number, item in enumerate(self.get(key) or ())
        ]

    def in_portal(self, slug: str) -> Row | None:
        """What a portal shows of it: with the portal's own values (``local``) instead
        of the common ones; None where the portal does not have it."""
        if slug not in self["portals"]:
            return None
        own = (self.get("local") or {}).get(slug) or {}
        return Row({**self, **own}, self.file, self.place)

    def translations(self) -> dict[str, Row]:
        """The texts under ``translations``, by language."""
        return {
            code: Row(values, self.file, f"translations.{code}")
            for code, values in (self.get("translations") or {}).items()
        }


def base_key(key: str) -> str:
    for suffix in LANGUAGE_SUFFIXES:
        if key.endswith(suffix):
            return key.removesuffix(suffix)
    return key


def _load(file: Path) -> Any:
    try:
        return yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise DemoError(file, "YAML", error) from error


def _list(name: str) -> Iterator[Row]:
    file = FOLDER / name
    for number, values in enumerate(_load(file)):
        yield Row(values, file, f"[{number}]")


def _folder(name: str) -> Iterator[Row]:
    for file in sorted((FOLDER / name).glob("*.yaml")):
        row = Row(_load(file), file, "")
        if row.get("slug") != file.stem:
            raise row.wrong("slug", f"must be the name of the file, {file.stem}")
        yield row


@lru_cache(maxsize=1)
def portals() -> tuple[Row, ...]:
    """The prefecture first, as in the file."""
    found = tuple(row.demand(PORTAL_KEYS) for row in _list("portals.yaml"))
    for row in found:
        for column in all_columns(row):
            column.demand(COLUMN_KEYS, frozenset({"children"}))
    return found


def all_columns(row: Row, key: str = "columns") -> Iterator[Row]:
    for column in row.rows(key):
        yield column
        yield from all_columns(column, "children")


@lru_cache(maxsize=1)
def topics() -> tuple[Row, ...]:
    optional = frozenset({"parent", "description"})
    return tuple(row.demand(TERM_KEYS, optional) for row in _list("topics.yaml"))


@lru_cache(maxsize=1)
def audiences() -> tuple[Row, ...]:
    return tuple(row.demand(TERM_KEYS) for row in _list("audiences.yaml"))


@lru_cache
def pages(
    folder: str, required: frozenset[str], optional: frozenset[str]
) -> tuple[Row, ...]:
    """The pages of a folder, one per file; a folder that is absent has none."""
    return tuple(_checked(row.demand(required, optional)) for row in _folder(folder))


def _checked(row: Row) -> Row:
    """References between the files, and the form of the figures."""
    for key, known in (
        ("portals", {portal["slug"] for portal in portals()}),
        ("topics", {topic["slug"] for topic in topics()}),
        ("audiences", {audience["name"] for audience in audiences()}),
    ):
        for value in row.get(key) or ():
            if value not in known:
                raise row.wrong(key, f"“{value}” is not known")
    for figure in row.rows("figures"):
        figure.demand(FIGURE_KEYS)
    return row


def strings_of(value: Any) -> Iterator[str]:
    """Every text in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from strings_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings_of(part)
