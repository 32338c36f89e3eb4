"""The screens of the admin in Chromium: in order, in Chinese, and of one's own county."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth import get_user_model

from media.models import PortalDocument, PortalImage
from tests.end_to_end.browsing import PageForm, Watched, browsing, log_in
from tests.end_to_end.live import live_server
from tests.end_to_end.offices import PREFECTURE, Office, furnish
from tests.factories import ArticlePageFactory, stream
from tests.media import samples

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django.plugin import DjangoDbBlocker

pytestmark = pytest.mark.browser

FOREIGN = "白河"
# What is written before Wagtail looks for changes is none.
NOTE_WATCHING = """document.addEventListener("w-unsaved:watch-edits", () => {
  document.documentElement.dataset.watched = "";
});"""
WATCHED = "html[data-watched]"
SAVED = "#w-autosave-indicator[data-w-autosave-state-value=saved]"
# Words that Wagtail says in English where its catalog has a gap.
ENGLISH = ("Wagtail", "Search all pages", "Password", "New: ", " Pages", " Images")

EMPTY_HEADER = {
    "data": [["", "找谁"], ["讨薪", "劳动监察大队"]],
    "first_row_is_table_header": True,
    "first_col_is_header": False,
    "table_caption": "找谁办",
}


@pytest.fixture(scope="module")
def office(
    django_db_setup: object,
    django_db_blocker: DjangoDbBlocker,
    chromium: Browser,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    with django_db_blocker.unblock(), live_server(folder) as server:
        yield furnish(server)


# --- every screen ---------------------------------------------------------------------------


def screens_of_everybody(office: Office) -> list[str]:
    home, column = office.own.home.pk, office.own.column.pk
    return [
        "/admin/",
        "/admin/pages/",
        f"/admin/pages/{home}/",
        f"/admin/pages/{column}/",
        f"/admin/pages/{column}/?q=工钱",
        f"/admin/pages/{column}/add_subpage/",
        f"/admin/pages/add/articles/articlepage/{column}/",
        f"/admin/pages/add/articles/questionpage/{column}/",
        "/admin/images/",
        "/admin/images/add/",
        "/admin/documents/",
        "/admin/documents/add/",
        "/admin/account/",
    ]


def screens_of_editors(office: Office) -> list[str]:
    own = office.own
    pages = (own.home, own.column, own.article, own.question)
    return [
        *[f"/admin/pages/{page.pk}/edit/" for page in pages],
        f"/admin/pages/{own.question.pk}/history/",
        f"/admin/pages/{own.question.pk}/copy/",
        f"/admin/pages/{own.question.pk}/move/",
        f"/admin/pages/add/home/columnpage/{own.home.pk}/",
        f"/admin/images/{office.image.pk}/",
        f"/admin/documents/edit/{office.document.pk}/",
        "/admin/reports/aging-pages/",
    ]


SETTINGS = [
    "/admin/settings/home/hostingidentity/",
    "/admin/settings/home/publisheridentity/",
]
SHARED = [
    "/admin/portals/",
    "/admin/portals/new/",
    "/admin/snippets/home/topic/",
    "/admin/snippets/home/topic/add/",
    "/admin/reports/site-history/",
]


def visit(
    office: Office, chromium: Browser, host: str, user: Any, paths: list[str]
) -> list[str]:
    """Opens them all; returns the texts that the person saw."""
    seen = []
    with browsing(chromium) as desk:
        log_in(desk.page, office.server, host, user.username)
        for path in paths:
            response = desk.page.goto(office.server.url(host, path))
            assert response is not None
            assert response.status == 200, path
            assert desk.page.url.endswith(response.url.split("/admin", 1)[1]), path
            policy = response.headers["content-security-policy"]
            assert "script-src 'self';" in f"{policy};"
            desk.page.wait_for_selector("body.ready", state="attached")
            seen.append(desk.page.content())
        assert desk.complaints == []
    return seen


def test_editor_meets_no_error_and_no_other_county(
    office: Office, chromium: Browser
) -> None:
    paths = screens_of_everybody(office) + screens_of_editors(office)
    seen = visit(office, chromium, office.own.host, office.own.editor, paths)
    assert_own(seen, paths)


@pytest.mark.long
def test_author_meets_no_error_and_no_other_county(
    office: Office, chromium: Browser
) -> None:
    paths = screens_of_everybody(office)
    seen = visit(office, chromium, office.own.host, office.own.author, paths)
    assert_own(seen, paths)


@pytest.mark.long
def test_administrator_meets_no_error_and_no_other_county(
    office: Office, chromium: Browser
) -> None:
    paths = screens_of_everybody(office) + screens_of_editors(office) + SETTINGS
    seen = visit(office, chromium, office.own.host, office.own.admin, paths)
    assert_own(seen, paths)


@pytest.mark.long
def test_prefecture_meets_no_error(office: Office, chromium: Browser) -> None:
    user = get_user_model().objects.get(username=PREFECTURE["username"])
    paths = ["/admin/", "/admin/pages/", *SETTINGS, *SHARED]
    seen = visit(office, chromium, office.prefecture.host, user, paths)
    assert "白河县普法网" in seen[paths.index("/admin/portals/")]


def assert_own(seen: list[str], paths: list[str]) -> None:
    assert [
        path for path, text in zip(paths, seen, strict=True) if FOREIGN in text
    ] == []
    # What is looked at is what people work on.
    assert any("青山记号" in text for text in seen)


def test_log_in_and_first_screen_are_in_chinese(
    office: Office, chromium: Browser
) -> None:
    with browsing(chromium) as desk:
        desk.page.goto(office.server.url(office.own.host, "/admin/login/"))
        words = [desk.page.title(), desk.page.inner_text("body")]
        log_in(desk.page, office.server, office.own.host, office.own.editor.username)
        desk.page.wait_for_load_state("networkidle")
        words += [desk.page.title(), desk.page.inner_text("body")]
        for path in ("/admin/images/add/", f"/admin/pages/{office.own.column.pk}/"):
            desk.page.goto(office.server.url(office.own.host, path))
            words.append(desk.page.inner_text("body"))
    said = "\n".join(words)
    assert "乡法通" in said
    assert [word for word in ENGLISH if word in said] == []


# --- work ------------------------------------------------------------------------------------


@pytest.fixture
def desk(office: Office, chromium: Browser) -> Iterator[Watched]:
    """The county's editor, logged in."""
    with browsing(chromium) as watched:
        log_in(watched.page, office.server, office.own.host, office.own.editor.username)
        yield watched
        assert watched.complaints == []


def open_screen(office: Office, desk: Watched, path: str) -> None:
    desk.page.goto(office.server.url(office.own.host, path))


def test_picture_is_uploaded_with_its_description(
    office: Office, desk: Watched
) -> None:
    open_screen(office, desk, "/admin/images/add/")
    page = desk.page
    page.fill("#id_title", "院坝里的调解")
    photo = {"name": "p.jpg", "mimeType": "image/jpeg", "buffer": samples.photo()}
    page.set_input_files("#id_file", photo)
    page.fill("#id_alt_text_zh_hans", "调解员坐在院坝里听两家人说话")
    page.get_by_label("画面中没有能认出的人").check()
    page.get_by_role("button", name="上传").click()
    page.wait_for_selector(".messages .success")
    image = PortalImage.objects.get(title="院坝里的调解")
    assert image.alt_text_zh_hans == "调解员坐在院坝里听两家人说话"
    assert image.collection == office.own.portal.collection


def test_file_is_uploaded(office: Office, desk: Watched) -> None:
    open_screen(office, desk, "/admin/documents/add/")
    page = desk.page
    page.fill("#id_title", "调解申请书")
    form = {"name": "f.pdf", "mimeType": "application/pdf", "buffer": samples.pdf()}
    page.set_input_files("#id_file", form)
    page.get_by_role("button", name="上传").click()
    page.wait_for_selector(".messages .success")
    document = PortalDocument.objects.get(title="调解申请书")
    assert document.collection == office.own.portal.collection


def test_checks_beside_the_form_are_in_chinese(office: Office, desk: Watched) -> None:
    page = ArticlePageFactory(
        parent=office.own.column,
        body_zh_hans=stream(("table", EMPTY_HEADER)),
    )
    page.save_revision()
    open_screen(office, desk, f"/admin/pages/{page.pk}/edit/")
    desk.page.click("[data-side-panel-toggle=checks]")
    panel = desk.page.locator("[data-side-panel=checks]")
    panel.get_by_text("表头是空的").wait_for()
    words = panel.inner_text()
    assert "Table header text is empty" not in words
    assert "Words" not in words


def test_finding_is_shown_at_its_field_and_at_its_block(
    office: Office, desk: Watched
) -> None:
    page = ArticlePageFactory(
        parent=office.own.column,
        live=False,
        summary_zh_hans="十九大六中全会",
        body_zh_hans=stream(
            ("text", "<p>没有问题。</p>"), ("text", "<p>人民调节委员会。</p>")
        ),
    )
    page.save_revision()
    open_screen(office, desk, f"/admin/pages/{page.pk}/edit/")

    notes = desk.page.locator(".finding-note")
    notes.first.wait_for()
    field = desk.page.locator("[data-contentpath=summary_zh_hans] .finding-note")
    blocks = desk.page.locator(
        "[data-contentpath=body_zh_hans] [data-streamfield-child]"
    )

    assert "十九届六中全会" in field.inner_text()
    assert blocks.nth(0).locator(".finding-note").count() == 0
    assert "人民调节" in blocks.nth(1).locator(".finding-note").inner_text()


def test_menu_of_a_table_is_in_chinese(office: Office, desk: Watched) -> None:
    page = ArticlePageFactory(
        parent=office.own.column, body_zh_hans=stream(("table", EMPTY_HEADER))
    )
    page.save_revision()
    open_screen(office, desk, f"/admin/pages/{page.pk}/edit/")
    desk.page.locator(".handsontable td").first.click(button="right")
    menu = desk.page.locator(".htContextMenu:visible")
    menu.get_by_text("在上面插入一行").first.wait_for()
    assert "Insert" not in menu.first.inner_text()


def test_date_is_chosen_from_a_calendar(office: Office, desk: Watched) -> None:
    """Wagtail starts its calendar by inline script; ours must start without."""
    open_screen(office, desk, f"/admin/pages/{office.own.question.pk}/edit/")
    PageForm(desk.page).tab("资料")
    desk.page.click("#id_reviewed_on")
    calendar = desk.page.locator(".xdsoft_datetimepicker:visible").first
    calendar.locator(".xdsoft_date.xdsoft_today").click()
    assert desk.page.input_value("#id_reviewed_on").count("-") == 2


def test_inputs_are_as_tall_as_their_text(office: Office, desk: Watched) -> None:
    """Each took ten lines, and the form six screens."""
    open_screen(office, desk, f"/admin/pages/{office.own.question.pk}/edit/")
    PageForm(desk.page)
    box = desk.page.locator("#id_answer_zh_hans").bounding_box()
    assert box is not None
    assert box["height"] < 120


def test_slug_is_of_the_whole_heading_though_the_editor_saves_by_itself(
    office: Office, desk: Watched
) -> None:
    add = f"/admin/pages/add/articles/articlepage/{office.own.column.pk}/"
    desk.page.add_init_script(NOTE_WATCHING)
    open_screen(office, desk, add)
    form = PageForm(desk.page)
    desk.page.wait_for_selector(WATCHED, state="attached")
    form.write("heading_zh_hans", "半句")
    desk.page.wait_for_selector(SAVED, state="attached")  # by itself
    assert desk.page.url.endswith("/edit/")
    desk.page.reload()  # somebody comes back later
    form = PageForm(desk.page)
    form.write("heading_zh_hans", "半句话说完")
    form.add_text("body_zh_hans", "正文。")
    form.publish()
    assert office.server.get(office.own.host, "/dongtai/ban-ju-hua-shuo-wan/")[0] == 200
