"""Service guides: what an inspection looks for is there before one is public."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from articles.models import ServiceGuidePage
from home.publication import PublicationError
from tests.factories import (
    CITATION,
    OfficeFactory,
    ServiceGuidePageFactory,
    TwoPortals,
    stream,
)
from tests.media.factories import PortalDocumentFactory

pytestmark = pytest.mark.django_db
COMPLETE = {
    "heading_zh_hans": "法律援助申请",
    "conditions_zh_hans": "住在本县",
    "materials_zh_hans": "身份证",
    "steps_zh_hans": "填表",
    "place_zh_hans": "人民路1号",
    "hours_zh_hans": "工作日",
    "phone": "0000-0000001",
    "legal_basis": stream(("citation", CITATION)),
    "time_limit_zh_hans": "7日",
    "fee_zh_hans": "不收费",
}


def draft(portals: TwoPortals, **values: Any) -> ServiceGuidePage:
    page = ServiceGuidePage(live=False, **{**COMPLETE, **values})
    portals.qingshan.column.add_child(instance=page)
    return ServiceGuidePage.objects.get(pk=page.pk)


def html(client: Client, portals: TwoPortals, path: str) -> str:
    response = client.get(path, headers={"host": portals.qingshan.host})
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("conditions_zh_hans", "请填写“申请条件”。"),
        ("materials_zh_hans", "请填写“办理材料”。"),
        ("steps_zh_hans", "请填写“办理流程”。"),
        ("place_zh_hans", "请填写“办理地点”。"),
        ("hours_zh_hans", "请填写“办理时间”。"),
        ("phone", "请填写“联系电话”。"),
        ("legal_basis", "请在“设定依据”里至少写一条法律条文。"),
    ],
)
def test_guide_without_a_key_part_is_refused_and_the_part_is_named(
    portals: TwoPortals, field: str, sentence: str
) -> None:
    page = draft(portals, **{field: ""})

    with pytest.raises(PublicationError) as refused:
        page.save_revision().publish()

    assert refused.value.messages == [sentence]
    page.refresh_from_db()
    assert not page.live


def test_guide_with_all_key_parts_is_published(portals: TwoPortals) -> None:
    page = draft(portals)

    page.save_revision().publish()

    page.refresh_from_db()
    assert page.live
    assert page.own_hints() == []


def test_office_in_charge_stands_in_for_place_hours_and_phone(
    client: Client, portals: TwoPortals
) -> None:
    office = OfficeFactory(
        portal=portals.qingshan.portal,
        address_zh_hans="演示路9号",
        hours_zh_hans="逢集日",
        phone="0000-7777777",
    )
    page = draft(portals, office=office, place_zh_hans="", hours_zh_hans="", phone="")

    page.save_revision().publish()

    shown = html(client, portals, page.public_path(portals.qingshan.portal))
    assert "演示路9号" in shown
    assert "逢集日" in shown
    assert 'href="tel:00007777777"' in shown


def test_office_of_another_portal_shows_nothing(
    client: Client, portals: TwoPortals
) -> None:
    # Written by hand into the row: the form does not offer it.
    office = OfficeFactory(portal=portals.baihe.portal, address_zh_hans="白河演示路")
    page = draft(portals, office=office)
    page.save_revision().publish()

    assert "白河演示路" not in html(
        client, portals, page.public_path(portals.qingshan.portal)
    )


@pytest.mark.parametrize("field", ["online_url", "booking_url"])
def test_address_of_a_system_without_encryption_is_refused(
    portals: TwoPortals, field: str
) -> None:
    page = ServiceGuidePage(**{**COMPLETE, field: "http://zwfw.example.gov.cn/"})

    with pytest.raises(ValidationError) as refused:
        portals.qingshan.column.add_child(instance=page)

    assert "https://" in refused.value.message_dict[field][0]


@pytest.mark.parametrize(
    ("url", "is_told"),
    [
        ("https://zwfw.example.gov.cn/1", False),
        ("https://zwfw.example.com/1", True),
        ("https://gov.cn.example.com/1", True),
    ],
)
def test_system_that_is_no_government_site_is_pointed_out(
    portals: TwoPortals, url: str, is_told: bool
) -> None:
    hints = draft(portals, online_url=url).own_hints()

    assert bool(hints) is is_told
    assert all("在线办理地址" in hint and ".gov.cn" in hint for hint in hints)


@pytest.mark.parametrize(
    ("field", "name"), [("time_limit_zh_hans", "办理时限"), ("fee_zh_hans", "收费")]
)
def test_what_people_ask_first_is_pointed_out_where_it_is_missing(
    portals: TwoPortals, field: str, name: str
) -> None:
    hints = draft(portals, **{field: ""}).own_hints()

    assert hints == [f"“{name}”还没有填写，群众最常问这一项。"]


def test_gap_of_a_translation_is_pointed_out_and_filled_from_the_chinese(
    client: Client, portals: TwoPortals
) -> None:
    page = draft(
        portals,
        heading_en="Legal aid",
        conditions_en="Resident",
        materials_en="Identity card",
        steps_en="Fill in the form",
        hours_en="Working days",
    )
    page.save_revision().publish()
    home = portals.qingshan.home.specific
    home.heading_en = "Home"
    home.save()

    assert page.own_hints() == ["“English”这一版还缺“办理地点”。"]
    shown = html(client, portals, "/en" + page.public_path(portals.qingshan.portal))
    assert '<span lang="zh-Hans" dir="ltr">人民路1号</span>' in shown


def test_number_that_cannot_be_dialed_is_refused(
    portals: TwoPortals,
) -> None:
    with pytest.raises(ValidationError) as refused:
        draft(portals, phone="看公告").full_clean()

    assert "“看公告”不像电话号码" in refused.value.message_dict["phone"][0]


def test_page_shows_phone_place_and_steps_in_order(
    client: Client, portals: TwoPortals
) -> None:
    page = ServiceGuidePageFactory(parent=portals.qingshan.column)

    shown = html(client, portals, page.public_path(portals.qingshan.portal))
    shown = shown[shown.index("<main") :]

    places = [
        shown.index(words)
        for words in (
            'href="tel:00000000001"',
            'href="tel:12348"',
            "人民路1号一楼",
            "住在本县",
            "<li>身份证</li>",
            "<li>打电话</li>",
            "<li>填表</li>",
            "<li>等通知</li>",
            'id="legal-basis"',
        )
    ]
    assert places == sorted(places)


def test_online_system_is_linked_and_no_form_takes_an_application(
    client: Client, portals: TwoPortals
) -> None:
    page = ServiceGuidePageFactory(
        parent=portals.qingshan.column,
        online_url="https://zwfw.example.gov.cn/1",
        booking_url="https://booking.example.com/2",
    )

    shown = html(client, portals, page.public_path(portals.qingshan.portal))
    main = shown[shown.index("<main") : shown.index("</main>")]

    assert 'href="https://zwfw.example.gov.cn/1"' in main
    # Another site asks first (checklist 3.5).
    assert "booking.example.com" not in main
    assert 'href="/leave/' in main
    assert "<form" not in main


def test_form_to_download_is_offered_with_type_and_size(
    client: Client, portals: TwoPortals
) -> None:
    file = PortalDocumentFactory(
        title="申请表", collection=portals.qingshan.portal.collection
    )
    page = ServiceGuidePageFactory(
        parent=portals.qingshan.column,
        forms=stream(("attachment", {"document": file.pk, "title": "援助申请表"})),
    )

    shown = html(client, portals, page.public_path(portals.qingshan.portal))

    assert "援助申请表" in shown
    assert page.media_uses.filter(kind="document", media_id=file.pk).exists()


def test_search_finds_what_to_bring_and_the_number(portals: TwoPortals) -> None:
    page = ServiceGuidePageFactory(parent=portals.qingshan.column)

    (entry,) = page.search_entries()

    assert entry.kind == "guide"
    assert "欠条" in entry.body
    assert "0000-0000001" in entry.body
