"""Which table a name stands for, and the page below which its rows stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from home.directory.tables.importing import Table
from home.directory.tables.people import PeopleTable
from home.directory.tables.places import PlaceTable
from home.directory.tables.points import PointTable
from home.directory.tables.sheets import write_sheet
from home.models import DirectoryPage, Portal

KINDS = ("points", "people", "places")
SHOWN: dict[str, tuple[str, ...]] = {
    "points": ("points",),
    "places": ("model_villages", "culture_sites"),
}
Shows = DirectoryPage.Shows


class NoDirectory(Exception):
    """No page, or not one alone, could hold the rows; the message is a sentence."""


def directories(portal: Portal, kind: str) -> list[DirectoryPage]:
    """The pages of a portal that hold rows of a kind."""
    home = portal.site.root_page
    found = DirectoryPage.objects.descendant_of(home).filter(shows__in=SHOWN[kind])
    return list(found.order_by("path"))


def choose_directory(portal: Portal, kind: str, address: str = "") -> DirectoryPage:
    """``address``: its path below the home page, needed where there are several."""
    found = directories(portal, kind)
    if address:
        wanted = f"/{address.strip('/')}/"
        found = [page for page in found if page.public_path(portal) == wanted]
        if not found:
            raise NoDirectory(
                _("没有网址是 %(address)s 的名录。") % {"address": wanted}
            )
    if not found:
        raise NoDirectory(_("门户里还没有这种名录页面，请先在栏目下面添加一个。"))
    if len(found) > 1:
        addresses = "、".join(page.public_path(portal) for page in found)
        raise NoDirectory(
            _("有几个这样的名录，请说明放进哪一个：%(addresses)s。")
            % {"addresses": addresses}
        )
    return found[0]


def page_table(
    kind: str, directory: DirectoryPage, portal: Portal, user: Any, *, publish: bool
) -> Table:
    table = {"points": PointTable, "places": PlaceTable}[kind]
    return table(portal, directory, user, publish=publish)


def people_table(portal: Portal) -> Table:
    return PeopleTable(portal)


def workbook(table: Table, *, is_empty: bool = False) -> bytes:
    """What there is; or the template, which has the header alone."""
    rows: Sequence[dict[str, str]] = [] if is_empty else table.rows()
    return write_sheet(table.title, table.columns, rows)
