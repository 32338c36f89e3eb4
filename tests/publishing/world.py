"""A prefecture and two counties with everything that a public page can hold.

Built once for a module (fixture ``world``). Each county also has pages that the public
may not see; their words are in ``County.secrets`` and must turn up nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from articles.models import ArticlePage, QuestionPage
from home.links import AddressForm
from home.models import ColumnPage, HomePage, Portal, PublisherIdentity, Topic
from media.models import PortalDocument, PortalImage
from publishing.snapshot import Snapshot
from statutes.models import Category, Division, Provision, Statute, StatuteVersion
from tests.factories import (
    ArticlePageFactory,
    ColumnPageFactory,
    PortalFixture,
    QuestionPageFactory,
    make_portal,
    make_two_portals,
    stream,
)
from tests.media import samples
from tests.media.factories import PortalDocumentFactory, PortalImageFactory

PREFECTURE_BASE = "https://www.yunling.example.gov.cn/sfj"
GOVERNMENT_URL = "https://www.moj.gov.cn/pub/"
HOST_FORM = AddressForm("host", public_base="http://testserver")
OTHER_REGION = {"青山": "白河", "白河": "青山"}


@dataclass(slots=True)
class County:
    """One county's portal and what the tests need to name in it."""

    base: PortalFixture
    home: HomePage
    rich: ArticlePage
    topic: Topic
    foreign_url: str
    used_media: tuple[PortalImage | PortalDocument, ...]
    unused_media: tuple[PortalImage | PortalDocument, ...]
    secrets: dict[str, str] = field(default_factory=dict)  # why it is secret → words

    @property
    def portal(self) -> Portal:
        return self.base.portal

    @property
    def host(self) -> str:
        return self.base.host

    @property
    def column(self) -> ColumnPage:
        return self.base.column

    @property
    def marker(self) -> str:
        return self.base.marker


@dataclass(slots=True)
class World:
    prefecture: Portal
    qingshan: County
    baihe: County

    def __iter__(self) -> Iterator[County]:
        return iter((self.qingshan, self.baihe))

    def other(self, county: County) -> County:
        return self.baihe if county is self.qingshan else self.qingshan


def snapshot_of(county: County | Portal) -> Snapshot:
    """As the next request would see the portal."""
    portal = county if isinstance(county, Portal) else county.portal
    return Snapshot.of(Portal.objects.with_identity().get(pk=portal.pk))


def make_world() -> World:
    prefecture = make_portal(
        "yunling",
        "云岭市",
        "000001",
        level=Portal.Level.PREFECTURE,
        languages=["zh-hans", "en"],
        public_base=PREFECTURE_BASE,
    )
    make_civil_code()
    portals = make_two_portals()
    for base in portals:
        base.portal.languages = ["zh-hans", "en"]
        base.portal.parent = prefecture
        base.portal.save()
        make_statute(
            f"{base.portal.region_name}乡村普法办法",
            f"{base.portal.site.hostname.split('.')[0]}-puban",
            base.portal,
        )
    counties = [fill_county(base) for base in portals]
    for county, other in (counties, reversed(counties)):
        link_everything(county, other)
    return World(prefecture, *counties)


# --- statutes --------------------------------------------------------------------------


def make_statute(title: str, slug: str, portal: Portal | None = None) -> Statute:
    """Two provisions on one page."""
    version = _version(title, slug, portal)
    for number in (1, 2):
        _provision(version, None, number, f"{title}的内容{number}。")
    return version.statute


def make_civil_code() -> Statute:
    """Read in parts, as the real one is."""
    version = _version("中华人民共和国民法典", "minfadian", None, is_split=True)
    for order, (anchor, number) in enumerate((("b5c1", 1040), ("b5c2", 1046)), 1):
        chapter = Division.objects.create(
            version=version,
            level=Division.Level.CHAPTER,
            number=order,
            label=f"第{order}章",
            heading="结婚",
            anchor=anchor,
            part=anchor,
            order=order,
        )
        _provision(version, chapter, number, "结婚应当男女双方完全自愿。")
    return version.statute


def _version(
    title: str, slug: str, portal: Portal | None, *, is_split: bool = False
) -> StatuteVersion:
    statute = Statute.objects.create(
        title=title, slug=slug, category=Category.LAW, portal=portal
    )
    return StatuteVersion.objects.create(
        statute=statute,
        version_on=date(2020, 5, 28),
        in_force_from=date(2021, 1, 1),
        effective_on=date(2021, 1, 1),
        is_current=True,
        is_split=is_split,
    )


def _provision(
    version: StatuteVersion, division: Division | None, number: int, text: str
) -> None:
    Provision.objects.create(
        version=version,
        division=division,
        number=number,
        label=f"第{number}条",
        anchor=f"t{number}",
        part=division.part if division else "",
        order=number,
        text=text,
    )


# --- a county --------------------------------------------------------------------------


def fill_county(base: PortalFixture) -> County:
    home = HomePage.objects.get(pk=base.home.pk)
    base.column.heading_en = f"News {base.portal.region_code}"
    base.column.save()
    topic = base.article.topics.get()
    used = (
        _image(base, "题图"),
        _document(base, "申请表"),
        _document(base, "宣讲", samples.mp4(), "mp4"),
        _document(base, "宣讲字幕", samples.captions(), "vtt"),
    )
    unused = _image(base, "没用过的图"), _document(base, "没用过的表")
    rich = ArticlePageFactory(
        parent=base.column,
        slug="quanbu",
        heading_zh_hans=f"{base.marker}什么都有",
        heading_en=f"{base.marker} with everything",
        topics=[topic],
        cover=used[0],
    )
    county = County(
        base=base,
        home=home,
        rich=rich,
        topic=topic,
        foreign_url=f"https://{base.host.split('.')[0]}.example.com/it's?a=1&b=2",
        used_media=used,
        unused_media=unused,
    )
    add_secrets(county)
    publisher = PublisherIdentity.objects.get(site=base.portal.site)
    publisher.logo = used[0]
    publisher.save()
    return county


def _image(base: PortalFixture, title: str) -> PortalImage:
    return PortalImageFactory(
        title=f"{base.marker}{title}",
        alt_text_zh_hans=f"{base.marker}{title}的替代文字",
        collection=base.portal.collection,
        with_renditions=True,
    )


def _document(
    base: PortalFixture, title: str, content: bytes = b"", extension: str = ""
) -> PortalDocument:
    file = {"file": ContentFile(content, f"{title}.{extension}")} if content else {}
    return PortalDocumentFactory(
        title=f"{base.marker}{title}", collection=base.portal.collection, **file
    )


def add_secrets(county: County) -> None:
    """Pages that are not public, one for each reason."""
    column, marker = county.column, county.marker
    image, document = county.unused_media

    def page(reason: str, parent: Any = column, **values: Any) -> ArticlePage:
        words = f"{marker}{reason}不可见"
        county.secrets[reason] = words
        return ArticlePageFactory(
            parent=parent,
            slug=f"mimi-{len(county.secrets)}",
            heading_zh_hans=words,
            heading_en=words,
            summary_zh_hans=words,
            body_zh_hans=stream(
                ("text", f"<p>{words}</p>"),
                ("picture", {"image": image.pk}),
                ("attachment", {"document": document.pk}),
            ),
            body_en=stream(("text", f"<p>{words}</p>")),
            topics=[county.topic],
            **values,
        )

    page("草稿", live=False)
    page("定时", live=False, go_live_at=timezone.now() + timedelta(days=3))
    page("撤回").unpublish()
    _restrict(page("加密"))
    closed = ColumnPageFactory(
        parent=column, slug="neibu", heading_zh_hans=f"{marker}内部栏目不可见"
    )
    county.secrets["加密栏目"] = f"{marker}内部栏目不可见"
    _restrict(closed)
    page("加密栏目之下", parent=closed)
    changed = county.base.article
    changed.body_zh_hans = stream(("text", f"<p>{marker}未发布的修改不可见</p>"))
    county.secrets["修改"] = f"{marker}未发布的修改不可见"
    changed.save_revision()
    changed.refresh_from_db()


def _restrict(page: Page) -> None:
    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.LOGIN
    )


def link_everything(county: County, other: County) -> None:
    """A body with every block, and links to what may and may not be linked."""
    image, document, video, captions = county.used_media
    draft = ArticlePage.objects.get(slug="mimi-1", pk__in=_below(county))
    links = (
        f'<a linktype="page" id="{county.base.question.pk}">自己的问答</a>'
        f'<a linktype="page" id="{draft.pk}">还没有发布</a>'
        f'<a linktype="page" id="{other.base.article.pk}">别的门户</a>'
        f'<a linktype="document" id="{document.pk}">表格</a>'
        f'<a href="{_escaped(county.foreign_url)}">外站</a>'
        f'<a href="{GOVERNMENT_URL}">司法部</a>'
    )
    blocks = (
        ("heading", {"text": "小标题", "level": "h2"}),
        ("text", f"<p>{links}</p><p>见《民法典》第一千零四十六条。</p>"),
        ("picture", {"image": image.pk, "caption": "说明"}),
        ("attachment", {"document": document.pk, "title": ""}),
        (
            "gallery",
            {
                "heading": "组图",
                "pictures": [{"image": image.pk, "caption": "村口"}] * 2,
            },
        ),
        (
            "video",
            {
                "title": "宣讲",
                "video": video.pk,
                "poster": image.pk,
                "captions": captions.pk,
                "transcript": "先投诉。",
            },
        ),
        ("contact", {"name": "法律援助中心", "phone": "12348、0000-1234801"}),
        ("quote", {"text": '引 href="nowhere/" 文', "source": "出处"}),
        (
            "table",
            {"data": [["甲", "乙"], ["1", "<2"]], "first_row_is_table_header": True},
        ),
        ("alert", {"kind": "info", "text": "<p>提示</p>"}),
        ("citation", "《民法典》第一千零四十条"),
        ("question_link", county.base.question.pk),
    )
    county.rich.body_zh_hans = stream(*blocks)
    county.rich.body_en = stream(*blocks)
    county.rich.save()
    county.rich.save_revision()
    home = county.home
    home.heading_en = f"Home {county.portal.region_code}"
    home.body_zh_hans = home.body_en = stream(
        ("notice", {"text": "通知", "page": county.rich.pk}),
        (
            "top_tasks",
            {
                "items": [
                    {"label": "法条", "place": "/laws/", "icon": "law"},
                    {"label": "电话", "phone": "12348", "icon": "phone"},
                    {"label": "草稿", "page": draft.pk, "icon": "aid"},
                ]
            },
        ),
        ("latest", {"heading": "最新", "column": county.column.pk, "count": 3}),
        ("questions_by_topic", {"heading": "问答", "topics": ["qianxin"], "count": 2}),
        ("counties", {"heading": "各县"}),
        (
            "links",
            {"heading": "链接", "items": [{"label": "外", "url": county.foreign_url}]},
        ),
        ("text", "<p>见《民法典》。</p>"),
    )
    home.save()
    home.save_revision()


def _below(county: County) -> Any:
    return county.home.get_descendants().values("pk")


def _escaped(url: str) -> str:
    """As Wagtail's editor stores it."""
    return url.replace("&", "&amp;").replace("'", "&#x27;")


# --- long lists ------------------------------------------------------------------------


def add_archive(county: County, total: int = 65) -> ColumnPage:
    """A column of ``total`` articles in two years; every second has the topic, and
    the 45 newest are translated."""
    column = ColumnPageFactory(
        parent=county.home,
        slug="zixun",
        heading_zh_hans="普法资讯",
        heading_en="Notices",
    )
    for number in range(total):
        moment = datetime(2025, 12, 1, tzinfo=UTC) + timedelta(days=number)
        ArticlePageFactory(
            parent=column,
            slug=f"zixun-{number}",
            heading_zh_hans=f"资讯第{number}号",
            heading_en=f"Notice {number}" if number >= total - 45 else "",
            body_en=stream(("text", "<p>x</p>")) if number >= total - 45 else "",
            first_published_at=moment,
            last_published_at=moment,
            topics=[county.topic] if number % 2 else [],
        )
    return column


def questions(county: County, total: int) -> list[QuestionPage]:
    return [QuestionPageFactory(parent=county.column) for _number in range(total)]
