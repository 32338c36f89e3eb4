"""How one kind of demo page is made of its YAML files.

A maker that only has to copy fields is a ``FieldMaker`` with their names; a kind that
needs more derives from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from articles.demo import sources
from articles.demo.bodies import Targets, block_id, convert
from articles.demo.sources import Row
from articles.demo.workshop import DEFAULT, Workshop, day, set_stream, versions
from home.models import BasePage, Office, localized

BASE_KEYS = frozenset({"slug", "portals", "heading"})
COMMON_KEYS = frozenset(
    "column published topics audiences source translations figures local".split()
)


@dataclass(frozen=True, kw_only=True)
class FieldMaker:
    """``folder``: below ``articles/demo``; a file name is the slug of its page.

    ``column``: the address of the parent page where a file names none. ``texts`` and
    ``streams`` exist once per language, the other fields once; ``days`` are dates,
    ``moments`` times with their offset, ``basis`` streams of citations given as a list
    of texts. ``required`` are the keys that a file must have.
    """

    model: type[BasePage]
    folder: str
    column: str = ""
    texts: tuple[str, ...] = ("heading", "summary")
    streams: tuple[str, ...] = ("body",)
    plain: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    moments: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()  # fields that hold one picture
    required: frozenset[str] = frozenset()
    more_keys: frozenset[str] = frozenset()  # read by a derived maker

    def keys(self) -> frozenset[str]:
        return frozenset(
            {
                *self.texts,
                *self.streams,
                *self.plain,
                *self.days,
                *self.moments,
                *self.basis,
                *self.pictures,
                *self.more_keys,
            }
        )

    def rows(self) -> Sequence[Row]:
        """All files of the folder, checked for their keys."""
        required = BASE_KEYS | self.required
        return sources.pages(self.folder, required, COMMON_KEYS | self.keys())

    def address(self, row: Row) -> str:
        return str(row.get("column") or self.column)

    def draft(self, shop: Workshop, row: Row, number: int) -> BasePage:
        """The page without what may refer to other pages; already in the tree."""
        page = self.model(slug=row["slug"])
        page.first_published_at = published_at(row)
        setattr(page, localized("heading", DEFAULT), row["heading"])
        if self.model.has_source:
            page.source = row.get("source") or ""
        for name in self.plain:
            if row.get(name) is not None:
                setattr(page, name, row[name])
        for name in self.days:
            setattr(page, name, day(row, name))
        for name in self.moments:
            setattr(page, name, moment(row, name))
        self.prepare(page, row)
        shop.place(row, self.address(row), page)
        return page

    def prepare(self, page: BasePage, row: Row) -> None:
        """What the page needs to be in the tree at all; most kinds need no more."""

    def fill(self, page: Any, row: Row, targets: Targets, shop: Workshop) -> None:
        """The texts and all that refers to something else."""
        scope = f"{shop.portal.host}/{self.folder}/{row['slug']}"
        for code, texts in versions(row, shop.portal).items():
            for name in self.texts:
                setattr(page, localized(name, code), lines(texts.get(name, "")))
            for name in self.streams:
                raw = convert(texts, name, targets, f"{scope}/{code}")
                set_stream(page, localized(name, code), raw, texts, name)
        for name in self.basis:
            raw = [
                {"type": "citation", "value": text, "id": block_id(scope, name, number)}
                for number, text in enumerate(row.get(name) or ())
            ]
            set_stream(page, name, raw, row, name)
        for name in self.pictures:
            if key := row.get(name):
                if key not in targets.images:
                    raise row.wrong(name, f"there is no picture “{key}”")
                setattr(page, f"{name}_id", targets.images[key])


def office_of(row: Row, shop: Workshop) -> Office | None:
    """The office that a file names."""
    if not (name := row.get("office")):
        return None
    named = {localized("name", DEFAULT): name}
    found = Office.objects.of_portal(shop.portal).filter(**named).first()
    if found is None:
        raise row.wrong("office", f"“{name}” is no office of this portal")
    return found


def lines(value: Any) -> str:
    """A text of several lines may be given as a list."""
    return "\n".join(value) if isinstance(value, list) else str(value)


def published_at(row: Row) -> datetime | None:
    return moment(row, "published")


def moment(row: Row, key: str) -> datetime | None:
    if not row.get(key):
        return None
    try:
        return datetime.fromisoformat(str(row[key]))
    except ValueError as error:
        raise row.wrong(key, error) from error
