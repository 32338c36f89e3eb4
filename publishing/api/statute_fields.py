"""A statute, its structure and its provisions as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from home.presentation import Card
from publishing.api.serializers import Json, Serializer, day, provision_key
from publishing.api.statute_rows import Texts, titles_above
from statutes.assembling import (
    Structure,
    paragraph_lines,
    title_of,
    version_label,
    version_path,
)
from statutes.models import Category, Division, Provision, StatuteVersion
from statutes.notices import version_notice
from statutes.paragraphs import Paragraph, read_paragraphs
from statutes.presentation import DivisionView, StatuteView

CitedBy = Mapping[tuple[int, int], Sequence[Card]]


def summary(version: StatuteVersion, to_json: Serializer) -> Json:
    """What lists show: no text, no structure."""
    statute = version.statute
    return {
        "slug": statute.slug,
        "meta": meta(statute.slug, version_path(statute.slug, version), to_json),
        "title": statute.title,
        "short_name": statute.display_name,
        "category": statute.category,
        "category_label": str(statute.get_category_display()),
        "is_local": statute.portal_id is not None,
        "issuer": statute.issuer,
        "status": version.status,
        "status_label": str(version.get_status_display()),
        "promulgated_on": day(version.promulgated_on),
        "effective_on": day(version.effective_on),
        "amended_on": day(version.amended_on),
        "repealed_on": day(version.repealed_on),
        "provision_count": version.provision_count,
        "text_is_present": True,
    }


def meta(slug: str, path: str, to_json: Serializer) -> Json:
    context = to_json.context
    return {
        "type": "statute",
        "detail_url": context.endpoint("statutes:detail", slug),
        "provisions_url": context.endpoint("statutes:provisions", slug),
        "html_url": context.absolute(path),
        "path": path,
    }


def detail(
    texts: Texts,
    version: StatuteVersion,
    structure: Structure,
    cited_by: Sequence[Card],
    to_json: Serializer,
) -> Json:
    statute = texts.statute
    return {
        **summary(version, to_json),
        "meta": meta(statute.slug, structure.base, to_json),
        "names": [row.name for row in statute.names.all()],
        "branch": statute.branch,
        "language": version.language,
        "version": version_json(texts, version, to_json),
        "versions": [
            version_json(texts, row, to_json) for row in reversed(texts.versions)
        ],
        "events": [{"date": on or None, "text": text} for on, text in version.events],
        "source": {
            "name": version.source,
            "url": version.source_url or None,
            "sha256": version.source_hash,
            "collected_on": day(version.collected_on),
        },
        "note": version_notice(statute, version),
        "contents": contents(structure, to_json),
        "cited_by": to_json.references(cited_by),
    }


def version_json(texts: Texts, version: StatuteVersion, to_json: Serializer) -> Json:
    """A text and since when it holds; ``date`` is what ``?date=`` takes."""
    path = version_path(texts.statute.slug, version)
    return {
        "date": day(version.in_force_from),
        "label": version_label(version),
        "status": version.status,
        "status_label": str(version.get_status_display()),
        "is_current": version.is_current,
        **to_json.link(path),
    }


def contents(structure: Structure, to_json: Serializer) -> list[Json]:
    """The headings in order; with its words where one holds text of its own."""
    levels = {row.anchor: row for row in structure.divisions}
    shown = {view.anchor: view for view in structure.contents()}
    views = [
        shown.get(row.anchor) or _untitled(row, structure)
        for row in structure.divisions
    ]
    return [division(levels[view.anchor], view, to_json) for view in views]


def _untitled(row: Division, structure: Structure) -> DivisionView:
    """A preamble has no heading, and the contents of a page leave it out."""
    return DivisionView(
        level=1,
        label=row.label,
        heading=row.heading,
        anchor=row.anchor,
        path=structure.page_of(row.part),
    )


def division(row: Division, view: DivisionView, to_json: Serializer) -> Json:
    return {
        "level": row.level,
        "depth": view.level,
        "label": row.label,
        "heading": row.heading,
        "anchor": row.anchor,
        "provision_range": view.provision_range,
        "text": list(paragraph_lines(row.text)),
        **to_json.link(view.path, fragment=row.anchor),
    }


def provision(
    row: Provision,
    structure: Structure,
    texts: Texts,
    version: StatuteVersion,
    cited_by: CitedBy,
    on: date | None,
    to_json: Serializer,
) -> Json:
    key = provision_key(row.number, row.suffix)
    path = structure.page_of(row.part)
    above = titles_above(row.division_id, list(structure.divisions))
    context = to_json.context
    return {
        "key": key,
        "meta": {
            "type": "provision",
            "detail_url": _dated(
                context.endpoint("statutes:provision", texts.statute.slug, key), on
            ),
            "html_url": context.absolute(path, row.anchor),
            "path": f"{path}#{row.anchor}",
        },
        "statute": texts.statute.slug,
        "number": row.number,
        "suffix": row.suffix,
        "label": row.label,
        "anchor": row.anchor,
        "divisions": [title_of(heading) for heading in above],
        "paragraphs": [paragraph(part) for part in read_paragraphs(row.text)],
        "version_date": day(version.in_force_from),
        "status": version.status,
        "status_label": str(version.get_status_display()),
        "cited_by": to_json.references(cited_by.get((row.number, row.suffix), ())),
    }


def _dated(url: str, on: date | None) -> str:
    if on is None:
        return url
    return f"{url}{'&' if '?' in url else '?'}date={on.isoformat()}"


def paragraph(part: Paragraph) -> Json:
    return {
        "text": part.text,
        "items": [
            {"number": item.number, "text": item.text, "subitems": list(item.subitems)}
            for item in part.items
        ],
        "table": [list(row) for row in part.table],
        "is_note": part.is_note,
    }


def registered(slug: str, view: StatuteView, to_json: Serializer) -> Json:
    """A statute of which only the register of facts is at hand, and no text."""
    category = next(
        (key for key in Category if str(key.label) == view.category), Category.LAW
    )
    return {
        "slug": slug,
        "meta": meta(slug, view.path, to_json),
        "title": view.title,
        "short_name": view.short_name,
        "category": category.value,
        "category_label": view.category,
        "is_local": False,
        "issuer": view.issuer,
        "status": None,
        "status_label": view.status_label,
        "promulgated_on": day(view.promulgated_on),
        "effective_on": day(view.effective_on),
        "amended_on": day(view.amended_on),
        "repealed_on": None,
        "provision_count": 0,
        "text_is_present": False,
    }
