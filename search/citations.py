"""Queries that are a citation: 民法典1046条 goes straight to the provision."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from home.links import language_path
from home.models import Portal
from search.folding import fold
from statutes.assembling import version_path
from statutes.citations import CitationMatch, parse_citation_query
from statutes.models import Provision, Statute
from statutes.names import NameIndex
from statutes.naming import name_index
from statutes.reading import provision_title

# No citation is longer, and looking for names costs time.
LONGEST_CITATION = 80


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """What a citation names, where the portal's library holds it.

    ``words`` find its index entry, whatever way the reader wrote the citation.
    """

    path: str  # logical, with the anchor; that of the index entry
    words: str
    is_provision: bool
    statute_slug: str


def find_citation(
    words: str, portal_id: int, names: NameIndex | None = None
) -> CitedPlace | None:
    """The place that a whole query cites; None where it is no citation of ours.

    Of several provisions the first; of a statute that the portal does not hold none.
    ``names``: as they are now; without it they are looked after in the database.
    """
    if len(words) > LONGEST_CITATION:
        return None
    names = names or name_index(Portal.objects.filter(pk=portal_id).first)
    # As it stands, and else in simplified characters: 勞動合同法第八十五條.
    match = parse_citation_query(words, names) or parse_citation_query(
        fold(words), names
    )
    if match is None:
        return None
    statute = (
        Statute.objects.for_portal(portal_id).filter(slug=match.statute_slug).first()
    )
    if statute is None:
        return None
    return _provision(statute, match) if match.pinpoints else _whole(statute)


def _provision(statute: Statute, match: CitationMatch) -> CitedPlace | None:
    place = match.pinpoints[0]
    row = (
        Provision.objects.select_related("version__statute")
        .filter(
            version__statute=statute,
            version__is_current=True,
            version__language=settings.LANGUAGE_CODE,
            number=place.number,
            suffix=place.suffix,
        )
        .first()
    )
    if row is None:
        return None
    part = row.part if row.version.is_split else ""
    path = version_path(statute.slug, row.version, part)
    return CitedPlace(
        path=f"{language_path(path, row.version.language)}#{row.anchor}",
        words=provision_title(statute.display_name, row.number, row.suffix),
        is_provision=True,
        statute_slug=statute.slug,
    )


def _whole(statute: Statute) -> CitedPlace | None:
    version = (
        statute.versions.select_related("statute")
        .filter(is_current=True, language=settings.LANGUAGE_CODE)
        .first()
    )
    if version is None:
        return None
    path = language_path(version_path(statute.slug, version), version.language)
    return CitedPlace(
        path=path,
        words=statute.display_name,
        is_provision=False,
        statute_slug=statute.slug,
    )
