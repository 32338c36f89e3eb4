"""Addresses inside a portal: the one place that turns a logical path into a link.

A *logical path* is what a page is called inside its portal, whatever serves it:
``/`` (home), ``/zixun/``, ``/en/zixun/``, ``/laws/minfadian/``, ``/feed.xml``.
It always starts with a slash; a path that ends in a slash is a page and is written
to ``…/index.html``; any other is a file of that name.

An :class:`AddressForm` says how such a path becomes a link. Pure code: no model.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from home.channels import SITE, Channel

# First path parts that belong to the system and are refused as page slugs.
RESERVED_SLUGS = frozenset(
    {
        "laws",
        "search",
        "api",
        "admin",
        "media",
        "static",
        "leave",
        "topics",
        "sitemap",
        "feed",
    }
)
# Parts below a column that its lists use.
RESERVED_COLUMN_SLUGS = frozenset({"page", "topic", "year"})


def file_name(path: str) -> str:
    """The file that holds a logical path, relative to the root of an export.

    >>> file_name("/zixun/")
    'zixun/index.html'
    >>> file_name("/feed.xml")
    'feed.xml'
    """
    name = path.lstrip("/")
    return f"{name}index.html" if name == "" or name.endswith("/") else name


@dataclass(frozen=True, slots=True)
class AddressForm:
    """How links are written.

    - ``host``: from the root of the host (``/zixun/``); what the server sends.
    - ``base``: below a path of another host (``/sfj/zixun/``), ``base`` = ``/sfj``.
    - ``relative``: from the file that holds the link (``../zixun/index.html``);
      the same files then work on a host, under a path and from a folder. ``base`` is
      then the folder of the site, as seen from a file that stands above it (``site``).

    ``public_base`` (``https://sfj.example.gov.cn``, no slash at the end) is where the
    files will live; empty means unknown, and then no absolute address is written.
    """

    kind: Literal["host", "base", "relative"] = "host"
    base: str = ""
    public_base: str = ""
    # Scheme, host and port of the request that is answered; "" in an export.
    origin: str = ""
    # What stands around the pages, and what they carry along.
    channel: Channel = SITE

    def href(self, target: str, *, source: str, fragment: str = "") -> str:
        """The link from the page ``source`` to ``target`` (both logical paths)."""
        anchor = f"#{quote(fragment)}" if fragment else ""
        if self.kind == "relative":
            if target == source and anchor:
                return anchor
            link = _relative(file_name(source), file_name(target))
            if self.base:
                link = posixpath.join(self.base, link)
            return quote(link) + anchor
        return self.base + quote(target, safe="/@") + anchor

    def absolute(self, target: str) -> str:
        """The public address of ``target``, or ``""`` where it is not known."""
        if not self.public_base:
            return ""
        return self.public_base + quote(target, safe="/@")

    @property
    def has_feeds(self) -> bool:
        """Feeds and the map for search engines: only where absolute addresses are
        known and somebody can come back for more."""
        return bool(self.public_base) and self.channel.is_online


def _relative(source: str, target: str) -> str:
    """The link from one file to another, both relative to the same root.

    >>> _relative("wenda/laoban/index.html", "wenda/index.html")
    '../index.html'
    """
    # posixpath.relpath does the same ten times slower, and asks for the current folder.
    folders, names = source.split("/")[:-1], target.split("/")
    shared = 0
    for one, other in zip(folders, names[:-1], strict=False):
        if one != other:
            break
        shared += 1
    return "../" * (len(folders) - shared) + "/".join(names[shared:])


def language_path(path: str, language: str, default: str = "zh-hans") -> str:
    """``path`` in another language: zh-hans has no prefix, others ``/<code>``."""
    return path if language == default else f"/{language}{path}"


def split_language(path: str, languages: tuple[str, ...]) -> tuple[str, str]:
    """Split a request path into (language, path without the prefix)."""
    first, slash, rest = path[1:].partition("/")
    if slash and first in languages and first != "zh-hans":
        return first, "/" + rest
    return "zh-hans", path
