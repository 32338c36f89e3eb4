"""Plain data that templates receive, and the reader that supplies it.

Templates see nothing but these classes and those of the other ``presentation`` modules:
no model, no query set. Every ``path`` is a logical path (``home.links``); templates link
by ``href(path)``. Every ``html`` value is safe markup made by our own code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from markupsafe import Markup

from home.channels import SITE, Channel
from home.directory.words import Vocabulary
from media.presentation import Attachment, Picture
from media.presentation import PictureSource as PictureSource  # for home's readers


@dataclass(frozen=True, slots=True)
class PortalData:
    id: int
    host: str
    name: str  # 青山县法治宣传网
    region_name: str  # 青山县
    level: str  # "prefecture" | "county"
    state: str  # "draft" | "tested" | "online" | "paused" | "closed"
    languages: tuple[str, ...]
    service_base: str  # "" = no server: forms show 12348
    is_demo: bool
    change_number: int


@dataclass(frozen=True, slots=True)
class HostingData:
    """The site that carries the portal (checklist 1.3, 2, 3.1)."""

    site_name: str = ""
    site_domain: str = ""
    site_id_code: str = ""
    organizer: str = ""  # 主办单位
    phone: str = ""  # 联系方式
    icp_number: str = ""
    police_number: str = ""
    police_url: str = ""
    error_report_url: str = ""  # 我为政府网站找错
    party_mark_url: str = ""  # 党政机关网站标识


@dataclass(frozen=True, slots=True)
class PublisherData:
    """The bureau that publishes (承办)."""

    name: str = ""
    phone: str = ""
    address: str = ""
    hours: str = ""
    logo: Picture | None = None
    primary_color: str = "#1c5a8a"
    accent_color: str = "#b3261e"


@dataclass(frozen=True, slots=True)
class TopicData:
    id: int
    slug: str
    name: str
    path: str  # /topics/<slug>/
    description: str = ""
    parent_id: int | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One line of a list: enough to show a page without reading it."""

    id: int
    kind: str  # "home" | "column" | "article" | "question" …
    kind_label: str
    path: str
    heading: str
    summary: str
    published_at: datetime | None
    parent_id: int | None  # the card id of the parent page
    topic_ids: tuple[int, ...] = ()
    show_in_menus: bool = False
    language: str = "zh-hans"
    source: str = ""


@dataclass(frozen=True, slots=True)
class Crumb:
    heading: str
    path: str


@dataclass(frozen=True, slots=True)
class MenuItem:
    heading: str
    path: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class LanguageLink:
    code: str  # "en"
    label: str  # the language's own name, "English"
    path: str  # the Chinese page where this page is not translated
    is_current: bool
    is_translated: bool
    # What the Chinese page says to a reader who came for this language, in it.
    notice: str = ""

    @property
    def notice_id(self) -> str:
        """Where the notice stands on the Chinese page; "" where there is none."""
        return f"only-{self.code}" if self.notice and not self.is_translated else ""


@dataclass(frozen=True, slots=True)
class PortalLink:
    name: str
    region_name: str
    level: str
    href: str  # absolute, or "" where the other portal's address is not known


@dataclass(frozen=True, slots=True)
class HeadTags:
    """Values of the head tags (checklist 2); empty ones are left out."""

    title: str
    description: str = ""
    column_name: str = ""
    column_description: str = ""
    column_keywords: str = ""
    column_type: str = ""
    article_title: str = ""
    pub_date: str = ""  # YYYY-MM-DD HH:MM, local time
    content_source: str = ""
    keywords: str = ""
    author: str = ""
    image: str = ""  # absolute
    url: str = ""  # absolute
    canonical: str = ""  # absolute
    feed_path: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds every page: identity, menu, breadcrumb, languages, head."""

    portal: PortalData
    hosting: HostingData
    publisher: PublisherData
    menu: tuple[MenuItem, ...]
    breadcrumb: tuple[Crumb, ...]
    language: str
    direction: str  # "ltr" | "rtl"
    languages: tuple[LanguageLink, ...]
    parent: PortalLink | None
    children: tuple[PortalLink, ...]
    head: HeadTags
    home_path: str
    search_href: str
    offline_search_href: str = ""  # of an export, where its server does not answer
    suggest_href: str = ""  # what the search boxes ask while somebody types
    is_preview: bool = False
    standard_pages: tuple[Crumb, ...] = ()  # privacy, accessibility, faults: the footer
    channel: Channel = SITE

    @property
    def current_items(self) -> tuple[bool, ...]:
        """Which items of the menu the page belongs to."""
        return tuple(item.is_current for item in self.menu)


@dataclass(frozen=True, slots=True)
class BlockData:
    """A body block ready for ``components/blocks/<type>.html`` as ``block``."""

    type: str
    id: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class CitedProvision:
    """A provision that a page cites, with its text where the library holds it."""

    label: str  # 《中华人民共和国民法典》第一千零四十六条
    path: str  # logical path of the statute page that holds it
    anchor: str  # t1046
    paragraphs: tuple[str, ...] = ()  # empty: register only, "文本待导入"
    status_label: str = ""  # 现行有效 / 已修改 …
    note: str = ""  # 待核对 …
    statute_slug: str = ""  # also where only the register knows the statute
    number: int = 0
    suffix: int = 0  # 之一: 1


@dataclass(frozen=True, slots=True)
class Pagination:
    """Lists are numbered from the oldest page; the list's own address is the newest."""

    number: int | None  # None on the list's own (newest) page
    newer_path: str
    older_path: str
    newest_path: str
    total: int | None  # items in the whole list; None on numbered pages


@dataclass(frozen=True, slots=True)
class Filter:
    label: str
    path: str
    count: int | None  # None: not said
    is_current: bool


@dataclass(frozen=True, slots=True)
class HomeView:
    heading: str
    summary: str
    blocks: tuple[BlockData, ...]


@dataclass(frozen=True, slots=True)
class ColumnView:
    heading: str
    summary: str
    cards: tuple[Card, ...]
    subcolumns: tuple[Card, ...]
    pagination: Pagination
    topics: tuple[Filter, ...]
    years: tuple[Filter, ...]
    active_filter: str = ""  # label of the topic or year shown
    feed_path: str = ""
    subcolumn_cards: dict[int, tuple[Card, ...]] = field(default_factory=dict)
    # By card id: what the list says besides, such as the number of a document.
    notes: dict[int, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TopicIndexView:
    heading: str
    topics: tuple[TopicData, ...]
    counts: dict[int, int]


@dataclass(frozen=True, slots=True)
class TopicView:
    topic: TopicData
    subtopics: tuple[TopicData, ...]
    groups: tuple[tuple[str, tuple[Card, ...]], ...]  # (label of kind, cards)
    pagination: Pagination


@dataclass(frozen=True, slots=True)
class SiteMapView:
    heading: str
    columns: tuple[tuple[Card, tuple[Card, ...]], ...]  # column, its sub-columns
    topics: tuple[TopicData, ...]


@dataclass(frozen=True, slots=True)
class LeaveView:
    """The page between a link in a text and a foreign site (checklist 3.5)."""

    url: str
    site_name: str


@dataclass(frozen=True, slots=True)
class MovedView:
    """A redirect page of an export."""

    path: str
    url: str = ""
    fragment: str = ""


@dataclass(frozen=True, slots=True)
class ErrorView:
    status: int
    heading: str


class Reader(Protocol):
    """Read access to a portal's snapshot in one language; never queries in a loop.

    ``publishing.snapshot.Snapshot`` implements it. Things that the public may not see
    (drafts, other portals' pages, pictures without alt text) come back as ``None``.
    """

    language: str
    portal: PortalData
    publisher_name: str
    publisher_phone: str

    @property
    def today(self) -> date: ...  # the local day; nothing else asks the clock

    def card(self, page_id: int) -> Card | None: ...
    def cards(
        self,
        *,
        kind: str = "",
        under: int | None = None,
        topic: int | None = None,
        limit: int | None = None,
    ) -> Sequence[Card]:
        """Pages newest first; ``under`` is a page id, itself left out."""
        ...

    def children(self, page_id: int) -> Sequence[Card]:
        """Public pages directly below a page, of any kind, in the order of the tree."""
        ...

    def facts(self, page_id: int) -> Mapping[str, Any]:
        """The ``fact_fields`` and ``fact_texts`` of a public page, the texts in
        Chinese where the language lacks them; {} where there is no such page. Those
        of all pages are read in one query."""
        ...

    def every(self, kind: str) -> Sequence[Card]:
        """All public pages of a kind, newest first; where one is not translated, its
        Chinese page."""
        ...

    def referring(self, kind: str, page_id: int) -> Sequence[Card]:
        """Those of ``every`` whose ``target_field`` names a page."""
        ...

    def records(self, model: Any) -> Sequence[Any]:
        """The rows of a ``PortalRecord`` of this portal, in their order."""
        ...

    def region(self, region_id: int | None) -> Any:
        """``home.models.regions.RegionData`` of this portal, or None."""
        ...

    def regions(self) -> Sequence[Any]:
        """Counties, townships and villages of this portal, by code."""
        ...

    def words(self, group: str) -> Vocabulary:
        """What this portal calls the ``levels`` and ``services`` of service points."""
        ...

    def picture(self, image_id: int | None) -> Picture | None: ...
    def attachment(self, document_id: int | None) -> Attachment | None: ...
    def topic(self, topic_id: int) -> TopicData | None: ...
    def topics(self) -> Sequence[TopicData]: ...
    def cite(self, raw: str) -> Sequence[CitedProvision]:
        """Every provision that a citation text names (``《民法典》第一千零四十六条``)."""
        ...

    def rich_text(self, html: str) -> Markup:
        """Stored rich text as public HTML: links and citations resolved."""
        ...

    def plain_text(self, text: str) -> Markup:
        """Escaped text in which citations are links and lines are kept."""
        ...

    def siblings(self, page_id: int) -> tuple[Card | None, Card | None]:
        """(older, newer) neighbour of the same kind in the same column."""
        ...

    def related(self, page_id: int, limit: int = 5, kind: str = "") -> Sequence[Card]:
        """Other pages with the most of its topics, and of these its neighbours in time."""
        ...

    def topics_of(self, page: Any) -> tuple[TopicData, ...]: ...
    def audience_names(self, page: Any) -> tuple[str, ...]: ...
    def cited(self, page: Any) -> tuple[CitedProvision, ...]:
        """Every provision that the page cites anywhere, each once, in order."""
        ...

    def qr_svg(self) -> Markup:
        """The page's QR code; empty where the public address is not known."""
        ...

    def portals(self) -> Iterable[PortalLink]:
        """The portals below this one."""
        ...

    def outward(self, url: str) -> dict[str, str]:
        """Where a link to ``url`` leads: ``{"path": "/leave/<hash>/", "href": ""}``
        for a foreign site, ``{"path": "", "href": url}`` for a government one."""
        ...


def format_pub_date(moment: datetime | None) -> str:
    """``PubDate`` form of the checklist: local time to the minute, plain hyphens."""
    return moment.strftime("%Y-%m-%d %H:%M") if moment else ""
