"""What a bureau publishes besides articles and questions, for the examples of the API."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from articles.models import PolicyDocumentPage
from home.models import BasePage, HomePage, Portal
from tests.articles.campaign_factories import (
    CampaignPageFactory,
    EventPageFactory,
    measure,
    phases,
    quarter,
    target,
)
from tests.directory_factories import (
    DirectoryPageFactory,
    LegalWorkerFactory,
    ServicePointPageFactory,
)
from tests.factories import (
    ArticlePageFactory,
    ColumnPageFactory,
    InformationPageFactory,
    OfficeFactory,
    RegionFactory,
    ServiceGuidePageFactory,
    TypicalCasePageFactory,
    stream,
)
from tests.policy_factories import (
    CataloguePageFactory,
    InterpretationPageFactory,
    PolicyDocumentPageFactory,
)

IMPORTED_AT = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
OLD_DAY = datetime(2026, 3, 30, 1, 0, tzinfo=UTC)  # on the old website
LEGAL_AID = "《法律援助法》第三十一条"


def add_kinds(county: Portal) -> dict[str, BasePage]:
    """By kind; columns by their slugs; an imported report of the campaign as ``report``."""
    office = OfficeFactory(
        portal=county,
        name_zh_hans="公共法律服务股",
        phone="0000-1234803",
        address_zh_hans="青山县演示路1号三楼",
    )
    return {
        **_policy(county, office),
        **_services(county, office),
        **_campaign(county),
        **_directory(county),
        "home": _home(county),
    }


def _column(county: Portal, slug: str, heading: str) -> Any:
    return ColumnPageFactory(
        parent=county.site.root_page,
        slug=slug,
        heading_zh_hans=heading,
        summary_zh_hans=f"{heading}都在这里。",
    )


def _policy(county: Portal, office: Any) -> dict[str, BasePage]:
    column = _column(county, "gongkai", "政府信息公开")
    document = _document(column)
    interpretation = InterpretationPageFactory(
        parent=column,
        slug="tiaojie-jiedu",
        heading_zh_hans="大白话讲人民调解工作方案",
        summary_zh_hans="邻里有矛盾，先找村里的调解员。",
        document=document,
        office=office,
        interpreter="李文",
        interpreter_title="青山县司法局副局长",
    )
    information = InformationPageFactory(
        parent=column,
        slug="jigou",
        heading_zh_hans="机构职能",
        summary_zh_hans="每个股室做什么、怎么找。",
        purpose="duties",
        body_zh_hans=stream(("offices", {"heading": "内设机构"})),
    )
    catalogue = CataloguePageFactory(parent=column)
    return {
        "gongkai": column,
        "document": document,
        "interpretation": interpretation,
        "information": information,
        "catalogue": catalogue,
    }


def _document(column: Any) -> PolicyDocumentPage:
    found: PolicyDocumentPage = PolicyDocumentPageFactory(
        parent=column,
        slug="tiaojie-fangan",
        heading_zh_hans="关于印发《青山县人民调解工作方案》的通知",
        summary_zh_hans="每个村都有调解员。",
        index_number="YS000002/2026-00031",
        document_number="青司发〔2026〕3号",
        issuer="青山县司法局",
        issued_on="2026-04-22",
        body_zh_hans=stream(
            ("text", "<p>各司法所：现将方案印发给你们。</p>"),
            ("part", {"title": "青山县人民调解工作方案"}),
            ("text", "<p>每个村至少有一名人民调解员。</p>"),
        ),
    )
    return found


def _services(county: Portal, office: Any) -> dict[str, BasePage]:
    column = _column(county, "fuwu", "法律服务")
    guide = ServiceGuidePageFactory(
        parent=column,
        slug="falv-yuanzhu",
        heading_zh_hans="申请法律援助",
        summary_zh_hans="打不起官司，政府请律师帮您。",
        time_limit_zh_hans="七日内答复",
        fee_zh_hans="不收钱",
        office=office,
        phone="0000-1234803、12348",
        online_url="https://banshi.example.com/falv-yuanzhu",
        legal_basis=stream(("citation", LEGAL_AID)),
    )
    case = TypicalCasePageFactory(
        parent=column,
        slug="tiangeng",
        heading_zh_hans="田埂三尺，两家和好",
        case_type="mediation",
        legal_basis=stream(("citation", "《民法典》第二百八十八条")),
    )
    return {"fuwu": column, "guide": guide, "case": case}


def _campaign(county: Portal) -> dict[str, BasePage]:
    column = _column(county, "huodong", "主题活动")
    campaign = CampaignPageFactory(
        parent=column,
        slug="minfadian-2026",
        heading_zh_hans="2026年民法典宣传月",
        phases=phases(),
        measures=stream(measure()),
        targets=stream(
            target(
                quarters=[quarter(1, 10, 70), quarter(2, 50, 280)],
                counted_on="2026-05-08",
            )
        ),
    )
    township = RegionFactory(code="000002001", name_zh_hans="石桥镇")
    event = EventPageFactory(
        parent=campaign,
        slug="shiqiao-jishi",
        heading_zh_hans="石桥镇集市法律咨询",
        place_zh_hans="集市口",
        township=township,
    )
    report = ArticlePageFactory(
        parent=campaign,
        slug="qidong",
        heading_zh_hans="民法典宣传月就要开始",
        summary_zh_hans="村村有讲座，人人可咨询。",
        first_published_at=OLD_DAY,
        imported_at=IMPORTED_AT,
        imported_from="http://old.qingshan.example/news/1024.html",
    )
    return {"huodong": column, "campaign": campaign, "event": event, "report": report}


def _directory(county: Portal) -> dict[str, BasePage]:
    township = RegionFactory(code="000002001", name_zh_hans="石桥镇")
    directory = DirectoryPageFactory(
        parent=county.site.root_page,
        slug="fuwudian",
        heading_zh_hans="法律服务点",
        summary_zh_hans="到最近的地方找人帮忙。",
    )
    point = ServicePointPageFactory(
        parent=directory,
        slug="shiqiao",
        heading_zh_hans="石桥镇公共法律服务工作站",
        summary_zh_hans="有律师坐班，不收费。",
        township=township,
        accessible_entrance="yes",
    )
    LegalWorkerFactory(portal=county, name_zh_hans="王演示", township=township)
    return {"directory": directory, "point": point}


def _home(county: Portal) -> HomePage:
    """With every block that shows pages of one kind."""
    home = HomePage.objects.get(pk=county.site.root_page_id)
    directory = home.get_children().get(slug="fuwudian")
    home.body_zh_hans = stream(
        ("campaign", {"page": None}),
        ("guides", {"heading": "办事指南", "guides": [], "count": 6}),
        (
            "service_points",
            {"heading": "找身边的法律服务", "directory": directory.pk},
        ),
        ("cases", {"heading": "身边的案例", "topic": "", "count": 4}),
        ("documents", {"heading": "最新公文", "count": 5}),
    )
    home.save()
    return home
