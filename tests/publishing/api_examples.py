"""The county of the examples in docs/api.md: the same numbers and times every time."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from home.models import Portal
from statutes.importing import ImportOptions, import_files
from statutes.register import DATA
from statutes.sources import read_sources
from tests.factories import (
    ArticlePageFactory,
    AudienceFactory,
    ColumnPageFactory,
    QuestionPageFactory,
    TopicFactory,
    make_portal,
    stream,
)
from tests.media.factories import PortalDocumentFactory, PortalImageFactory
from tests.publishing.api_example_kinds import add_kinds

# What the document calls things; the database numbers them as it comes.
COLUMN, QUESTION, ARTICLE, IMAGE, DOCUMENT = 1101, 1201, 1202, 31, 41
KINDS = {
    "home": 1001,
    "gongkai": 1102,
    "fuwu": 1103,
    "huodong": 1104,
    "document": 1301,
    "interpretation": 1302,
    "catalogue": 1303,
    "information": 1304,
    "guide": 1401,
    "case": 1402,
    "campaign": 1501,
    "event": 1502,
    "report": 1503,
    "directory": 1601,
    "point": 1602,
}
TODAY = datetime(2026, 5, 10, 2, 0, tzinfo=UTC)  # while the campaign runs
Numbers = dict[tuple[str, int], int]  # (page | image | document, key) → number
REGULATION = "《云岭市农村法治宣传教育条例》"
SOURCE = "本项目编写的演示文本，不是真实的法规"


def make_county() -> Numbers:
    prefecture = make_portal("yunling", "云岭市", "000001", level="prefecture")
    import_files(
        read_sources([DATA / "demo"]), ImportOptions(portal=prefecture, source=SOURCE)
    )
    county = make_portal(parent=prefecture)
    column = ColumnPageFactory(
        parent=county.site.root_page,
        slug="wenda",
        heading_zh_hans="法律问答",
        summary_zh_hans="乡亲们常问的法律问题。",
    )
    terms = {
        "topics": [TopicFactory(slug="qianxin", name_zh_hans="欠薪")],
        "audiences": [AudienceFactory(slug="nongmingong", name_zh_hans="农民工")],
    }
    question = _question(column, terms)
    article, picture, file = _article(county, column, question, terms)
    kinds = add_kinds(county)
    return {
        **{("page", page.pk): KINDS[name] for name, page in kinds.items()},
        ("page", column.pk): COLUMN,
        ("page", question.pk): QUESTION,
        ("page", article.pk): ARTICLE,
        ("image", picture.pk): IMAGE,
        ("document", file.pk): DOCUMENT,
    }


def _times(day: int) -> dict[str, datetime]:
    moment = datetime(2026, 5, day, 1, 30, tzinfo=UTC)
    return {"first_published_at": moment, "last_published_at": moment}


def _question(column: Any, terms: dict[str, Any]) -> Any:
    return QuestionPageFactory(
        parent=column,
        slug="gongqian",
        heading_zh_hans="老板不给工钱怎么办？",
        wordings_zh_hans="工资要不回来\n拖欠工钱",
        answer_zh_hans="先找劳动监察投诉，再申请仲裁。",
        explanation_zh_hans=stream(
            ("text", f"<p>村里可以查法条、约律师，见{REGULATION}第十七条之一。</p>")
        ),
        whom_zh_hans="县人社局劳动监察大队，电话12333。",
        bring_zh_hans="身份证\n欠条、考勤记录",
        time_limit_zh_hans="投诉不要超过两年。",
        cost_zh_hans="不收钱。",
        legal_basis=stream(
            ("citation", "《劳动法》第五十条"), ("citation", f"{REGULATION}第二条")
        ),
        reviewer="青山县司法局（演示）",
        reviewed_on="2026-05-01",
        review_due="2027-05-01",
        **terms,
        **_times(6),
    )


def _article(
    county: Portal, column: Any, question: Any, terms: dict[str, Any]
) -> tuple[Any, Any, Any]:
    picture = PortalImageFactory(
        collection=county.collection,
        credit="青山县司法局供图",
        with_renditions=True,
    )
    file = PortalDocumentFactory(
        id=DOCUMENT, title="欠薪投诉登记表", collection=county.collection
    )
    article = ArticlePageFactory(
        parent=column,
        slug="taoxin-sanbu",
        heading_zh_hans="讨薪三步走",
        summary_zh_hans="记工、投诉、仲裁，一步一步来。",
        author="李文",
        cover=picture,
        body_zh_hans=stream(
            (
                "text",
                f'<p>先看<a linktype="page" id="{question.pk}">这个问题</a>，'
                f'再下载<a linktype="document" id="{file.pk}">登记表</a>。</p>',
            ),
            ("picture", {"image": picture.pk, "caption": "院坝里的调解"}),
            ("attachment", {"document": file.pk, "title": ""}),
            ("citation", f"{REGULATION}第二条"),
        ),
        **terms,
        **_times(7),
    )
    return article, picture, file
