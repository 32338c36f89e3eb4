"""The law library as the public pages see it: plain views, three queries each at most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from home.presentation import CitedProvision

from .assembling import (
    CitedBy,
    Structure,
    paragraph_lines,
    title_of,
    version_links,
    version_path,
)
from .listing import DEFAULT_LANGUAGE, build_list, list_paths
from .models import Category, Division, Provision, Statute, StatuteVersion
from .names import without_country
from .notices import short_notice, version_notice
from .paths import statute_path
from .pinpoints import provision_anchor, provision_label
from .presentation import StatuteView
from .register import load_register

__all__ = [
    "ProvisionText",
    "build_list",
    "build_registered",
    "build_statute",
    "find_provision",
    "list_paths",
    "pages_of",
    "provision_title",
    "held_statutes",
    "provisions_for",
]
ProvisionKey = tuple[str, int, int]  # slug, number, suffix


# --- one statute -----------------------------------------------------------------------
def build_statute(
    slug: str,
    portal_id: int | None,
    *,
    on: date | None = None,
    part: str = "",
    language: str = DEFAULT_LANGUAGE,
    cited_by: CitedBy | None = None,
) -> StatuteView | None:
    """A statute's page, its text ``on`` a day, or a part page. Three queries.

    None where the portal has no such page. ``cited_by``: cards by (number, suffix);
    (0, 0) holds those of the whole statute.
    """
    versions = _versions(slug, portal_id, language)
    version = _version_on(versions, on)
    if version is None or (part and not version.is_split):
        return None
    structure = Structure(
        base=statute_path(slug, on) if on else version_path(slug, version),
        is_split=version.is_split,
        divisions=list(version.divisions.order_by("order")),
        provisions=list(_provisions(version, part)),
        cited_by=cited_by or {},
    )
    if part:
        return _part_view(version, versions, structure, part)
    return _whole_view(version, versions, structure)


def _versions(slug: str, portal_id: int | None, language: str) -> list[StatuteVersion]:
    """The versions in ``language``, or in Chinese where it is not translated."""
    visible = Statute.objects.for_portal(portal_id).filter(slug=slug)
    rows = StatuteVersion.objects.filter(
        statute__in=visible.values("pk"), language__in={language, DEFAULT_LANGUAGE}
    )
    found = list(rows.select_related("statute").order_by("in_force_from"))
    own = [row for row in found if row.language == language]
    return own or [row for row in found if row.language == DEFAULT_LANGUAGE]


def _version_on(
    versions: list[StatuteVersion], on: date | None
) -> StatuteVersion | None:
    if on is None:
        return next((row for row in versions if row.is_current), None)
    return next((row for row in reversed(versions) if row.holds_on(on)), None)


def _provisions(version: StatuteVersion, part: str) -> Iterator[Provision]:
    rows = version.provisions.order_by("order")
    if part:
        rows = rows.filter(part=part)
    elif version.is_split:
        rows = rows.defer("text")
    return rows.iterator()


def _whole_view(
    version: StatuteVersion, versions: list[StatuteVersion], structure: Structure
) -> StatuteView:
    statute = version.statute
    is_split = version.is_split
    return StatuteView(
        contents=structure.contents(),
        divisions=() if is_split else structure.text(),
        index=structure.index() if is_split else (),
        versions=version_links(statute.slug, versions, version),
        cited_by=tuple(structure.cited_by.get((0, 0), ())),
        **_facts(version, structure.base),
    )


def _part_view(
    version: StatuteVersion,
    versions: list[StatuteVersion],
    structure: Structure,
    part: str,
) -> StatuteView | None:
    parts = structure.parts()
    place = next((n for n, row in enumerate(parts) if row.anchor == part), None)
    if place is None:
        return None

    def link(position: int) -> tuple[str, str] | None:
        if not 0 <= position < len(parts):
            return None
        neighbor = parts[position]
        return title_of(neighbor), structure.page_of(neighbor.anchor)

    return StatuteView(
        contents=(),
        divisions=structure.text(part),
        index=(),
        versions=version_links(version.statute.slug, versions, version),
        cited_by=(),
        part_heading=structure.heading(parts[place]),
        previous_part=link(place - 1),
        next_part=link(place + 1),
        **_facts(version, structure.base),
    )


def _facts(version: StatuteVersion, path: str) -> dict[str, Any]:
    statute = version.statute
    return {
        "title": statute.title,
        "short_name": statute.display_name,
        "category": str(statute.get_category_display()),
        "path": path,
        "issuer": statute.issuer,
        "promulgated_on": version.promulgated_on,
        "effective_on": version.effective_on,
        "amended_on": version.amended_on,
        "repealed_on": version.repealed_on,
        "status": version.status,
        "status_label": str(version.get_status_display()),
        "events": tuple((day, text) for day, text in version.events),
        "source": version.source,
        "source_hash": version.source_hash,
        "text_is_present": True,
        "note": version_notice(statute, version),
    }


def build_registered(slug: str) -> StatuteView | None:
    """A statute that only the register knows: its facts and no text. No query."""
    registered = load_register().statute(slug)
    if registered is None or registered.slug != slug:
        return None
    latest = registered.latest
    return StatuteView(
        title=registered.title,
        short_name=without_country(registered.title),
        category=str(Category(registered.category).label),
        path=statute_path(slug),
        issuer=registered.issuer,
        promulgated_on=latest.promulgated_on,
        effective_on=latest.effective_on,
        amended_on=latest.amended_on,
        repealed_on=None,
        status="",
        status_label=_("文本待导入"),
        events=(),
        source="",
        source_hash="",
        text_is_present=False,
        contents=(),
        divisions=(),
        index=(),
        versions=(),
        cited_by=(),
    )


# --- provisions ------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class ProvisionText:
    """A provision of the current text, ready to be shown beside a citation."""

    statute_title: str
    label: str  # 第一千零四十六条
    paragraphs: tuple[str, ...]
    path: str
    anchor: str
    status_label: str
    note: str
    portal_id: int | None  # None: shared

    def cited(self) -> CitedProvision:
        inner = self.statute_title.replace("《", "〈").replace("》", "〉")
        return CitedProvision(
            label=f"《{inner}》{self.label}",
            path=self.path,
            anchor=self.anchor,
            paragraphs=self.paragraphs,
            status_label=self.status_label,
            note=self.note,
        )


def held_statutes() -> Iterable[str]:
    """The statutes whose current text the library has, those of portals included."""
    versions = StatuteVersion.objects.filter(is_current=True, language=DEFAULT_LANGUAGE)
    return versions.values_list("statute__slug", flat=True)


def provisions_for(
    keys: Iterable[ProvisionKey], portal_id: int | None = None
) -> dict[ProvisionKey, ProvisionText]:
    """The provisions that the library holds of ``keys``; one query.

    Without ``portal_id`` local texts of every portal are found; with it, only those
    that the portal may show.
    """
    wanted: dict[str, set[int]] = defaultdict(set)
    asked = set(keys)
    for slug, number, _suffix in asked:
        wanted[slug].add(number)
    if not wanted:
        return {}
    places = Q()
    for slug, numbers in wanted.items():
        places |= Q(version__statute__slug=slug, number__in=numbers)
    rows = Provision.objects.filter(
        places, version__is_current=True, version__language=DEFAULT_LANGUAGE
    )
    if portal_id is not None:
        visible = Statute.objects.for_portal(portal_id)
        rows = rows.filter(version__statute__in=visible.values("pk"))
    found: dict[ProvisionKey, ProvisionText] = {}
    for row in rows.select_related("version__statute"):
        key = (row.version.statute.slug, row.number, row.suffix)
        if key in asked:
            found[key] = _provision_text(row)
    return found


def _provision_text(row: Provision) -> ProvisionText:
    version, statute = row.version, row.version.statute
    return ProvisionText(
        statute_title=statute.title,
        label=row.label,
        paragraphs=paragraph_lines(row.text),
        path=provision_path(row),
        anchor=row.anchor,
        status_label=str(version.get_status_display()),
        note=short_notice(statute, version),
        portal_id=statute.portal_id,
    )


def provision_path(row: Provision) -> str:
    """The page that holds a provision; needs version and statute loaded."""
    part = row.part if row.version.is_split else ""
    return version_path(row.version.statute.slug, row.version, part)


def find_provision(
    slug: str,
    number: int,
    suffix: int = 0,
    *,
    portal_id: int | None = None,
    on: date | None = None,
) -> tuple[str, str] | None:
    """(path, anchor) of a provision, for ``/laws/<slug>/1046/``; one or two queries."""
    version = _version_on(_versions(slug, portal_id, DEFAULT_LANGUAGE), on)
    if version is None:
        return None
    row = version.provisions.filter(number=number, suffix=suffix).first()
    if row is None:
        return None
    part = row.part if version.is_split else ""
    path = statute_path(slug, on, part) if on else version_path(slug, version, part)
    return path, provision_anchor(number, suffix)


# --- everything an export writes -------------------------------------------------------
def pages_of(
    portal_id: int | None, slugs: Collection[str] | None = None
) -> dict[str, list[str]]:
    """Logical paths by slug: contents, parts, earlier and coming texts. Two queries."""
    visible = Statute.objects.for_portal(portal_id)
    if slugs is not None:
        visible = visible.filter(slug__in=list(slugs))
    versions = list(
        StatuteVersion.objects.filter(
            statute__in=visible.values("pk"), language=DEFAULT_LANGUAGE
        )
        .select_related("statute")
        .only("is_current", "is_split", "in_force_from", "statute__slug")
        .order_by("statute__slug", "-is_current", "-in_force_from")
    )
    parts = _parts([row.pk for row in versions if row.is_split])
    return {
        slug: [
            path
            for row in rows
            for path in (
                version_path(slug, row),
                *(version_path(slug, row, part) for part in parts.get(row.pk, ())),
            )
        ]
        for slug, rows in groupby(versions, key=lambda row: row.statute.slug)
    }


def _parts(version_ids: list[int]) -> dict[int, list[str]]:
    rows = Division.objects.filter(version__in=version_ids).exclude(part="")
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for version_id, part in rows.order_by("order").values_list("version_id", "part"):
        found[version_id][part] = None
    return {version_id: list(names) for version_id, names in found.items()}


def provision_title(short_name: str, number: int, suffix: int = 0) -> str:
    """民法典第一千零四十六条"""
    return f"{short_name}{provision_label(number, suffix)}"
