"""The main job: law texts come in, an editor answers, a villager finds and reads.

Once on the invented regulation of the project, once on the real texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from django.core.management import call_command

from home.models import Portal
from home.slugs import pinyin_slug
from home.worker import run_once
from statutes.register import DATA as SHIPPED
from tests.accessibility import PHONE, SIDEWAYS
from tests.end_to_end.browsing import PageForm, Watched, browsing, log_in, next_page
from tests.end_to_end.live import PASSWORD, LiveServer, live_server
from tests.factories import QuestionPageFactory, TwoPortals, make_portal
from tests.factories import make_two_portals as make_counties
from tests.publishing.links import broken_links

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.plugin import DjangoDbBlocker

pytestmark = pytest.mark.browser

FOREIGN_DRAFT = "白河县还没写完的答复"
ANSWER = "先去查一查，再找人商量，不花钱。"


@dataclass(frozen=True, slots=True)
class Story:
    """What the editor writes, and what the villager looks for."""

    laws: tuple[str, ...]  # further arguments of import_statutes
    heading: str
    wordings: str
    searched: str  # in words that are in none of the above as they stand
    citation: str
    absent: str  # a provision that the same statute does not have
    anchor: str
    law_words: str  # in the text of the cited provision


OWN = Story(
    laws=("--portal", "yunling.localhost", "--source", "演示"),
    heading="村里没有电脑，去哪里查法条？",
    wordings="手机不会用怎么看法律\n哪里能免费问律师",
    searched="不会用手机咋查法律",
    citation="《云岭市农村法治宣传教育条例》第十七条之一",
    absent="《云岭市农村法治宣传教育条例》第九百条",
    anchor="t17-1",
    law_words="统一的农村法治宣传网络平台",
)
REAL = Story(
    laws=(),
    heading="工头说年底才结账，这样行吗？",
    wordings="干了半年一分钱没拿到\n老板说完工再给工资",
    searched="干了半年老板一分没给",
    citation="《劳动合同法》第三十条",
    absent="《劳动合同法》第九百条",
    anchor="t30",
    law_words="及时足额支付劳动报酬",
)


@pytest.fixture
def server(
    django_db_setup: object,
    django_db_blocker: DjangoDbBlocker,
    chromium: Browser,
    tmp_path: Path,
) -> Iterator[LiveServer]:
    with django_db_blocker.unblock(), live_server(tmp_path) as running:
        yield running


@pytest.fixture
def counties(server: LiveServer) -> TwoPortals:
    """Two counties below a prefecture, their editors with a password, and a foreign
    draft."""
    prefecture = make_portal(
        "yunling", "云岭市", "000001", level=Portal.Level.PREFECTURE
    )
    counties = make_counties()
    for county in counties:
        county.portal.parent = prefecture
        county.portal.save()
    counties.qingshan.editor.set_password(PASSWORD)
    counties.qingshan.editor.save()
    draft = QuestionPageFactory(
        parent=counties.baihe.column,
        slug="caogao",
        heading_zh_hans=FOREIGN_DRAFT,
        live=False,
    )
    draft.save_revision()
    return counties


def test_main_job_on_the_regulation_of_the_project(
    server: LiveServer, counties: TwoPortals, chromium: Browser, tmp_path: Path
) -> None:
    run(OWN, SHIPPED / "demo", server, counties, chromium, tmp_path)


@pytest.mark.long
@pytest.mark.shared_data
def test_main_job_on_the_real_law_texts(
    shared_data: Path,
    server: LiveServer,
    counties: TwoPortals,
    chromium: Browser,
    tmp_path: Path,
) -> None:
    run(REAL, shared_data / "laws", server, counties, chromium, tmp_path)


def run(
    story: Story,
    laws: Path,
    server: LiveServer,
    counties: TwoPortals,
    chromium: Browser,
    folder: Path,
) -> None:
    call_command("import_statutes", str(laws), *story.laws)
    host = counties.qingshan.host
    with browsing(chromium) as editor:
        path = write_answer(editor, server, counties, story)
        assert editor.complaints == []
    run_once()
    with browsing(chromium, with_script=False, size=PHONE) as villager:
        find_and_read(villager.page, server.url(host), path, story)
    read_through_the_api(server, host, path, story)
    call_command("export_site", "--portal", host, "--output", str(folder / "site"))
    site = folder / "site" / host
    check_files(site, path)
    with browsing(chromium, with_script=False, size=PHONE) as villager:
        read_from_files(villager.page, site, story)
        assert villager.complaints == []


# --- the editor --------------------------------------------------------------------------


def write_answer(
    editor: Watched, server: LiveServer, counties: TwoPortals, story: Story
) -> str:
    """Writes, is refused, mends, looks at the preview, publishes; returns the path."""
    county, page = counties.qingshan, editor.page
    log_in(page, server, county.host, county.editor.username)
    address = f"/admin/pages/add/articles/questionpage/{county.column.pk}/"
    page.goto(server.url(county.host, address))
    form = PageForm(page)
    fill(form, story, story.absent)
    form.press("action-publish")
    page.wait_for_selector(".error-message:not([hidden])", state="attached")
    assert "没有第九百条" in page.content()
    assert (form.value("heading_zh_hans"), form.value("wordings_zh_hans")) == (
        story.heading,
        story.wordings,
    )
    assert story.citation in form.text_of("explanation_zh_hans")
    form.tab("资料")
    page.fill("[name=legal_basis-0-value]", story.citation)
    page.click("button.action-save")
    page.wait_for_selector(".messages .success")
    path = f"/dongtai/{pinyin_slug(story.heading)}/"
    assert page.input_value("#id_slug") == path.split("/")[2]
    look_at_the_draft(page, server, county.host, path, story)
    PageForm(page).press("action-publish")
    page.wait_for_selector(".messages .success")
    assert server.get(county.host, path)[0] == 200
    return path


def fill(form: PageForm, story: Story, basis: str) -> None:
    form.write("heading_zh_hans", story.heading)
    form.write("wordings_zh_hans", story.wordings)
    form.write("answer_zh_hans", ANSWER)
    form.write("whom_zh_hans", "找村里的法律明白人，或者打12348。")
    form.add_text("explanation_zh_hans", f"写得明明白白，见{story.citation}。")
    form.tab("资料")
    form.add_block("legal_basis")
    form.page.fill("[name=legal_basis-0-value]", basis)
    form.page.get_by_label("欠薪").check()


def look_at_the_draft(
    page: Page, server: LiveServer, host: str, path: str, story: Story
) -> None:
    page.click("[data-side-panel-toggle=preview]")
    frame = page.frame_locator("#w-preview-iframe")
    frame.get_by_role("heading", name=story.heading).wait_for()
    shown = frame.locator("body").inner_text()
    assert ANSWER in shown
    assert "公众看不到" in shown
    assert server.get(host, path)[0] == 404
    assert story.heading not in server.get(host, "/dongtai/")[1]


# --- the villager --------------------------------------------------------------------------


def find_and_read(page: Page, home: str, path: str, story: Story) -> None:
    """From the search box of the home page to the text of the law."""
    page.goto(home)
    page.fill("main [name=q]", story.searched)
    with next_page(page):
        page.click("main [type=submit]")
    assert FOREIGN_DRAFT not in page.content()
    with next_page(page):
        page.get_by_role("link", name=story.heading).first.click()
    assert page.url.endswith(path)
    assert page.get_by_text(ANSWER).first.is_visible()
    assert page.evaluate(SIDEWAYS) <= 0
    read_the_law(page, story)


def read_the_law(page: Page, story: Story) -> None:
    with next_page(page):
        page.locator("a.citation").first.click()
    assert page.url.endswith(f"#{story.anchor}")
    provision = page.locator(f"[id='{story.anchor}']")
    assert story.law_words in provision.inner_text()
    assert page.evaluate(SIDEWAYS) <= 0


def read_from_files(page: Page, site: Path, story: Story) -> None:
    """A folder on a stick: from the home page by links alone."""
    page.goto((site / "index.html").as_uri())
    column = page.get_by_role("navigation").get_by_role("link", name="青山县动态")
    with next_page(page):
        column.first.click()
    with next_page(page):
        page.get_by_role("link", name=story.heading).first.click()
    assert page.get_by_text(ANSWER).first.is_visible()
    assert page.evaluate(SIDEWAYS) <= 0
    read_the_law(page, story)


# --- other readers -------------------------------------------------------------------------


def read_through_the_api(
    server: LiveServer, host: str, path: str, story: Story
) -> None:
    listed = server.api(host, "/questions/")["items"]
    (found,) = [item for item in listed if item["meta"]["path"] == path]
    question = server.api(host, f"/pages/{found['id']}/")
    assert question["answer"] == ANSWER
    assert question["wordings"] == story.wordings.splitlines()
    (basis,) = question["legal_basis"]
    assert basis["anchor"] == story.anchor
    assert story.law_words in "".join(map(str, basis["paragraphs"]))
    assert f"#{story.anchor}" in question["explanation"][0]["value"]["html"]
    foreign = server.api("baihe.localhost", "/questions/")["items"]
    assert path not in [item["meta"]["path"] for item in foreign]
    assert FOREIGN_DRAFT not in str([*listed, *foreign])
    assert server.get("baihe.localhost", "/dongtai/caogao/")[0] == 404
    hits = server.api("baihe.localhost", f"/search/?q={quote(FOREIGN_DRAFT)}")["items"]
    assert FOREIGN_DRAFT not in str(hits)


def check_files(site: Path, path: str) -> None:
    files = {
        file.relative_to(site).as_posix(): file.read_bytes()
        for file in site.rglob("*")
        if file.is_file()
    }
    assert f"{path.strip('/')}/index.html" in files
    assert broken_links(files) == []
    assert [
        name for name, body in files.items() if FOREIGN_DRAFT.encode() in body
    ] == []
    assert [name for name, body in files.items() if "白河记号".encode() in body] == []
