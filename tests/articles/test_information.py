"""Standard pages: one of each per portal, found from every page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from time_machine import travel

from articles.models import InformationPage
from home.publication import PublicationError
from tests.factories import (
    InformationPageFactory,
    OfficeFactory,
    PortalFixture,
    TwoPortals,
    stream,
)
from tests.media.factories import PortalImageFactory

pytestmark = pytest.mark.django_db
Purpose = InformationPage.Purpose


def draft(county: PortalFixture, **values: Any) -> InformationPage:
    values.setdefault("heading_zh_hans", "标准页面")
    page = InformationPage(live=False, **values)
    county.column.add_child(instance=page)
    return InformationPage.objects.get(pk=page.pk)


def speak_english(county: PortalFixture) -> None:
    home = county.home.specific
    home.heading_en = "Home"
    home.save()


def html(client: Client, county: PortalFixture, path: str) -> str:
    response = client.get(path, headers={"host": county.host})
    assert response.status_code == 200
    return response.content.decode()


def test_second_public_page_of_a_purpose_is_refused_and_the_first_is_named(
    portals: TwoPortals,
) -> None:
    InformationPageFactory(
        parent=portals.qingshan.column,
        purpose=Purpose.PRIVACY,
        heading_zh_hans="我们怎样保护您的信息",
    )

    with pytest.raises(PublicationError) as refused:
        draft(portals.qingshan, purpose=Purpose.PRIVACY).save_revision().publish()

    assert refused.value.messages == [
        "这个网站已经公开了一页“隐私说明”，标题是“我们怎样保护您的信息”；"
        "请修改那一页，或者先把它撤下来。"
    ]


def test_same_purpose_in_another_portal_or_as_a_draft_is_fine(
    portals: TwoPortals,
) -> None:
    InformationPageFactory(parent=portals.baihe.column, purpose=Purpose.PRIVACY)
    draft(portals.qingshan, purpose=Purpose.PRIVACY)

    page = draft(portals.qingshan, purpose=Purpose.PRIVACY)
    page.save_revision().publish()

    page.refresh_from_db()
    assert page.live


def test_public_page_can_be_changed(portals: TwoPortals) -> None:
    page = InformationPageFactory(
        parent=portals.qingshan.column, purpose=Purpose.PRIVACY
    )
    page.summary_zh_hans = "改过"

    page.save_revision().publish()

    assert InformationPage.objects.get(pk=page.pk).summary_zh_hans == "改过"


def test_other_pages_may_be_many(portals: TwoPortals) -> None:
    for _number in range(2):
        page = draft(portals.qingshan, purpose=Purpose.OTHER)
        page.save_revision().publish()

    assert InformationPage.objects.live().filter(purpose=Purpose.OTHER).count() == 2


def test_reports_are_one_per_year(portals: TwoPortals) -> None:
    report = {"purpose": Purpose.DISCLOSURE_REPORT}
    for year in (2024, 2025):
        draft(portals.qingshan, year=year, **report).save_revision().publish()

    with pytest.raises(PublicationError, match="年度报告"):
        draft(portals.qingshan, year=2025, **report).save_revision().publish()


@pytest.mark.parametrize(
    ("purpose", "year"), [(Purpose.DISCLOSURE_REPORT, None), (Purpose.DUTIES, 2025)]
)
def test_report_has_a_year_and_no_other_page_has_one(
    portals: TwoPortals, purpose: str, year: int | None
) -> None:
    with pytest.raises(ValidationError) as refused:
        draft(portals.qingshan, purpose=purpose, year=year).full_clean()

    assert "year" in refused.value.message_dict


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-01-31 15:00+0800", "年度报告要在2026年1月31日以前公布。"),
        (
            "2026-02-01 00:30+0800",
            "年度报告应当在2026年1月31日以前公布，已经过期，请尽快公布。",
        ),
    ],
)
def test_editor_is_told_when_the_report_is_due(
    portals: TwoPortals, now: str, words: str
) -> None:
    page = draft(portals.qingshan, purpose=Purpose.DISCLOSURE_REPORT, year=2025)

    with travel(now, tick=False):
        assert page.own_hints() == [words]
        page.live = True
        assert page.own_hints() == []


@pytest.mark.parametrize(
    ("purpose", "column_type"),
    [
        (Purpose.DUTIES, "机构职能"),
        (Purpose.LEADERS, "负责人信息"),
        (Purpose.DISCLOSURE_GUIDE, "信息公开指南"),
        (Purpose.DISCLOSURE_REQUEST, "依法申请公开"),
        (Purpose.DISCLOSURE_REPORT, "信息公开年报"),
        (Purpose.PRIVACY, "政策文件"),  # none of its own: that of the column
    ],
)
def test_head_tag_names_the_column_type_of_the_purpose(
    client: Client, portals: TwoPortals, purpose: str, column_type: str
) -> None:
    county = portals.qingshan
    county.column.column_type = "政策文件"
    county.column.save()
    year = 2025 if purpose == Purpose.DISCLOSURE_REPORT else None
    page = InformationPageFactory(parent=county.column, purpose=purpose, year=year)

    shown = html(client, county, page.public_path(county.portal))

    assert re.findall(r'<meta name="ColumnType" content="([^"]*)"', shown) == [
        column_type
    ]


def test_footer_of_every_page_links_what_the_portal_has(
    client: Client, portals: TwoPortals
) -> None:
    county = portals.qingshan
    for purpose in (Purpose.ERRORS, Purpose.PRIVACY, Purpose.DUTIES):
        InformationPageFactory(
            parent=county.column, purpose=purpose, slug=f"page-{purpose}"
        )
    draft(county, purpose=Purpose.ACCESSIBILITY, slug="page-accessibility")
    speak_english(county)

    for path in ("/", "/en/", "/dongtai/laoban/", "/topics/"):
        shown = html(client, county, path)
        footer = shown[shown.index("<footer") :]
        found = re.findall(r'href="/dongtai/page-(\w+)/"', footer)
        assert found == ["privacy", "errors"]
    assert "page-privacy" not in html(client, portals.baihe, "/")


# --- blocks ------------------------------------------------------------------------------


def test_offices_of_this_portal_are_listed_with_their_numbers(
    client: Client, portals: TwoPortals
) -> None:
    county = portals.qingshan
    OfficeFactory(
        portal=county.portal,
        name_zh_hans="公共法律服务股",
        duties_zh_hans="法律援助\n公证管理",
        phone="0000-0000011、12348",
        order=2,
    )
    OfficeFactory(portal=county.portal, name_zh_hans="办公室", order=1)
    OfficeFactory(portal=portals.baihe.portal, name_zh_hans="白河办公室")
    page = InformationPageFactory(
        parent=county.column,
        purpose=Purpose.DUTIES,
        body_zh_hans=stream(("offices", {"heading": "内设机构"})),
    )

    shown = html(client, county, page.public_path(county.portal))

    assert shown.index("办公室</h3>") < shown.index("公共法律服务股</h3>")
    assert "<li>公证管理</li>" in shown
    assert 'href="tel:00000000011"' in shown
    assert 'href="tel:12348"' in shown
    assert "白河办公室" not in shown


def test_portal_without_offices_shows_no_empty_list(
    client: Client, portals: TwoPortals
) -> None:
    county = portals.qingshan
    page = InformationPageFactory(
        parent=county.column, body_zh_hans=stream(("offices", {"heading": "内设机构"}))
    )

    assert "内设机构" not in html(client, county, page.public_path(county.portal))


def test_change_of_an_office_shows_at_once(client: Client, portals: TwoPortals) -> None:
    county = portals.qingshan
    office = OfficeFactory(portal=county.portal, name_zh_hans="旧名")
    page = InformationPageFactory(
        parent=county.column, body_zh_hans=stream(("offices", {"heading": "内设机构"}))
    )
    path = page.public_path(county.portal)
    assert "旧名" in html(client, county, path)

    office.name_zh_hans = "新名"
    office.save()

    assert "新名</h3>" in html(client, county, path)


def test_leaders_are_shown_with_post_duties_and_photo(
    client: Client, portals: TwoPortals
) -> None:
    county = portals.qingshan
    photo = PortalImageFactory(
        collection=county.portal.collection,
        alt_text_zh_hans="局长工作照",
        with_renditions=True,
    )
    people = [
        {
            "name": "某甲",
            "post": "局长",
            "duties": "主持全面工作\n分管宣传",
            "photo": photo.pk,
        },
        {"name": "某乙", "post": "副局长", "duties": "", "photo": None},
    ]
    items = [
        {"type": "item", "value": person, "id": str(n)}
        for n, person in enumerate(people)
    ]
    page = InformationPageFactory(
        parent=county.column,
        purpose=Purpose.LEADERS,
        body_zh_hans=stream(("leaders", {"heading": "局领导", "items": items})),
    )

    shown = html(client, county, page.public_path(county.portal))

    for words in ("某甲", "局长", "<li>主持全面工作</li>", 'alt="局长工作照"', "某乙"):
        assert words in shown
    (entry,) = page.search_entries()
    assert "某乙" in entry.body
    assert entry.alternatives == ("负责人信息",)
