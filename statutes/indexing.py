"""What the law library hands to the search index."""

from __future__ import annotations

from collections.abc import Iterator

from home.indexing import IndexEntry
from home.links import language_path

from .assembling import paragraph_lines, title_of, version_path
from .models import Division, Statute, StatuteVersion
from .reading import provision_title


def statute_entries(statute: Statute) -> Iterator[IndexEntry]:
    """Everything a statute is found by: itself and each provision, current texts only.

    A receiver deletes what it holds of the statute first (``statute_slug``).
    """
    versions = statute.versions.filter(is_current=True).select_related("statute")
    for version in versions:
        yield statute_entry(version)
        yield from provision_entries(version)


def statute_entry(version: StatuteVersion) -> IndexEntry:
    """The statute itself; its body is the text that stands outside provisions."""
    statute = version.statute
    loose = version.divisions.exclude(text="").order_by("order")
    return IndexEntry(
        key=f"statute:{statute.pk}:{version.language}",
        kind="statute",
        portal_id=statute.portal_id,
        language=version.language,
        title=statute.title,
        path=language_path(version_path(statute.slug, version), version.language),
        alternatives=_other_names(statute),
        summary=" ".join(text for _day, text in version.events[-1:]),
        body="\n".join(
            line
            for text in loose.values_list("text", flat=True)
            for line in paragraph_lines(text)
        ),
        context=f"{statute.get_category_display()} {statute.issuer}".strip(),
        year=version.version_on.year,
        published_on=version.promulgated_on,
        statute_slug=statute.slug,
    )


def _other_names(statute: Statute) -> tuple[str, ...]:
    names = [statute.display_name, *statute.names.values_list("name", flat=True)]
    return tuple(dict.fromkeys(name for name in names if name != statute.title))


def provision_entries(version: StatuteVersion) -> Iterator[IndexEntry]:
    """One entry per provision, in order; two queries, however long the statute."""
    statute = version.statute
    headings = _headings(list(version.divisions.order_by("order")))
    short_name = statute.display_name
    for row in version.provisions.order_by("order").iterator():
        part = row.part if version.is_split else ""
        path = language_path(
            version_path(statute.slug, version, part), version.language
        )
        heading = headings.get(row.division_id or 0, "")
        yield IndexEntry(
            key=f"provision:{row.pk}",
            kind="provision",
            portal_id=statute.portal_id,
            language=version.language,
            title=provision_title(short_name, row.number, row.suffix),
            path=f"{path}#{row.anchor}",
            body="\n".join(paragraph_lines(row.text)),
            context=f"{statute.title} {heading}".strip(),
            year=version.version_on.year,
            published_on=version.promulgated_on,
            statute_slug=statute.slug,
            number=row.number,
            suffix=row.suffix,
        )


def _headings(divisions: list[Division]) -> dict[int, str]:
    """The chapter path of each division: 第五编 婚姻家庭 第二章 结婚."""
    paths: dict[int, str] = {}
    for division in divisions:
        above = paths.get(division.parent_id or 0, "")
        own = title_of(division).replace("　", " ")
        paths[division.pk] = f"{above} {own}".strip()
    return paths
