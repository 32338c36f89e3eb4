"""Does every link of an export lead somewhere? Works on bytes. Pure code."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote, urlsplit

# In the words of a page, "<" is escaped: an attribute in them is no attribute.
_TAG = re.compile(r"<[a-zA-Z][^>]*>")
_ATTRIBUTE = re.compile(r'\s(href|src|action|srcset)="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')
_NOT_OURS = ("http:", "https:", "tel:", "mailto:", "sms:", "data:")


@dataclass(frozen=True, slots=True)
class BrokenLink:
    source: str  # file that holds the link
    link: str
    reason: str  # "file" | "fragment" | "outside" | "absolute"


def check_links(files: Mapping[str, bytes]) -> list[BrokenLink]:
    """Every link of the HTML ``files`` (by relative name) that leads nowhere.

    Links must be relative: one from the root of a host would break below a path and
    from a folder.
    """
    pages = {
        name: body.decode() for name, body in files.items() if name.endswith(".html")
    }
    tags = {name: _TAG.findall(text) for name, text in pages.items()}
    anchors = {
        name: {anchor for tag in found for anchor in _ID.findall(tag)}
        for name, found in tags.items()
    }
    broken: list[BrokenLink] = []
    for name, found in tags.items():
        for link in dict.fromkeys(_links(found)):
            reason = _fault(name, link, files, anchors)
            if reason:
                broken.append(BrokenLink(name, link, reason))
    return broken


def _links(tags: Iterable[str]) -> Iterator[str]:
    found = (pair for tag in tags for pair in _ATTRIBUTE.findall(tag))
    for attribute, value in found:
        if attribute == "srcset":
            parts = value.split(",")
            yield from (unescape(part.strip().split(" ")[0]) for part in parts)
        else:
            yield unescape(value)


def _fault(
    source: str,
    link: str,
    files: Mapping[str, bytes],
    anchors: Mapping[str, set[str]],
) -> str:
    if link.startswith(_NOT_OURS):
        return ""
    parts = urlsplit(link)
    if link.startswith("/"):
        return "absolute"
    target = source
    if parts.path:
        joined = posixpath.join(posixpath.dirname(source), unquote(parts.path))
        target = posixpath.normpath(joined)
    if target.startswith(".."):
        return "outside"
    if target not in files:
        return "file"
    fragment = unquote(parts.fragment)
    if fragment and target in anchors and fragment not in anchors[target]:
        return "fragment"
    return ""
