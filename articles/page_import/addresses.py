"""Old addresses, written in one way, and where their files are. Pure code."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

# What a redirect of Wagtail can hold.
LONGEST_PATH = 255
_UNSAFE = re.compile(r"[\x00-\x20\x7f]")


def split_address(address: str) -> SplitResult | None:
    """The parts of an absolute http address; None where it is none."""
    try:
        parts = urlsplit(address.strip())
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            return None
        _ = parts.port
    except ValueError:
        return None
    return parts


def canonical(address: str) -> str:
    """How an address is compared: ``www``, scheme, port, order of the query and
    fragment make no other page.

    >>> canonical("https://www.xian.gov.cn:443/show.asp?b=2&id=12#top")
    'xian.gov.cn/show.asp?b=2&id=12'
    >>> canonical("no address")
    ''
    """
    parts = split_address(address)
    if parts is None or parts.hostname is None:
        return ""
    return parts.hostname.lower().removeprefix("www.") + old_path(address)


def old_path(address: str) -> str:
    """Path and query as Wagtail's redirects keep them.

    >>> old_path("http://xian.gov.cn/show.asp?id=12&b=2")
    '/show.asp?b=2&id=12'
    >>> old_path("http://xian.gov.cn/zw/%E5%85%AC%E5%BC%80/")
    '/zw/公开'
    """
    parts = urlsplit(address.strip())
    path = unquote(parts.path or "/")
    if len(path) > 1:
        path = path.rstrip("/") or "/"
    query = "&".join(sorted(parts.query.split("&")))
    return f"{path}?{unquote(query)}" if query else path


def absolute(link: str, page_address: str) -> str:
    """Where a link of an old page leads; "" where it leads nowhere."""
    link = _UNSAFE.sub("", link.replace("\\", "/"))
    try:
        return urljoin(page_address, link)
    except ValueError:
        return ""


def file_candidates(
    link: str, page_file: Path, page_address: str, folder: Path
) -> list[Path]:
    """Where in ``folder`` the file behind a link may have been saved, likeliest first.

    A browser saves beside the page; a downloader keeps the path of the old site, with
    or without the host, and the query in the name. Nothing outside ``folder``.
    """
    root = folder.resolve()
    link = link.strip().replace("\\", "/")
    target = split_address(absolute(link, page_address))
    places: list[Path] = []
    for name in _names(link):
        if not urlsplit(link).scheme and not link.startswith("/"):
            places.append(page_file.parent / name)
    if target is not None and target.hostname is not None:
        for name in _names(target.path + (f"?{target.query}" if target.query else "")):
            places += [folder / name.lstrip("/")]
            places += [folder / target.hostname / name.lstrip("/")]
    inside = []
    for place in places:
        try:
            resolved = place.resolve()
        except (OSError, ValueError, RuntimeError):
            continue
        if resolved.is_relative_to(root) and resolved not in inside:
            inside.append(resolved)
    return inside


def find_file(
    link: str, page_file: Path, page_address: str, folder: Path
) -> Path | None:
    """The saved file behind a link, if it was saved."""
    for place in file_candidates(link, page_file, page_address, folder):
        try:
            if place.is_file():
                return place
        except OSError:  # a name that the system refuses
            continue
    return None


def _names(link: str) -> list[str]:
    """The file names that a link may stand for."""
    path, _question, query = link.split("#", 1)[0].partition("?")
    plain = unquote(path)
    names = [f"{plain}?{query}"] if query else []
    names.append(plain)
    return [name for name in names if name and "\0" not in name]
