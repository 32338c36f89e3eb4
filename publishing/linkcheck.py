"""Does every link of an export lead somewhere? Works on bytes. Pure code."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote, urlsplit

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
    anchors = {name: set(_ID.findall(text)) for name, text in pages.items()}
    broken: list[BrokenLink] = []
    for name, text in pages.items():
        for link in dict.fromkeys(_links(text)):
            reason = _fault(name, link, files, anchors)
            if reason:
                broken.append(BrokenLink(name, link, reason))
    return broken


def _links(text: str) -> Iterator[str]:
    for attribute, value in _ATTRIBUTE.findall(text):
        if attribute == "srcset":
            yield from (
                unescape(part.strip().split(" ")[0]) for part in value.split(",")
            )
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
