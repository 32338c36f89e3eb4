"""What is absent: a service is a skip, in CI a failure; the law texts are always a skip."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.services import find_chromium, find_elasticsearch, find_shared_data

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.usefixtures("bare_machine")
def test_without_chromium_a_test_is_skipped_and_says_why(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="apt-get install chromium"):
        find_chromium()


@pytest.mark.usefixtures("bare_machine")
def test_without_chromium_a_test_fails_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="apt-get install chromium"):
        find_chromium()


@pytest.mark.parametrize(
    ("ci", "outcome"), [("", pytest.skip.Exception), ("true", pytest.fail.Exception)]
)
def test_without_elasticsearch_a_test_is_skipped_and_in_ci_fails(
    ci: str, outcome: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", ci)
    with socket.create_server(("127.0.0.1", 0)) as free:
        monkeypatch.setenv("ELASTICSEARCH_PORT", str(free.getsockname()[1]))
    with pytest.raises(outcome, match="script/elasticsearch start"):
        find_elasticsearch()


@pytest.mark.parametrize("ci", ["", "true"])
def test_without_the_law_texts_a_test_is_skipped_everywhere(
    ci: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", ci)
    with pytest.raises(pytest.skip.Exception, match="no folder ../shared/data"):
        find_shared_data(tmp_path / "absent")


@pytest.mark.browser
def test_chromium_opens_a_page(chromium: Browser) -> None:
    page = chromium.new_page()
    try:
        page.set_content("<title>乡法通</title><p>民法典")
        assert page.title() == "乡法通"
        assert page.inner_text("p") == "民法典"
    finally:
        page.close()
