"""Every template in Chromium: accessible, in its place on a phone, helped by script."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from home.presentation import HeadTags
from publishing import offline
from tests.accessibility import (
    DESKTOP,
    PHONE,
    SIDEWAYS,
    SMALL_TARGETS,
    violations,
)
from tests.publishing.rendering import STATIC, write_sample, write_site
from tests.publishing.samples import Sample, samples

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

BY_NAME = {sample.name: sample for sample in samples()}
# moved.html leads away at once; its body is two lines.
STAYING = [sample for sample in BY_NAME.values() if sample.name != "moved"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write_site(folder)
    return folder


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport=PHONE)
    yield context.new_page()
    context.close()


def show(page: Page, site: Path, sample: Sample, fragment: str = "") -> None:
    page.goto(write_sample(site, sample).as_uri() + fragment)


@pytest.mark.parametrize("sample", STAYING, ids=lambda s: s.name)
def test_page_is_accessible_at_every_size(
    page: Page, site: Path, sample: Sample
) -> None:
    show(page, site, sample)
    for size, viewport in (("medium", PHONE), ("elder", PHONE), ("medium", DESKTOP)):
        page.set_viewport_size(viewport)
        page.evaluate(f"document.documentElement.dataset.size = '{size}'")
        assert violations(page) == [], (size, viewport)
        assert page.evaluate(SMALL_TARGETS) == [], (size, viewport)
        assert page.evaluate(SIDEWAYS) <= 0, (size, viewport)
    # WCAG 2.2, 1.4.4: letters twice as large, by the phone's own setting.
    page.set_viewport_size(PHONE)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(SIDEWAYS) <= 0


def test_notice_of_a_closed_portal_is_accessible_and_has_its_style(
    page: Page, tmp_path: Path
) -> None:
    shutil.copy(STATIC / offline.STYLE, tmp_path / offline.STYLE_FILE)
    notice = offline.OfflineView(
        title="本网站暂时不能访问",
        name="青山县乡村普法网",
        style=offline.STYLE_FILE,
        reason="系统升级。",
        until=date(2026, 12, 1),
        publisher="青山县司法局",
        phone="0000-1234567",
    )
    file = tmp_path / offline.PAUSED_PAGE
    file.write_bytes(offline.page(notice))
    for viewport in (PHONE, DESKTOP):
        page.set_viewport_size(viewport)
        page.goto(file.as_uri())
        assert violations(page) == []
        assert page.evaluate(SMALL_TARGETS) == []
        assert page.evaluate(SIDEWAYS) <= 0
    main = "getComputedStyle(document.querySelector('main')).borderTopWidth"
    assert page.evaluate(main) == "6px"


def test_a_planted_fault_is_found(page: Page, site: Path) -> None:
    show(page, site, BY_NAME["question"])
    page.evaluate("document.querySelector('h1').outerHTML = '<img src=\"a.png\">'")
    assert any(found.startswith("image-alt") for found in violations(page))


def test_a_planted_small_target_is_found(page: Page, site: Path) -> None:
    show(page, site, BY_NAME["question"])
    page.evaluate("document.querySelector('h1').innerHTML = '<a href=\"#\">a</a>'")
    assert len(page.evaluate(SMALL_TARGETS)) == 1


def test_type_size_is_remembered_on_the_next_page(page: Page, site: Path) -> None:
    show(page, site, BY_NAME["question"])
    page.click("button[data-size=large]")
    show(page, site, BY_NAME["article"])
    assert page.get_attribute("html", "data-size") == "large"
    assert page.get_attribute("button[data-size=large]", "aria-pressed") == "true"


# Pairs of parts of the header that lie on each other; the field's width in letters.
HEADER = """() => {
  const parts = [...document.querySelector(".header__inner").children];
  const boxes = parts.map(part => part.getBoundingClientRect()).filter(box => box.width);
  const apart = (a, b) => a.right <= b.left || b.right <= a.left ||
    a.bottom <= b.top || b.bottom <= a.top;
  const field = document.querySelector(".header__inner [name=q]");
  return {
    overlaps: boxes.flatMap((a, i) => boxes.slice(i + 1).filter(b => !apart(a, b))).length,
    letters: field.clientWidth / parseFloat(getComputedStyle(field).fontSize),
  };
}"""


@pytest.mark.parametrize("letters", [100, 125, 175, 200])
def test_header_takes_more_lines_for_larger_letters(
    page: Page, site: Path, letters: int
) -> None:
    show(page, site, BY_NAME["article"])
    page.evaluate(f"document.documentElement.style.fontSize = '{letters}%'")
    found = page.evaluate(HEADER)
    assert found["overlaps"] == 0
    assert found["letters"] > 3


def test_elder_mode_is_at_least_18_points_and_can_be_left(
    page: Page, site: Path
) -> None:
    size = "parseFloat(getComputedStyle(document.body).fontSize)"
    show(page, site, BY_NAME["home"])
    page.click("[data-action=elder]")
    assert page.evaluate(size) >= 24  # CSS pixels: 18 points
    page.click("[data-action=elder]")
    assert page.evaluate(size) == 18


def test_buttons_that_cannot_work_stay_hidden(page: Page, site: Path) -> None:
    page.add_init_script("delete window.speechSynthesis; window.print = null;")
    without_address = replace(
        BY_NAME["question"], frame={"head": HeadTags(title="没有公开地址")}
    )
    show(page, site, without_address)
    for action in ("read", "print", "share"):
        assert not page.is_visible(f"[data-action={action}]"), action
    assert page.is_visible("button[data-size=large]")


def test_share_copies_the_public_address(page: Page, site: Path) -> None:
    page.add_init_script(
        "navigator.__proto__.share = undefined;"
        "document.execCommand = () => {"
        "  window.copied = document.activeElement.value; return true; };"
    )
    show(page, site, BY_NAME["question"])
    page.click("[data-action=share]")
    copied = page.evaluate("window.copied")
    assert copied == "https://sfj.example.gov.cn/wenda/gongqian/"
    assert page.inner_text("[data-action=share]") == "链接已复制"


SPEECH = """
window.spoken = [];
class Utterance { constructor(text) { this.text = text; } }
Object.defineProperty(window, "SpeechSynthesisUtterance", { value: Utterance });
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => [{ lang: "zh-CN", name: "a" }],
  speak: (utterance) => {
    window.spoken.push(utterance.text);
    window.current = utterance;
  },
  cancel: () => {},
  addEventListener: () => {},
} });
"""


def test_reading_aloud_goes_through_the_page_and_stops(page: Page, site: Path) -> None:
    page.add_init_script(SPEECH)
    show(page, site, BY_NAME["question"])
    page.click("[data-action=read]")
    assert page.evaluate("window.spoken") == ["老板不给工钱怎么办？"]
    page.evaluate("window.current.onend()")
    assert page.evaluate("window.spoken[1]") == "先投诉，不收费。"
    assert page.inner_text("[data-action=read]") == "停止朗读"
    page.click("[data-action=read]")
    page.evaluate("window.current.onend()")
    assert page.evaluate("window.spoken.length") == 2
    assert page.locator(".is-read-aloud").count() == 0


def test_address_of_a_provision_leads_to_its_part(page: Page, site: Path) -> None:
    write_sample(site, BY_NAME["part"])
    show(page, site, BY_NAME["long statute"], "#t1")
    page.wait_for_url("**/laws/shili/b1/index.html#t1")
    assert page.locator("#t1.provision").count() == 1


def test_printing_opens_the_provisions(page: Page, site: Path) -> None:
    show(page, site, BY_NAME["question"])
    closed = "document.querySelectorAll('main details:not([open])').length"
    before = page.evaluate(closed)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert (before > 0, page.evaluate(closed)) == (True, 0)
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(closed) == before


def test_page_is_readable_without_script(chromium: Browser, site: Path) -> None:
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    show(page, site, BY_NAME["question"])
    page.click("summary.cited__label")
    assert page.is_visible(".cited__text")
    assert not page.is_visible("[data-tools]")
    context.close()
