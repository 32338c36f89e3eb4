"""Does every link of a page lead somewhere? Works on bytes. Pure code."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote, urlsplit

# In the words of a page, "<" is escaped: an attribute in them is no attribute.
_TAG = re.compile(r"<[a-zA-Z][^>]*>")
_ATTRIBUTE = re.compile(r'\s(href|src|action|poster|srcset|id)="([^"]*)"')
_NOT_OURS = ("tel:", "mailto:", "sms:", "data:")
_ABSOLUTE = ("http:", "https:")


@dataclass(frozen=True, slots=True)
class Fault:
    link: str
    reason: str  # "file" | "fragment" | "outside" | "absolute"


@dataclass(frozen=True, slots=True)
class PageLinks:
    """What a page links to: files of the site with fragments, and other sites."""

    targets: frozenset[tuple[str, str]]  # (file name, fragment)
    foreign: frozenset[str]
    anchors: frozenset[str]
    faults: tuple[Fault, ...]  # links that lead nowhere, wherever the site stands


def page_links(name: str, body: bytes, base: str | None = None) -> PageLinks:
    """The links of the HTML file ``name``.

    Links must be relative: one from the root of a host would break below a path and
    from a folder. ``base``: the path of the site, for a page that is answered at any
    address and links from there (``/sfj``).
    """
    targets: set[tuple[str, str]] = set()
    foreign: set[str] = set()
    anchors: set[str] = set()
    faults: list[Fault] = []
    for attribute, value in _attributes(body.decode()):
        if attribute == "id":
            anchors.add(value)
        elif value.startswith(_ABSOLUTE):
            foreign.add(value)
        elif not value.startswith(_NOT_OURS):
            found = _target(name, _relative(name, value, base))
            if isinstance(found, str):
                faults.append(Fault(value, found))
            else:
                targets.add(found)
    own = {fragment for target, fragment in targets if target == name and fragment}
    faults += [Fault(f"#{fragment}", "fragment") for fragment in sorted(own - anchors)]
    return PageLinks(
        frozenset(targets), frozenset(foreign), frozenset(anchors), tuple(faults)
    )


def missing_targets(
    links: PageLinks, is_there: Callable[[str], bool]
) -> Iterator[Fault]:
    """The links to files that are not there."""
    for target, fragment in sorted(links.targets):
        if not is_there(target):
            yield Fault(f"{target}#{fragment}" if fragment else target, "file")


def missing_anchors(
    name: str, links: PageLinks, anchors_of: Callable[[str], Iterable[str] | None]
) -> Iterator[Fault]:
    """The links to places that their pages do not have. ``anchors_of`` gives those of a
    file; None: it is no page, or not known."""
    for target, fragment in sorted(links.targets):
        if not fragment or target == name:
            continue
        known = anchors_of(target)
        if known is not None and fragment not in known:
            yield Fault(f"{target}#{fragment}", "fragment")


def broken_links(
    pages: Mapping[str, PageLinks], is_there: Callable[[str], bool]
) -> Iterator[tuple[str, Fault]]:
    """(page, fault) of every link of these pages that leads nowhere."""

    def anchors_of(name: str) -> Iterable[str] | None:
        return pages[name].anchors if name in pages else None

    for name, links in pages.items():
        for fault in (
            *links.faults,
            *missing_targets(links, is_there),
            *missing_anchors(name, links, anchors_of),
        ):
            yield name, fault


def _attributes(text: str) -> Iterator[tuple[str, str]]:
    """Each pair once, in the order of the page."""
    tags = "\n".join(_TAG.findall(text))
    for attribute, value in dict.fromkeys(_ATTRIBUTE.findall(tags)):
        if attribute != "srcset":
            yield attribute, unescape(value)
            continue
        for part in value.split(","):
            yield attribute, unescape(part.strip().split(" ")[0])


def _relative(source: str, link: str, base: str | None) -> str:
    """A link below ``base`` as one from the file that holds it."""
    if base is None or not link.startswith(f"{base}/"):
        return link
    path, hash_sign, fragment = link[len(base) + 1 :].partition("#")
    name = f"{path}index.html" if path == "" or path.endswith("/") else path
    name = posixpath.relpath(name, posixpath.dirname(source) or ".")
    return f"{name}{hash_sign}{fragment}"


def _target(source: str, link: str) -> tuple[str, str] | str:
    """(file, fragment), or why the link leads nowhere."""
    if link.startswith("/"):
        return "absolute"
    parts = urlsplit(link)
    target = source
    if parts.path:
        joined = posixpath.join(posixpath.dirname(source), unquote(parts.path))
        target = posixpath.normpath(joined)
    if target.startswith(".."):
        return "outside"
    return target, unquote(parts.fragment)
