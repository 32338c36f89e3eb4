"""Links that leave the government's sites (checklist 3.5). Pure code.

A link to a foreign site leads through a page of ours that asks first; one small page
per address, so that it works without script and without a server. Government sites
(``.gov.cn``) are linked straight.
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import urlsplit

_HOST = re.compile(r"[a-z0-9.-]+")


def url_digest(url: str) -> str:
    """16 hexadecimal digits that name the leaving page of ``url``."""
    return hashlib.sha256(url.encode()).hexdigest()[:16]


def leave_path(url: str) -> str:
    return f"/leave/{url_digest(url)}/"


def is_foreign(url: str, own_hosts: frozenset[str]) -> bool:
    """Whether a link to ``url`` must ask first.

    >>> is_foreign("https://www.moj.gov.cn/", frozenset())
    False
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return True
    if parts.scheme not in {"http", "https"}:
        return False
    host = (parts.hostname or "").lower()
    # Browsers read https://evil.example\.gov.cn/ as a path on evil.example.
    if not _HOST.fullmatch(host):
        return True
    return not (host == "gov.cn" or host.endswith(".gov.cn") or host in own_hosts)
