"""Static files that an export takes along: those that its pages name, and theirs."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.contrib.staticfiles import finders

from home.channels import SITE, Channel
from publishing.scoped_css import scoped

CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
}
_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")


def read_assets(
    names: Iterable[str], channel: Channel = SITE
) -> Iterator[tuple[str, bytes, str]]:
    """(name, body, content type) of each, and of what their style sheets show.

    In a column package the style sheets keep to our part of the page.
    Raises ``FileNotFoundError`` for a name that no folder of static files has.
    """
    waiting = sorted(names)
    seen = set(waiting)
    while waiting:
        name = waiting.pop()
        body = read_asset(name)
        if channel.kind == "column" and name.endswith(".css"):
            body = scoped(body.decode()).encode()
        yield name, body, CONTENT_TYPES[Path(name).suffix]
        if name.endswith(".css"):
            fresh = set(_linked(name, body.decode())) - seen
            seen |= fresh
            waiting += sorted(fresh)


def read_asset(name: str) -> bytes:
    """A static file of the project, from its source folder."""
    source = finders.find(name)
    if source is None:
        raise FileNotFoundError(name)
    return Path(source).read_bytes()


def _linked(name: str, css: str) -> Iterator[str]:
    for link in _URL.findall(css):
        if not link.startswith(("data:", "#")):
            path = link.partition("?")[0].partition("#")[0]
            yield posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
