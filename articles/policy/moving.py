"""An interpretation stays with its document: neither goes to another portal alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Page

from articles.models import InterpretationPage
from home.models import portal_of_path


def left_behind(
    pages: Iterable[Page], destination: Page, *, is_copy: bool
) -> list[str]:
    """The headings of the interpretations in these branches whose document would not
    be in the portal of ``destination``. A copy leaves every document where it is."""
    branches = [page.path for page in pages]
    target = portal_of_path(destination.path)
    headings = []
    for path in branches:
        found = InterpretationPage.objects.filter(
            path__startswith=path, document__isnull=False
        )
        for page in found.select_related("document").order_by("path"):
            document: Any = page.document
            goes_along = not is_copy and document.path.startswith(tuple(branches))
            if not goes_along and portal_of_path(document.path) != target:
                headings.append(page.title)
    return headings


def refuse(
    request: HttpRequest, pages: list[Page], destination: Page, *, is_copy: bool = False
) -> HttpResponseRedirect | None:
    headings = left_behind(pages, destination, is_copy=is_copy)
    if not headings:
        return None
    messages.error(
        request,
        _("“%(headings)s”解读的公文不在那个门户里，不能放到那里去。")
        % {"headings": "”“".join(headings)},
    )
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)


def before_copy(request: HttpRequest, page: Page) -> HttpResponseRedirect | None:
    destination = _page(request.POST.get("new_parent_page", ""))
    if destination is None:
        return None
    return refuse(request, [page], destination, is_copy=True)


def before_move(
    request: HttpRequest, page: Page, destination: Page
) -> HttpResponseRedirect | None:
    return refuse(request, [page], destination)


def before_bulk_move(
    request: HttpRequest, action_type: str, objects: list[Any], _action: Any
) -> HttpResponseRedirect | None:
    destination = _page(request.POST.get("chooser", ""))
    if action_type != "move" or not objects or destination is None:
        return None
    return refuse(request, objects, destination)


def _page(number: str) -> Page | None:
    if not number.isdecimal():
        return None
    found: Page | None = Page.objects.filter(pk=number).first()
    return found
