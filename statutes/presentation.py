"""Plain data of the law library for the templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from home.presentation import Card, Filter


@dataclass(frozen=True, slots=True)
class StatuteCard:
    title: str
    short_name: str
    path: str  # /laws/<slug>/
    category: str  # 法律 / 行政法规 / 地方性法规 …
    status: str  # "in_force" | "not_yet" | "amended" | "repealed"
    status_label: str
    effective_on: date | None
    provision_count: int


@dataclass(frozen=True, slots=True)
class StatuteListView:
    """``statutes/statute_list.html`` at /laws/."""

    groups: tuple[tuple[str, tuple[StatuteCard, ...]], ...]  # by category
    # A large library shows the beginning of each group; its pages are /laws/in/…/.
    filters: tuple[Filter, ...] = ()
    heading: str = ""  # the category, on such a page
    path: str = "/laws/"
    previous_path: str = ""
    next_path: str = ""
    total: int = 0


@dataclass(frozen=True, slots=True)
class ProvisionView:
    label: str  # 第一千零四十六条
    anchor: str  # t1046, 之一: t17-1
    paragraphs: tuple[ParagraphView, ...]
    cited_by: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """One 款 with its 项; a table row list where the law holds a table."""

    text: str
    items: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class DivisionView:
    """A heading of the structure (编, 分编, 章, 节, preamble, annex)."""

    level: int  # 1 = outermost
    label: str  # 第一章
    heading: str  # 总则
    anchor: str  # c1, b5c2
    path: str  # page that holds it
    provisions: tuple[ProvisionView, ...] = ()
    text: tuple[str, ...] = ()  # preamble, annex
    provision_range: str = ""  # 第一条—第九条
    paragraphs: tuple[
        ParagraphView, ...
    ] = ()  # ``text`` with items and tables told apart


@dataclass(frozen=True, slots=True)
class VersionLink:
    label: str  # 2021年1月1日起施行
    path: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class StatuteView:
    """``statutes/statute_page.html``: contents, and the text where it is short.

    A long statute (the Civil Code) is read part by part: its own page then holds the
    contents with every anchor as a link into the part, ``statutes/part_page.html``.
    """

    title: str
    short_name: str
    category: str
    path: str
    issuer: str
    promulgated_on: date | None
    effective_on: date | None
    amended_on: date | None
    repealed_on: date | None
    status: str
    status_label: str
    events: tuple[tuple[str, str], ...]  # (date, event)
    source: str
    source_hash: str
    text_is_present: bool
    contents: tuple[DivisionView, ...]
    divisions: tuple[DivisionView, ...]  # the text shown on this page
    index: tuple[tuple[str, str, str], ...]  # (label, anchor, path) when split
    versions: tuple[VersionLink, ...]
    cited_by: tuple[Card, ...]
    part_heading: str = ""  # on a part page
    previous_part: tuple[str, str] | None = None  # (heading, path)
    next_part: tuple[str, str] | None = None
    note: str = ""  # 此文本可能已有修改 …
    qr_svg: Markup = Markup("")  # "" where the public address is not known
