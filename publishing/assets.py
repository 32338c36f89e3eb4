"""Static files that an export takes along: those that its pages name, and theirs."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
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


def read_asset(name: str, channel: Channel = SITE) -> bytes:
    """A static file of the project, from its source folder.

    In a column package the style sheets keep to our part of the page. Raises
    ``FileNotFoundError`` for a name that no folder of static files has.
    """
    source = finders.find(name)
    if source is None:
        raise FileNotFoundError(name)
    body = Path(source).read_bytes()
    if channel.kind == "column" and name.endswith(".css"):
        return scoped(body.decode()).encode()
    return body


def content_type(name: str) -> str:
    return CONTENT_TYPES[Path(name).suffix]


def linked_assets(name: str, body: bytes) -> set[str]:
    """What a style sheet shows; other files name nothing."""
    if not name.endswith(".css"):
        return set()
    return set(_linked(name, body.decode()))


def _linked(name: str, css: str) -> Iterator[str]:
    for link in _URL.findall(css):
        if not link.startswith(("data:", "#")):
            path = link.partition("?")[0].partition("#")[0]
            yield posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
