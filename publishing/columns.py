"""A column: its list cut into pages, its lists by topic and by year."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from home.links import language_path
from home.models import ColumnPage
from home.presentation import Card, ColumnView, Crumb, Filter, Pagination
from publishing.addresses import Address
from publishing.built import Built
from publishing.frame import Place, tree_crumbs
from publishing.head import column_head, feed_head, plain
from publishing.light_rows import PageRow, kind_models
from publishing.list_kinds import by_topic, by_year
from publishing.listings import archive, archive_count, newest
from publishing.reader import SnapshotReader
from publishing.tree import container_kinds

SUBCOLUMN_CARDS = 5


def build_column(reader: SnapshotReader, address: Address, page: ColumnPage) -> Built:
    row = reader.tree.rows[page.pk]
    base = language_path(row.path, reader.language)
    every = reader.tree.content(row.id, reader.language)
    cards, list_path, label = select_cards(reader, address, base, every)
    shown = archive(cards, address.number) if address.number else newest(cards)
    heading = page.text("heading", reader.language)
    view = ColumnView(
        heading=heading,
        summary=page.text("summary", reader.language),
        cards=tuple(shown),
        subcolumns=subcolumns(reader, row),
        pagination=pagination(address, list_path, len(cards)),
        topics=topic_filters(reader, base, every, address),
        years=year_filters(base, every, address),
        active_filter=label,
        feed_path=feed_head(reader, f"{base}feed.xml").get("feed_path", ""),
        subcolumn_cards=subcolumn_cards(reader, row),
        notes=list_notes(reader, shown),
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
            **column_head(reader, row),
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


def subcolumns(reader: SnapshotReader, row: PageRow) -> tuple[Card, ...]:
    """The containers below a column; a column only where it holds something."""
    below = reader.tree.children.get(row.id, [])
    cards = (
        reader.tree.card(child.id, reader.language)
        for child in below
        if child.kind in container_kinds()
        and reader.tree.holds_something(child, reader.language)
    )
    return tuple(card for card in cards if card)


def subcolumn_cards(
    reader: SnapshotReader, row: PageRow
) -> dict[int, tuple[Card, ...]]:
    """The newest pages of each column below."""
    return {
        card.id: reader.tree.content(card.id, reader.language)[:SUBCOLUMN_CARDS]
        for card in subcolumns(reader, row)
    }


def select_cards(
    reader: SnapshotReader, address: Address, base: str, every: tuple[Card, ...]
) -> tuple[list[Card], str, str]:
    """(cards of the list asked for, its own path, the label of its filter)."""
    if address.topic:
        topic = next(t for t in reader.topics() if t.slug == address.topic)
        cards = by_topic(every).get(topic.id, [])
        return cards, f"{base}topic/{topic.slug}/", topic.name
    if address.year:
        label = _("%(year)s年") % {"year": address.year}
        return (
            by_year(every).get(address.year, []),
            f"{base}year/{address.year}/",
            label,
        )
    return list(every), base, ""


def pagination(address: Address, list_path: str, total: int) -> Pagination:
    last = archive_count(total)
    number = address.number
    if number is None:
        newer, older = "", f"{list_path}page/{last}/" if last else ""
    else:
        newer = list_path if number == last else f"{list_path}page/{number + 1}/"
        older = f"{list_path}page/{number - 1}/" if number > 1 else ""
    return Pagination(
        number=number,
        newer_path=newer,
        older_path=older,
        newest_path=list_path,
        total=total,
    )


def topic_filters(
    reader: SnapshotReader, base: str, cards: tuple[Card, ...], address: Address
) -> tuple[Filter, ...]:
    groups = by_topic(cards)
    return tuple(
        Filter(
            label=topic.name,
            path=f"{base}topic/{topic.slug}/",
            count=len(groups[topic.id]),
            is_current=address.topic == topic.slug,
        )
        for topic in reader.topics()
        if topic.id in groups
    )


def year_filters(
    base: str, cards: tuple[Card, ...], address: Address
) -> tuple[Filter, ...]:
    return tuple(
        Filter(
            label=_("%(year)s年") % {"year": year},
            path=f"{base}year/{year}/",
            count=len(group),
            is_current=address.year == year,
        )
        for year, group in sorted(by_year(cards).items(), reverse=True)
    )
