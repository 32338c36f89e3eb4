"""What a machine may lack: a skip with the reason, and a failure in CI for a service."""

from __future__ import annotations

import os
import shutil
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from django.conf import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SHARED_DATA = Path(settings.BASE_DIR).parent / "shared" / "data"


def find_shared_data(folder: Path = SHARED_DATA) -> Path:
    if not folder.is_dir():
        pytest.skip("no folder ../shared/data beside the checkout")
    return folder


def find_chromium() -> str:
    program = shutil.which("chromium")
    if program is None:
        _miss("no program `chromium` (apt-get install chromium)")
    return program


def _miss(reason: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def find_elasticsearch() -> str:
    """The address of the server that ``script/elasticsearch start`` has started."""
    port = os.environ.get("ELASTICSEARCH_PORT", "9200")
    url = f"http://127.0.0.1:{port}"
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            answer.read()
    except OSError:
        _miss(f"no Elasticsearch at {url} (script/elasticsearch start)")
    return url


@contextmanager
def open_chromium() -> Iterator[Browser]:
    program = find_chromium()
    from playwright.sync_api import sync_playwright  # half a second, for few tests

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright runs an event loop in this thread, and Django takes that for async.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(
            executable_path=program, args=_chromium_arguments()
        )
        yield browser
        browser.close()


def _chromium_arguments() -> list[str]:
    arguments = [
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--lang=zh-CN",
    ]
    # Chromium's sandbox refuses to work for root, who runs the tests in CI.
    return [*arguments, "--no-sandbox"] if os.geteuid() == 0 else arguments
