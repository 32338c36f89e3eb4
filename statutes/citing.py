"""Which page cites which provision: stored at save, read for “cited by”."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from home.models import portal_of_path

from .citations import CitationMatch, Pinpoint, find_citations
from .models import Citation, LibraryChoice, Statute
from .names import NameIndex
from .naming import FindPortal, name_index

if TYPE_CHECKING:
    from wagtail.models import Page

ROLES = frozenset(role.value for role in Citation.Role)
# Whoever cites 第十条至第九十条 cites the law, not eighty provisions of it.
LONGEST_RANGE = 50
ProvisionNumber = tuple[int, int]


def store_citations(
    page: Page, language: str, citations_with_roles: Iterable[tuple[str, str]]
) -> int:
    """Replace what ``page`` cites in ``language``; how many places that are.

    ``citations_with_roles``: pairs of role (basis, text, block) and a text in which
    citations are looked for. To be called in the transaction of the page's save. Rows
    that stay the same are left alone, so that saving twice writes nothing.
    """
    pairs = list(citations_with_roles)
    says_anything = any(text for _role, text in pairs)
    names = name_index(_portal_of(page)) if says_anything else NameIndex({})
    wanted = citation_rows(page.pk, language, pairs, names)
    with transaction.atomic():
        held = Citation.objects.filter(page_id=page.pk, language=language)
        if [_place(row) for row in held.order_by("order")] == [
            _place(row) for row in wanted
        ]:
            return len(wanted)
        held.delete()
        Citation.objects.bulk_create(wanted)
    return len(wanted)


def _portal_of(page: Page) -> FindPortal:
    return lambda: portal_of_path(page.path)


def citation_rows(
    page_id: int, language: str, pairs: Iterable[tuple[str, str]], names: NameIndex
) -> list[Citation]:
    """Unsaved rows of everything that the texts cite, each place once, in order."""
    rows: dict[tuple[object, ...], Citation] = {}
    for role, text in pairs:
        if role not in ROLES:
            raise ValueError(f"“{role}” is not a role of a citation")
        for match in find_citations(text, names):
            for row in _rows(match):
                row.page_id, row.language, row.role = page_id, language, role
                rows.setdefault(_place(row), row)
    for order, row in enumerate(rows.values(), start=1):
        row.order = order
    return list(rows.values())


def _rows(match: CitationMatch) -> list[Citation]:
    if not match.pinpoints:
        return [Citation(slug=match.statute_slug)]
    return [_row(match.statute_slug, pinpoint) for pinpoint in match.pinpoints]


def _row(slug: str, pinpoint: Pinpoint) -> Citation:
    return Citation(
        slug=slug,
        number=pinpoint.number,
        suffix=pinpoint.suffix,
        end_number=pinpoint.end_number,
        end_suffix=pinpoint.end_suffix,
        paragraph=pinpoint.paragraph,
        item=pinpoint.item,
        subitem=pinpoint.subitem,
    )


def _place(row: Citation) -> tuple[object, ...]:
    return (
        row.role,
        row.slug,
        row.number,
        row.suffix,
        row.end_number,
        row.end_suffix,
        row.paragraph,
        row.item,
        row.subitem,
    )


# --- who cites what ------------------------------------------------------------------------


class Cited(NamedTuple):
    """A place that a page cites; number 0: the statute as a whole."""

    language: str
    slug: str
    number: int
    suffix: int
    end_number: int


def cited_places(rows: QuerySet[Citation]) -> dict[int, tuple[Cited, ...]]:
    """What each page cites, in its order. One query."""
    found: dict[int, list[Cited]] = {}
    for page_id, *place in rows.order_by("page_id", "order").values_list(
        "page_id", *Cited._fields
    ):
        found.setdefault(page_id, []).append(Cited(*place))
    return {page_id: tuple(places) for page_id, places in found.items()}


def cited_by(
    pages: Mapping[int, Iterable[Cited]],
) -> Mapping[ProvisionNumber, tuple[int, ...]]:
    """The pages that cite each provision of a statute, of the places that each cites of
    it; (0, 0): every page that cites it."""
    found: dict[ProvisionNumber, dict[int, None]] = {(0, 0): {}}
    for page_id in sorted(pages):
        for place in pages[page_id]:
            for number in _numbers(place):
                found.setdefault(number, {})[page_id] = None
    return {place: tuple(ids) for place, ids in found.items()}


def _numbers(place: Cited) -> Iterator[ProvisionNumber]:
    yield (0, 0)
    number, end = place.number, place.end_number
    if number:
        yield (number, place.suffix)
        if end and end - number <= LONGEST_RANGE:
            yield from ((between, 0) for between in range(number + 1, end + 1))


def own_library(portal_id: int) -> frozenset[str]:
    """The statutes that a portal's library holds besides those that its pages cite: its
    own local texts and what it chose. Two queries."""
    own = Statute.objects.filter(portal_id=portal_id).order_by()
    chosen = LibraryChoice.objects.filter(site__portal=portal_id)
    return frozenset(own.values_list("slug", flat=True)).union(
        *chosen.values_list("slugs", flat=True)
    )
