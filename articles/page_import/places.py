"""What a portal has already: columns, terms, old addresses. Read once per import."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Model
from wagtail.contrib.redirects.models import Redirect

from articles.models import OldAddress
from home.models import Audience, ColumnPage, Portal, Topic, localized


@dataclass(slots=True)
class Places:
    portal: Portal
    columns: dict[str, list[int]] = field(default_factory=dict)  # name → ids
    column_names: list[str] = field(default_factory=list)  # for a person to choose from
    topics: dict[str, int] = field(default_factory=dict)
    audiences: dict[str, int] = field(default_factory=dict)
    # canonical address → (page, hash of the file that it was made of)
    known: dict[str, tuple[int, str]] = field(default_factory=dict)
    redirects: frozenset[str] = frozenset()

    @classmethod
    def of(cls, portal: Portal) -> Places:
        places = cls(portal, topics=_names(Topic), audiences=_names(Audience))
        places._read_columns()
        rows = OldAddress.objects.filter(portal=portal)
        places.known = {
            address: (page_id, digest)
            for address, page_id, digest in rows.values_list(
                "address", "page_id", "source_hash"
            )
        }
        places.redirects = frozenset(
            Redirect.objects.filter(site=portal.site).values_list("old_path", flat=True)
        )
        return places

    def _read_columns(self) -> None:
        """A column is named by its heading, its slug, or the way to it."""
        home = self.portal.site.root_page
        rows = ColumnPage.objects.descendant_of(home).order_by("path")
        heading_field = localized("heading", settings.LANGUAGE_CODE)
        headings: dict[str, str] = {}
        for pk, path, url_path, slug, heading in rows.values_list(
            "pk", "path", "url_path", "slug", heading_field
        ):
            above = headings.get(path[: -ColumnPage.steplen], "")
            headings[path] = f"{above}/{heading}" if above else heading
            way = url_path[len(home.url_path) :].strip("/")
            self.column_names.append(f"{headings[path]}（{way}）")
            for name in {heading, slug, way, headings[path]}:
                self.columns.setdefault(name, []).append(pk)


def _names(model: type[Model]) -> dict[str, int]:
    """By the Chinese name and by the slug."""
    name_field = localized("name", settings.LANGUAGE_CODE)
    found: dict[str, int] = {}
    rows: Iterable[tuple[int, str, str]] = model._default_manager.values_list(
        "pk", "slug", name_field
    )
    for pk, slug, name in rows:
        found[slug] = pk
        if name:
            found[name] = pk
    return found
