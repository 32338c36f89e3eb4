"""Topics and audiences: shared by all portals."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from articles.demo import sources
from articles.demo.sources import LANGUAGE_SUFFIXES, Row
from home.models import Audience, Topic, localized


def texts(row: Row, *keys: str) -> dict[str, Any]:
    """Columns of translated fields: ``name`` and ``name_en`` of the row."""
    found: dict[str, Any] = {}
    for key in keys:
        if key in row:
            found[localized(key, settings.LANGUAGE_CODE)] = row[key]
        for suffix, code in LANGUAGE_SUFFIXES.items():
            if key + suffix in row:
                found[localized(key, code)] = row[key + suffix]
    return found


def create_terms() -> int:
    """Make the topics and audiences that are missing; how many."""
    made = 0
    for order, row in enumerate(sources.audiences(), start=1):
        _audience, created = Audience.objects.get_or_create(
            slug=row["slug"], defaults={**texts(row, "name"), "order": order}
        )
        made += created
    by_slug: dict[str, Topic] = {}
    for order, row in enumerate(sources.topics(), start=1):
        parent = row.get("parent")
        if parent and parent not in by_slug:
            raise row.wrong("parent", f"“{parent}” does not come before it")
        by_slug[row["slug"]], created = Topic.objects.get_or_create(
            slug=row["slug"],
            defaults={
                **texts(row, "name", "description"),
                "parent": by_slug.get(parent or ""),
                "order": order,
            },
        )
        made += created
    return made
