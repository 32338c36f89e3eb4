from __future__ import annotations

from pathlib import Path

import pytest

from tests.articles.page_import.old_site import OldSite


@pytest.fixture
def old_site(tmp_path: Path) -> OldSite:
    folder = tmp_path / "site"
    folder.mkdir()
    return OldSite(folder)
