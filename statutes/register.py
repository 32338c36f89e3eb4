"""The register: which national texts there are, and which provisions each has.

Facts without text, made from the archive by ``manage.py build_register`` and shipped
with the project, so that a citation can be checked where the text is not imported.
Read once per process. Pure code: no model.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from .names import NameIndex
from .slugs import statute_slug
from .versions import StatuteTexts, provision_ranges

DATA = Path(__file__).resolve().parent / "data"
REGISTER_FILE = DATA / "register.jsonl"
NAMES_FILE = DATA / "names.yaml"
CHANGES_FILE = DATA / "changed_since.yaml"
# Who makes most texts of a kind; only the others are written into the register.
USUAL_ISSUER = {
    "law": "全国人民代表大会常务委员会",
    "administrative": "国务院",
    "interpretation": "最高人民法院",
}


@dataclass(frozen=True, slots=True)
class RegisteredVersion:
    version_on: date | None
    promulgated_on: date | None
    amended_on: date | None
    effective_on: date | None
    provisions: str  # 1-17,17.1,18-452
    sha256: str

    def numbers(self) -> frozenset[tuple[int, int]]:
        """Every (number, suffix); empty for a text without provisions."""
        return frozenset(_expand(self.provisions))


@dataclass(frozen=True, slots=True)
class KnownChange:
    """A change that is known to be newer than the text the register holds."""

    kind: str  # amended | revised | repealed | incomplete
    changed_on: date
    effective_on: date
    source: str

    def concerns(self, version_on: date | None) -> bool:
        return version_on is None or version_on < self.changed_on


@dataclass(frozen=True, slots=True)
class RegisteredStatute:
    title: str
    slug: str
    category: str
    branch: str
    issuer: str
    versions: tuple[RegisteredVersion, ...]  # oldest first
    changes: tuple[KnownChange, ...] = ()

    @property
    def latest(self) -> RegisteredVersion:
        return self.versions[-1]

    @property
    def is_incomplete(self) -> bool:
        return any(change.kind == "incomplete" for change in self.changes)


@dataclass(frozen=True)
class Register:
    """The register in memory; get it by :func:`load_register`."""

    collected_on: date
    source: str
    source_url: str
    statutes: tuple[RegisteredStatute, ...]
    names: NameIndex
    _by_slug: dict[str, RegisteredStatute] = field(default_factory=dict)
    _numbers: dict[str, frozenset[tuple[int, int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._by_slug.update({statute.slug: statute for statute in self.statutes})

    def statute(self, slug_or_name: str) -> RegisteredStatute | None:
        """By slug, full title, or any short name."""
        slug = self.names.slug(slug_or_name)
        return self._by_slug.get(slug_or_name) or self._by_slug.get(slug or "")

    def exists(self, slug_or_title: str, number: int, suffix: int = 0) -> bool:
        """Whether the latest registered text has this provision."""
        statute = self.statute(slug_or_title)
        if statute is None:
            return False
        if statute.is_incomplete:
            return True
        numbers = self._numbers.get(statute.slug)
        if numbers is None:
            numbers = statute.latest.numbers()
            self._numbers[statute.slug] = numbers
        return (number, suffix) in numbers

    def hashes(self) -> frozenset[str]:
        """The hash of every registered text: what came from the known source."""
        return frozenset(
            version.sha256 for statute in self.statutes for version in statute.versions
        )


def _expand(ranges: str) -> Iterator[tuple[int, int]]:
    for part in filter(None, ranges.split(",")):
        if "." in part:
            inserted, suffix = part.split(".")
            yield int(inserted), int(suffix)
        else:
            low, _dash, high = part.partition("-")
            for number in range(int(low), int(high or low) + 1):
                yield number, 0


@lru_cache(maxsize=1)
def load_register() -> Register:
    """The shipped register, read once per process."""
    with REGISTER_FILE.open(encoding="utf-8") as file:
        head = json.loads(next(file))
        rows = [json.loads(line) for line in file]
    changes = known_changes()
    statutes = tuple(_to_statute(row, changes) for row in rows)
    slugs = {statute.title: statute.slug for statute in statutes}
    aliases = [(a.name, slugs[a.title]) for a in read_aliases() if a.title in slugs]
    marked = [alias.name for alias in read_aliases() if alias.marked]
    return Register(
        collected_on=date.fromisoformat(head["collected_on"]),
        source=head["source"],
        source_url=head["source_url"],
        statutes=statutes,
        names=NameIndex(slugs, aliases, marked),
    )


def _to_statute(
    row: dict[str, Any], changes: dict[str, tuple[KnownChange, ...]]
) -> RegisteredStatute:
    versions = tuple(
        RegisteredVersion(
            version_on=_to_date(version_on),
            promulgated_on=_to_date(promulgated_on),
            amended_on=_to_date(amended_on),
            effective_on=_to_date(effective_on),
            provisions=provisions,
            sha256=sha256,
        )
        for (
            version_on,
            promulgated_on,
            amended_on,
            effective_on,
            provisions,
            sha256,
        ) in row["versions"]
    )
    known = tuple(
        change
        for change in changes.get(row["title"], ())
        if change.concerns(versions[-1].version_on)
    )
    return RegisteredStatute(
        title=row["title"],
        slug=row["slug"],
        category=row["category"],
        branch=row.get("branch", ""),
        issuer=row.get("issuer", USUAL_ISSUER.get(row["category"], "")),
        versions=versions,
        changes=known,
    )


def _to_date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def exists(slug_or_title: str, number: int, suffix: int = 0) -> bool:
    """Whether the register knows this provision (see :meth:`Register.exists`)."""
    return load_register().exists(slug_or_title, number, suffix)


# --- data beside the register ----------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Alias:
    name: str
    title: str
    reason: str
    marked: bool = False


@lru_cache(maxsize=1)
def read_aliases() -> tuple[Alias, ...]:
    """Short names that people use, each with the reason why it is safe."""
    rows = yaml.safe_load(NAMES_FILE.read_text(encoding="utf-8"))
    return tuple(Alias(**row) for row in rows)


@lru_cache(maxsize=1)
def known_changes() -> dict[str, tuple[KnownChange, ...]]:
    """By title: changes that are newer than what the register holds."""
    rows = yaml.safe_load(CHANGES_FILE.read_text(encoding="utf-8"))
    found: dict[str, tuple[KnownChange, ...]] = {}
    for row in rows:
        title = row.pop("title")
        found[title] = (*found.get(title, ()), KnownChange(**row))
    return found


# --- making it -------------------------------------------------------------------------
def build_lines(
    statutes: Iterable[StatuteTexts], collected_on: date, source: str, source_url: str
) -> Iterator[str]:
    """The lines of the register file: the same for the same texts.

    A statute that the present register knows keeps its slug for ever.
    """
    kept = _present_slugs()
    head = {
        "collected_on": collected_on.isoformat(),
        "source": source,
        "source_url": source_url,
    }
    yield json.dumps(head, ensure_ascii=False)
    taken = set(kept.values())
    for texts in sorted(statutes, key=lambda texts: texts.title):
        slug = kept.get(texts.title) or statute_slug(texts.title, taken)
        taken.add(slug)
        row = _row(texts, slug)
        yield json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _row(texts: StatuteTexts, slug: str) -> dict[str, Any]:
    """A statute as one line of the register; what is usual is left out."""
    latest = texts.latest
    row: dict[str, Any] = {
        "title": texts.title,
        "slug": slug,
        "category": latest.category,
    }
    if latest.branch:
        row["branch"] = latest.branch
    if latest.issuer != USUAL_ISSUER.get(latest.category, ""):
        row["issuer"] = latest.issuer
    row["versions"] = [
        [
            *(
                day.isoformat() if day else ""
                for day in (
                    version.version_on,
                    version.promulgated_on,
                    version.amended_on,
                    version.effective_on,
                )
            ),
            provision_ranges(version.provisions),
            version.sha256,
        ]
        for version in texts.versions
    ]
    return row


def _present_slugs() -> dict[str, str]:
    if not REGISTER_FILE.exists():
        return {}
    return {statute.title: statute.slug for statute in load_register().statutes}
