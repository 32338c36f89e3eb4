"""Addresses inside a portal: the one place that turns a logical path into a link.

A *logical path* is what a page is called inside its portal, whatever serves it:
``/`` (home), ``/zixun/``, ``/en/zixun/``, ``/laws/minfadian/``, ``/feed.xml``.
It always starts with a slash; a path that ends in a slash is a page and is written
to ``…/index.html``; any other is a file of that name.

An :class:`AddressForm` says how such a path becomes a link. Pure code: no model.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
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
        if self.kind == "relative" and target == source and anchor:
            return anchor
        return self.root(source) + self.below_root(target) + anchor

    def root(self, source: str) -> str:
        """What every link from the page ``source`` into the site begins with.

        Relative links lead over the root of the site even to the next page: those in
        the header are then the same on all pages of one depth, and are made once.
        """
        if self.kind != "relative":
            return f"{self.base}/"
        up = "../" * file_name(source).count("/")
        return f"{self.base}/{up}" if self.base else up

    def below_root(self, target: str) -> str:
        """What follows ``root`` in a link to ``target``."""
        return _quoted(file_name(target) if self.kind == "relative" else target[1:])

    def absolute(self, target: str) -> str:
        """The public address of ``target``, or ``""`` where it is not known."""
        if not self.public_base:
            return ""
        return f"{self.public_base}/{_quoted(target[1:])}"

    @property
    def has_feeds(self) -> bool:
        """Feeds and the map for search engines: only where absolute addresses are
        known and somebody can come back for more."""
        return bool(self.public_base) and self.channel.is_online


@lru_cache(maxsize=100_000)
def _quoted(path: str) -> str:
    """``path`` as it stands in a link."""
    return quote(path, safe="/@")


def language_path(path: str, language: str, default: str = "zh-hans") -> str:
    """``path`` in another language: zh-hans has no prefix, others ``/<code>``."""
    return path if language == default else f"/{language}{path}"


def split_language(path: str, languages: tuple[str, ...]) -> tuple[str, str]:
    """Split a request path into (language, path without the prefix)."""
    first, slash, rest = path[1:].partition("/")
    if slash and first in languages and first != "zh-hans":
        return first, "/" + rest
    return "zh-hans", path
