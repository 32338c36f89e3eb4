"""Statutes as the API reads them: which text holds, and its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from publishing.tree import default_language
from statutes.assembling import Structure, version_path
from statutes.models import Division, Provision, Statute, StatuteVersion
from statutes.paths import statute_path


@dataclass(frozen=True, slots=True)
class Texts:
    """A statute and its versions in one language, oldest first."""

    statute: Statute
    versions: tuple[StatuteVersion, ...]

    def at(self, on: date | None) -> StatuteVersion | None:
        """The current text, or the one that held on a day."""
        if on is None:
            return next((row for row in self.versions if row.is_current), None)
        begun = [row for row in self.versions if row.holds_on(on)]
        return begun[-1] if begun else None

    def base(self, version: StatuteVersion, on: date | None) -> str:
        """The address of a version's page."""
        slug = self.statute.slug
        return statute_path(slug, on) if on else version_path(slug, version)


def texts_of(slug: str, portal_id: int, language: str) -> Texts | None:
    """In ``language`` or, as it stands in the library, in Chinese. One query.

    None for a statute that the portal may not show: another county's regulation.
    """
    visible = Statute.objects.for_portal(portal_id).filter(slug=slug)
    rows = StatuteVersion.objects.filter(
        statute__in=visible.values("pk"),
        language__in={language, default_language()},
    )
    found = list(rows.select_related("statute").order_by("in_force_from", "version_on"))
    own = [row for row in found if row.language == language]
    versions = own or found
    return Texts(versions[0].statute, tuple(versions)) if versions else None


def listed_statutes(portal_id: int) -> QuerySet[StatuteVersion]:
    """The current Chinese text of every statute that the portal may show."""
    visible = Statute.objects.for_portal(portal_id)
    return (
        StatuteVersion.objects.filter(
            is_current=True,
            language=default_language(),
            statute__in=visible.values("pk"),
        )
        .select_related("statute")
        .defer("events", "source_path")
        .order_by("statute__slug")
    )


def structure_of(
    texts: Texts, version: StatuteVersion, on: date | None, *, with_provisions: bool
) -> Structure:
    """The divisions and where each is shown; one query, two with the provisions."""
    provisions: list[Provision] = []
    if with_provisions:
        provisions = list(version.provisions.order_by("order").defer("text"))
    return Structure(
        base=texts.base(version, on),
        is_split=version.is_split,
        divisions=list(version.divisions.order_by("order")),
        provisions=provisions,
    )


def titles_above(division_id: int | None, divisions: list[Division]) -> list[Division]:
    """The headings that a provision stands under, outermost first."""
    by_key = {row.pk: row for row in divisions}
    found: list[Division] = []
    row = by_key.get(division_id or 0)
    while row is not None:
        found.append(row)
        row = by_key.get(row.parent_id or 0)
    return found[::-1]
