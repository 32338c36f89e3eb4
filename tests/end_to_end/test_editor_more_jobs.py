"""Jobs of a county's editor in Chromium: what is refused, campaigns, places and people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from articles.models import (
    CampaignPage,
    EventPage,
    TypicalCasePage,
)
from home.models import LegalWorker, ServicePointPage
from tests.articles.campaign_factories import CampaignPageFactory
from tests.directory_factories import DirectoryPageFactory
from tests.end_to_end.browsing import PageForm, Watched, browsing, log_in, next_page
from tests.end_to_end.desk import add, days_ago, edit, public
from tests.end_to_end.offices import Office
from tests.factories import CITATION, ServiceGuidePageFactory
from tests.home.directory.sheets import sheet

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.long]

PEOPLE_HEADER = [
    "姓名",
    "身份",
    "乡镇",
    "电话",
    "同意公开的日期",
    "公开到哪一天",
]


# --- 6, 7: refused, and why ------------------------------------------------------------


def test_case_with_a_phone_number_is_refused(office: Office, desk: Watched) -> None:
    form = add(office, desk, "articles/typicalcasepage")
    form.write("heading_zh_hans", "田埂上的争吵")
    form.write("facts_zh_hans", "张某和李某争田埂，张某的电话是13812345678。")
    form.write("outcome_zh_hans", "各让三尺。")
    form.write("meaning_zh_hans", "先找调解员。")
    form.tab("资料")
    form.add_block("legal_basis")
    desk.page.fill("[name=legal_basis-0-value]", CITATION)
    form.write("anonymity_checked_by", "核对人")
    form.day("anonymity_checked_on", days_ago(0))
    told = form.refused()
    assert "案情" in told
    assert "电话号码" in told
    assert not TypicalCasePage.objects.filter(live=True).exists()
    form = PageForm(desk.page)
    form.tab("简体中文")
    assert "13812345678" in form.value("facts_zh_hans")
    form.write("facts_zh_hans", "张某和李某争田埂。")
    form.publish()
    assert "138" not in public(office, TypicalCasePage.objects.latest("pk"))


def test_guide_says_which_field_is_missing(office: Office, desk: Watched) -> None:
    form = add(office, desk, "articles/serviceguidepage")
    texts = {
        "heading": "申请法律援助",
        "conditions": "经济困难",
        "materials": "身份证",
        "place": "人民路1号",
        "hours": "工作日",
    }
    for field, text in texts.items():
        form.write(f"{field}_zh_hans", text)
    form.tab("资料")
    form.write("phone", "12348")
    form.add_block("legal_basis")
    desk.page.fill("[name=legal_basis-0-value]", CITATION)
    told = form.refused()
    assert "请填写“办理流程”。" in told
    assert "办理材料" not in told
    form = PageForm(desk.page)
    form.tab("简体中文")
    form.write("steps_zh_hans", "打电话\n填表")
    form.publish()
    assert "填表" in public(office, office.own.column.get_children().last().specific)


# --- 8: next year ----------------------------------------------------------------------


def test_next_campaign_and_an_event_in_it(office: Office, desk: Watched) -> None:
    old = CampaignPageFactory(
        parent=office.own.column, heading_zh_hans="2026年民法典宣传月"
    )
    old.save_revision().publish()
    edit(office, desk, old)
    page = desk.page
    page.locator("header [data-controller~=w-dropdown] button").first.click()
    with next_page(page):
        page.get_by_role("link", name="以这次活动为底稿新建下一年").click()
    assert "2026年民法典宣传月" in page.get_by_role("heading", level=1).inner_text()
    assert page.input_value("#id_starts_on") == "2027-05-01"
    page.get_by_role("button", name="新建草稿").click()
    page.wait_for_selector(".messages .success")
    form = PageForm(page)
    assert form.value("heading_zh_hans") == "2027年民法典宣传月"
    form.publish()
    campaign = CampaignPage.objects.latest("pk")
    form = add(office, desk, "articles/eventpage", campaign)
    form.write("heading_zh_hans", "集市上的律师")
    form.write("place_zh_hans", "集市口")
    form.tab("资料")
    form.day("starts_at", "2027-05-12 09:00")
    page.select_option("#id_township", label="青山记号镇")
    assert "白河记号镇" not in page.inner_text("#id_township")
    form.publish()
    assert "集市上的律师" in public(office, campaign)
    assert "青山记号镇" in public(office, EventPage.objects.latest("pk"))


# --- 9: points, people, tables ---------------------------------------------------------


def test_service_point_is_listed_by_its_township(office: Office, desk: Watched) -> None:
    directory = DirectoryPageFactory(parent=office.own.column)
    directory.save_revision().publish()
    form = add(office, desk, "home/servicepointpage", directory)
    form.write("heading_zh_hans", "石桥工作站")
    form.write("address_zh_hans", "镇政府一楼")
    form.tab("资料")
    desk.page.select_option("#id_level", index=1)
    desk.page.select_option("#id_township", label="青山记号镇")
    form.write("hours", "周一到周五随便来")
    form.write("phone", "0000-1234567")
    form.refused()
    form = PageForm(desk.page)
    form.tab("资料")
    form.write("hours", "周一至周五 8:30-12:00 14:30-18:00")
    form.publish()
    point = ServicePointPage.objects.latest("pk")
    assert "镇政府一楼" in public(office, point)
    listed = public(office, directory)
    assert listed.index("青山记号镇") < listed.index("石桥工作站")


def test_people_by_form_and_by_table(office: Office, desk: Watched) -> None:
    directory = DirectoryPageFactory(parent=office.own.column, shows="people")
    directory.save_revision().publish()
    page, host = desk.page, office.own.host
    page.goto(office.server.url(host, "/admin/legal-workers/new/"))
    page.fill("#id_name_zh_hans", "王演示")
    page.select_option("#id_kind", label="人民调解员")
    page.select_option("#id_township", label="青山记号镇")
    page.fill("#id_phone", "0000-2000001")
    page.fill("#id_consent_on", days_ago(9))
    page.fill("#id_consent_until", days_ago(-300))
    page.keyboard.press("Tab")  # the calendar closes
    page.locator("footer button[type=submit], .footer button[type=submit]").click()
    page.wait_for_selector(".messages .success")
    assert "王演示" in public(office, directory)

    address = f"/admin/directory-tables/people/{office.own.portal.pk}/"
    page.goto(office.server.url(host, address))
    good = ["李演示", "法律明白人", "青山记号镇", "", days_ago(9), days_ago(-300)]
    bad = ["赵演示", "法律明白人", "没有的镇", "", days_ago(9), days_ago(-300)]
    upload(desk, good, bad)
    told = page.locator(".help-block[role=alert]").inner_text()
    assert "第 3 行" in told
    assert "没有的镇" in told
    assert not LegalWorker.objects.filter(name_zh_hans="李演示").exists()
    upload(desk, good)
    assert "新增 1" in page.locator(".help-block[role=status]").inner_text()
    assert "李演示" in public(office, directory)
    desk.complaints = [text for text in desk.complaints if "422" not in text]


def upload(desk: Watched, *rows: list[Any]) -> None:
    data = sheet(PEOPLE_HEADER, *rows).getvalue()
    file = {"name": "人员.xlsx", "mimeType": "application/zip", "buffer": data}
    desk.page.set_input_files("#id_table", file)
    desk.page.uncheck("#id_dry_run")
    with next_page(desk.page):
        desk.page.get_by_role("button", name="导入", exact=True).click()
    desk.page.wait_for_selector(".help-block[role=alert], .help-block[role=status]")


# --- 10: the home page, and a colleague next door --------------------------------------


def test_home_page_gets_a_campaign_and_a_task(
    office: Office, desk: Watched, chromium: Browser
) -> None:
    guide = ServiceGuidePageFactory(
        parent=office.own.column, heading_zh_hans="青山记号讨薪指南"
    )
    campaign = CampaignPageFactory(
        parent=office.own.column, heading_zh_hans="青山记号宣传周"
    )
    for page in (guide, campaign):
        page.save_revision().publish()
    form = edit(office, desk, office.own.home)
    count = desk.page.locator("[id^=body_zh_hans-][id$=-type]").count()
    form.add_block("body_zh_hans", "主题活动")
    form.choose(f"body_zh_hans-{count}-value-page", campaign.title)
    form.add_block("body_zh_hans", "常办事项")
    task = f"body_zh_hans-{count + 1}-value-items-0-value"
    desk.page.fill(f"[name='{task}-label']", "要工钱")
    form.choose(f"{task}-page", guide.title)
    form.publish()
    _, text = office.server.get(office.own.host, "/")
    assert "青山记号宣传周" in text
    assert guide.public_path(office.own.portal) in text
    colleague_sees_nothing(office, chromium)


def colleague_sees_nothing(office: Office, chromium: Browser) -> None:
    baihe = office.counties.baihe
    with browsing(chromium) as neighbor:
        page = neighbor.page
        log_in(page, office.server, baihe.host, baihe.editor.username)
        for path in (
            "/admin/",
            f"/admin/pages/{baihe.home.pk}/",
            "/admin/reports/aging-pages/",
            "/admin/legal-workers/",
            "/admin/directory-tables/",
            "/admin/import-document/",
            "/admin/images/",
        ):
            page.goto(office.server.url(baihe.host, path))
            seen = page.content()
            assert "青山" not in seen, path
            assert "王演示" not in seen, path
        foreign = f"/admin/pages/{office.own.home.pk}/edit/"
        page.goto(office.server.url(baihe.host, foreign))
        assert "青山记号" not in page.content()
