"""One page of every kind that a home page block shows, for the tests of the blocks."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from articles.models import (
    CampaignPage,
    EventPage,
    PolicyDocumentPage,
    ServiceGuidePage,
    TypicalCasePage,
)
from home.models import DirectoryPage, ServicePointPage
from tests.articles.campaign_factories import phase
from tests.factories import PortalFixture, RegionFactory, stream

# Before the pages of the factories, so that those stay the newest.
PUBLISHED_AT = datetime(2026, 4, 1, 1, 0, tzinfo=UTC)
# In the middle of the campaign.
TODAY = datetime(2026, 5, 12, 4, 0, tzinfo=UTC)


def make_front_pages(own: PortalFixture) -> dict[str, int]:
    """Their ids by kind; the texts carry the marker of the portal."""
    marker = own.marker
    campaign = _campaign(own)
    directory = own.column.add_child(
        instance=DirectoryPage(heading_zh_hans=f"{marker}服务点", slug="fuwudian")
    )
    return {
        "campaign": campaign.pk,
        "guide": _add(own, ServiceGuidePage, "法律援助申请", steps_zh_hans="来").pk,
        "case": _add(
            own,
            TypicalCasePage,
            "包工头跑了",
            facts_zh_hans="案情",
            place="石桥镇",
            year=2025,
        ).pk,
        "policy": _add(
            own,
            PolicyDocumentPage,
            "欠薪通知",
            body_zh_hans=stream(("text", "<p>正文</p>")),
            document_number="青司发〔2026〕3号",
        ).pk,
        "directory": directory.pk,
        "centre": _points(own, directory),
    }


def _add(own: PortalFixture, model: type[Any], heading: str, **values: Any) -> Any:
    page = model(
        heading_zh_hans=f"{own.marker}{heading}",
        first_published_at=PUBLISHED_AT,
        last_published_at=PUBLISHED_AT,
        live=False,
        **values,
    )
    own.column.add_child(instance=page)
    return go_live(page)


def go_live(page: Any) -> Any:
    """Public without the checks of publication, which are none of these tests'."""
    type(page).objects.filter(pk=page.pk).update(live=True)
    page.refresh_from_db()
    return page


def _campaign(own: PortalFixture) -> CampaignPage:
    campaign: CampaignPage = _add(
        own,
        CampaignPage,
        "宣传月",
        slogan_zh_hans="美好生活",
        year=2026,
        starts_on=date(2026, 5, 1),
        ends_on=date(2026, 5, 31),
        phases=stream(
            phase("动员部署", "2026-05-01", "2026-05-07"),
            phase("整体推进", "2026-05-08", "2026-05-31"),
        ),
    )
    for number, (heading, day, state) in enumerate(
        (
            ("已经办了", 8, "held"),
            ("不办了", 13, "cancelled"),
            ("赶集日", 16, "planned"),
        )
    ):
        campaign.add_child(
            instance=EventPage(
                heading_zh_hans=f"{own.marker}{heading}",
                slug=f"huodong-{number}",
                place_zh_hans="石桥镇集市口",
                starts_at=datetime(2026, 5, day, 1, 0, tzinfo=UTC),
                state=state,
                first_published_at=PUBLISHED_AT,
            )
        )
    return campaign


def _points(own: PortalFixture, directory: DirectoryPage) -> int:
    code = own.portal.region_code
    shiqiao = RegionFactory(code=f"{code}001", name_zh_hans="石桥镇")
    yunwu = RegionFactory(code=f"{code}002", name_zh_hans="云雾乡")
    made = {}
    for slug, level, region, phone in (
        ("zhongxin", "centre", shiqiao, "0000-1234801"),
        ("gongzuoshi", "studio", yunwu, ""),
        ("gongzuozhan", "station", yunwu, "0000-1234802"),
    ):
        page = ServicePointPage(
            heading_zh_hans=f"{own.marker}{slug}",
            slug=slug,
            level=level,
            township=region,
            phone=phone,
            address_zh_hans="演示路1号",
            hours="周一至周五 8:30-12:00",
            first_published_at=PUBLISHED_AT,
            live=False,
        )
        directory.add_child(instance=page)
        made[slug] = go_live(page).pk
    return made["zhongxin"]
