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
_ATTRIBUTE = re.compile(r'\s(href|src|action|poster|srcset)="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')
_NOT_OURS = ("http:", "https:", "tel:", "mailto:", "sms:", "data:")


@dataclass(frozen=True, slots=True)
class BrokenLink:
    source: str  # file that holds the link
    link: str
    reason: str  # "file" | "fragment" | "outside" | "absolute"


def check_links(
    files: Mapping[str, bytes], rooted: Mapping[str, str] | None = None
) -> list[BrokenLink]:
    """Every link of the HTML ``files`` (by relative name) that leads nowhere.

    Links must be relative: one from the root of a host would break below a path and
    from a folder. ``rooted`` names the files that are answered at any address, with
    the path of the site, below which their links stand (``{"404.html": "/sfj"}``).
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
            base = (rooted or {}).get(name)
            reason = _fault(name, _relative(name, link, base), files, anchors)
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


def _relative(source: str, link: str, base: str | None) -> str:
    """A link below ``base`` as one from the file that holds it."""
    if base is None or not link.startswith(f"{base}/"):
        return link
    path, hash_sign, fragment = link[len(base) + 1 :].partition("#")
    name = f"{path}index.html" if path == "" or path.endswith("/") else path
    name = posixpath.relpath(name, posixpath.dirname(source) or ".")
    return f"{name}{hash_sign}{fragment}"


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
