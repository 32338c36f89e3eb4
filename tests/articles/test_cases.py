"""Typical cases: nobody can be recognized in one that is public."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from articles.models import TypicalCasePage
from home.publication import PublicationError
from tests.factories import (
    CITATION,
    OfficeFactory,
    TwoPortals,
    TypicalCasePageFactory,
    stream,
)
from tests.media.factories import PortalDocumentFactory, PortalImageFactory
from tests.media.samples import pdf

pytestmark = pytest.mark.django_db
MOBILE, ID_CARD, CARD = "13800138000", "11010519491231002X", "6222021234567890128"
COMPLETE = {
    "heading_zh_hans": "一条田埂",
    "facts_zh_hans": "张某和李某为田埂争吵。",
    "outcome_zh_hans": "各让三尺。",
    "meaning_zh_hans": "先找调解员，也可以打12348。",
    "legal_basis": stream(("citation", CITATION)),
    "anonymity_checked_by": "核对人",
    "anonymity_checked_on": date(2026, 3, 1),
}


def draft(portals: TwoPortals, **values: Any) -> TypicalCasePage:
    page = TypicalCasePage(live=False, **{**COMPLETE, **values})
    portals.qingshan.column.add_child(instance=page)
    return TypicalCasePage.objects.get(pk=page.pk)


def problems(portals: TwoPortals, **values: Any) -> list[str]:
    """What refuses the publication, tried in earnest."""
    page = draft(portals, **values)
    with pytest.raises(PublicationError) as refused:
        page.save_revision().publish()
    page.refresh_from_db()
    assert not page.live
    return list(refused.value.messages)


def test_complete_case_is_published_without_a_hint(portals: TwoPortals) -> None:
    page = draft(portals)
    page.save_revision().publish()
    page.refresh_from_db()

    assert page.live


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("facts_zh_hans", "请填写“案情”。"),
        ("outcome_zh_hans", "请填写“处理结果”。"),
        ("meaning_zh_hans", "请填写“给村民的话”。"),
        ("legal_basis", "请至少写一条法律依据。"),
        (
            "anonymity_checked_by",
            "请第二个人核对看不出当事人是谁，填写匿名核对人和日期。",
        ),
    ],
)
def test_case_without_a_part_is_refused(
    portals: TwoPortals, field: str, sentence: str
) -> None:
    assert problems(portals, **{field: ""}) == [sentence]


def test_case_without_the_day_of_the_check_is_refused(portals: TwoPortals) -> None:
    (sentence,) = problems(portals, anonymity_checked_on=None)

    assert "匿名核对人和日期" in sentence


def test_writer_may_not_check_the_own_case(portals: TwoPortals) -> None:
    author = portals.qingshan.author
    author.last_name, author.first_name = "周", "明"
    author.save()

    (sentence,) = problems(portals, owner=author, anonymity_checked_by="周明")

    assert sentence == "匿名核对人不能是写稿人自己，请换一个人核对。"


def test_check_in_the_future_is_refused(portals: TwoPortals) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)

    with pytest.raises(ValidationError, match="不能在今天以后"):
        draft(portals, anonymity_checked_on=tomorrow).full_clean()


# --- personal data, wherever it stands ---------------------------------------------------

FIELDS = [
    f"{name}_{code}"
    for name in ("heading", "summary", "facts", "dispute", "outcome", "meaning")
    for code in ("zh_hans", "en", "ug")
]


@pytest.mark.parametrize("field", [*FIELDS, "place", "source", "anonymity_checked_by"])
def test_number_in_any_text_of_any_language_is_refused(
    portals: TwoPortals, field: str
) -> None:
    found = problems(portals, **{field: f"某某 {MOBILE}"})

    assert any("电话号码（" in sentence for sentence in found)
    assert not any(MOBILE in sentence for sentence in found)


@pytest.mark.parametrize(
    ("number", "name"),
    [(ID_CARD, "身份证号码"), (MOBILE, "电话号码"), (CARD, "银行卡号")],
)
def test_each_kind_of_number_is_refused_with_its_name_and_place(
    portals: TwoPortals, number: str, name: str
) -> None:
    (sentence,) = problems(portals, facts_zh_hans=f"张某，{number}。")

    assert sentence.startswith(f"“案情”里有{name}")


BODIES = [
    ("text", "<p>手机<b>138</b>00138000</p>"),
    ("text", f'<p><a href="tel:{MOBILE}">打电话</a></p>'),
    ("heading", {"text": MOBILE, "level": "h2"}),
    ("quote", {"text": "原话", "source": MOBILE}),
    ("table", {"data": [["张某", MOBILE]], "table_caption": ""}),
    ("table", {"data": [["张某"]], "table_caption": MOBILE}),
    ("alert", {"kind": "info", "text": f"<p>{MOBILE}</p>"}),
    ("citation", MOBILE),
]


@pytest.mark.parametrize("block", BODIES, ids=lambda block: block[0])
@pytest.mark.parametrize("field", ["body_zh_hans", "body_en"])
def test_number_in_any_block_is_refused(
    portals: TwoPortals, block: tuple[str, Any], field: str
) -> None:
    (sentence,) = problems(portals, **{field: stream(block)})

    assert sentence.startswith("“补充内容”第 1 块“")
    assert "里有电话号码" in sentence


@pytest.mark.parametrize(
    "field", ["title", "alt_text_zh_hans", "alt_text_en", "credit"]
)
def test_number_at_a_picture_is_refused(portals: TwoPortals, field: str) -> None:
    values = {"title": "院坝", "alt_text_zh_hans": "院坝里的调解", field: MOBILE}
    picture = PortalImageFactory(
        collection=portals.qingshan.portal.collection, **values
    )
    block = ("picture", {"image": picture.pk, "caption": ""})

    (sentence,) = problems(portals, body_zh_hans=stream(block))

    assert sentence.startswith("图片“") or "电话号码" in sentence


def test_number_in_the_caption_of_a_picture_is_refused(portals: TwoPortals) -> None:
    picture = PortalImageFactory(collection=portals.qingshan.portal.collection)
    block = ("picture", {"image": picture.pk, "caption": f"李某{MOBILE}"})

    assert len(problems(portals, body_zh_hans=stream(block))) == 1


@pytest.mark.parametrize("what", ["title", "file name", "shown title"])
def test_number_at_an_attachment_is_refused(portals: TwoPortals, what: str) -> None:
    file = PortalDocumentFactory(
        collection=portals.qingshan.portal.collection,
        title=MOBILE if what == "title" else "协议",
        file=ContentFile(
            pdf(), name=f"{ID_CARD if what == 'file name' else '协议'}.pdf"
        ),
    )
    title = MOBILE if what == "shown title" else ""
    block = ("attachment", {"document": file.pk, "title": title})

    assert len(problems(portals, body_zh_hans=stream(block))) == 1


def test_public_hotlines_and_the_offices_own_numbers_are_fine(
    portals: TwoPortals,
) -> None:
    OfficeFactory(portal=portals.qingshan.portal, phone="0536-2123456转8")
    page = draft(
        portals, meaning_zh_hans="打12348、12345、110，或者石桥司法所0536-2123456。"
    )

    page.save_revision().publish()

    page.refresh_from_db()
    assert page.live


def test_number_of_another_portals_office_is_refused(portals: TwoPortals) -> None:
    OfficeFactory(portal=portals.baihe.portal, phone="0536-2123456")

    assert len(problems(portals, meaning_zh_hans="打0536-2123456。")) == 1


def test_draft_may_hold_what_publication_refuses(portals: TwoPortals) -> None:
    page = draft(portals, facts_zh_hans=f"张某，{MOBILE}。")
    page.save_revision()

    assert TypicalCasePage.objects.filter(pk=page.pk, live=False).exists()


def test_public_case_takes_no_number_either(portals: TwoPortals) -> None:
    page = draft(portals)
    page.save_revision().publish()
    page.refresh_from_db()
    page.facts_zh_hans = f"张某，{MOBILE}。"

    with pytest.raises(PublicationError):
        page.save()


# --- hints -------------------------------------------------------------------------------


def test_full_name_is_pointed_out_and_refuses_nothing(portals: TwoPortals) -> None:
    page = draft(portals, facts_zh_hans="村民张建国和李某争吵。")

    hints = [hint for hint in page.publication_hints() if "全名" in hint]
    page.save_revision().publish()
    page.refresh_from_db()

    assert len(hints) == 1
    assert "“案情”里的“张建国”像是当事人的全名" in hints[0]
    assert "“张某”" in hints[0]
    assert page.live


def test_name_of_the_person_who_checked_is_no_hint(portals: TwoPortals) -> None:
    page = draft(portals, anonymity_checked_by="村民张建国", source="村民张建国")

    assert not any("全名" in hint for hint in page.publication_hints())


def test_change_after_the_check_is_pointed_out(portals: TwoPortals) -> None:
    page = draft(portals)
    page.save_revision()
    page.refresh_from_db()

    assert page.own_hints() == ["匿名核对以后内容又改过，请再核对一遍，更新核对日期。"]


# --- the public page ---------------------------------------------------------------------


def test_advice_stands_before_the_story_and_the_law_after_it(
    client: Client, portals: TwoPortals
) -> None:
    page = TypicalCasePageFactory(parent=portals.qingshan.column)

    response = client.get(
        page.public_path(portals.qingshan.portal),
        headers={"host": portals.qingshan.host},
    )

    shown = response.content.decode()
    parts = [
        "人民调解",
        'id="meaning"',
        'id="facts"',
        'id="outcome"',
        'id="legal-basis"',
    ]
    places = [shown.index(part) for part in parts]
    assert places == sorted(places)
    assert "<p>张某和李某为田埂争吵。</p>" in shown
    assert "<p>吵了三年。</p>" in shown
    assert 'id="dispute"' not in shown
    assert "核对人" not in shown


def test_search_finds_the_words_of_the_story(portals: TwoPortals) -> None:
    page = TypicalCasePageFactory(parent=portals.qingshan.column)

    (entry,) = page.search_entries()

    assert entry.kind == "case"
    assert "各让三尺" in entry.body
