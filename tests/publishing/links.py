"""Every broken link of a folder of files."""

from __future__ import annotations

from collections.abc import Mapping

from publishing.linkcheck import Fault, missing_anchors, missing_targets, page_links


def broken_links(
    files: Mapping[str, bytes], rooted: Mapping[str, str] | None = None
) -> list[tuple[str, Fault]]:
    """(page, fault); ``rooted``: pages answered at any address, with the site's path."""
    pages = {
        name: page_links(name, body, (rooted or {}).get(name))
        for name, body in files.items()
        if name.endswith(".html")
    }
    anchors = {name: links.anchors for name, links in pages.items()}
    return [
        (name, fault)
        for name, links in pages.items()
        for fault in (
            *links.faults,
            *missing_targets(links, files.__contains__),
            *missing_anchors(name, links, anchors.get),
        )
    ]
