"""The pages of a demo portal, made as an editor makes them: a draft, then its text, then
publication. Two passes, because pages refer to each other.
"""

from __future__ import annotations

from tqdm import tqdm

from articles.demo.bodies import convert
from articles.demo.makers import MAKERS
from articles.demo.makers.base import FieldMaker
from articles.demo.portals import home_columns
from articles.demo.sources import Row
from articles.demo.workshop import Workshop, publish, set_stream
from home.models import BasePage, HomePage, Portal


def create_pages(portal: Portal, slug: str) -> int:
    """Make the pages that the portal lacks; how many."""
    shop = Workshop.open(portal, slug)
    drafts: list[tuple[FieldMaker, Row, BasePage]] = []
    for maker in MAKERS:
        for number, row in enumerate(maker.rows()):
            own = row.in_portal(slug)
            if own is None or f"{maker.address(own)}/{own['slug']}" in shop.pages:
                continue
            drafts.append((maker, own, maker.draft(shop, own, number)))
    targets = shop.targets(row for _maker, row, _page in drafts)
    for maker, row, page in tqdm(
        drafts, desc=portal.region_name, unit="页", disable=None, leave=False
    ):
        maker.fill(page, row, targets, shop)
        publish(page, row)
    return len(drafts)


def fill_home(portal: Portal, row: Row) -> None:
    """Give the home page its blocks; its links need the other pages first."""
    shop = Workshop.open(portal, row["slug"])
    home = HomePage.objects.get(pk=portal.site.root_page_id)
    targets = shop.targets([])
    for column, key in home_columns(row).items():
        raw = convert(row, key, targets, f"{portal.host}/{column}")
        set_stream(home, column, raw, row, key)
    home.save_revision().publish()
