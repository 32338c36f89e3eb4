"""Jobs of a county's editor in Chromium: articles, documents, an imported file."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone

from articles.models import (
    InterpretationPage,
    PolicyDocumentPage,
)
from tests.end_to_end.browsing import PageForm, Watched, next_page
from tests.end_to_end.desk import add, days_ago, edit, public
from tests.end_to_end.offices import Office
from tests.factories import stream

pytestmark = [pytest.mark.browser, pytest.mark.long]

FILES = Path(__file__).parents[1] / "articles" / "data" / "documents"


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
    assert form.value("document_number") == "青司发[2026]8号"  # nothing is lost
    assert desk.page.locator("[contenteditable=true]").count() >= 2
    form.tab("资料")
    form.write("secrecy_reviewer", "审查人")
    form.day("secrecy_reviewed_on", days_ago(1))
    form.publish()
    (made,) = PolicyDocumentPage.objects.filter(title="关于印发两个方案的通知")
    assert made.live
    assert made.document_number == "青司发〔2026〕8号"
    return made


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
    desk.page.select_option("[name=body_zh_hans-0-value-part]", label="主要内容")
    form.add_text("body_zh_hans", "以后吵架先找调解员，不用跑县城。")
    form.tab("资料")
    form.choose("id_document", document.title)
    form.write("interpreter", "解读人")
    form.publish()
    interpretation = InterpretationPage.objects.latest("pk")
    assert document.title in public(office, interpretation)
    assert interpretation.title in public(office, document)

    successor = PolicyDocumentPage(
        heading_zh_hans="关于修订两个方案的通知",
        summary_zh_hans="修订。",
        body_zh_hans=stream(("text", "<p>修订如下。</p>")),
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
    with next_page(page):
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
