"""One export in Chromium on a host of its own, below a path, from a folder, as a column
of a government site, and as a pack: every kind of page opens, nothing is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

import pytest
import time_machine
from django.db import transaction

from home.links import file_name
from publishing.packs.pages import CHECKSUMS, SHEETS, START
from publishing.qr import qr_svg
from publishing.tree import forget_trees
from tests.accessibility import DESKTOP, PHONE, SIDEWAYS, SMALL_TARGETS, violations
from tests.publishing.asking import names, pages
from tests.publishing.kinds import TODAY, add_every_kind
from tests.publishing.markup import Markup
from tests.publishing.relocating import (
    HOST_PARTS,
    OWN_BASE,
    PATH_BASE,
    Exports,
    Visiting,
    make_exports,
    visiting_all,
)
from tests.publishing.world import PREFECTURE_BASE, make_world

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django.plugin import DjangoDbBlocker

pytestmark = [pytest.mark.browser, pytest.mark.long]

FORMS = ("own host", "below a path", "folder", "column", "pack")
EVERY_FORM = pytest.mark.parametrize("form", FORMS)


@pytest.fixture(scope="module")
def exports(
    django_db_setup: object,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Exports]:
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        time_machine.travel(TODAY, tick=False),
    ):
        forget_trees()
        world = make_world()
        for county in world:
            add_every_kind(county.base)
        yield make_exports(world, tmp_path_factory.mktemp("exports"))
        transaction.set_rollback(True)
    forget_trees()


@pytest.fixture
def visiting(exports: Exports, chromium: Browser) -> Iterator[Visiting]:
    with visiting_all(exports, chromium) as found:
        yield found


# --- in every form --------------------------------------------------------------------------


@EVERY_FORM
def test_every_kind_of_page_opens_with_all_that_it_shows(
    exports: Exports, visiting: Visiting, form: str
) -> None:
    visit = visiting(form)
    links: set[str] = set()
    for what, path in exports.paths.items():
        visit.open(path)
        assert visit.page.locator("main h1, main .question-heading").count(), what
        # What is loaded late is loaded now.
        visit.page.evaluate(
            "Promise.all([...document.images].map(i => (i.loading = 'eager', i.decode())))"
        )
        links |= set(
            visit.page.evaluate(
                "[...document.querySelectorAll('a[href]')].map(a => a.href)"
            )
        )
    assert visit.faults == []
    inside = {link for link in links if link.startswith(visit.root)}
    assert len(inside) > 40
    for link in inside:
        name = unquote(urlsplit(link).path)[len(unquote(urlsplit(visit.root).path)) :]
        assert (visit.folder / name).is_file(), link
    assert {scheme(link) for link in links - inside} <= {"https", "http", "tel"}
    host = urlsplit(visit.root).netloc
    outside = {
        link for link in links - inside if host and urlsplit(link).netloc == host
    }
    # In a column, links of the county's own header and footer.
    assert {urlsplit(link).path for link in outside} == (
        {"/", "/zwgk/", "/hdjl/", "/about/"} if form == "column" else set()
    )


def scheme(link: str) -> str:
    return urlsplit(link).scheme


@EVERY_FORM
def test_languages_menu_and_search_lead_on(
    exports: Exports, visiting: Visiting, form: str
) -> None:
    visit = visiting(form)
    page = visit.page
    visit.open("/")
    page.click(".languages a[lang=en]")
    assert page.url == f"{visit.root}en/index.html"
    assert page.get_attribute("html", "lang") == "en"
    page.click(".languages a[lang=zh-Hans]")
    assert page.url == f"{visit.root}index.html"
    page.click(f".menu a:has-text('{exports.county.marker}')")
    assert page.url == f"{visit.root}dongtai/index.html"
    page.goto(f"{visit.root}laws/minfadian/1046/index.html")
    page.wait_for_url(f"{visit.root}laws/minfadian/b5c2/index.html#t1046")
    visit.open("/search/")
    assert page.locator("main h1").count() == 1
    assert page.locator("a[href='tel:12348']").count()
    page.click(".footer__links a[href*='topics/']")
    assert page.url.startswith(f"{visit.root}topics/")
    assert visit.faults == []


@pytest.mark.parametrize("form", ["own host", "below a path", "column"])
def test_the_error_page_stands_at_any_depth(visiting: Visiting, form: str) -> None:
    visit = visiting(form)
    visit.open("/mei/you/zhe/ge/")
    assert visit.page.locator("main h1").inner_text() == "没有找到这个页面"
    assert [fault for fault in visit.faults if "mei/you" not in fault] == []
    visit.faults.clear()
    visit.page.click("main .button--primary")
    assert visit.page.url == visit.root
    assert visit.faults == []


# --- the files ----------------------------------------------------------------------------------


def test_only_the_public_address_tells_exports_for_two_places_apart(
    exports: Exports,
) -> None:
    own, below = (exports.folders[form] for form in ("own host", "below a path"))
    assert names(own) == names(below)
    codes = re.compile(rb'<figure class="qr-code">.*?</figure>', re.DOTALL)
    compared = 0
    for name in names(own) - {"404.html", "en/404.html"}:
        if name.partition("/")[0].startswith("manifest"):
            continue
        first, second = (
            codes.sub(b"", (folder / name).read_bytes()).replace(b"\r\n ", b"")
            for folder in (own, below)
        )
        assert first.replace(OWN_BASE.encode(), PATH_BASE.encode()) == second, name
        compared += 1
    assert compared > 60


@pytest.mark.parametrize(
    ("form", "base"),
    [("own host", OWN_BASE), ("below a path", PATH_BASE), ("column", PATH_BASE)],
)
def test_absolute_addresses_are_the_public_ones_and_nothing_else_is(
    exports: Exports, form: str, base: str
) -> None:
    folder = exports.folders[form]
    declared = (
        PREFECTURE_BASE,
        "https://www.moj.gov.cn/",
        "https://beian.miit.gov.cn/",
    )
    foreign = (exports.county.foreign_url, "https://www.example.com/apply")
    typed = ("https://www.example.gov.cn/book",)
    for name, page in pages(folder).items():
        for tag, attrs in page.elements:
            for attribute in ("href", "src", "srcset", "action", "poster", "content"):
                value = attrs.get(attribute, "")
                if not value.startswith(("http:", "https:", "/")):
                    continue
                if name.startswith("leave/"):
                    assert value.startswith((base, *declared, *foreign)), (name, value)
                elif name.endswith("404.html"):
                    root = urlsplit(base).path
                    assert value.startswith((f"{root}/", base, *declared)), name
                elif tag in {"link", "meta"}:
                    assert value.startswith(base), (name, value)
                else:
                    assert value.startswith((*declared, *typed)), (name, value)


@pytest.mark.parametrize(
    ("form", "base"),
    [("own host", OWN_BASE), ("column", PATH_BASE), ("pack", OWN_BASE)],
)
def test_codes_to_scan_hold_the_public_address(
    exports: Exports, form: str, base: str
) -> None:
    folder = exports.folders[form]
    text = (folder / "dongtai/quanbu/index.html").read_text()
    assert str(qr_svg(f"{base}/dongtai/quanbu/")) in text
    assert f'<link rel="canonical" href="{base}/dongtai/quanbu/">' in text


@EVERY_FORM
def test_no_form_holds_a_word_of_the_other_county(exports: Exports, form: str) -> None:
    for name in names(exports.folders[form]):
        body = (exports.folders[form] / name).read_bytes()
        assert not [word for word in exports.others if word.encode() in body], name


# --- the column beside its host -----------------------------------------------------------------------


def test_neither_side_of_a_column_dresses_the_other(
    visiting: Visiting,
) -> None:
    visit = visiting("column")
    page = visit.page
    page.set_viewport_size(DESKTOP)
    visit.open("/dongtai/quanbu/")
    # The county's header looks as on its own pages ...
    bare = page.context.new_page()
    bare.set_viewport_size(DESKTOP)
    bare.goto(f"{visit.root}index.html")
    bare.set_content(
        "<!DOCTYPE html>"
        + "".join(
            HOST_PARTS[f"/sfj-parts/{n}.html"].decode() for n in ("head", "header")
        )
    )
    looks = """() => ["div.header", "ul.menu", "p.main", ".header a"].map(selector => {
        const found = getComputedStyle(document.querySelector(selector));
        return ["color", "backgroundColor", "display", "fontSize", "padding", "float"]
            .map(name => found[name]); })"""
    bare_looks, column_looks = bare.evaluate(looks), page.evaluate(looks)
    assert [look[:3] for look in column_looks] == [look[:3] for look in bare_looks]
    assert [look[4:] for look in column_looks] == [look[4:] for look in bare_looks]
    # ... and our part as on a site of its own.
    style = """selector => { const found = getComputedStyle(
        document.querySelector(selector)); return [found.float, found.fontSize,
        found.color, found.borderTopWidth, found.width, found.padding,
        found.textAlign, found.display]; }"""
    own = visiting("own host")
    own.page.set_viewport_size(DESKTOP)
    own.open("/dongtai/quanbu/")
    for selector in ("main.main", "main h1", ".page", ".breadcrumb a", ".attachment"):
        assert page.evaluate(style, selector) == own.page.evaluate(style, selector)


def test_a_column_page_can_be_read_by_everybody(
    visiting: Visiting,
) -> None:
    visit = visiting("column")
    for path in ("/topics/", "/dongtai/quanbu/"):
        visit.open(path)
        visit.page.evaluate(  # the county's own parts are not ours to mend
            "document.querySelectorAll('div.header, div.footer').forEach(e => e.remove())"
        )
        for viewport in (PHONE, DESKTOP):
            visit.page.set_viewport_size(viewport)
            assert violations(visit.page) == []
            assert visit.page.evaluate(SMALL_TARGETS) == []
            assert visit.page.evaluate(SIDEWAYS) <= 0


# --- the pack -----------------------------------------------------------------------------------------------


def test_from_the_start_file_every_page_of_a_pack_is_reached(
    exports: Exports, visiting: Visiting
) -> None:
    visit = visiting("pack")
    folder = exports.folders["pack"].parent
    waiting, seen = [folder / START], {folder / START}
    while waiting:
        file = waiting.pop()
        for link in Markup(file.read_text()).links():
            if urlsplit(link).scheme:
                continue
            target = (file.parent / url2pathname(urlsplit(link).path)).resolve()
            if target not in seen and target.suffix == ".html":
                seen.add(target)
                waiting.append(target)
    assert {f"site/{file_name(path)}" for path in exports.paths.values()} - {
        "site/en/laws/index.html"  # its links lead to the Chinese one
    } <= {path.relative_to(folder).as_posix() for path in seen}
    for file in (folder / START, folder / SHEETS):
        visit.page.goto(file.as_uri())
        for viewport in (PHONE, DESKTOP):
            visit.page.set_viewport_size(viewport)
            assert violations(visit.page) == [], file
            assert visit.page.evaluate(SMALL_TARGETS) == [], file
            assert visit.page.evaluate(SIDEWAYS) <= 0, file
    visit.faults.clear()  # of axe, which would read the style sheets
    visit.page.goto((folder / START).as_uri())
    visit.page.click(".pack-door--first")
    assert visit.page.url == f"{visit.root}index.html"
    # Its own search answers, without any network.
    visit.page.goto((folder / START).as_uri())
    visit.page.fill("#header-search", "老板不给工钱")
    visit.page.press("#header-search", "Enter")
    visit.page.click("[data-hits] a >> nth=0")
    assert visit.page.locator("main h1").inner_text().endswith("老板不给工钱怎么办？")
    assert (folder / CHECKSUMS).is_file()
    assert visit.faults == []


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2026-05-10T12:00:00+08:00", ""),
        ("2026-08-07T12:00:00+08:00", ""),  # 89 days
        ("2026-08-08T00:30:00+08:00", "已经过了 90 天"),
        ("2027-05-09T12:00:00+08:00", "已经过了 364 天"),
        ("2027-05-10T12:00:00+08:00", "这个离线包太旧了"),
        ("2029-05-10T12:00:00+08:00", "已经过了 1096 天"),
        ("2020-01-01T12:00:00+08:00", ""),  # a computer that forgot the day
    ],
)
def test_an_old_pack_says_how_old_it_is(
    exports: Exports, chromium: Browser, now: str, told: str
) -> None:
    context = chromium.new_context(
        viewport=PHONE, offline=True, timezone_id="Asia/Shanghai"
    )
    page = context.new_page()
    page.clock.set_fixed_time(now)
    for file in (
        exports.folders["pack"].parent / START,
        exports.folders["pack"] / "wenda/index.html",
        exports.folders["pack"] / "dongtai/quanbu/index.html",
    ):
        if not file.is_file():
            continue
        page.goto(file.as_uri())
        shown = page.locator("[data-pack-made]:visible").all_inner_texts()
        assert len(shown) == bool(told)
        assert told in "".join(shown)
        assert "离线包，2026年5月10日制作。" in page.inner_text(".footer__identity")
    context.close()


def test_without_script_a_pack_shows_its_date(
    exports: Exports, chromium: Browser
) -> None:
    context = chromium.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((exports.folders["pack"] / "dongtai/quanbu/index.html").as_uri())
    assert page.locator("[data-pack-made]:visible").count() == 0
    assert "离线包，2026年5月10日制作。" in page.inner_text(".footer__identity")
    context.close()


def test_a_sheet_prints_large_and_alone(exports: Exports, visiting: Visiting) -> None:
    visit = visiting("pack")
    page = visit.page
    page.goto((exports.folders["pack"].parent / SHEETS).as_uri())
    sheets = page.locator(".pack-sheet")
    kinds = page.locator("main h2").all_inner_texts()
    assert {"法律问答", "文章"} <= set(kinds)
    links = sheets.evaluate_all("found => found.map(link => link.href)")
    page.emulate_media(media="print")
    for link in links:
        page.goto(link)
        for hidden in (".menu", ".header__search", ".footer__inner", ".tools"):
            assert page.locator(f"{hidden}:visible").count() == 0, (link, hidden)
        size = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
        assert size >= 18, link  # 14 points
        assert page.locator("main h1:visible").count() == 1, link
        assert page.locator(".qr-code:visible").count() == 1, link
    assert len(links) > 8
    assert page.pdf(format="A4").startswith(b"%PDF")
    assert visit.faults == []
