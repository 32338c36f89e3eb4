"""What Wagtail's scripts write on the screen is Chinese as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from articles.models import ArticlePage
from tests.end_to_end.browsing import Watched
from tests.end_to_end.desk import add, edit
from tests.end_to_end.offices import Office
from tests.english import english_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.long]

PANELS = ("status", "comments", "checks", "preview")
NOTE_EVERYTHING = "() => document.documentElement.outerHTML"


def assert_chinese(page: Page, where: str) -> None:
    english = english_in(page.evaluate(NOTE_EVERYTHING))
    assert english == set(), where


@pytest.fixture
def article(office: Office) -> Any:
    """The article, without what is written in it in English."""
    found = ArticlePage.objects.get(pk=office.own.article.pk)
    found.heading_en, found.body_en = "", "[]"
    found.save()
    found.save_revision()
    return found


def test_page_form(office: Office, desk: Watched) -> None:
    form, page = add(office, desk, "articles/articlepage"), desk.page
    form.write("heading_zh_hans", "今年的普法安排")
    form.add_text("body_zh_hans", "第一段。")
    assert_chinese(page, "the editor of a text")
    page.keyboard.press("Control+a")
    assert_chinese(page, "its toolbar")
    page.keyboard.press("Control+k")
    page.locator(".modal-body").wait_for()
    assert_chinese(page, "the window for a link")
    page.locator(
        ".modal button.button.close, .modal [data-dismiss=modal]"
    ).first.click()
    page.locator(".modal-body").wait_for(state="hidden")
    page.locator("[contenteditable=true]").last.click()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("/")
    page.get_by_role("option").first.wait_for()
    assert_chinese(page, "what “/” offers")
    page.keyboard.press("Escape")
    page.locator("[id$=-child-body_zh_hans-wrapper] .c-sf-add-button").last.click()
    page.get_by_role("option").first.wait_for()
    assert_chinese(page, "the blocks to choose from")
    page.keyboard.press("Escape")


def test_panels_beside_a_form(office: Office, desk: Watched, article: Any) -> None:
    edit(office, desk, article)
    for panel in PANELS:
        button = desk.page.locator(f"[data-side-panel-toggle={panel}]").first
        if button.count():
            button.click()
            desk.page.locator(f"[data-side-panel={panel}]").wait_for()
            assert_chinese(desk.page, panel)


def test_calendar_actions_and_shortcuts(
    office: Office, desk: Watched, article: Any
) -> None:
    form, page = edit(office, desk, article), desk.page
    form.tab("资料")
    page.locator("[name=original_date]").click()
    page.locator(".xdsoft_datetimepicker:visible").first.wait_for()
    assert_chinese(page, "the calendar")
    page.keyboard.press("Escape")
    page.locator(".w-dropdown__toggle.button").last.click()
    page.locator("button[name=action-publish]").wait_for()
    assert_chinese(page, "the actions")
    page.keyboard.press("Escape")
    page.locator("body").press("?")
    assert_chinese(page, "the shortcuts")


def test_lists_and_choosers(office: Office, desk: Watched) -> None:
    page = desk.page
    page.goto(
        office.server.url(office.own.host, f"/admin/pages/{office.own.column.pk}/")
    )
    page.locator("[data-bulk-action-checkbox]").last.check()
    page.locator("[data-bulk-action-footer]:not(.hidden)").wait_for()
    assert_chinese(page, "a chosen row")
    page.goto(office.server.url(office.own.host, "/admin/images/add/"))
    page.wait_for_selector("body.ready", state="attached")
    assert_chinese(page, "adding pictures")


def test_planted_english_is_found(office: Office, desk: Watched) -> None:
    desk.page.goto(office.server.url(office.own.host, "/admin/account/"))
    desk.page.evaluate("document.querySelector('h1').title = 'Your account'")
    with pytest.raises(AssertionError, match="planted"):
        assert_chinese(desk.page, "planted")
