"""The two pages of a pack that no site has: the one to open, and the list of sheets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from home.channels import Carried
from home.presentation import Card
from publishing.built import Built
from publishing.frame import Place
from publishing.reader import SnapshotReader
from publishing.tree import kind_labels

START = "打开我.html"
SHEETS = "打印页.html"
CHECKSUMS = "校验.txt"
SITE = "site"  # folder of the site's own pages

# What a village prints, the most wanted first.
SHEET_KINDS = (
    "question",
    "guide",
    "point",
    "campaign",
    "event",
    "case",
    "document",
    "interpretation",
    "article",
)
MOST_SHEETS = 60  # of one kind


@dataclass(frozen=True, slots=True)
class StartView:
    heading: str
    made_on: date
    contents: str  # what is in it and what is not
    pages: int
    public_base: str  # where the same is on the net, with its slash; "" where unknown
    sheets_href: str
    checksums: str  # name of the file


@dataclass(frozen=True, slots=True)
class SheetGroup:
    label: str
    cards: tuple[Card, ...]
    others: int  # that are not listed


@dataclass(frozen=True, slots=True)
class SheetsView:
    heading: str
    groups: tuple[SheetGroup, ...]
    start_href: str


def contents_label(carries: Carried) -> str:
    return {
        "text": _("文字和小的表格；图片只有文字说明，大的附件只有名称"),
        "pictures": _("文字、图片和附件；没有语音和视频"),
        "audio": _("文字、图片、附件、语音和视频"),
    }[carries]


def build_start(reader: SnapshotReader, made_on: date, pages: int) -> Built:
    reader.prepare([])
    base = reader.form.public_base
    view = StartView(
        heading=_("%(portal)s（离线版）") % {"portal": reader.portal.name},
        made_on=made_on,
        contents=contents_label(reader.form.channel.carries),
        pages=pages,
        public_base=f"{base}/" if base else "",
        sheets_href=SHEETS,
        checksums=CHECKSUMS,
    )
    return Built("packs/start_page.html", view, _place(view.heading))


def build_sheets(reader: SnapshotReader) -> Built:
    reader.prepare([])
    labels = kind_labels(reader.language)
    groups = []
    for kind in SHEET_KINDS:
        cards = tuple(reader.cards(kind=kind))
        if cards:
            others = max(0, len(cards) - MOST_SHEETS)
            label = str(labels[kind])
            groups.append(SheetGroup(label, cards[:MOST_SHEETS], others))
    view = SheetsView(
        heading=_("打印出来贴在村里"), groups=tuple(groups), start_href=START
    )
    return Built("packs/sheets_page.html", view, _place(view.heading))


def _place(heading: str) -> Place:
    """Above the home page, and without a public address of its own."""
    head = {"title": heading, "url": "", "canonical": ""}
    return Place(path="/", heading=heading, head=head)
