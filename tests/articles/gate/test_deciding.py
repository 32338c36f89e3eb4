"""Letting a finding pass: by name, with a reason, for these words, on the record."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry

from articles.gate.deciding import let_pass, name_of
from articles.gate.log_actions import OVERRIDDEN
from articles.gate.models import Override
from articles.models import ArticlePage, TypicalCasePage
from home.publication import PublicationError
from tests.articles.gate.pages import RULE, SENTENCE, SLIP, blocking, draft
from tests.factories import PortalFixture, TwoPortals, TypicalCasePageFactory, stream
from tests.home.admin_asking import logged_in, text_of
from tests.home.review.conftest import in_three_stages

pytestmark = pytest.mark.django_db
REASON = "石桥镇的旧招牌就是这样写的"


def pass_all(page: ArticlePage, fixture: PortalFixture) -> None:
    digests = [one.digest() for one in blocking(page)]
    let_pass(page, digests, fixture.editor, REASON)


def decide(client: Client, page: ArticlePage, **values: Any) -> Any:
    data = {"digests": [one.digest() for one in blocking(page)], "reason": REASON}
    return client.post(reverse("gate_findings", args=[page.pk]), {**data, **values})


def test_page_is_published_after_somebody_answered_for_it(portals: TwoPortals) -> None:
    page = draft(portals.qingshan)

    response = decide(logged_in(portals.qingshan.editor), page)
    page.get_latest_revision().publish()

    page.refresh_from_db()
    assert response.status_code == 302
    assert page.live


def test_name_reason_and_rule_are_kept_and_logged(portals: TwoPortals) -> None:
    page = draft(portals.qingshan)
    editor = get_user_model().objects.get(pk=portals.qingshan.editor.pk)
    editor.last_name, editor.first_name = "周", "明"

    let_pass(page, [one.digest() for one in blocking(page)], editor, REASON)

    row = Override.objects.get()
    entry = PageLogEntry.objects.get(action=OVERRIDDEN)
    assert (row.rule, row.user_name, row.reason) == (RULE, "周明", REASON)
    assert entry.user_id == editor.pk
    assert entry.data["reason"] == REASON
    assert REASON in entry.formatter.format_message(entry)


def test_name_stays_when_the_account_is_gone(portals: TwoPortals) -> None:
    page, editor = draft(portals.qingshan), portals.qingshan.editor
    pass_all(page, portals.qingshan)

    type(editor).objects.filter(pk=editor.pk).delete()

    assert Override.objects.get().user_name == editor.get_username()
    assert blocking(page) == []


def test_other_words_want_another_answer(portals: TwoPortals) -> None:
    page = draft(portals.qingshan)
    pass_all(page, portals.qingshan)
    assert blocking(page) == []

    page.body_zh_hans = stream(("text", f"<p>柳溪镇也有{SLIP}委员会。</p>"))

    assert [one.rule for one in blocking(page)] == [RULE]
    with pytest.raises(PublicationError):
        page.save_revision().publish()


def test_words_that_moved_elsewhere_keep_their_answer(portals: TwoPortals) -> None:
    page = draft(portals.qingshan)
    pass_all(page, portals.qingshan)

    page.body_zh_hans = stream(
        ("text", "<p>先说别的。</p>"), ("text", f"<p>{SENTENCE}</p>")
    )

    assert blocking(page) == []


def test_same_words_on_another_page_want_their_own_answer(portals: TwoPortals) -> None:
    pass_all(draft(portals.qingshan), portals.qingshan)

    assert len(blocking(draft(portals.qingshan))) == 1
    assert len(blocking(draft(portals.baihe))) == 1


def test_what_is_required_cannot_be_let_pass(portals: TwoPortals) -> None:
    page = TypicalCasePageFactory(
        parent=portals.qingshan.column, live=False, legal_basis="[]"
    )
    page = TypicalCasePage.objects.get(pk=page.pk)

    passed = let_pass(page, [one.digest() for one in blocking(page)], None, REASON)

    assert passed == []
    assert [one.rule for one in blocking(page)] == ["page.required"]


def test_number_of_a_person_is_not_copied_into_the_record(portals: TwoPortals) -> None:
    page = TypicalCasePageFactory(
        parent=portals.qingshan.column, live=False, facts_zh_hans="张某，13800138000。"
    )
    page = TypicalCasePage.objects.get(pk=page.pk)

    let_pass(page, [blocking(page)[0].digest()], portals.qingshan.editor, REASON)

    row, entry = Override.objects.get(), PageLogEntry.objects.get(action=OVERRIDDEN)
    assert "13800138000" not in f"{row.sentence}{row.digest}{entry.data}"


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"reason": ""}, "请写明理由。"),
        ({"reason": "没事"}, "理由太短"),
        ({"digests": []}, "请勾选要放行的情况。"),
        ({"digests": ["0" * 64]}, ""),
    ],
)
def test_answer_without_reason_or_finding_is_refused(
    portals: TwoPortals, values: dict[str, Any], problem: str
) -> None:
    page = draft(portals.qingshan)

    response = decide(logged_in(portals.qingshan.editor), page, **values)

    assert response.status_code == 200
    assert problem in text_of(response)
    assert not Override.objects.exists()


def test_author_sees_the_findings_and_may_not_answer_for_them(
    portals: TwoPortals,
) -> None:
    page = draft(portals.qingshan, owner=portals.qingshan.author)
    author = logged_in(portals.qingshan.author)

    shown = text_of(author.get(reverse("gate_findings", args=[page.pk])))
    decide(author, page)

    assert SLIP in shown
    assert "只有编辑和管理员可以放行" in shown
    assert not Override.objects.exists()


def test_editor_answers_where_texts_are_reviewed(portals: TwoPortals) -> None:
    """Nobody could: “publish” is not a right of anybody there, and texts were stuck."""
    own = portals.qingshan
    in_three_stages(own.portal)
    page = draft(own, owner=own.author)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    address = reverse("gate_findings", args=[page.pk])

    form = text_of(logged_in(own.author).get(edit))
    assert address not in form
    assert "请编辑或者管理员打开这个网页" in form
    assert address in text_of(logged_in(own.editor).get(edit))
    decide(logged_in(own.editor), page)

    assert Override.objects.get().user == own.editor


@pytest.mark.parametrize("role", ["admin", "editor", "author"])
def test_page_of_another_county_does_not_exist(portals: TwoPortals, role: str) -> None:
    page = draft(portals.qingshan)
    stranger = logged_in(portals.baihe.users[role])
    address = reverse("gate_findings", args=[page.pk])

    assert stranger.get(address).status_code == 404
    assert decide(stranger, page).status_code == 404
    assert not Override.objects.exists()


def test_people_without_a_name_go_by_their_account(portals: TwoPortals) -> None:
    assert name_of(portals.baihe.editor) == "baihe-editor"
