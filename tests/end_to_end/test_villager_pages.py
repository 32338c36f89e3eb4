"""Every page of a demo county in a villager's browser: a phone, files on a stick."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

import pytest
from django.core.management import call_command
from django.test import override_settings

from tests.accessibility import (
    DESKTOP,
    PHONE,
    SIDEWAYS,
    SMALL_TARGETS,
    violations,
)
from tests.end_to_end.browsing import browsing, next_page
from tests.end_to_end.live import LiveServer, live_server

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django.plugin import DjangoDbBlocker

pytestmark = [pytest.mark.browser, pytest.mark.long]

HOST = "qingshan.localhost"
HTML_LIMIT = 100_000
FIRST_VIEW_LIMIT = 300_000
LONG_ARTICLE = "/nongmingong/nongmingong-weiquan-shouce/"
QUESTION = "/wenda/laoban-bu-gei-gongqian/"
REGULATION = "/laws/yunlingshinongcunfazhixuanchuanjiaoyutiaoli/"
# One of each kind; those behind `shared_data` are absent without the law texts.
KINDS = {
    "home": "/",
    "column": "/wenda/",
    "article": LONG_ARTICLE,
    "question": QUESTION,
    "topics": "/topics/",
    "topic": "/topics/qianxin/",
    "library": "/laws/",
    "statute": REGULATION,
    "site map": "/sitemap/",
    "search": f"/search/?q={quote('老板不给工钱')}",
    "no result": "/search/?q=zzzz",
    "error": "/meiyou/",
}
LONG_STATUTE = {"long statute": "/laws/minfadian/", "part": "/laws/minfadian/b5c2/"}
SERVED = [path for kind, path in KINDS.items() if kind != "error"]


@dataclass(slots=True)
class Walk:
    """What a phone met on all pages of an export."""

    seen: int = 0
    sideways: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    weights: dict[str, tuple[int, int]] = field(default_factory=dict)  # page, all


@pytest.fixture(scope="module")
def server(
    django_db_setup: object,
    django_db_blocker: DjangoDbBlocker,
    chromium: Browser,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[LiveServer]:
    """The demo, as its command loads it, served."""
    folder = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock(), live_server(folder) as running:
        # The command refuses to put demo accounts into production.
        with override_settings(DEBUG=True):
            call_command("load_demo")
        yield running


@pytest.fixture(scope="module")
def site(server: LiveServer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    call_command("export_site", "--portal", HOST, "--output", str(folder))
    return folder / HOST


@pytest.fixture(scope="module")
def walk(site: Path, chromium: Browser) -> Walk:
    found = Walk()
    with browsing(chromium, size=PHONE) as villager:
        loaded: set[Path] = set()
        villager.page.on("request", lambda request: loaded.add(_file_of(request.url)))
        for file in sorted(site.rglob("*.html")):
            if 'http-equiv="refresh"' in file.read_text():
                continue  # leads away at once
            name = file.relative_to(site).as_posix()
            loaded.clear()
            villager.page.goto(file.as_uri())
            found.seen += 1
            if villager.page.evaluate(SIDEWAYS) > 0:
                found.sideways.append(name)
            weight = sum(path.stat().st_size for path in loaded)
            found.weights[name] = (file.stat().st_size, weight)
        found.complaints = villager.complaints
    return found


def _file_of(url: str) -> Path:
    return Path(unquote(urlsplit(url).path))


def file_of(site: Path, path: str) -> Path:
    return site / path.strip("/") / "index.html"


# --- every page --------------------------------------------------------------------------


def test_no_page_has_to_be_pushed_sideways(walk: Walk) -> None:
    assert walk.seen > 60
    assert walk.sideways == []


def test_no_page_makes_the_browser_complain(walk: Walk) -> None:
    assert walk.complaints == []


def test_every_page_is_light(walk: Walk) -> None:
    heavy = {
        name: weight
        for name, weight in walk.weights.items()
        if weight[0] > HTML_LIMIT or weight[1] > FIRST_VIEW_LIMIT
    }
    assert heavy == {}
    # Nothing is forgotten: style sheets alone weigh more than this.
    assert all(total > html + 20_000 for html, total in walk.weights.values())


def test_a_planted_wide_table_is_noticed(site: Path, chromium: Browser) -> None:
    with browsing(chromium, size=PHONE) as villager:
        villager.page.goto(file_of(site, QUESTION).as_uri())
        wide = "<p style='inline-size: 900px'>a</p>"
        villager.page.evaluate(
            f'document.body.insertAdjacentHTML("beforeend", "{wide}")'
        )
        assert villager.page.evaluate(SIDEWAYS) > 0


def test_a_planted_error_is_noticed(site: Path, chromium: Browser) -> None:
    with browsing(chromium, size=PHONE) as villager:
        villager.page.goto(file_of(site, QUESTION).as_uri())
        villager.page.evaluate("setTimeout(() => { throw new Error('planted'); })")
        villager.page.wait_for_timeout(100)
        assert any("planted" in complaint for complaint in villager.complaints)


# --- one page of each kind -----------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_page_of_the_demo_is_accessible(
    server: LiveServer, chromium: Browser, kind: str
) -> None:
    look_at(chromium, server.url(HOST, KINDS[kind]))


@pytest.mark.shared_data
@pytest.mark.parametrize("kind", LONG_STATUTE)
def test_page_of_a_long_statute_is_accessible(
    shared_data: Path, server: LiveServer, chromium: Browser, kind: str
) -> None:
    look_at(chromium, server.url(HOST, LONG_STATUTE[kind]))


def look_at(chromium: Browser, url: str) -> None:
    with browsing(chromium, size=PHONE) as villager:
        page = villager.page
        page.goto(url)
        for size, viewport in (
            ("medium", PHONE),
            ("elder", PHONE),
            ("medium", DESKTOP),
        ):
            page.set_viewport_size(viewport)
            page.evaluate(f"document.documentElement.dataset.size = '{size}'")
            assert violations(page) == [], (size, viewport)
            assert page.evaluate(SMALL_TARGETS) == [], (size, viewport)
            assert page.evaluate(SIDEWAYS) <= 0, (size, viewport)


# --- the server -----------------------------------------------------------------------------


@pytest.mark.parametrize("path", SERVED)
def test_nothing_on_a_served_page_breaks_the_policy(
    server: LiveServer, chromium: Browser, path: str
) -> None:
    with browsing(chromium, size=PHONE) as villager:
        response = villager.page.goto(server.url(HOST, path))
        assert response is not None
        assert "default-src 'none'" in response.headers["content-security-policy"]
        villager.page.wait_for_load_state("networkidle")
        assert villager.complaints == []


def test_a_planted_inline_script_is_noticed(
    server: LiveServer, chromium: Browser
) -> None:
    with browsing(chromium) as villager:
        villager.page.goto(server.url(HOST))
        villager.page.evaluate(
            "document.body.append(Object.assign("
            "document.createElement('script'), {textContent: 'window.planted = 1'}))"
        )
        assert villager.page.evaluate("window.planted") is None
        assert any("Content Security Policy" in said for said in villager.complaints)


def test_search_works_without_script_for_a_question_as_people_ask_it(
    server: LiveServer, chromium: Browser
) -> None:
    with browsing(chromium, with_script=False, size=PHONE) as villager:
        page = villager.page
        page.goto(server.url(HOST))
        page.fill("main [name=q]", "老板拖着工资不给咋整")
        with next_page(page):
            page.click("main [type=submit]")
        with next_page(page):
            page.get_by_role("link", name="老板不给工钱怎么办").first.click()
        assert page.url.endswith(QUESTION)
