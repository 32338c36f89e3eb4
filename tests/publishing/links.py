"""Every broken link of a folder of files."""

from __future__ import annotations

from collections.abc import Mapping

from publishing import linkcheck
from publishing.linkcheck import Fault, page_links


def broken_links(
    files: Mapping[str, bytes], rooted: Mapping[str, str] | None = None
) -> list[tuple[str, Fault]]:
    """(page, fault); ``rooted``: pages answered at any address, with the site's path."""
    pages = {
        name: page_links(name, body, (rooted or {}).get(name))
        for name, body in files.items()
        if name.endswith(".html")
    }
    return list(linkcheck.broken_links(pages, files.__contains__))
