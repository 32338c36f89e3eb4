"""Interpretations: their document, and what their editors are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from unittest.mock import Mock

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from articles.models import InterpretationPage, PolicyDocumentPage
from articles.policy.deadlines import DISCLOSURE_DAYS, INTERPRETATION_DAYS, clock
from articles.policy.hints import clock_sentence
from home.models import HolidayNotice
from home.publication import PublicationError
from home.workdays import Calendar
from search.sources import Plan, apply, page_owner
from tests.factories import TwoPortals, stream
from tests.home.pages import create_address
from tests.policy_factories import (
    InterpretationPageFactory,
    PolicyDocumentPageFactory,
)

pytestmark = pytest.mark.django_db
WRITTEN = date(2026, 4, 20)  # the 20th working day after: 20 May 2026


def at(day: str) -> Any:
    return time_machine.travel(f"{day} 10:00:00+08:00", tick=False)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with at("2026-05-06"):
        yield


def document(portals: TwoPortals, **values: Any) -> PolicyDocumentPage:
    page: PolicyDocumentPage = PolicyDocumentPageFactory(
        parent=portals.qingshan.column, **values
    )
    return page


def interpretation(portals: TwoPortals, **values: Any) -> InterpretationPage:
    page: InterpretationPage = InterpretationPageFactory(
        parent=portals.qingshan.column, live=False, **values
    )
    return page


# --- publication ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"document": None}, "请选择解读的是哪份文件。"),
        ({"interpreter": ""}, "请填写解读人。"),
        ({"body_zh_hans": "[]"}, "请填写解读正文。"),
    ],
)
def test_interpretation_that_lacks_one_thing_is_not_published(
    portals: TwoPortals, values: dict[str, Any], words: str
) -> None:
    page = interpretation(portals, **{"document": document(portals), **values})
    assert page.publication_problems() == [words]
    with pytest.raises(PublicationError):
        page.save_revision().publish()


def test_interpretation_waits_for_its_document(portals: TwoPortals) -> None:
    draft = document(portals, live=False, heading_zh_hans="通知")
    page = interpretation(portals, document=draft)
    assert page.publication_problems() == [
        "文件“通知”还没有公开，请先发布文件，再发布解读。"
    ]
    draft.save_revision().publish()
    page.refresh_from_db()
    page = InterpretationPage.objects.get(pk=page.pk)
    assert page.publication_problems() == []


def test_document_of_another_portal_is_refused(portals: TwoPortals) -> None:
    foreign = PolicyDocumentPageFactory(parent=portals.baihe.column)
    page = interpretation(portals, document=document(portals))
    page.document = foreign
    with pytest.raises(ValidationError, match="这份文件不在本门户里"):
        page.full_clean()


def test_form_refuses_a_typed_document_of_another_portal(
    portals: TwoPortals, editor: Client
) -> None:
    foreign = PolicyDocumentPageFactory(parent=portals.baihe.column)
    response = editor.post(
        create_address(InterpretationPage, portals.qingshan.column),
        {
            "heading_zh_hans": "解读",
            "document": str(foreign.pk),
            "form": "text",
            "body_zh_hans-count": "0",
            "body_en-count": "0",
        },
    )
    assert response.status_code == 200
    errors = response.context["form"].errors
    assert "不在本门户里" in str(errors), errors
    assert not InterpretationPage.objects.exists()


def test_document_of_an_interpretation_may_be_deleted(portals: TwoPortals) -> None:
    found = document(portals)
    page = interpretation(portals, document=found)
    found.delete()
    page.refresh_from_db()
    assert page.document is None


def test_form_of_a_public_document_does_not_take_another_number(
    portals: TwoPortals, editor: Client
) -> None:
    page = document(portals)
    page.save_revision()
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = editor.get(address).context["form"]
    assert form.fields["index_number"].disabled
    draft = document(portals, live=False)
    draft.save_revision()
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert not editor.get(address).context["form"].fields["index_number"].disabled


# --- clocks -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "state", "left"),
    [
        (date(2026, 4, 20), "green", 20),
        (date(2026, 5, 12), "green", 6),
        (date(2026, 5, 13), "amber", 5),
        (date(2026, 5, 20), "amber", 0),
        (date(2026, 5, 21), "red", -1),
    ],
)
def test_clock_of_a_document_that_waits(day: date, state: str, left: int) -> None:
    # 9 May 2026 is a Saturday that is worked, 1 to 5 May are free.
    found = clock(WRITTEN, DISCLOSURE_DAYS, day, Calendar())
    assert found.last_day == date(2026, 5, 20)
    assert (found.state, found.left) == (state, left)


def test_clock_stops_at_the_publication() -> None:
    later = date(2027, 1, 4)
    in_time = clock(WRITTEN, DISCLOSURE_DAYS, later, Calendar(), date(2026, 5, 6))
    late = clock(WRITTEN, DISCLOSURE_DAYS, later, Calendar(), date(2026, 6, 1))
    assert (in_time.state, in_time.is_done) == ("green", True)
    assert (late.state, late.is_done) == ("red", True)
    assert "按时公开了" in clock_sentence(in_time, DISCLOSURE_DAYS)
    assert "晚了" in clock_sentence(late, DISCLOSURE_DAYS)


def test_clock_into_an_unknown_year_says_so_until_the_notice_is_entered(
    portals: TwoPortals,
) -> None:
    with at("2031-01-06"):
        page = document(
            portals, live=False, first_published_at=None, written_on=date(2030, 12, 10)
        )
        words = "2030、2031年的节假日安排还没有录入"
        assert any(words in hint for hint in page.own_hints())
        for year in (2030, 2031):
            HolidayNotice.objects.create(year=year, days_off=f"{year}-01-01")
        hints = page.own_hints()
        assert hints
        assert not any("没有录入" in hint for hint in hints)


def test_document_that_waits_too_long_is_hinted_at(portals: TwoPortals) -> None:
    page = document(portals, live=False, first_published_at=None)
    with at("2026-04-21"):
        assert page.own_hints() == []
    with at("2026-05-18"):
        (hint,) = page.own_hints()
        assert "要在 20 个工作日内公开" in hint
    with at("2026-06-01"):
        (hint,) = page.own_hints()
        assert "已经超过公开期限" in hint


def test_document_without_interpretation_is_hinted_at_until_there_is_one(
    portals: TwoPortals,
) -> None:
    page = document(portals)
    assert "还没有解读" in page.own_hints()[0]
    interpretation(portals, document=page).save_revision().publish()
    assert page.own_hints() == []


def test_document_on_request_is_hinted_at(portals: TwoPortals) -> None:
    page = document(portals, disclosure="request")
    assert "依申请公开" in page.own_hints()[0]


def test_late_interpretation_is_hinted_at(portals: TwoPortals) -> None:
    """Published on 6 May 2026, a Wednesday: three working days end on Saturday 9 May,
    which is worked."""
    page = interpretation(portals, document=document(portals), first_published_at=None)
    with at("2026-05-06"):
        assert page.own_hints() == []
    with at("2026-05-11"):
        (hint,) = page.own_hints()
        assert "已经超过公开期限" in hint
        assert "2026-05-09" in hint


def test_copied_interpretation_is_refused_and_one_of_a_repealed_document_hinted_at(
    portals: TwoPortals,
) -> None:
    text = "各司法所应当在十五个工作日以内把辖区里的人民调解员重新登记一遍并且公布。"
    found = document(portals, body_zh_hans=stream(("text", f"<p>{text}</p>")))
    page = interpretation(
        portals, document=found, body_zh_hans=stream(("text", f"<p>{text}</p>"))
    )
    (problem,) = page.publication_problems()
    assert "解读里有 100% 的文字和文件一样" in problem
    assert "照抄的有：“各司法所应当在十五个工作日" in problem
    page.body_zh_hans = stream(("text", "<p>调解员换了人，新名单贴在村口。</p>"))
    found.validity = "repealed"
    (hint,) = page.own_hints()
    assert "现在是“废止”" in hint


def test_editor_sees_the_clock(portals: TwoPortals, editor: Client) -> None:
    page = document(portals, live=False, first_published_at=None)
    page.save_revision()
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    with at("2026-06-01"):
        editor.force_login(portals.qingshan.editor)  # the old session is over
        html = editor.get(address).content.decode()
    assert "clock--red" in html
    assert "已经超过公开期限" in html


def test_days_of_an_interpretation_are_three() -> None:
    found = clock(date(2026, 5, 6), INTERPRETATION_DAYS, date(2026, 5, 6), Calendar())
    assert found.last_day == date(2026, 5, 9)
    assert found.red_from == date(2026, 5, 10)


# --- search -----------------------------------------------------------------------------


def contexts(page: InterpretationPage) -> set[str]:
    found = InterpretationPage.objects.get(pk=page.pk).search_entries()
    assert found
    return {entry.context for entry in found}


def test_search_names_the_document_only_while_it_is_public(
    portals: TwoPortals,
) -> None:
    paper = document(portals, heading_zh_hans="通知")
    page = InterpretationPageFactory(parent=portals.qingshan.column, document=paper)
    assert contexts(page) == {"通知"}

    closed = PageViewRestriction.objects.create(
        page=paper, restriction_type=PageViewRestriction.LOGIN
    )
    assert contexts(page) == {""}
    closed.delete()
    assert contexts(page) == {"通知"}
    paper.unpublish()
    assert contexts(page) == {""}


def test_search_does_not_name_a_document_of_another_portal(
    portals: TwoPortals,
) -> None:
    paper = document(portals)
    page = InterpretationPageFactory(parent=portals.qingshan.column, document=paper)
    assert contexts(page) != {""}
    paper.move(portals.baihe.column, pos="last-child")
    assert contexts(page) == {""}


def test_interpretation_is_indexed_again_with_its_document(
    portals: TwoPortals,
) -> None:
    paper = document(portals)
    page = InterpretationPageFactory(parent=portals.qingshan.column, document=paper)
    foreign = PolicyDocumentPageFactory(parent=portals.baihe.column)
    for changed, is_again in ((paper, True), (foreign, False)):
        batch = Mock()
        apply(Plan(pages={changed.pk}), batch)
        owners = {call.args[0] for call in batch.replace.call_args_list}
        assert (page_owner(page.pk) in owners) is is_again
