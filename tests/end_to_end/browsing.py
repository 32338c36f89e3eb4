"""People at their browsers, and what their browsers complain about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tests.accessibility import DESKTOP
from tests.end_to_end.live import PASSWORD, LiveServer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Locator, Page

# The editor saves by itself; while a form is incomplete, the server answers 400 to that
# and the browser notes it.
AUTOSAVE_REFUSED = "the server responded with a status of 400"
# What the checks beside a form have found is also written for developers.
CHECKED = "axe.run results"


class Watched:
    """A page of the browser whose complaints are kept."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            is_admin = "/admin/" in self.page.url
            if is_admin and (
                AUTOSAVE_REFUSED in message.text or message.text.startswith(CHECKED)
            ):
                return
            self.complaints.append(f"{self.page.url}: {message.text}")


@contextmanager
def browsing(
    chromium: Browser, *, with_script: bool = True, size: Any = DESKTOP
) -> Iterator[Watched]:
    context = chromium.new_context(
        viewport=size, java_script_enabled=with_script, locale="zh-CN"
    )
    context.set_default_timeout(30_000)
    try:
        yield Watched(context.new_page())
    finally:
        context.close()


def log_in(page: Page, server: LiveServer, host: str, username: str) -> None:
    page.goto(server.url(host, "/admin/login/"))
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    with next_page(page):
        page.click("[type=submit]")
    assert page.url.endswith("/admin/")


@contextmanager
def next_page(page: Page) -> Iterator[None]:
    """What is done inside leads to another page, which has been read when this ends.

    Playwright's ``expect_navigation`` takes a changed address for a page, and Wagtail
    changes it when it saves by itself; a click by itself waits for nothing.
    """
    page.evaluate("document.documentElement.dataset.left = ''")
    yield
    page.wait_for_selector("html:not([data-left])", state="attached")
    page.wait_for_load_state()


class PageForm:
    """The form of a page in the admin, used as an editor uses it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.wait_for_selector("body.ready", state="attached")
        page.wait_for_selector(".c-sf-add-button", state="attached")

    def tab(self, name: str) -> None:
        """The number of faults may stand behind its name."""
        self.page.get_by_role("tab", name=re.compile(f"^{name}")).click()

    def write(self, field: str, text: str) -> None:
        self.page.fill(f"#id_{field}", text)

    def value(self, field: str) -> str:
        return self.page.input_value(f"#id_{field}")

    def add_block(self, field: str, kind: str = "") -> None:
        """``kind``: its label in the list; none where there is but one."""
        buttons = self._stream(field).locator(".c-sf-add-button")
        before = buttons.count()
        buttons.last.click()
        if kind:
            self.page.get_by_role("option", name=kind).first.click()
        buttons.nth(before).wait_for(state="attached")

    def add_text(self, field: str, text: str) -> None:
        editors = self._stream(field).locator("[contenteditable=true]")
        before = editors.count()
        self.add_block(field, "文字")
        editor = editors.nth(before)  # they are added at the end
        editor.click()
        self.page.keyboard.insert_text(text)
        editor.filter(has_text=text).wait_for()

    def text_of(self, field: str) -> str:
        return self._stream(field).locator("[contenteditable=true]").last.inner_text()

    def choose(self, field: str, title: str) -> None:
        """A page or a picture, in the window that its button opens."""
        chooser = self.page.locator(f"[id='{field}-chooser']")
        chooser.locator(".unchosen button, button.unchosen").first.click()
        window = self.page.locator(".modal-body")
        window.locator("input[name=q]").fill(title)
        window.get_by_role("link", name=title).first.click()
        chooser.get_by_text(title).first.wait_for()

    def day(self, field: str, value: str) -> None:
        """As if typed: the calendar that a click brings up would cover the buttons."""
        self.page.locator(f"[name='{field}']").evaluate(
            "(input, value) => { input.value = value;"
            " input.dispatchEvent(new Event('change', { bubbles: true })); }",
            value,
        )

    def publish(self) -> None:
        self.press("action-publish")
        self.page.locator(".messages .success, .messages .error").first.wait_for()
        refusals = self.page.locator(".messages .error").all_inner_texts()
        assert refusals == [], (
            refusals,
            self.page.locator(".error-message").all_inner_texts(),
        )

    def refused(self) -> str:
        """Publishes in vain; what the editor is told."""
        self.press("action-publish")
        told = self.page.locator(".messages .error")
        told.wait_for()
        return told.inner_text()

    def press(self, action: str) -> None:
        """Publishing and the like are in the menu beside the button."""
        self.page.locator(".w-dropdown__toggle.button").last.click()
        with next_page(self.page):
            self.page.locator(f"button[name={action}]").click()

    def _stream(self, field: str) -> Locator:
        return self.page.locator(f"[id$=-child-{field}-wrapper]")
