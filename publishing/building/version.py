"""Which code made a site: files made by another one are made again."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

import django
from django.conf import settings

FOLDERS = ("home", "media", "statutes", "articles", "publishing", "search", "site")
SUFFIXES = frozenset(
    {".py", ".html", ".xml", ".css", ".js", ".txt", ".svg", ".yaml", ".mo", ".json"}
)
SETTINGS = ("LANGUAGES", "LANGUAGE_CODE", "TIME_ZONE", "STATIC_URL")


@lru_cache(maxsize=1)
def code_version() -> str:
    """A digest of everything of the project that may show in a page."""
    digest = hashlib.blake2b(digest_size=8)
    digest.update(django.__version__.encode())
    for name in SETTINGS:
        digest.update(repr(getattr(settings, name)).encode())
    for file in sorted(_files()):
        digest.update(str(file.relative_to(settings.BASE_DIR)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _files() -> list[Path]:
    return [
        file
        for folder in FOLDERS
        for file in (settings.BASE_DIR / folder).rglob("*")
        if file.suffix in SUFFIXES and "migrations" not in file.parts
    ]
