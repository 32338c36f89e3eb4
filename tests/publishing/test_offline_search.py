"""The search index of an export: whose it is, what is in it, and after a change."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit

import pytest

from home.indexing import IndexEntry
from home.models import Portal
from publishing import offline_search
from publishing.snapshot import Snapshot
from search.offline.build import OfflineIndex
from tests.accessibility import PHONE, SIDEWAYS, SMALL_TARGETS, violations
from tests.factories import ArticlePageFactory, PortalFixture, TwoPortals
from tests.publishing.rendering import write_sample, write_site
from tests.publishing.samples import Sample, samples
from tests.search.builders import entry

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

Files = dict[str, bytes]
CHINESE = "zh-hans"
# A page of the town hall says what it may run: nothing inline, nothing from elsewhere.
STRICT = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'"
BASE = "https://www.example.gov.cn/sfj/"
MOST_BYTES = 100 * 1024


# --- what is in it ---------------------------------------------------------------------


def snapshot_of(side: PortalFixture) -> Snapshot:
    return Snapshot.of(Portal.objects.with_identity().get(pk=side.portal.pk))


def index_of(side: PortalFixture, language: str = CHINESE) -> OfflineIndex:
    return offline_search.index_of(snapshot_of(side), language)


def files_of(side: PortalFixture, language: str = CHINESE) -> Files:
    index = index_of(side, language)
    return {n: body for n, body, _ in offline_search.index_files(index, language)}


def text_of(files: Files) -> str:
    return b"".join(files.values()).decode()


def test_a_portal_has_its_own_pages_and_no_other_portals(
    two_portals: TwoPortals,
) -> None:
    for side, other in (tuple(two_portals), tuple(two_portals)[::-1]):
        text = text_of(files_of(side))
        assert json.dumps(side.article.heading, ensure_ascii=False) in text
        assert side.marker in text
        assert other.marker not in text


def test_drafts_are_not_in_it(two_portals: TwoPortals) -> None:
    side = two_portals.qingshan
    ArticlePageFactory(parent=side.column, heading_zh_hans="独脚戏草稿", live=False)
    ArticlePageFactory(parent=side.column, heading_zh_hans="皮影戏公开")
    text = text_of(files_of(side))
    assert "皮影" in text
    assert "独脚" not in text


def after(
    side: PortalFixture, index: OfflineIndex, files: Files, page_id: int
) -> Files:
    """The files of an export after a change of one page."""
    result = dict(files)
    changed = offline_search.changed_files(
        index, snapshot_of(side), CHINESE, pages=[page_id]
    )
    for name, body in changed:
        result.pop(name, None)
        if body is not None:
            result[name] = body
    return result


def test_changes_give_the_files_of_a_whole_build(two_portals: TwoPortals) -> None:
    """Published, edited, withdrawn: words of before are gone."""
    side = two_portals.qingshan
    index, files = index_of(side), files_of(side)
    page: Any = ArticlePageFactory(parent=side.column, heading_zh_hans="独脚戏的规矩")
    files = after(side, index, files, page.pk)
    assert "独脚" in text_of(files)
    assert files == files_of(side)
    page.heading_zh_hans = "皮影戏的规矩"
    page.save_revision().publish()
    files = after(side, index, files, page.pk)
    assert "皮影" in text_of(files)
    assert "独脚" not in text_of(files)
    assert files == files_of(side)
    page.unpublish()
    files = after(side, index, files, page.pk)
    assert "皮影" not in text_of(files)
    assert files == files_of(side)


# --- in the browser ----------------------------------------------------------------------

OFFLINE = next(sample for sample in samples() if sample.name == "offline search")
QUESTIONS = ["老板不给工钱怎么办？", "包工头跑了，工钱找谁要？", "宅基地怎么申请？"]


def some_entries() -> Iterator[IndexEntry]:
    for number, title in enumerate(QUESTIONS, start=1):
        yield entry(
            f"question:{number}:zh-hans",
            title,
            path=f"/wenda/{number}/",
            alternatives=("欠薪怎么要",) if number == 1 else (),
            summary="先打12333投诉，不收费。工钱按劳动合同算。"
            if number < 3
            else "先问村里。",
        )
    for number in range(10, 40):
        yield entry(f"article:{number}:zh-hans", f"宣传土地承包法第{number}条")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write_site(folder)
    write_sample(folder, OFFLINE)
    for name, body in OfflineIndex.of(some_entries()).files():
        file = folder / offline_search.file_name_of(CHINESE, name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)
    return folder


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport=PHONE)
    yield context.new_page()
    context.close()


def search(page: Page, address: str) -> list[str]:
    page.goto(address)
    page.wait_for_selector(
        "[data-offline-search]:not([aria-busy]) [data-status]:not(:empty)"
    )
    return page.locator(".hit h2").all_inner_texts()


def address_of(site: Path, words: str) -> str:
    return f"{(site / 'search' / 'index.html').as_uri()}?q={quote(words)}"


@pytest.mark.browser
def test_from_a_folder(page: Page, site: Path) -> None:
    """Lay words, a page to follow, what is marked, who listens or has small fingers."""
    found = search(page, address_of(site, "老板不给工钱怎么办"))
    assert found[:2] == QUESTIONS[:2]
    assert "工钱" in page.locator(".hit mark").all_inner_texts()
    assert page.locator("[role=status][data-status]").inner_text() == "找到 2 条"
    assert page.input_value("#search") == "老板不给工钱怎么办"
    assert not page.is_visible("[data-offline-unable]")
    link = page.locator(".hit a").first.evaluate("link => link.href")
    assert link == (site / "wenda" / "1" / "index.html").as_uri()
    assert violations(page) == []
    assert page.evaluate(SMALL_TARGETS) == []
    assert page.evaluate(SIDEWAYS) <= 0


@pytest.mark.browser
@pytest.mark.parametrize(
    "words, first",
    [
        ("欠薪", QUESTIONS[0]),
        ("宅基地", QUESTIONS[2]),
        ("討薪", QUESTIONS[0]),
        ("ｑｉａｎｘｉｎ", QUESTIONS[0]),
        ("欠新", QUESTIONS[0]),
        ("第三十九条", "宣传土地承包法第39条"),
    ],
)
def test_words_and_slips(page: Page, site: Path, words: str, first: str) -> None:
    assert search(page, address_of(site, words))[0] == first


@pytest.mark.browser
def test_more_is_asked_for_and_the_keyboard_goes_on_there(
    page: Page, site: Path
) -> None:
    assert len(search(page, address_of(site, "土地承包"))) == 10
    page.focus("[data-more]")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('.hit').length === 20")
    assert page.evaluate(
        "document.activeElement.closest('li') === document.querySelectorAll('.hit')[10]"
    )


@pytest.mark.browser
def test_nothing_found_says_so(page: Page, site: Path) -> None:
    assert search(page, address_of(site, "xyzzy")) == []
    assert page.is_visible("[data-nothing]")
    assert violations(page) == []


@pytest.mark.browser
def test_without_an_index_the_page_says_where_else_to_look(
    page: Page, site: Path, tmp_path: Path
) -> None:
    write_site(tmp_path)
    file = write_sample(tmp_path, OFFLINE)
    page.goto(f"{file.as_uri()}?q=a")
    assert "12348" in page.inner_text("[data-offline-unable]")
    assert not page.is_visible("[data-offline-search]")


@pytest.mark.browser
def test_below_a_path_with_a_strict_policy_and_few_bytes(
    page: Page, site: Path
) -> None:
    loaded: dict[str, int] = {}
    said: list[str] = []

    def answer(route: Route) -> None:
        path = unquote(urlsplit(route.request.url).path).removeprefix("/sfj/")
        file = site / path
        if not file.is_file():
            route.fulfill(status=404)
            return
        loaded[path] = file.stat().st_size
        route.fulfill(path=file, headers={"Content-Security-Policy": STRICT})

    page.route(f"{BASE}**", answer)
    page.on("console", lambda message: said.append(message.text))
    found = search(page, f"{BASE}search/index.html?q={quote('老板不给工钱怎么办')}")
    assert found[0] == QUESTIONS[0]
    assert not [text for text in said if "Content Security" in text]
    own = {
        p: size
        for p, size in loaded.items()
        if p.startswith(("search-index", "static/js/offline"))
    }
    assert any(path.startswith("search-index") for path in own)
    assert sum(own.values()) < MOST_BYTES, own


@pytest.mark.browser
def test_where_the_server_does_not_answer_the_export_does(
    page: Page, site: Path
) -> None:
    served = Sample(
        "served",
        OFFLINE.template,
        "/elsewhere/",
        OFFLINE.page,
        {
            "search_href": "https://fuwu.invalid/search/",
            "suggest_href": "https://fuwu.invalid/api/v2/suggest/",
            "offline_search_href": "../search/index.html",
        },
    )
    page.goto(write_sample(site, served).as_uri())
    page.fill("#search", "欠薪")
    page.keyboard.press("Enter")
    page.wait_for_selector(".hit")
    assert page.url == address_of(site, "欠薪")
