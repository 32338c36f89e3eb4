"""Pictures as plain data for pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from modeltranslation.utils import build_localized_fieldname

from media.models import Consent, PortalRendition
from media.names import image_path
from media.presentation import Picture, PictureSource
from media.renditions import (
    FALLBACK_SPECS,
    MIME_TYPES,
    SOURCE_FORMATS,
    SOURCE_SPECS,
    SPECS,
)


def pictures_for(
    image_ids: Iterable[int],
    language: str,
    *,
    ready_only: bool = True,
    collection_path: str = "",
) -> dict[int, Picture]:
    """Pictures by id, in one query.

    With ``ready_only`` those that may not be published are left out (no alternative
    text, consent unclear); a preview of a draft shows them. ``collection_path`` is the
    tree path of a portal's collection (read now: Wagtail sorts collections by name, so
    that paths move): whatever lies elsewhere is left out.
    """
    alt_field = "image__" + build_localized_fieldname("alt_text", language)
    rows = PortalRendition.objects.filter(
        image_id__in=set(image_ids),
        filter_spec__in=SPECS,
        image__collection__path__startswith=collection_path,
    ).order_by("image_id", "width", "pk")
    by_image: dict[int, list[dict[str, Any]]] = {}
    for row in rows.values(
        "image_id",
        "filter_spec",
        "file",
        "width",
        "height",
        "image__alt_text_zh_hans",
        "image__is_decorative",
        "image__credit",
        "image__consent",
        alt_field,
    ):
        by_image.setdefault(row["image_id"], []).append(row)
    pictures = {}
    for image_id, group in by_image.items():
        picture = _picture(group, alt_field, ready_only)
        if picture is not None:
            pictures[image_id] = picture
    return pictures


def _picture(
    rows: list[dict[str, Any]], alt_field: str, ready_only: bool
) -> Picture | None:
    fallback = next((row for row in rows if row["filter_spec"] in FALLBACK_SPECS), None)
    if fallback is None:
        return None
    decorative = fallback["image__is_decorative"]
    alt = "" if decorative else _alt_text(fallback, alt_field)
    is_ready = (alt or decorative) and fallback["image__consent"] != Consent.UNCLEAR
    if ready_only and not is_ready:
        return None
    sources = (_source(rows, encoding) for encoding in SOURCE_FORMATS)
    return Picture(
        path=image_path(fallback["file"]),
        width=fallback["width"],
        height=fallback["height"],
        alt=alt,
        credit=fallback["image__credit"],
        sources=tuple(source for source in sources if source.candidates),
    )


def _alt_text(row: dict[str, Any], alt_field: str) -> str:
    return (row[alt_field] or row["image__alt_text_zh_hans"] or "").strip()


def _source(rows: list[dict[str, Any]], encoding: str) -> PictureSource:
    return PictureSource(
        mime_type=MIME_TYPES[encoding],
        candidates=tuple(
            (image_path(row["file"]), row["width"])
            for row in rows
            if SOURCE_SPECS.get(row["filter_spec"]) == encoding
        ),
    )
