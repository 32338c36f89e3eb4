"""Somebody logs in with a phone, in Chromium: set up, asked for, lost, timed out."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.sessions.models import Session
from django_otp.plugins.otp_totp.models import TOTPDevice

from home.accounts import sessions
from home.accounts.factors import set_demand
from home.audit.models import AuditEntry
from tests.accessibility import PHONE, SIDEWAYS, violations
from tests.end_to_end.browsing import Watched, browsing, next_page
from tests.end_to_end.live import PASSWORD
from tests.end_to_end.offices import Office
from tests.home.accounts.people import code_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.long]
# Where pictures of the pages go, for somebody who wants to look at them.
PICTURES = os.environ.get("SECOND_FACTOR_PICTURES", "")

STILL = "Promise.all(document.getAnimations().map((one) => one.finished))"


def look_at(page: Page, name: str) -> None:
    """Nothing to complain of, on a desk and on a phone."""
    desk = page.viewport_size
    # What fades in has no contrast yet.
    page.evaluate(STILL)
    assert violations(page) == []
    for size, width in ((desk, "desk"), (PHONE, "phone")):
        assert size is not None
        page.set_viewport_size(size)
        assert page.evaluate(SIDEWAYS) <= 0, name
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
    assert desk is not None
    page.set_viewport_size(desk)


def type_password(page: Page, office: Office, name: str, path: str = "/admin/") -> None:
    page.goto(office.server.url(office.own.host, path))
    page.fill("[name=username]", name)
    page.fill("[name=password]", PASSWORD)
    with next_page(page):
        page.click("main [type=submit]")


def type_code(page: Page, code: str) -> None:
    page.fill("[name=code]", code)
    with next_page(page):
        page.click(".login-form [type=submit]")


def fresh_code(office: Office) -> str:
    """The code after the last one that was used: one counts once."""
    device = TOTPDevice.objects.get(user=office.own.admin)
    used = device.last_t * device.step if device.last_t > 0 else 0
    return code_of(device, max(time.time(), used + device.step))


def test_phone_from_its_setting_up_to_its_loss(
    office: Office, chromium: Browser
) -> None:
    admin = office.own.admin
    role = office.own.portal.roles.select_related("group", "portal").get(role="admin")
    set_demand(role, is_demanded=True)

    # The first time, without any script: it is set up on the way in.
    with browsing(chromium, with_script=False) as watched:
        page = watched.page
        type_password(page, office, admin.username, "/admin/pages/")
        assert page.url.startswith(
            office.server.url(office.own.host, "/admin/login/phone/")
        )
        secret = page.inner_text(".step__secret")
        assert re.fullmatch(r"([A-Z2-7]{4} ){7}[A-Z2-7]{4}", secret)
        type_code(page, fresh_code(office))
        codes = page.locator(".step__codes code").all_inner_texts()
        assert len(codes) == 10
        page.click("text=已经收好，进入后台")
        page.wait_for_url("**/admin/pages/**")

    # From then on a code is asked for, and a recovery code will do.
    with browsing(chromium) as watched:
        page = watched.page
        type_password(page, office, admin.username)
        look_at(page, "verify")
        type_code(page, "000000")
        assert "验证码不对" in page.inner_text("main")
        look_at(page, "wrong")
        TOTPDevice.objects.update(throttling_failure_count=0)
        type_code(page, codes[3])
        assert page.url.endswith("/admin/")
        _own_pages(watched, office)
        assert watched.complaints == []

    # The phone is lost: the prefecture takes it away, and a new one is set up.
    with browsing(chromium) as watched:
        page = watched.page
        type_password(page, office, "prefecture", "/admin/accounts/")
        look_at(page, "accounts")
        row = page.locator("tr", has_text=admin.username)
        with next_page(page):
            row.get_by_role("link", name="重置动态验证码").click()
        look_at(page, "reset")
        page.fill("[name=password]", PASSWORD)
        with next_page(page):
            page.get_by_role("button", name="重置", exact=True).click()
        assert "已经重置" in page.inner_text("body")
        assert "没有设置" in row.first.inner_text()
        page.goto(office.server.url(office.own.host, "/admin/reports/audit/"))
        assert "重置动态验证码" in page.inner_text("main")
        look_at(page, "audit")
        assert watched.complaints == []
    with browsing(chromium) as watched:
        type_password(watched.page, office, admin.username)
        look_at(watched.page, "set_up")
        assert watched.complaints == []
    assert not TOTPDevice.objects.filter(user=admin, confirmed=True).exists()
    set_demand(role, is_demanded=False)


def _own_pages(watched: Watched, office: Office) -> None:
    """What a person can do about the own phone."""
    page = watched.page
    page.goto(office.server.url(office.own.host, "/admin/security/"))
    assert "还有 9 个恢复码可用" in page.inner_text("main")
    look_at(page, "own")
    with next_page(page):
        page.click("text=重新生成恢复码")
    assert page.locator(".step__codes code").count() == 10
    look_at(page, "codes")


def test_form_is_kept_when_the_log_in_has_ended(
    office: Office, chromium: Browser
) -> None:
    """Warned, timed out, logged in again in another window: the text is still saved."""
    column, editor = office.own.column, office.own.editor
    with browsing(chromium) as watched:
        page = watched.page
        type_password(page, office, editor.username, f"/admin/pages/{column.pk}/edit/")
        page.wait_for_load_state("networkidle")
        _set_idle(editor, minutes=28)
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        page.wait_for_selector(".session-note >> text=再过 2 分钟")
        look_at(page, "warned")
        page.click(".session-note button")
        page.wait_for_selector(".session-note", state="detached")

        page.fill("[name=summary_zh_hans]", "登录过期以前写的")
        _set_idle(editor, minutes=31)
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        link = page.locator(".session-note a")
        with page.context.expect_page() as opened:
            link.click()
        other = opened.value
        other.fill("[name=username]", editor.username)
        other.fill("[name=password]", PASSWORD)
        with next_page(other):
            other.click("main [type=submit]")
        other.close()
        page.evaluate("window.dispatchEvent(new Event('focus'))")
        page.wait_for_selector(".session-note >> text=已经重新登录")
        with next_page(page):
            page.keyboard.press("Control+s")
    draft = type(column).objects.get(pk=column.pk).get_latest_revision_as_object()
    assert draft.summary_zh_hans == "登录过期以前写的"
    assert AuditEntry.objects.filter(action="session.ended").exists()


def _set_idle(user: Any, minutes: int) -> None:
    """As if nobody had worked for so long: whatever is open."""
    key = str(user.pk)
    for row in Session.objects.all():
        data = row.get_decoded()
        if data.get("_auth_user_id") == key:
            data[sessions.ACTIVE] -= minutes * 60
            row.session_data = Session.get_session_store_class()().encode(data)
            row.save()
