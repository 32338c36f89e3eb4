"""The catalogue of documents: cut into pages, by year and by class."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from articles.models import CataloguePage
from articles.policy.classes import document_classes
from articles.policy.presentation import listed_documents
from home.links import language_path
from home.presentation import Card, Crumb, Filter
from publishing.addresses import Address
from publishing.built import Built
from publishing.columns import list_heading, pagination
from publishing.frame import Place, tree_crumbs
from publishing.head import content_head
from publishing.list_kinds import Listing, listing_of
from publishing.listings import archive, newest
from publishing.reader import SnapshotReader


def build_catalogue(
    reader: SnapshotReader, address: Address, page: CataloguePage
) -> Built:
    row = reader.tree.rows[page.pk]
    base = language_path(row.path, reader.language)
    listing = listing_of(reader.tree, row, reader.language) or Listing(())
    cards, list_path, label = _selected(reader, address, base, listing)
    shown = archive(cards, address.number) if address.number else newest(cards)
    view = replace(
        page.present(reader),
        rows=tuple(listed_documents(shown, reader)),
        pagination=pagination(address, list_path, len(cards)),
        years=year_filters(base, listing, address),
        classes=class_filters(reader, base, listing, address),
        active_filter=label,
    )
    crumbs = list(tree_crumbs(reader, row))
    if address.path != base:
        crumbs.append(Crumb(view.heading, base))
    place = Place(
        path=address.path,
        heading=list_heading(view.heading, label, address.number),
        row=row,
        crumbs=crumbs,
        languages=row.languages,
        head=content_head(reader, page, view),
    )
    return Built(page.template_name, view, place)


def _selected(
    reader: SnapshotReader, address: Address, base: str, listing: Listing
) -> tuple[list[Card], str, str]:
    """(cards of the list asked for, its own path, the label of its filter)."""
    if address.subject_class:
        slug = address.subject_class
        label = document_classes()[slug].name(reader.language)
        return listing.classes[slug], f"{base}class/{slug}/", label
    if address.year:
        label = _("%(year)s年") % {"year": address.year}
        return listing.years[address.year], f"{base}year/{address.year}/", label
    return list(listing.cards), base, ""


def year_filters(base: str, listing: Listing, address: Address) -> tuple[Filter, ...]:
    return tuple(
        Filter(
            label=_("%(year)s年") % {"year": year},
            path=f"{base}year/{year}/",
            count=len(cards),
            is_current=address.year == year,
        )
        for year, cards in sorted(listing.years.items(), reverse=True)
    )


def class_filters(
    reader: SnapshotReader, base: str, listing: Listing, address: Address
) -> tuple[Filter, ...]:
    return tuple(
        Filter(
            label=document_classes()[slug].name(reader.language),
            path=f"{base}class/{slug}/",
            count=len(cards),
            is_current=address.subject_class == slug,
        )
        for slug, cards in listing.classes.items()
    )
