"""Does every link of a page lead somewhere? Works on bytes. Pure code."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from urllib.parse import unquote, urlsplit

# In the words of a page, "<" is escaped: an attribute in them is no attribute.
_TAG = re.compile(r"<[a-zA-Z][^>]*>")
_ATTRIBUTE = re.compile(r'\s(?:href|src|action|poster|srcset|id)="[^"]*"')
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


@dataclass(frozen=True, slots=True)
class Found:
    """The links of a piece of HTML; no file name: the page itself."""

    targets: frozenset[tuple[str, str]]
    foreign: frozenset[str]
    anchors: frozenset[str]
    faults: tuple[Fault, ...]


# What was found in parts that many pages have, by the depth of the page.
KnownParts = dict[tuple[int, str], Found]


def page_links(
    name: str,
    body: bytes,
    base: str | None = None,
    parts: Iterable[str] = (),
    known: KnownParts | None = None,
) -> PageLinks:
    """The links of the HTML file ``name``.

    Links must be relative: one from the root of a host would break below a path and
    from a folder. ``base``: the path of the site, for a page that is answered at any
    address and links from there (``/sfj``). ``parts``: what many pages have; where it
    stands in this one, it is looked at once for all of a depth (``known``).
    """
    text = body.decode()
    pieces: list[Found] = []
    for part in parts if known is not None and base is None else ():
        before, there, after = text.partition(part)
        found = _of_part(name, part, known) if there and known is not None else None
        if found is not None:
            pieces.append(found)
            text = f"{before}\n{after}"
    pieces.append(_of_piece(name, text, base))
    targets = frozenset(
        target if target[0] else (name, target[1])
        for piece in pieces
        for target in piece.targets
    )
    anchors = frozenset().union(*(piece.anchors for piece in pieces))
    own = {fragment for target, fragment in targets if target == name and fragment}
    faults = [fault for piece in pieces for fault in piece.faults]
    faults += [Fault(f"#{fragment}", "fragment") for fragment in sorted(own - anchors)]
    foreign = frozenset().union(*(piece.foreign for piece in pieces))
    return PageLinks(targets, foreign, anchors, tuple(faults))


def _of_part(name: str, part: str, known: KnownParts) -> Found | None:
    """None for a part whose links mean something else in each folder."""
    key = name.count("/"), part
    found = known.get(key)
    if found is None:
        found = _of_piece(name, part, None)
        elsewhere = "/".join("?" * (key[0] + 1))
        if found != _of_piece(elsewhere, part, None):
            return None
        known[key] = found
    return found


def _of_piece(name: str, text: str, base: str | None) -> Found:
    targets: set[tuple[str, str]] = set()
    foreign: set[str] = set()
    anchors: set[str] = set()
    faults: list[Fault] = []
    folder = posixpath.dirname(name)
    tags = "\n".join(_TAG.findall(text))
    for attribute in dict.fromkeys(_ATTRIBUTE.findall(tags)):
        for kind, value in _values(attribute):
            if kind == "id":
                anchors.add(value)
            elif kind == "foreign":
                foreign.add(value)
            else:
                link = value if base is None else _relative(name, value, base)
                found = _target(folder, link)
                if isinstance(found, str):
                    faults.append(Fault(value, found))
                else:
                    targets.add(found)
    return Found(
        frozenset(targets), frozenset(foreign), frozenset(anchors), tuple(faults)
    )


def missing_targets(
    links: PageLinks, is_there: Callable[[str], bool]
) -> Iterator[Fault]:
    """The links to files that are not there."""
    missing = [target for target in links.targets if not is_there(target[0])]
    for target, fragment in sorted(missing):
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


@lru_cache(maxsize=50_000)
def _values(attribute: str) -> tuple[tuple[str, str], ...]:
    """What an attribute says, each as ("id" | "link" | "foreign", value)."""
    name, _, quoted = attribute.partition("=")
    name, value = name.strip(), unescape(quoted[1:-1])
    if name == "id":
        return (("id", value),)
    links = [value]
    if name == "srcset":
        links = [part.strip().split(" ")[0] for part in value.split(",")]
    return tuple(
        ("foreign" if link.startswith(_ABSOLUTE) else "link", link)
        for link in links
        if not link.startswith(_NOT_OURS)
    )


def _relative(source: str, link: str, base: str) -> str:
    """A link below ``base`` as one from the file that holds it."""
    if not link.startswith(f"{base}/"):
        return link
    path, hash_sign, fragment = link[len(base) + 1 :].partition("#")
    name = f"{path}index.html" if path == "" or path.endswith("/") else path
    name = posixpath.relpath(name, posixpath.dirname(source) or ".")
    return f"{name}{hash_sign}{fragment}"


def _target(folder: str, link: str) -> tuple[str, str] | str:
    """(file, fragment), or why the link leads nowhere; no file: the page itself."""
    if link.startswith("/"):
        return "absolute"
    up = 0
    while link.startswith("../", up):
        up += 3
    depth = folder.count("/") + 1 if folder else 0
    if up == 3 * depth:
        return _below_root(link[up:])
    return _anywhere(folder, link)


@lru_cache(maxsize=50_000)
def _below_root(link: str) -> tuple[str, str] | str:
    """``_target`` of what follows the way up to the root: most links of an export."""
    return _anywhere("", link)


def _anywhere(folder: str, link: str) -> tuple[str, str] | str:
    parts = urlsplit(link)
    target = ""
    if parts.path:
        target = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
    if target.startswith(".."):
        return "outside"
    return target, unquote(parts.fragment)
