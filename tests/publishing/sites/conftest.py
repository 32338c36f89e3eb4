"""Sites of two portals in a folder of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from publishing.sites.site import Site
from tests.publishing.sites.making import HOST, OLD, OTHER_HOST, build


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A portal's site that was built once, beside another portal's."""
    found = Site.of(HOST, tmp_path)
    other = Site.of(OTHER_HOST, tmp_path)
    build(other, {"index.html": "白河"})
    build(found, OLD)
    yield found
    found.close()
    other.close()
