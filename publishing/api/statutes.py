"""``/statutes/``: the law library as this portal may show it."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.urls import re_path
from rest_framework.request import Request
from rest_framework.response import Response

from home.presentation import Card
from publishing.api import statute_fields as fields
from publishing.api.base import ApiViewSet
from publishing.api.finding import find, read_search_words
from publishing.api.parameters import (
    read_choice,
    read_date,
    read_flag,
    read_window,
    refuse_together,
)
from publishing.api.problems import nothing_there
from publishing.api.serializers import Json
from publishing.api.statute_rows import (
    Texts,
    listed_statutes,
    structure_of,
    texts_of,
)
from publishing.tree import default_language
from statutes.models import Category, Status, Statute, StatuteVersion
from statutes.reading import build_registered

SLUG = r"(?P<slug>[a-z0-9-]{1,100})"
KEY = r"(?P<key>[1-9]\d{0,3}(?:-[1-9]\d?)?)"


class StatutesViewSet(ApiViewSet):
    name = "statutes"
    model = Statute
    parameters: ClassVar[dict[str, frozenset[str]]] = {
        "listing_view": frozenset(
            {"q", "category", "status", "cited", "limit", "offset"}
        ),
        "detail_view": frozenset({"date"}),
        "provisions_view": frozenset({"date", "limit", "offset"}),
        "provision_view": frozenset({"date"}),
    }

    @classmethod
    def get_urlpatterns(cls) -> list[Any]:
        def view(name: str) -> Any:
            return cls.as_view({"get": name})

        return [
            re_path(r"^$", view("listing_view"), name="listing"),
            re_path(rf"^{SLUG}/$", view("detail_view"), name="detail"),
            re_path(
                rf"^{SLUG}/provisions/$", view("provisions_view"), name="provisions"
            ),
            re_path(
                rf"^{SLUG}/provisions/{KEY}/$",
                view("provision_view"),
                name="provision",
            ),
        ]

    # --- views -------------------------------------------------------------------------

    def listing_view(self, request: Request) -> Response:
        if "q" in request.GET:
            return self.found_listing(request)
        rows = listed_statutes(self.context.portal.pk)
        if category := read_choice(request.GET, "category", Category.values):
            rows = rows.filter(statute__category=category)
        if status := read_choice(request.GET, "status", Status.values):
            rows = rows.filter(status=status)
        if read_flag(request.GET, "cited"):
            slugs = self.context.tree.citations.statutes()
            rows = rows.filter(statute__slug__in=slugs)
        window = read_window(request.GET)
        shown = rows[window.offset : window.end]
        return self.listing(
            [fields.summary(row, self.to_json) for row in shown], rows.count()
        )

    def found_listing(self, request: Request) -> Response:
        refuse_together(request.GET, "q", ("category", "status", "cited"))
        found = find(self.context, read_search_words(request.GET), kind="statute")
        slugs = [hit.found.entry.statute_slug for hit in found.hits]
        rows = listed_statutes(self.context.portal.pk).filter(statute__slug__in=slugs)
        by_slug = {row.statute.slug: row for row in rows}
        items = [
            fields.summary(by_slug[slug], self.to_json)
            for slug in slugs
            if slug in by_slug
        ]
        return self.listing(items, found.total)

    def detail_view(self, request: Request, slug: str) -> Response:
        on = read_date(request.GET, "date")
        texts = texts_of(slug, self.context.portal.pk, self.context.language)
        if texts is None:
            return Response(self.registered(slug, on))
        version = self.version(texts, on)
        structure = structure_of(texts, version, on, with_provisions=True)
        cited_by = self.cited_by(slug).get((0, 0), ())
        return Response(
            fields.detail(texts, version, structure, cited_by, self.to_json)
        )

    def provisions_view(self, request: Request, slug: str) -> Response:
        on = read_date(request.GET, "date")
        window = read_window(request.GET)
        texts = self.texts(slug)
        version = self.version(texts, on)
        structure = structure_of(texts, version, on, with_provisions=False)
        rows = version.provisions.order_by("order")
        cited_by = self.cited_by(slug)
        items = [
            fields.provision(row, structure, texts, version, cited_by, on, self.to_json)
            for row in rows[window.offset : window.end]
        ]
        return self.listing(items, rows.count())

    def provision_view(self, request: Request, slug: str, key: str) -> Response:
        on = read_date(request.GET, "date")
        number, suffix = read_key(key)
        texts = self.texts(slug)
        version = self.version(texts, on)
        row = version.provisions.filter(number=number, suffix=suffix).first()
        if row is None:
            raise nothing_there()
        structure = structure_of(texts, version, on, with_provisions=False)
        return Response(
            fields.provision(
                row, structure, texts, version, self.cited_by(slug), on, self.to_json
            )
        )

    # --- what they share ---------------------------------------------------------------

    def texts(self, slug: str) -> Texts:
        found = texts_of(slug, self.context.portal.pk, self.context.language)
        if found is None:
            raise nothing_there()
        return found

    def version(self, texts: Texts, on: date | None) -> StatuteVersion:
        found = texts.at(on)
        if found is None:
            raise nothing_there()
        return found

    def registered(self, slug: str, on: date | None) -> Json:
        view = build_registered(slug) if on is None else None
        # A title that another portal's regulation has taken is not told either.
        if view is None or Statute.objects.filter(slug=slug).exists():
            raise nothing_there()
        return fields.registered(slug, view, self.to_json)

    def cited_by(self, slug: str) -> dict[tuple[int, int], list[Card]]:
        """The public pages of this portal that cite each provision."""
        tree, language = self.context.tree, self.context.language
        found = tree.citations.pages_citing(slug, default_language())
        return {
            place: [card for pk in ids if (card := tree.card(pk, language))]
            for place, ids in found.items()
        }


def read_key(key: str) -> tuple[int, int]:
    """``1046`` or, for 第十七条之一, ``17-1``."""
    number, _separator, suffix = key.partition("-")
    return int(number), int(suffix or 0)
