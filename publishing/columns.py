"""A column: its list cut into pages, its lists by topic and by year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from articles.policy.classes import document_classes
from home.links import language_path
from home.models import ColumnPage
from home.presentation import Card, ColumnView, Crumb, Filter, Pagination
from publishing.above import above_of
from publishing.addresses import Address
from publishing.built import Built, existing
from publishing.frame import Place, tree_crumbs
from publishing.head import column_head, feed_head, plain
from publishing.light_rows import kind_models
from publishing.list_kinds import ListPage
from publishing.reader import SnapshotReader
from publishing.tree import container_kinds

SUBCOLUMN_CARDS = 5


def build_column(reader: SnapshotReader, address: Address, page: ColumnPage) -> Built:
    row = existing(reader.row(page.pk))
    base = language_path(row.path, reader.language)
    found = reader.list_page(page.pk, address.group, address.number)
    below = () if address.number else subcolumns(reader, row.id)
    label = group_label(reader, address)
    heading = page.text("heading", reader.language)
    view = ColumnView(
        heading=heading,
        summary=page.text("summary", reader.language),
        cards=found.cards,
        subcolumns=below,
        pagination=pagination(address, list_base(base, address), found),
        topics=tuple(filters(reader, base, row.id, address, "topic")),
        years=tuple(filters(reader, base, row.id, address, "year")),
        active_filter=label,
        feed_path=feed_head(reader, f"{base}feed.xml").get("feed_path", ""),
        subcolumn_cards=subcolumn_cards(reader, below),
        notes=list_notes(reader, found.cards),
    )
    crumbs = list(tree_crumbs(reader, row))
    if address.path != base:
        crumbs.append(Crumb(heading, base))
    place = Place(
        path=address.path,
        heading=list_heading(heading, label, address.number),
        row=row,
        crumbs=crumbs,
        languages=row.languages,
        # A list by number, topic or year need not exist in another language.
        translated_path=base,
        head={
            **column_head(reader, above_of(row)),
            "description": plain(view.summary),
            **feed_head(reader, f"{base}feed.xml"),
        },
    )
    return Built(page.template_name, view, place)


def list_notes(
    reader: SnapshotReader, cards: Iterable[Card]
) -> dict[int, tuple[str, ...]]:
    found = {
        card.id: kind_models()[card.kind].list_notes(reader.facts(card.id), reader)
        for card in cards
    }
    return {card_id: notes for card_id, notes in found.items() if notes}


def list_heading(heading: str, label: str, number: int | None) -> str:
    parts = [heading, label, _("第%(number)s页") % {"number": number} if number else ""]
    return " ".join(part for part in parts if part)


def subcolumns(reader: SnapshotReader, page_id: int) -> tuple[Card, ...]:
    """The containers below a column; a column only where it holds something."""
    cards = (
        reader.card(child.id)
        for child in reader.below(page_id)
        if child.kind in container_kinds() and reader.holds_something(child.id)
    )
    return tuple(card for card in cards if card)


def subcolumn_cards(
    reader: SnapshotReader, below: Iterable[Card]
) -> dict[int, tuple[Card, ...]]:
    """The newest pages of each column below."""
    return {
        card.id: tuple(reader.cards(under=card.id, limit=SUBCOLUMN_CARDS))
        for card in below
    }


# --- lists: also of the catalogue ----------------------------------------------------------


def list_base(base: str, address: Address) -> str:
    """The path of the list's own page, without a number."""
    kind, _colon, key = address.group.partition(":")
    return f"{base}{kind}/{key}/" if kind else base


def pagination(address: Address, own_path: str, found: ListPage) -> Pagination:
    def path(number: int | None) -> str:
        return f"{own_path}page/{number}/" if number else ""

    is_numbered = address.number is not None
    return Pagination(
        number=address.number,
        newer_path=(path(found.newer) or own_path) if is_numbered else "",
        older_path=path(found.older),
        newest_path=own_path,
        total=found.total,
    )


def filters(
    reader: SnapshotReader, base: str, page_id: int, address: Address, kind: str
) -> Iterator[Filter]:
    """The groups of a kind as links; numbered pages have none.

    How many each holds is said on the list's own page only: a new item then changes
    that one and the pages of its own groups.
    """
    if address.number is not None:
        return
    counts: Mapping[str, int | None] = (
        dict.fromkeys(reader.list_group_names(page_id))
        if address.group
        else reader.list_groups(page_id)
    )
    for group, count in counts.items():
        if group.startswith(f"{kind}:"):
            yield Filter(
                label=label_of(reader, group),
                path=f"{base}{kind}/{group[len(kind) + 1 :]}/",
                count=count,
                is_current=group == address.group,
            )


def group_label(reader: SnapshotReader, address: Address) -> str:
    return label_of(reader, address.group) if address.group else ""


def label_of(reader: SnapshotReader, group: str) -> str:
    kind, _colon, key = group.partition(":")
    if kind == "year":
        return _("%(year)s年") % {"year": key}
    if kind == "class":
        return document_classes()[key].name(reader.language)
    return next(topic.name for topic in reader.topics() if topic.slug == key)
