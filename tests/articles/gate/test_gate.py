"""No way to the public leads past the gate; each finding is shown in its place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from articles.gate.checking import check_page
from articles.models import ArticlePage, QuestionPage
from home.findings import findings_of
from home.publication import PublicationError
from home.schedule import REFUSED, publish_due
from tests.articles.gate.pages import RIGHT, RULE, SENTENCE, SLIP, blocking, draft
from tests.factories import ColumnPageFactory, QuestionPageFactory, TwoPortals, stream
from tests.home.pages import body_data, create, edit, form_errors

pytestmark = pytest.mark.django_db


def is_live(page: Page) -> bool:
    return bool(Page.objects.values_list("live", flat=True).get(pk=page.pk))


# --- every way to the public ------------------------------------------------------------


def test_button_of_the_form_is_refused_and_says_why(
    editor: Client, portals: TwoPortals
) -> None:
    page = draft(portals.qingshan)
    body = body_data(("text", f"<p>{SENTENCE}</p>"))

    refused = edit(
        editor, page, body_zh_hans=body, slug=page.slug, **{"action-publish": "1"}
    )

    assert SLIP in form_errors(refused)
    assert not is_live(page)


def test_same_page_in_right_words_is_published(
    editor: Client, portals: TwoPortals
) -> None:
    page = draft(portals.qingshan)
    body = body_data(("text", f"<p>{RIGHT}</p>"))

    edit(editor, page, body_zh_hans=body, slug=page.slug, **{"action-publish": "1"})

    assert is_live(page)


def test_new_page_is_refused_at_once(editor: Client, portals: TwoPortals) -> None:
    refused = create(
        editor,
        ArticlePage,
        portals.qingshan.column,
        body_zh_hans=body_data(("text", f"<p>{SENTENCE}</p>")),
        **{"action-publish": "1"},
    )

    assert SLIP in form_errors(refused)


def test_draft_is_saved_with_all_its_findings(
    editor: Client, portals: TwoPortals
) -> None:
    page = draft(portals.qingshan)
    body = body_data(("text", f"<p>{SENTENCE}</p>"))

    response = edit(editor, page, body_zh_hans=body, slug=page.slug)

    assert response.status_code == 302


def test_publishing_in_code_is_refused(portals: TwoPortals) -> None:
    page = draft(portals.qingshan)

    with pytest.raises(PublicationError, match=SLIP):
        page.get_latest_revision().publish()

    assert not is_live(page)


def test_bulk_action_is_refused(editor: Client, portals: TwoPortals) -> None:
    page = draft(portals.qingshan)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    response = editor.post(f"{address}?id={page.pk}", follow=True)

    assert SLIP in response.content.decode()
    assert not is_live(page)


def test_last_stage_of_a_review_is_refused(editor: Client, portals: TwoPortals) -> None:
    page = draft(portals.qingshan)
    page.get_workflow().start(page, portals.qingshan.author)
    state = page.current_workflow_state.current_task_state
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]
    )

    editor.post(address, follow=True)

    assert not is_live(page)


def test_scheduled_page_is_refused_when_its_time_has_come(portals: TwoPortals) -> None:
    now = datetime(2026, 11, 24, 1, tzinfo=UTC)
    with time_machine.travel(now - timedelta(days=1), tick=False):
        page = draft(portals.qingshan)
        page.go_live_at = now - timedelta(hours=1)
        revision = page.save_revision(approved_go_live_at=page.go_live_at)
    with time_machine.travel(now, tick=False):
        publish_due(now)

    assert not is_live(page)
    assert PageLogEntry.objects.filter(revision=revision, action=REFUSED).exists()


def test_public_page_takes_no_finding_either(portals: TwoPortals) -> None:
    page = draft(portals.qingshan, text=RIGHT)
    page.save_revision().publish()
    page = ArticlePage.objects.get(pk=page.pk)
    page.body_zh_hans = stream(("text", f"<p>{SENTENCE}</p>"))

    with pytest.raises(PublicationError):
        page.save()


# --- one list ----------------------------------------------------------------------------


def test_findings_of_the_type_and_of_the_gate_are_one_list(portals: TwoPortals) -> None:
    page = QuestionPageFactory(
        parent=portals.qingshan.column,
        live=False,
        legal_basis="[]",
        explanation_zh_hans=stream(("text", f"<p>{SENTENCE}</p>")),
    )

    found = {one.rule: one for one in findings_of(QuestionPage.objects.get(pk=page.pk))}

    assert found["page.required"].place.field == "legal_basis"
    assert not found["page.required"].is_overridable
    assert found[RULE].is_overridable
    assert found["head.keywords"].severity == "hint"
    assert [one.is_blocking for one in found.values()][:2] == [True, True]


def test_save_asks_only_for_what_refuses(portals: TwoPortals) -> None:
    page = draft(portals.qingshan, text="再接再励，人民调节委员会，锟斤拷")

    every, refusing = check_page(page), check_page(page, only_blocking=True)

    assert {one.rule for one in refusing} == {RULE, "wording.mojibake_gbk"}
    assert "wording.homophones" in {one.rule for one in every}
    assert set(refusing) == {one for one in every if one.is_blocking}


def test_gate_asks_few_queries(
    portals: TwoPortals, django_assert_max_num_queries: Any
) -> None:
    """Of a page with a cited law, a link and a finding: names of laws, versions,
    provisions, linked pages, portal, redirects and overrides."""
    link = f'<a linktype="page" id="{portals.qingshan.question.pk}">问</a>'
    page = draft(portals.qingshan, text=f"《民法典》第十条{link}{SENTENCE}")

    with django_assert_max_num_queries(7):
        check_page(page, only_blocking=True)


# --- shown in their place ---------------------------------------------------------------


def test_editor_shows_each_finding_with_the_way_to_its_block(
    editor: Client, portals: TwoPortals
) -> None:
    page = draft(portals.qingshan)

    html = editor.get(
        reverse("wagtailadmin_pages:edit", args=[page.pk])
    ).content.decode()

    (finding,) = blocking(
        ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    )
    path = finding.place.content_path
    assert path.startswith("body_zh_hans.")
    assert f'data-finding-path="{path}"' in html
    assert f"#:w:contentpath={path}" in html
    assert "admin/findings.js" in html
    assert reverse("gate_findings", args=[page.pk]) in html


def test_page_without_findings_shows_no_panel(
    editor: Client, portals: TwoPortals
) -> None:
    column = ColumnPageFactory(parent=portals.qingshan.home)

    html = editor.get(
        reverse("wagtailadmin_pages:edit", args=[column.pk])
    ).content.decode()

    assert "data-findings" not in html
