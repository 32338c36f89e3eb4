"""A button pressed while Wagtail's editor saves by itself, in whatever order they meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from articles.models import PolicyDocumentPage
from tests.end_to_end.browsing import PageForm, Watched
from tests.end_to_end.desk import add, days_ago, edit, public
from tests.end_to_end.offices import Office

if TYPE_CHECKING:
    from playwright.sync_api import APIResponse, Route

pytestmark = [pytest.mark.browser, pytest.mark.long]

TITLE = "关于印发两个方案的通知"
PRESS_AT_ONCE = "document.querySelector('button[name=action-publish]').click()"
PRESSED = "button[name=action-publish][aria-busy=true]"


class Held:
    """What the editor saves by itself reaches the server; its answer waits for us."""

    def __init__(self, office: Office, desk: Watched) -> None:
        self.office, self.page = office, desk.page
        self.answers: list[tuple[Route, APIResponse]] = []
        self.page.route("**/admin/pages/**", self._hold)

    def _hold(self, route: Route) -> None:
        request = route.request
        if request.headers.get("accept") != "application/json" or self.answers:
            route.continue_()
            return
        host = self.office.own.host
        answer = route.fetch(
            # Playwright itself does not know where *.localhost is.
            url=request.url.replace(host, "127.0.0.1"),
            headers={**request.headers, "host": f"{host}:{self.office.server.port}"},
        )
        self.answers.append((route, answer))

    def wait(self) -> None:
        while not self.answers:
            self.page.wait_for_timeout(50)

    def let_go(self, *, fails: bool = False) -> None:
        route, answer = self.answers[0]
        if fails:
            route.abort()
        else:
            route.fulfill(response=answer)


def written(office: Office, desk: Watched) -> PageForm:
    """A new document, whole but not published."""
    form = add(office, desk, "articles/policydocumentpage")
    form.write("heading_zh_hans", TITLE)
    form.write("summary_zh_hans", "调解和普法各一个方案。")
    form.add_text("body_zh_hans", "正文。")
    form.tab("资料")
    form.write("document_number", "青司发[2026]9号")
    form.day("written_on", days_ago(3))
    desk.page.select_option("#id_subject_class", index=1)
    form.write("secrecy_reviewer", "审查人")
    form.day("secrecy_reviewed_on", days_ago(1))
    return form


def press_publish(desk: Watched) -> None:
    """The editor's click is taken, and nothing has happened yet."""
    desk.page.locator(".w-dropdown__toggle.button").last.click()
    desk.page.locator("button[name=action-publish]").click()
    desk.page.wait_for_selector(PRESSED)


def test_new_page_published_while_it_is_saved_is_one_page(
    office: Office, desk: Watched
) -> None:
    held = Held(office, desk)
    form = written(office, desk)
    while not held.answers:
        # A change that Wagtail notices, whenever it begins to look.
        form.write("secrecy_reviewer", form.value("secrecy_reviewer") + "某")
        desk.page.wait_for_timeout(700)
    form.write("secrecy_reviewer", "最后写的人")
    press_publish(desk)
    held.let_go()
    desk.page.wait_for_selector(".messages .success")
    (made,) = PolicyDocumentPage.objects.filter(title=TITLE)
    assert made.live
    assert made.secrecy_reviewer == "最后写的人"
    assert not made.slug.endswith("-2")
    assert "正文。" in public(office, made)


def test_page_published_while_it_is_saved_in_vain_is_published(
    office: Office, desk: Watched
) -> None:
    """The line breaks just then."""
    form = edit(office, desk, office.own.article)
    held = Held(office, desk)
    while not held.answers:
        form.write("heading_zh_hans", form.value("heading_zh_hans") + "？")
        desk.page.wait_for_timeout(700)
    form.write("heading_zh_hans", "断线以后")
    press_publish(desk)
    held.let_go(fails=True)
    desk.page.wait_for_selector(".messages .success")
    office.own.article.refresh_from_db()
    assert office.own.article.heading_zh_hans == "断线以后"
    assert not office.own.article.has_unpublished_changes
    desk.complaints = [text for text in desk.complaints if "ERR_FAILED" not in text]


def test_words_written_just_before_the_button_are_published(
    office: Office, desk: Watched
) -> None:
    """Ctrl+S behind the last letter."""
    form = add(office, desk, "articles/articlepage")
    form.write("heading_zh_hans", "写完就按")
    form.add_text("body_zh_hans", "先写的。")
    desk.page.wait_for_timeout(1000)
    desk.page.keyboard.insert_text("最后一句。")
    desk.page.evaluate(PRESS_AT_ONCE)
    desk.page.wait_for_selector(".messages .success")
    made = office.own.column.get_children().last().specific
    assert "先写的。最后一句。" in public(office, made)
