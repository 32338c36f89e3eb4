"""From an address of a site to the page behind it, and to its form in the admin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from wagtail.models import Page

from home.links import RESERVED_COLUMN_SLUGS
from home.models import Portal
from home.roles import pages_of

LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)


def pages_at(portal: Portal, paths: Iterable[str]) -> dict[str, Page]:
    """The page of each logical path that belongs to one: lists are their column's."""
    root = portal.site.root_page.url_path
    wanted = {path: root + slug_path(path) for path in paths if path}
    found = {
        page.url_path: page
        for page in Page.objects.filter(url_path__in=set(wanted.values()))
    }
    return {path: found[url] for path, url in wanted.items() if url in found}


def slug_path(path: str) -> str:
    """
    >>> slug_path("/en/dongtai/page/2/")
    'dongtai/'
    >>> slug_path("/")
    ''
    """
    parts = [part for part in path.split("/") if part]
    if parts and parts[0] in LANGUAGES:
        del parts[0]
    for number, part in enumerate(parts):
        if number and part in RESERVED_COLUMN_SLUGS:
            parts = parts[:number]
            break
    return "".join(f"{part}/" for part in parts)


def edit_links(user: Any, pages: Iterable[Page]) -> dict[int, str]:
    """The form of each page that somebody may change."""
    own = pages_of(user, Page.objects.filter(pk__in=[page.pk for page in pages]))
    return {
        page.pk: reverse("wagtailadmin_pages:edit", args=[page.pk])
        for page in own
        if page.permissions_for_user(user).can_edit()
    }
