"""The catalogue of documents: cut into pages, by year and by class."""

from __future__ import annotations

from dataclasses import replace

from articles.models import CataloguePage
from articles.policy.presentation import listed_documents
from home.links import language_path
from home.presentation import Crumb
from publishing.addresses import Address
from publishing.built import Built, existing
from publishing.columns import (
    filters,
    group_label,
    list_base,
    list_heading,
    pagination,
)
from publishing.frame import Place, tree_crumbs
from publishing.head import content_head
from publishing.reader import SnapshotReader


def build_catalogue(
    reader: SnapshotReader, address: Address, page: CataloguePage
) -> Built:
    row = existing(reader.row(page.pk))
    base = language_path(row.path, reader.language)
    found = reader.list_page(page.pk, address.group, address.number)
    label = group_label(reader, address)
    view = replace(
        page.present(reader),
        rows=tuple(listed_documents(found.cards, reader)),
        pagination=pagination(address, list_base(base, address), found),
        years=tuple(filters(reader, base, row.id, address, "year")),
        classes=tuple(filters(reader, base, row.id, address, "class")),
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
