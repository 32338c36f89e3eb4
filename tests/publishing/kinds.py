"""A page of every kind in each of two counties, every text with the county's marker."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from home.models import BasePage, ColumnPage, HomePage
from tests.articles.campaign_factories import CampaignPageFactory, EventPageFactory
from tests.directory_factories import (
    DirectoryPageFactory,
    LegalWorkerFactory,
    PlacePageFactory,
    ServicePointPageFactory,
)
from tests.factories import (
    InformationPageFactory,
    OfficeFactory,
    PortalFixture,
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

TODAY = datetime(2026, 5, 10, 2, 0, tzinfo=UTC)  # in the campaign


def text(marker: str) -> str:
    return stream(
        ("text", f"<p>{marker}正文，见《民法典》第一千零四十六条。</p>"),
        ("heading", {"text": f"{marker}小标题", "level": "h2"}),
    )


def add_every_kind(base: PortalFixture) -> dict[str, BasePage]:
    """Kind → page; those below another page stand below the one of this table."""
    portal, marker, column = base.portal, base.marker, base.column
    office = OfficeFactory(portal=portal, name_zh_hans=f"{marker}股")
    county = RegionFactory(code=portal.region_code, name_zh_hans=portal.region_name)
    township = RegionFactory(code=f"{county.code}001", name_zh_hans=f"{marker}石桥镇")
    terms = {"topics": list(base.article.topics.all())}

    def values(name: str, **more: Any) -> dict[str, Any]:
        return {
            "parent": column,
            "slug": f"mei-{name}",
            "heading_zh_hans": f"{marker}{name}",
            "summary_zh_hans": f"{marker}{name}摘要",
            **more,
        }

    def content(name: str, **more: Any) -> dict[str, Any]:
        return values(name, body_zh_hans=text(marker), **terms, **more)

    pages: dict[str, BasePage] = {
        "home": HomePage.objects.get(pk=portal.site.root_page_id),
        "column": ColumnPage.objects.get(pk=column.pk),
        "article": base.article,
        "question": base.question,
        "document": PolicyDocumentPageFactory(
            **content("document", document_number="青司发〔2026〕3号")
        ),
        "catalogue": CataloguePageFactory(**values("catalogue")),
        "guide": ServiceGuidePageFactory(
            **content(
                "guide",
                office=office,
                online_url="https://www.example.com/apply",
                booking_url="https://www.example.gov.cn/book",
            )
        ),
        "case": TypicalCasePageFactory(**content("case")),
        "information": InformationPageFactory(
            **values(
                "information",
                purpose="duties",
                body_zh_hans=stream(
                    ("text", f"<p>{marker}职能</p>"), ("offices", {"heading": "股室"})
                ),
            )
        ),
        "campaign": CampaignPageFactory(**content("campaign")),
        "directory": DirectoryPageFactory(**values("directory")),
    }
    pages["interpretation"] = InterpretationPageFactory(
        **{
            **content("interpretation", document=pages["document"], office=office),
            # In its own words: one that copies its document is refused.
            "body_zh_hans": stream(
                ("text", f"<p>{marker}大白话：为什么要发、给大家带来什么好处。</p>"),
                ("heading", {"text": f"{marker}小标题", "level": "h2"}),
            ),
        }
    )
    pages["event"] = EventPageFactory(
        **content("event", parent=pages["campaign"], township=township)
    )
    below = {"parent": pages["directory"], "township": township}
    pages["point"] = ServicePointPageFactory(**content("point", **below))
    pages["place"] = PlacePageFactory(**content("place", **below))
    LegalWorkerFactory(portal=portal, name_zh_hans=f"{marker}调解员", township=township)
    for kind in ("home", "column"):
        pages[kind].heading_zh_hans = pages[kind].summary_zh_hans = f"{marker}{kind}"
        pages[kind].save()
    for page in pages.values():
        page.save_revision()
    return pages
