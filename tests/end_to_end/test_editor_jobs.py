"""Ten jobs of a county's editor in Chromium: what is done, refused, mended, public."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from articles.models import (
    CampaignPage,
    EventPage,
    InterpretationPage,
    PolicyDocumentPage,
    TypicalCasePage,
)
from home.models import LegalWorker, ServicePointPage
from tests.articles.campaign_factories import CampaignPageFactory
from tests.directory_factories import DirectoryPageFactory
from tests.end_to_end.browsing import PageForm, Watched, browsing, log_in
from tests.end_to_end.live import live_server
from tests.end_to_end.offices import Office, furnish
from tests.factories import CITATION, RegionFactory, ServiceGuidePageFactory
from tests.home.directory.sheets import sheet

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django.plugin import DjangoDbBlocker

pytestmark = [pytest.mark.browser, pytest.mark.long]

FILES = Path(__file__).parents[1] / "articles" / "data" / "documents"
AMERICAN = re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}\b|\b(Jan|Feb|Mar|Nov|Dec)[a-z]*\.? \d")
PEOPLE_HEADER = [
    "姓名",
    "身份",
    "乡镇",
    "电话",
    "同意公开的日期",
    "公开到哪一天",
]


@pytest.fixture(scope="module")
def office(
    django_db_setup: object,
    django_db_blocker: DjangoDbBlocker,
    chromium: Browser,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    with django_db_blocker.unblock(), live_server(folder) as server:
        furnished = furnish(server)
        for county in furnished.counties:
            code = county.portal.region_code
            RegionFactory(code=code, name_zh_hans=county.portal.region_name)
            RegionFactory(code=f"{code}001", name_zh_hans=f"{county.marker}镇")
        yield furnished


@pytest.fixture
def desk(office: Office, chromium: Browser) -> Iterator[Watched]:
    """The county's editor, logged in; what was shown last is Chinese all through."""
    with browsing(chromium) as watched:
        log_in(watched.page, office.server, office.own.host, office.own.editor.username)
        yield watched
        assert watched.complaints == []
        assert not AMERICAN.search(watched.page.inner_text("body"))


def add(office: Office, desk: Watched, kind: str, parent: Any = None) -> PageForm:
    where = (parent or office.own.column).pk
    desk.page.goto(
        office.server.url(office.own.host, f"/admin/pages/add/{kind}/{where}/")
    )
    return PageForm(desk.page)


def edit(office: Office, desk: Watched, page: Any) -> PageForm:
    address = f"/admin/pages/{page.pk}/edit/"
    desk.page.goto(office.server.url(office.own.host, address))
    return PageForm(desk.page)


def public(office: Office, page: Any) -> str:
    """The page as everybody reads it."""
    page.refresh_from_db()
    path = page.public_path(office.own.portal)
    status, text = office.server.get(office.own.host, path)
    assert status == 200, path
    assert office.server.get(office.counties.baihe.host, path)[0] == 404
    return text


def days_ago(days: int) -> str:
    return (timezone.localdate() - timedelta(days=days)).isoformat()


# --- 1: an article ---------------------------------------------------------------------


def test_article_with_pictures_and_a_contact_card(
    office: Office, desk: Watched
) -> None:
    form = add(office, desk, "articles/articlepage")
    form.write("heading_zh_hans", "赶集日的普法摊")
    form.add_block("body_zh_hans", "组图")
    for number in (0, 1):
        field = f"body_zh_hans-0-value-pictures-{number}-value-image"
        form.choose(field, office.image.title)
    form.add_block("body_zh_hans", "联系卡")
    desk.page.fill("[name='body_zh_hans-1-value-name']", "石桥司法所")
    desk.page.fill("[name='body_zh_hans-1-value-phone']", "0000-1234567")
    form.publish()
    text = public(office, office.own.column.get_children().last().specific)
    assert text.count(f'alt="{office.image.alt_text_zh_hans}"') >= 2
    assert 'href="tel:00001234567"' in text


# --- 2, 3, 4: a document, its interpretation, its end ----------------------------------


@pytest.fixture
def document(office: Office, desk: Watched) -> PolicyDocumentPage:
    """A notice with two plans, published after the review that was forgotten first."""
    form = add(office, desk, "articles/policydocumentpage")
    form.write("heading_zh_hans", "关于印发两个方案的通知")
    form.write("summary_zh_hans", "调解和普法各一个方案。")
    for title in ("人民调解方案", "乡村普法方案"):
        form.add_block("body_zh_hans", "分件")
        desk.page.locator("[name^=body_zh_hans-][name$=-value-title]").last.fill(title)
        form.add_text("body_zh_hans", f"{title}的正文。")
    form.tab("资料")
    form.write("document_number", "青司发[2026]8号")
    form.day("written_on", days_ago(3))
    desk.page.select_option("#id_subject_class", index=1)
    assert "请先做保密审查" in form.refused()
    form = PageForm(desk.page)
    assert form.value("document_number") == "青司发〔2026〕8号"
    assert desk.page.locator("[contenteditable=true]").count() >= 2
    form.tab("资料")
    form.write("secrecy_reviewer", "审查人")
    form.day("secrecy_reviewed_on", days_ago(1))
    form.publish()
    return PolicyDocumentPage.objects.latest("pk")


def test_document_interpreted_and_repealed(
    office: Office, desk: Watched, document: PolicyDocumentPage
) -> None:
    text = public(office, document)
    assert document.index_number
    assert 'href="#p1"' in text
    assert 'href="#p2"' in text

    form = add(office, desk, "articles/interpretationpage")
    form.write("heading_zh_hans", "两个方案讲了什么")
    form.add_block("body_zh_hans", "解读要点")
    form.add_text("body_zh_hans", "以后吵架先找调解员，不用跑县城。")
    form.tab("资料")
    form.choose("id_document", document.title)
    form.publish()
    interpretation = InterpretationPage.objects.latest("pk")
    assert document.title in public(office, interpretation)
    assert interpretation.title in public(office, document)

    successor = PolicyDocumentPage(
        heading_zh_hans="关于修订两个方案的通知",
        summary_zh_hans="修订。",
        subject_class=document.subject_class,
        written_on=timezone.localdate(),
        secrecy_reviewer="审查人",
        secrecy_reviewed_on=timezone.localdate(),
    )
    office.own.column.add_child(instance=successor)
    successor.save_revision().publish()
    form = edit(office, desk, document)
    form.tab("资料")
    desk.page.select_option("#id_validity", label="废止")
    form.choose("id_replaced_by", successor.title)
    form.publish()
    text = public(office, document)
    assert "本文件已废止，不再执行。" in text
    assert successor.title in text


# --- 5: a document from a file ---------------------------------------------------------


def test_document_is_imported_checked_and_published(
    office: Office, desk: Watched
) -> None:
    page = desk.page
    column = f"/admin/pages/{office.own.column.pk}/add_subpage/"
    page.goto(office.server.url(office.own.host, column))
    page.get_by_role("link", name="导入公文").last.click()
    assert page.input_value("#id_column") == str(office.own.column.pk)
    page.set_input_files("#id_file", FILES / "three_plans.txt")
    page.get_by_role("button", name="导入为草稿").click()
    page.wait_for_selector(".messages .success")
    draft = PolicyDocumentPage.objects.latest("pk")
    assert not draft.live
    assert page.locator(".finding").count() > 0
    page.get_by_role("link", name="逐条核对").click()
    assert (
        page.get_by_role("heading", level=1).inner_text().startswith("核对导入的公文")
    )
    boxes = page.locator("[name=done]")
    for number in range(boxes.count()):
        boxes.nth(number).check()
    page.get_by_role("button", name="保存核对结果").click()
    page.get_by_text("导入时发现的情况都已核对。").wait_for()
    form = PageForm(page)
    form.write("summary_zh_hans", "三项行动的方案。")
    form.tab("资料")
    page.select_option("#id_subject_class", index=1)
    if not form.value("written_on"):
        form.day("written_on", "2026-04-10")
    form.write("secrecy_reviewer", "审查人")
    form.day("secrecy_reviewed_on", days_ago(1))
    form.publish()
    assert "公共法律服务站点提升行动方案" in public(office, draft)


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
    assert "手机" in told
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
    form.press("action-publish")
    desk.page.locator(".messages .error").wait_for()
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
    page.locator("h1, h2").first.click()
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
