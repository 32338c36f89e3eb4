"""The search box: suggestions by keyboard, by finger, and nothing missing without script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from home.outbox import deliver_pending
from tests.accessibility import PHONE, SIDEWAYS, SMALL_TARGETS, violations
from tests.end_to_end.browsing import browsing, next_page
from tests.end_to_end.live import LiveServer, live_server
from tests.factories import QuestionPageFactory, TwoPortals, make_two_portals

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.plugin import DjangoDbBlocker

pytestmark = pytest.mark.browser
FIELD = "main input[type=search]"
OPTIONS = "main [role=option]"


@dataclass(frozen=True, slots=True)
class Village:
    server: LiveServer
    portals: TwoPortals

    @property
    def home(self) -> str:
        return self.server.url(self.portals.qingshan.host, "/search/")


@pytest.fixture(scope="module")
def village(
    django_db_setup: object,
    django_db_blocker: DjangoDbBlocker,
    chromium: Browser,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Village]:
    folder = tmp_path_factory.mktemp("village")
    with django_db_blocker.unblock(), live_server(folder) as server:
        portals = make_two_portals()
        for own in portals:
            for slug, heading in (
                ("zhaijidi", "宅基地怎么申请？"),
                ("zhaijidi-jicheng", "宅基地能继承吗？"),
            ):
                QuestionPageFactory(
                    parent=own.column,
                    slug=slug,
                    heading_zh_hans=heading,
                    answer_zh_hans=f"{own.marker}先到村里申请。",
                    whom_zh_hans="村民委员会。",
                )
        list(deliver_pending())
        yield Village(server, portals)


def typed(page: Page, village: Village, letters: str) -> None:
    page.goto(village.home)
    page.locator(FIELD).fill(letters)  # at once: one list, not one for each letter
    page.locator(OPTIONS).first.wait_for()


def test_suggestion_is_chosen_by_keyboard(chromium: Browser, village: Village) -> None:
    with browsing(chromium, size=PHONE) as watched:
        page = watched.page
        typed(page, village, "zjd")
        field = page.locator(FIELD)
        assert field.get_attribute("aria-expanded") == "true"
        count = page.locator(OPTIONS).count()
        assert count >= 2
        assert page.inner_text("main [role=status]").startswith(f"有 {count} 条建议")

        page.keyboard.press("ArrowDown")
        first = page.locator(OPTIONS).first
        assert field.get_attribute("aria-activedescendant") == first.get_attribute("id")
        assert first.get_attribute("aria-selected") == "true"
        page.keyboard.press("ArrowUp")  # round to the last
        assert first.get_attribute("aria-selected") == "false"
        assert selected(page) == page.locator(OPTIONS).last.inner_text()
        page.keyboard.press("ArrowDown")
        while "宅基地能继承吗？" not in selected(page):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/dongtai/zhaijidi-jicheng/")

        assert page.inner_text("h1") == "宅基地能继承吗？"
        assert watched.complaints == []


def selected(page: Page) -> str:
    """The one suggestion that is active."""
    return page.locator(f"{OPTIONS}[aria-selected=true]").inner_text()


def test_list_closes_with_escape_and_enter_searches(
    chromium: Browser, village: Village
) -> None:
    with browsing(chromium, size=PHONE) as watched:
        page = watched.page
        typed(page, village, "宅基地")
        page.keyboard.press("Escape")
        assert page.locator(OPTIONS).count() == 0
        assert page.locator(FIELD).get_attribute("aria-expanded") == "false"
        assert page.input_value(FIELD) == "宅基地"
        page.keyboard.press("ArrowDown")  # opens it again
        page.locator(OPTIONS).first.wait_for()
        page.keyboard.press("Escape")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/?q=*")

        assert page.inner_text("h1") == "“宅基地”的搜索结果"
        assert watched.complaints == []


def test_suggestion_is_chosen_by_finger(chromium: Browser, village: Village) -> None:
    with browsing(chromium, size=PHONE) as watched:
        page = watched.page
        typed(page, village, "zhaijidizen")
        page.locator(OPTIONS).first.click()
        page.wait_for_url("**/dongtai/zhaijidi/")

        assert watched.complaints == []


def test_open_list_is_accessible_on_a_phone(
    chromium: Browser, village: Village
) -> None:
    with browsing(chromium, size=PHONE) as watched:
        page = watched.page
        for size in ("medium", "elder"):
            typed(page, village, "zjd")
            page.evaluate(f"document.documentElement.dataset.size = '{size}'")
            page.keyboard.press("ArrowDown")
            assert violations(page) == [], size
            assert page.evaluate(SMALL_TARGETS) == [], size
            assert page.evaluate(SIDEWAYS) <= 0, size


def test_search_and_its_answer_need_no_script(
    chromium: Browser, village: Village
) -> None:
    with browsing(chromium, size=PHONE, with_script=False) as watched:
        page = watched.page
        page.goto(village.server.url(village.portals.qingshan.host))
        page.fill(FIELD, "宅基地怎么申请")
        page.click("main [type=submit]")
        page.wait_for_url("**/search/?q=*")

        answer = page.locator(".direct-answer")
        marker = village.portals.qingshan.marker
        assert f"{marker}先到村里申请。" in answer.inner_text()
        assert "村民委员会。" in answer.inner_text()
        assert page.locator("[role=combobox]").count() == 0
        with next_page(page):
            page.get_by_role("link", name="看完整的回答").click()
        assert page.url.endswith("/dongtai/zhaijidi/")


def test_pinyin_is_searched_without_script(chromium: Browser, village: Village) -> None:
    with browsing(chromium, size=PHONE, with_script=False) as watched:
        page = watched.page
        page.goto(f"{village.home}?q=zhaijidi")

        assert "按“宅基地”查找。" in page.inner_text(".correction")
        assert page.locator(".hit").count() == 2
        with next_page(page):
            page.get_by_role("link", name="仍然查找").click()
        assert page.locator(".hit").count() == 0
        assert page.get_by_role("heading", name="没有找到").is_visible()


def test_box_works_where_the_server_is_not_reached(
    chromium: Browser, village: Village
) -> None:
    with browsing(chromium, size=PHONE) as watched:
        page = watched.page
        page.route("**/api/v2/suggest/**", lambda route: route.abort())
        page.goto(village.home)
        with page.expect_event("requestfailed"):
            page.locator(FIELD).press_sequentially("宅基地")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/?q=*")

        assert page.locator(OPTIONS).count() == 0
        assert page.locator(".hit").count() == 2
