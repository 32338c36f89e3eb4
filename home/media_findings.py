"""Pictures and files that keep a page from the public, each where it is used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings

from home import streams
from home.findings import Finding, Place, Severity
from home.languages import localized

RULE = "media.described"


def media_findings(page: Any) -> Iterator[Finding]:
    used = page.all_references()
    if not used.images and not used.documents:
        return
    portal = page.portal
    path = portal.collection.path if portal is not None else ""
    problems = streams.media_problems(used, path)
    if not problems:
        return
    places = _places(page)
    for kind, media_id, sentence in problems:
        for place in places.get((kind, media_id)) or [Place()]:
            yield Finding(RULE, Severity.BLOCKING, sentence, place)


def _places(page: Any) -> dict[tuple[str, int], list[Place]]:
    """The blocks in which each picture and file stands."""
    found: dict[tuple[str, int], list[Place]] = {}
    for name in page.stream_fields:
        for language, _name in settings.LANGUAGES:
            for number, block in enumerate(page.stream_data(name, language), start=1):
                refers = streams.references([block])
                label = f"{page._meta.get_field(name).verbose_name} {number}"
                # A block that was only typed has no number yet.
                path = (str(block["id"]),) if block.get("id") else ()
                place = Place(localized(name, language), path, language, label)
                for kind, ids in (
                    ("image", refers.images),
                    ("document", refers.documents),
                ):
                    for media_id in ids:
                        found.setdefault((kind, media_id), []).append(place)
    return found
