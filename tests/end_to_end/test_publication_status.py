"""发布状态 in Chromium: what moves while one looks, and how it looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from publishing.sites.outputs import output_of
from publishing.sites.site import Site
from tests.accessibility import SIDEWAYS, violations
from tests.end_to_end.browsing import PageForm, Watched, browsing, log_in, next_page
from tests.end_to_end.desk import edit
from tests.end_to_end.offices import Office
from tests.home.changes import last_number

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from publishing.sites.runs import FullRun

pytestmark = [pytest.mark.browser, pytest.mark.long]

STATUS = "/admin/publication/"


def put_home(run: FullRun, words: str) -> None:
    body = words.encode()
    run.put(
        output_of("index.html", body, path="/", kind="page", type="text/html"), body
    )
    run.set_meta("position", str(last_number()))


def publish(office: Office, words: str = "首页") -> None:
    site = Site.of(office.own.host)
    with site.full_run("测试") as run:
        put_home(run, words)
    site.close()


def test_progress_is_seen_while_one_looks(office: Office, desk: Watched) -> None:
    page, host = desk.page, office.own.host
    publish(office)
    page.goto(office.server.url(host, STATUS))
    page.get_by_text("后台公开的内容都已经在网站上").wait_for()
    site = Site.of(host)
    with site.full_run("整站") as run:
        run.progress(30, 120)
        page.get_by_text("30 / 120 个文件").wait_for()
        put_home(run, "新首页")
    page.locator("progress").wait_for(state="detached")
    page.get_by_role("cell", name="整站", exact=True).wait_for()
    site.close()


def test_form_tells_when_the_public_sees_the_page(
    office: Office, desk: Watched
) -> None:
    publish(office)
    form = edit(office, desk, office.own.article)
    form.write("heading_zh_hans", "看得见了吗")
    form.publish()
    edit(office, desk, office.own.article)
    desk.page.get_by_text("网站正在更新……").wait_for()
    publish(office, "看得见了")
    desk.page.get_by_text("网站上可见").wait_for()


def test_administrator_rolls_back_and_resumes(
    office: Office, chromium: Browser
) -> None:
    publish(office, "旧首页")
    publish(office, "新首页")
    with browsing(chromium) as boss:
        page, host = boss.page, office.own.host
        log_in(page, office.server, host, office.own.admin.username)
        page.goto(office.server.url(host, STATUS))
        with next_page(page):
            page.get_by_role("link", name="退回").first.click()
        with next_page(page):
            page.get_by_role("button", name="退回这个版本").click()
        assert "网站停在旧版本" in page.inner_text("main")
        live = settings.EXPORT_DIR / host / "current" / "index.html"
        assert live.read_text() == "旧首页"
        with next_page(page):
            page.get_by_role("link", name="恢复").click()
        assert page.get_by_role("button", name="恢复").is_visible()
        assert boss.complaints == []
    Site.of(host).resume()


@pytest.mark.parametrize("width", [360, 1280])
def test_page_fits_and_is_accessible(
    office: Office, chromium: Browser, width: int
) -> None:
    publish(office)
    site = Site.of(office.own.host)
    path = office.own.article.public_path(office.own.portal)
    with site.change_run("发布“青山记号”") as run:
        run.fail(f"{path[1:]}index.html", path, "模板出错：没有这个变量", "张编辑")
    office.own.question.save()
    with browsing(chromium, size={"width": width, "height": 900}) as boss:
        page, host = boss.page, office.own.host
        log_in(page, office.server, host, office.own.admin.username)
        page.goto(
            office.server.url(host, f"/admin/pages/{office.own.article.pk}/edit/")
        )
        PageForm(page)
        assert "没有更新：模板出错" in page.inner_text("main")
        with site.full_run("整站") as run:
            run.progress(30, 120)
            page.goto(office.server.url(host, STATUS))
            page.get_by_text("30 / 120 个文件").wait_for()
            assert violations(page) == []
            assert page.evaluate(SIDEWAYS) <= 1
            put_home(run, "首页")
        assert boss.complaints == []
    site.close()
