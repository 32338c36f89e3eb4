"""The catalogue's table, narrowed by script where no server answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.accessibility import PHONE, violations
from tests.publishing.rendering import write_sample, write_site
from tests.publishing.samples import samples

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
CATALOGUE = next(sample for sample in samples() if sample.name == "catalogue")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("site")
    write_site(folder)
    written: Path = write_sample(folder, CATALOGUE)
    return written.as_uri()


@pytest.mark.parametrize(
    ("typed", "rows"),
    [
        ("失效", 1),
        ("青司发[2026]3号", 3),  # whatever the brackets
        ("青司发〔2026〕3号 废止", 1),
        ("５１１４１０４", 4),  # full width
        ("没有这样的文件", 0),
        (" ", 4),
    ],
)
def test_table_is_narrowed_to_the_rows_with_every_word(
    chromium: Browser, file: str, typed: str, rows: int
) -> None:
    context = chromium.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(file)
    page.fill("[data-filter]", typed)
    assert page.locator("[data-filter-row]:visible").count() == rows
    said = page.inner_text("[data-filter-status]")
    assert said == (f"找到 {rows} 份文件" if typed.strip() else "")
    assert violations(page) == []
    context.close()


def test_without_script_there_is_no_field_that_does_nothing(
    chromium: Browser, file: str
) -> None:
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(file)
    assert not page.locator("[data-filter]").is_visible()
    assert page.locator("[data-filter-row]:visible").count() == 4
    context.close()
