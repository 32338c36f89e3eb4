"""What every page of a portal says of it, whatever page it is: one fact."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from home.models import Portal
from home.presentation import (
    Crumb,
    HostingData,
    PortalData,
    PortalLink,
    PublisherData,
)
from publishing.identity import hosting_data, publisher_data

if TYPE_CHECKING:
    from publishing.reader import SnapshotReader


@dataclass(frozen=True, slots=True)
class MenuColumn:
    """A column in the menu; a page below it has a tree path that begins with its."""

    heading: str
    path: str
    tree_path: str


@dataclass(frozen=True, slots=True)
class SiteFrame:
    portal: PortalData
    hosting: HostingData
    publisher: PublisherData  # its logo is a fact of its own
    logo_id: int | None
    menu: tuple[MenuColumn, ...]
    parent: PortalLink | None
    children: tuple[PortalLink, ...]
    standard_pages: tuple[Crumb, ...]
    spoken: tuple[str, ...]  # the languages in which the portal has pages


def site_frame(reader: SnapshotReader) -> SiteFrame:
    portal, language = reader.portal_row, reader.language
    # One that has closed for good is named no more.
    others = [p for p in reader.all_portals if p.state != Portal.State.CLOSED]
    parent = next((p for p in others if p.pk == portal.parent_id), None)
    below = (p for p in others if p.parent_id == portal.pk)
    publisher = getattr(portal.site, "publisheridentity", None)
    return SiteFrame(
        # The number moves with every change, and no page shows it.
        portal=replace(reader.portal, change_number=0),
        hosting=hosting_data(portal, language),
        publisher=publisher_data(portal, language, None),
        logo_id=publisher.logo_id if publisher else None,
        menu=tuple(_menu(reader)),
        parent=reader.portal_link(parent) if parent else None,
        children=tuple(map(reader.portal_link, below)),
        standard_pages=_standard_pages(reader),
        spoken=tuple(sorted(reader.spoken())),
    )


def _menu(reader: SnapshotReader) -> list[MenuColumn]:
    """The columns marked for the menu that hold something (checklist 3.4)."""
    found = []
    for row in reader.below(reader.home().id):
        if row.kind != "column" or not row.show_in_menus:
            continue
        card = reader.card(row.id)
        if card is not None and reader.holds_something(row.id):
            found.append(MenuColumn(card.heading, card.path, row.tree_path))
    return found


def _standard_pages(reader: SnapshotReader) -> tuple[Crumb, ...]:
    """The pages that every page links to, where the portal has them; in Chinese where
    they are not translated."""
    labels = {
        "privacy": _("隐私说明"),
        "accessibility": _("无障碍声明"),
        "errors": _("找错和纠错"),
    }
    cards = {
        reader.facts(card.id).get("purpose"): card
        for card in reader.every("information")
    }
    return tuple(
        Crumb(label, cards[purpose].path)
        for purpose, label in labels.items()
        if purpose in cards
    )
