"""docs/counties.md in Chromium: a portal from nothing to a reviewed article that everybody
reads on the static site, each person at a browser of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings

from articles.models import ArticlePage
from home.models import Portal
from publishing.building.full import build_release
from tests.end_to_end.browsing import PageForm, Watched, browsing
from tests.end_to_end.browsing import next_page as to_next
from tests.end_to_end.live import PASSWORD
from tests.end_to_end.offices import Office

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.long]
HOST, NAME = "shimen.localhost", "石门县乡村普法网"
PREFIX = "shi-men-xian."
TITLE, TEXT = "石门县司法局送法下乡", "三月五日在石门镇讲土地承包。"
PORTAL = {
    "name_zh_hans": NAME,
    "region_name_zh_hans": "石门县",
    "region_code": "000007",
    "host": HOST,
    "publisher": "石门县司法局",
    "admin_username": "wangli",
    "admin_name": "王丽",
}
# User name -> (name, role, the stage at which she decides).
PEOPLE = {
    "zhaolin": ("赵琳", "撰稿人", None),
    "zhangke": ("张科", "编辑", 1),
    "libo": ("李波", "编辑", 2),
    "chenju": ("陈局", "审稿人", 3),
}


class Desk:
    """Somebody of the new portal at a browser."""

    def __init__(self, office: Office, watched: Watched) -> None:
        self.office, self.page = office, watched.page

    def go(self, path: str, host: str = HOST) -> None:
        self.page.goto(self.office.server.url(host, path))

    def log_in(self, username: str, password: str, host: str = HOST) -> None:
        self.go("/admin/login/", host)
        self.page.fill("[name=username]", username)
        self.page.fill("[name=password]", password)
        with to_next(self.page):
            self.page.click("[type=submit]")

    def follow(self, name: str) -> None:
        with to_next(self.page):
            self.page.locator("main").get_by_role("link", name=name).first.click()

    def press(self, name: str) -> None:
        button = self.page.locator("main").get_by_role("button", name=name, exact=True)
        with to_next(self.page):
            button.first.click()

    def told(self) -> str:
        return self.page.inner_text("main")

    def one_time_password(self) -> str:
        password = self.page.locator("main code").inner_text()
        self.follow("抄好了")
        return password


@contextmanager
def desk(office: Office, chromium: Browser) -> Iterator[Desk]:
    with browsing(chromium) as watched:
        # Nine people one after the other, on a machine that does other things as well.
        watched.page.context.set_default_timeout(180_000)
        yield Desk(office, watched)
        assert watched.complaints == []


@contextmanager
def first_day(
    office: Office, chromium: Browser, username: str, password: str
) -> Iterator[Desk]:
    """Nothing is reached before the own password is chosen."""
    with desk(office, chromium) as at:
        at.log_in(f"{PREFIX}{username}", password)
        at.go("/admin/pages/")
        assert at.page.url.endswith("/admin/first-password/")
        for name in ("new_password1", "new_password2"):
            at.page.fill(f"[name={name}]", PASSWORD)
        at.press("换成新密码")
        yield at


def open_portal(at: Desk) -> str:
    """By the prefecture; returns the one-time password of the first administrator."""
    at.page.locator(".sidebar").get_by_role("link", name="门户管理").click()
    at.page.wait_for_url("**/admin/portals/")
    at.follow("添加门户")
    for field, value in PORTAL.items():
        at.page.fill(f"[name={field}]", value)
    at.page.fill("[name=primary_color]", "#f5e663")
    at.press("新建")
    assert "对比度只有 1.28" in at.told()
    assert not Portal.objects.filter(site__hostname=HOST).exists()
    assert at.page.input_value("[name=admin_name]") == "王丽"
    at.page.fill("[name=primary_color]", "#1c5a8a")
    at.press("新建")
    assert f"{PREFIX}wangli" in at.told()
    return at.one_time_password()


def make_accounts(at: Desk) -> dict[str, str]:
    """By the county's administrator: {user name: one-time password}."""
    at.page.locator(".sidebar").get_by_role("link", name="门户管理").click()
    at.page.wait_for_url("**/admin/portal/*/")
    at.follow("账号和角色")
    passwords = {}
    for username, (name, role, _stage) in PEOPLE.items():
        at.follow("新建账号")
        at.page.fill("[name=username]", username)
        at.page.fill("[name=name]", name)
        at.page.select_option("[name=role]", label=role)
        at.press("保存")
        passwords[username] = at.one_time_password()
    return passwords


def say_who_reviews(at: Desk) -> None:
    at.go("/admin/review/ways/")
    at.follow("修改")
    for name, _role, stage in PEOPLE.values():
        if stage:
            group = at.page.locator(f"label:has([name=reviewers_{stage}])")
            group.filter(has_text=name).locator("input").check()
    at.press("保存")
    assert "审核流程已经改好" in at.told()


def write(at: Desk) -> None:
    column = Portal.objects.get(site__hostname=HOST).site.root_page.get_children()[0]
    at.go(f"/admin/pages/{column.pk}/")
    with to_next(at.page):
        at.page.get_by_role("link", name="添加下级页面").first.click()
    at.follow("文章")
    form = PageForm(at.page)
    form.write("heading_zh_hans", TITLE)
    form.write("summary_zh_hans", "一句话说清")
    form.add_text("body_zh_hans", f"{TEXT}见《民法典》第二千条。")
    form.press("action-submit")
    assert "没有第二千条" in at.told()
    PageForm(at.page)
    at.page.click("button.action-save")
    at.page.wait_for_selector(".messages .success")


def let_pass(at: Desk, page_id: int) -> None:
    at.go(f"/admin/pages/{page_id}/edit/")
    PageForm(at.page)
    at.follow("查过了，没有问题：写明理由放行")
    at.page.locator("main [type=checkbox]").check()
    at.page.fill("[name=reason]", "讲课时举的错误例子。")
    at.press("放行")
    assert "已放行 1 条" in at.told()


def approve(at: Desk, opinion: str) -> None:
    at.go("/admin/")
    at.follow(TITLE)
    PageForm(at.page)
    at.page.locator(".w-dropdown__toggle.button").last.click()
    at.page.get_by_role("button", name=re.compile("同意，并写意见")).click()
    at.page.locator(".modal-body textarea").fill(opinion)
    with to_next(at.page):
        at.page.locator(".modal-body [type=submit]").click()
    assert "您同意了这篇稿子" in at.told()


def test_portal_from_nothing_to_a_reviewed_article(
    office: Office, chromium: Browser, settings: Any
) -> None:
    settings.REVIEW_STAGES = 3
    with desk(office, chromium) as at:
        at.log_in("prefecture", PASSWORD, office.own.host)
        password = open_portal(at)
    with first_day(office, chromium, "wangli", password) as at:
        passwords = make_accounts(at)
        say_who_reviews(at)
    with first_day(office, chromium, "zhaolin", passwords["zhaolin"]) as at:
        write(at)
        page = ArticlePage.objects.get(heading_zh_hans=TITLE)
        with first_day(office, chromium, "zhangke", passwords["zhangke"]) as editor:
            let_pass(editor, page.pk)
        at.go(f"/admin/pages/{page.pk}/edit/")
        PageForm(at.page).press("action-submit")
    with desk(office, chromium) as at:
        at.log_in(f"{PREFIX}zhangke", PASSWORD)
        approve(at, "事实清楚。")
    for username in ("libo", "chenju"):
        page.refresh_from_db()
        assert not page.live
        with first_day(office, chromium, username, passwords[username]) as at:
            approve(at, "同意。")
    page.refresh_from_db()
    assert page.live
    assert_everybody_reads_it(page)


def assert_everybody_reads_it(page: ArticlePage) -> None:
    portal = Portal.objects.with_identity().get(site__hostname=HOST)
    build_release(portal)
    folder = settings.EXPORT_DIR / HOST / "current"
    article = folder / page.public_path(portal).strip("/") / "index.html"
    assert TEXT in article.read_text()
    assert TITLE in article.parents[1].joinpath("index.html").read_text()
