"""One full example of every view: each template with each of its parts filled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from markupsafe import Markup

from articles.presentation import ArticleView, QuestionView
from home.presentation import (
    BlockData,
    CitedProvision,
    ColumnView,
    ErrorView,
    Filter,
    HomeView,
    LeaveView,
    MovedView,
    Pagination,
    SiteMapView,
    TopicIndexView,
    TopicView,
)
from media.presentation import Attachment, Picture, PictureSource
from publishing.qr import qr_svg
from search.presentation import FacetView, HitView, OfflineIndexView, SearchView
from statutes.presentation import (
    DivisionView,
    ParagraphView,
    ProvisionView,
    StatuteCard,
    StatuteListView,
    StatuteView,
    VersionLink,
)
from tests.publishing.campaign_samples import campaign_views
from tests.publishing.directory_samples import directory_views
from tests.publishing.front_samples import TASKS, blocks_of_content
from tests.publishing.policy_samples import policy_views
from tests.publishing.sample_cards import CARDS as CARDS
from tests.publishing.sample_cards import COLUMNS, MOMENT, TOPICS
from tests.publishing.sample_frame import FRAME
from tests.publishing.search_samples import search_views
from tests.publishing.service_samples import service_views

QR = qr_svg("https://sfj.example.gov.cn/wenda/gongqian/")


@dataclass(frozen=True, slots=True)
class Sample:
    """A page: its template, its own address, its view."""

    name: str
    template: str
    path: str
    page: Any
    frame: dict[str, Any] = field(default_factory=dict)  # what differs in the frame


PICTURE = Picture(
    path="/media/a.jpg",
    width=1200,
    height=675,
    alt="志愿者在集市上发放手册",
    credit="青山县司法局",
    sources=(PictureSource("image/avif", (("/media/a.avif", 400),)),),
)
PROVISIONS = (
    CitedProvision(
        "《示例法》第一条", "/laws/shili/", "t1", ("第一款。", "第二款。"), "现行有效"
    ),
    CitedProvision("《示例法》第二条", "/laws/shili/", "t2", (), "", "待核对"),
)
NEIGHBORS: dict[str, Any] = {"older": CARDS[0], "newer": CARDS[1]}


def blocks(*pairs: tuple[str, dict[str, Any]]) -> tuple[BlockData, ...]:
    return tuple(
        BlockData(kind, f"s{number}", data)
        for number, (kind, data) in enumerate(pairs, start=1)
    )


def html(text: str) -> Markup:
    return Markup(f"<p>{text}</p>")  # noqa: S704  (fixed texts of this file)


BODY = blocks(
    ("text", {"html": html('见<a href="#s2">下文</a>。')}),
    ("heading", {"text": "怎么证明", "level": 2, "anchor": "s2"}),
    ("heading", {"text": "没有合同", "level": 3, "anchor": "s3"}),
    ("picture", {"picture": PICTURE, "caption": "普法摊位"}),
    (
        "attachment",
        {
            "attachment": Attachment("/media/a.pdf", "表", "PDF", 2_000),
            "title": "登记表",
        },
    ),
    (
        "gallery",
        {
            "heading": "赶集日",
            "pictures": [
                {"picture": PICTURE, "caption": "普法摊位"},
                {"picture": replace(PICTURE, alt="", credit=""), "caption": ""},
            ],
        },
    ),
    (
        "video",
        {
            "title": "一分钟看懂",
            "video": Attachment("/media/a.mp4", "宣讲", "MP4", 2_000_000),
            "mime_type": "video/mp4",
            "poster": PICTURE,
            "captions": Attachment("/media/a.vtt", "字幕", "VTT", 2_000),
            "transcript": Markup("先投诉，<br>再仲裁。"),
        },
    ),
    (
        "contact",
        {
            "name": "法律援助中心",
            "phones": [{"label": "0000-1234801", "href": "tel:00001234801"}],
            "address": "演示路1号",
            "hours": "星期一至星期五 8:30—12:00",
            "note": Markup("请带身份证。"),
        },
    ),
    ("quote", {"text": "先行清偿。", "source": "某条例"}),
    (
        "table",
        {
            "caption": "三种办法",
            "rows": [["办法", "费用"], ["投诉", "不收费"]],
            "has_header_row": True,
            "has_header_column": True,
        },
    ),
    ("alert", {"kind": "info", "html": html("提示")}),
    ("alert", {"kind": "warning", "html": html("注意")}),
    ("alert", {"kind": "deadline", "html": html("一年之内")}),
    ("citation", {"provisions": PROVISIONS}),
    ("question_link", {"card": CARDS[0]}),
)
HOME_BLOCKS = blocks(
    ("notice", {"text": "12月4日现场咨询", "path": "/wenda/"}),
    ("top_tasks", {"items": TASKS}),
    ("questions_by_topic", {"heading": "大家常问", "topics": [(TOPICS[0], CARDS)]}),
    ("latest", {"heading": "最新", "cards": CARDS, "path": "/wenda/"}),
    *blocks_of_content(CARDS),
    ("counties", {"heading": "各县", "portals": (FRAME.parent, *FRAME.children)}),
    ("text", {"html": html("说明")}),
    (
        "links",
        {
            "heading": "友情链接",
            "items": [
                {"label": "司法部", "href": "https://www.moj.gov.cn/"},
                {"label": "外网", "path": "/leave/0123456789abcdef/"},
            ],
        },
    ),
)

ARTICLE = ArticleView(
    heading="普法车走进石桥镇",
    summary="赶集日现场咨询。",
    published_at=MOMENT,
    source="青山县司法局",
    author="李明",
    place="石桥镇",
    audiences=("农民工",),
    topics=TOPICS[:2],
    cover=PICTURE,
    blocks=BODY,
    reprint_source="云岭市司法局",
    reprint_path="",
    reprint_href="https://sfj.example.gov.cn/",
    original_date=date(2026, 2, 28),
    cited=PROVISIONS,
    related=CARDS,
    qr_svg=QR,
    **NEIGHBORS,
)
QUESTION = QuestionView(
    heading="老板不给工钱怎么办？",
    wordings=("工资被拖欠找谁",),
    answer=Markup("先投诉，不收费。"),
    explanation=BODY,
    whom=Markup("劳动保障监察大队"),
    bring=Markup("身份证"),
    time_limit=Markup("两年之内"),
    cost=Markup("不收费"),
    legal_basis=PROVISIONS,
    area="全国",
    audiences=("农民工",),
    topics=TOPICS[:1],
    reviewer="李律师",
    reviewed_on=date(2026, 2, 1),
    review_due=date(2027, 2, 1),
    needs_check=True,
    published_at=MOMENT,
    source="青山县司法局",
    related=CARDS,
    qr_svg=QR,
    **NEIGHBORS,
)

PARAGRAPHS = (
    ParagraphView("有下列情形之一的：", ("（一）甲；", "（二）乙。")),
    ParagraphView("标准见下表：", (), (("类别", "金额"), ("水田", "一百元"))),
)
PROVISION_VIEW = ProvisionView("第一条", "t1", PARAGRAPHS, CARDS)
DIVISIONS = (
    DivisionView(1, "第一编", "总则", "b1", "/laws/shili/b1/"),
    DivisionView(2, "第一章", "一般规定", "b1c1", "/laws/shili/b1/", (PROVISION_VIEW,)),
    DivisionView(2, "", "附件", "fujian", "/laws/shili/b1/", paragraphs=PARAGRAPHS),
    DivisionView(2, "", "说明", "shuoming", "/laws/shili/b1/", text=("说明。",)),
)
STATUTE = StatuteView(
    title="示例法",
    short_name="示例法",
    category="法律",
    path="/laws/shili/",
    issuer="某机关",
    promulgated_on=date(2020, 1, 1),
    effective_on=date(2020, 3, 1),
    amended_on=date(2022, 1, 1),
    repealed_on=date(2025, 1, 1),
    status="repealed",
    status_label="已经废止",
    events=(("2020年1月1日", "通过"),),
    source="某公报",
    source_hash="0" * 64,
    text_is_present=True,
    contents=DIVISIONS,
    divisions=DIVISIONS,
    index=(),
    versions=(
        VersionLink("2022年起", "/laws/shili/", True),
        VersionLink("2020年起", "/laws/shili/@2020-03-01/", False),
    ),
    cited_by=CARDS,
    note="请与官方文本核对。",
    qr_svg=QR,
)
LONG_STATUTE = replace(
    STATUTE,
    divisions=(),
    status="not_yet",
    text_is_present=False,
    index=tuple(
        (f"第{number}条", f"t{number}", "/laws/shili/b1/") for number in range(1, 131)
    ),
)
PART = replace(
    STATUTE,
    divisions=DIVISIONS[1:],
    part_heading="第一章 一般规定",
    previous_part=("前一章", "/laws/shili/b1c0/"),
    next_part=("后一章", "/laws/shili/b1c2/"),
)
STATUTES = (
    StatuteCard(
        "示例法", "", "/laws/a/", "法律", "repealed", "已废止", date(2020, 3, 1), 9
    ),
    StatuteCard("某条例", "", "/laws/b/", "法律", "in_force", "有效", None, 0),
)
FILTERS = (
    Filter("法律", "/laws/in/law/", 9, True),
    Filter("法规", "/laws/in/regulation/", 5, False),
)
FACETS = (
    FacetView("全部", "", 3, "/search/?q=a", False),
    FacetView("法条", "provision", 2, "/search/?q=a&kind=provision", True),
)
SEARCH = SearchView(
    query="工钱",
    total=3,
    hits=(
        HitView(
            "question",
            "法律问答",
            Markup("老板不给<mark>工钱</mark>"),
            Markup("先投诉"),
            "/wenda/q1/",
            "云岭市法治宣传网",
            date(2026, 3, 1),
        ),
    ),
    kinds=FACETS,
    topics=FACETS,
    years=FACETS,
    scope="all",
    scope_links=FACETS,
    page=2,
    previous_href="/search/?q=a",
    next_href="/search/?q=a&page=3",
    popular_topics=(("欠薪", "/topics/qianxin/"),),
    wider_name="云岭市",
)
COLUMN = ColumnView(
    heading="法律问答",
    summary="一问一答",
    cards=CARDS,
    subcolumns=COLUMNS,
    pagination=Pagination(2, "/wenda/page/3/", "/wenda/page/1/", "/wenda/", 56),
    topics=(Filter("欠薪", "/wenda/topic/qianxin/", 7, True),),
    years=(Filter("2026年", "/wenda/year/2026/", 7, False),),
    active_filter="欠薪",
    feed_path="/wenda/feed.xml",
    subcolumn_cards={COLUMNS[0].id: CARDS},
)
SERVICE_FIELDS = "published_at source topics older newer qr_svg".split()
RIGHT_TO_LEFT: dict[str, Any] = {"language": "ug", "direction": "rtl"}


def samples() -> Iterator[Sample]:
    """Every page template, with all that it can show."""
    home = HomeView("先来问一问", "大白话", HOME_BLOCKS)
    yield Sample("home", "home/home_page.html", "/", home)
    yield Sample("column", "home/column_page.html", "/wenda/", COLUMN)
    index = TopicIndexView("全部主题", TOPICS, {1: 5, 3: 2})
    yield Sample("topics", "home/topic_index.html", "/topics/", index)
    newest = Pagination(None, "", "/topics/hunyin/page/2/", "/topics/hunyin/", 60)
    topic = TopicView(TOPICS[1], TOPICS[2:], (("法律问答", CARDS),), newest)
    yield Sample("topic", "home/topic_page.html", "/topics/hunyin/", topic)
    last = Pagination(1, "/topics/hunyin/page/2/", "", "/topics/hunyin/", None)
    older = TopicView(TOPICS[1], (), (("法律问答", CARDS),), last)
    path = "/topics/hunyin/page/1/"
    yield Sample("topic, page by page", "home/topic_page.html", path, older)
    site_map = SiteMapView("网站地图", ((COLUMNS[0], COLUMNS[1:]),), TOPICS)
    yield Sample("site map", "home/site_map.html", "/sitemap/", site_map)
    leaving = LeaveView("https://example.com/" + "a" * 80, "青山县法治宣传网")
    yield Sample("leave", "home/leave.html", "/leave/0123456789abcdef/", leaving)
    moved = MovedView("/wenda/", "", "s1")
    yield Sample("moved", "home/moved.html", "/old/", moved)
    missing = ErrorView(404, "没有找到这个页面")
    yield Sample("error", "home/error.html", "/404.html", missing)
    yield Sample("article", "articles/article_page.html", "/dongtai/a/", ARTICLE)
    for parts in service_views(
        {
            "cards": CARDS,
            "body": BODY,
            "picture": PICTURE,
            "cited": PROVISIONS,
            "later": MOMENT + timedelta(days=9),
            "common": {name: getattr(ARTICLE, name) for name in SERVICE_FIELDS},
        }
    ):
        yield Sample(*parts)
    for parts in policy_views(ARTICLE, CARDS, BODY):
        yield Sample(*parts)
    for parts in campaign_views(ARTICLE, CARDS):
        yield Sample(*parts)
    for parts in directory_views(ARTICLE, CARDS, BODY, PICTURE):
        yield Sample(*parts)
    question = "articles/question_page.html"
    yield Sample("question", question, "/wenda/q1/", QUESTION)
    yield Sample("right to left", question, "/ug/wenda/q1/", QUESTION, RIGHT_TO_LEFT)
    library = StatuteListView(
        (("法律", STATUTES),), FILTERS, "法律", "/laws/", "/a/", "/b/"
    )
    yield Sample("library", "statutes/statute_list.html", "/laws/in/law/", library)
    yield Sample("statute", "statutes/statute_page.html", "/laws/shili/", STATUTE)
    yield Sample(
        "long statute", "statutes/statute_page.html", "/laws/shili/", LONG_STATUTE
    )
    yield Sample("part", "statutes/part_page.html", "/laws/shili/b1/", PART)
    search = "search/search_page.html"
    for name, found in search_views(SEARCH, CARDS, PROVISIONS).items():
        yield Sample(name, search, "/search/", found)
    folders = OfflineIndexView("../search-index/zh-hans/", "../")
    offline = replace(found, query="", index=folders)
    frame = {"search_href": "index.html", "suggest_href": ""}
    yield Sample("offline search", search, "/search/", offline, frame)
