"""Plates, addresses and whose numbers are public; numbers of persons and names have
their tests in ``tests/articles/test_personal_*.py``."""

from __future__ import annotations

from typing import Any

import pytest

from articles.gate.checking import check_page
from articles.gate.personal import ADDRESS, ID_CARD, NAME, PHONE, PLATE
from articles.gate.places import find_addresses, find_plates
from articles.models import ArticlePage, QuestionPage
from home.findings import Finding
from home.models import ServicePointPage
from tests.directory_factories import ServicePointPageFactory
from tests.factories import (
    ArticlePageFactory,
    OfficeFactory,
    QuestionPageFactory,
    RegionFactory,
    TwoPortals,
    stream,
)

MOBILE, CARD_NUMBER = "13800138000", "11010519491231002X"
PLATES = [
    "车牌鲁C12345", "鲁C·D1234", "鲁CD12345", "京A·88888", "粤B1234学", "云A-12K45",
]  # fmt: skip
NO_PLATES = [
    "鲁C***45", "鲁C1234×", "鲁发〔2026〕3号", "青司发A12345", "GB/T 15834", "民A12", "鲁CABCDE",
]  # fmt: skip
ADDRESSES = [
    "人民路12号3单元402室", "住幸福小区5号楼2单元301", "石桥村三组12号", "家住解放街8号",
    "户籍地：青山县和平路25号",
]  # fmt: skip
NO_ADDRESSES = [
    "到人民路1号一楼公共法律服务中心", "石桥镇和平村", "政务大厅3号窗口", "第12号文件",
    "住在石桥镇", "人民路×号×单元", "诉讼服务大厅二楼", "3室2厅", "民一庭 2 室",
]  # fmt: skip


@pytest.mark.parametrize("text", PLATES)
def test_plate_is_found(text: str) -> None:
    (found,) = find_plates(text)
    assert found.excerpt.endswith("…")


@pytest.mark.parametrize("text", NO_PLATES)
def test_other_signs_are_no_plate(text: str) -> None:
    assert list(find_plates(text)) == []


@pytest.mark.parametrize("text", ADDRESSES)
def test_address_to_the_door_is_found(text: str) -> None:
    (found,) = find_addresses(text)
    assert found.excerpt not in text


@pytest.mark.parametrize("text", NO_ADDRESSES)
def test_other_places_are_no_address_of_a_person(text: str) -> None:
    assert list(find_addresses(text)) == []


def test_address_of_an_office_is_allowed() -> None:
    assert list(find_addresses("人民路12号3单元402室", {"人民路12号3单元402室"})) == []


# --- on pages ----------------------------------------------------------------------------

pytestmark = pytest.mark.django_db


def question(portals: TwoPortals, text: str, **values: Any) -> QuestionPage:
    blocks = stream(("text", f"<p>{text}</p>"))
    page = QuestionPageFactory(
        parent=portals.qingshan.column, live=False, explanation_zh_hans=blocks, **values
    )
    return QuestionPage.objects.get(pk=page.pk)


def article(portals: TwoPortals, text: str) -> ArticlePage:
    page: ArticlePage = ArticlePageFactory.build(
        body_zh_hans=stream(("text", f"<p>{text}</p>"))
    )
    page.path = portals.qingshan.article.path
    return page


def of_rule(findings: list[Finding], rule: str) -> list[Finding]:
    return [one for one in findings if one.rule == rule]


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (ID_CARD, CARD_NUMBER),
        (PHONE, MOBILE),
        (PLATE, PLATES[0]),
        (ADDRESS, ADDRESSES[0]),
    ],
)
def test_question_is_refused_and_an_article_only_hinted_at(
    portals: TwoPortals, rule: str, text: str
) -> None:
    (strict,) = of_rule(check_page(question(portals, text)), rule)
    (mild,) = of_rule(check_page(article(portals, text)), rule)

    assert strict.is_blocking
    assert strict.is_overridable
    assert not mild.is_blocking


def test_masked_forms_are_fine(portals: TwoPortals) -> None:
    text = "张某（身份证1101**********002X，手机138****8000，鲁C***45）住石桥镇。"

    assert [
        one for one in check_page(question(portals, text)) if "personal" in one.rule
    ] == []


def test_full_name_in_a_question_is_a_hint(portals: TwoPortals) -> None:
    (found,) = of_rule(check_page(question(portals, "村民张建国来问。")), NAME)

    assert not found.is_blocking
    assert found.words == "张建国"


def test_names_of_samples_are_nobodys(portals: TwoPortals) -> None:
    assert (
        of_rule(check_page(question(portals, "借款人李四，出借人张三。")), NAME) == []
    )


def test_phone_of_the_own_office_is_fine_and_of_the_other_county_is_not(
    portals: TwoPortals,
) -> None:
    text = "打0536-2123456。"
    OfficeFactory(portal=portals.baihe.portal, phone="0536-2123456")

    assert len(of_rule(check_page(question(portals, text)), PHONE)) == 1

    OfficeFactory(portal=portals.qingshan.portal, phone="0536-2123456")

    assert of_rule(check_page(question(portals, text)), PHONE) == []


def test_phone_of_a_public_service_point_is_fine_in_its_county_only(
    portals: TwoPortals,
) -> None:
    point: ServicePointPage = ServicePointPageFactory(
        parent=portals.qingshan.column,
        township=RegionFactory(code="000002001", name_zh_hans="石桥镇"),
        phone="0536-2123456",
    )
    text = "打0536-2123456。"
    here = question(portals, text)
    there = QuestionPageFactory(
        parent=portals.baihe.column,
        live=False,
        explanation_zh_hans=stream(("text", f"<p>{text}</p>")),
    )

    assert of_rule(check_page(here), PHONE) == []
    assert len(of_rule(check_page(there), PHONE)) == 1

    ServicePointPage.objects.filter(pk=point.pk).update(live=False)

    assert len(of_rule(check_page(question(portals, text)), PHONE)) == 1


def test_contact_card_of_a_question_is_public_on_purpose(portals: TwoPortals) -> None:
    card = {"name": "调解员", "phone": MOBILE, "address": "", "hours": "", "note": ""}
    page = question(portals, "为什么。")
    page.explanation_zh_hans = stream(("contact", card))

    assert of_rule(check_page(page), PHONE) == []


def test_finding_names_the_block_and_never_the_number(portals: TwoPortals) -> None:
    page = question(portals, "为什么。")
    page.explanation_zh_hans = [
        {"type": "text", "value": "<p>为什么。</p>", "id": "a1"},
        {
            "type": "alert",
            "value": {"kind": "info", "text": f"<p>{MOBILE}</p>"},
            "id": "b2",
        },
    ]

    (found,) = of_rule(check_page(page), PHONE)

    assert found.place.content_path == "explanation_zh_hans.b2.text"
    assert "第 2 块“提示框”" in found.sentence
    assert MOBILE not in found.sentence
