"""Which portal a request is for, whose pages the admin shows, and what it says of a
refused publication."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import redirect
from wagtail.models import Page

from home.admin_policy import ADMIN_PATH
from home.models import Portal
from home.portals.kept import kept_portals
from home.publication import PublicationError
from home.roles import pages_of

LAST_PORT = 65_535
NO_PAGE = 2**31 - 1
# What Wagtail and we call the number of a page in an address of the admin.
PAGE_NUMBERS = frozenset(
    {"page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk"}
)


class PortalMiddleware:
    """Sets ``request.portal``: the portal of the host, or None for an unknown host.

    Wagtail would take its default site for an unknown host and so show one county's
    pages under any name; nothing public here asks Wagtail for the site. All portals (there
    are dozens, and each page links to its neighbours) with their identities and change
    numbers are in ``request.portals``.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        portals: list[Portal] = []
        if request.path.startswith(ADMIN_PATH):  # where they may be changed
            portals = list(Portal.objects.with_identity())
        elif not request.path.startswith(settings.STATIC_URL):
            portals = kept_portals()
        host, port = split_domain_port(request.get_host())
        # Django lets any digits pass, and urllib stops at them when links are made.
        if len(port) > len("65535") or int(port or 0) > LAST_PORT:
            raise DisallowedHost(f"Invalid port in HTTP_HOST header: {port[:10]}")
        request.portals = portals  # type: ignore[attr-defined]  # ours
        request.portal = next(  # type: ignore[attr-defined]  # ours
            (portal for portal in portals if portal.host == host), None
        )
        return self.get_response(request)


class OwnPagesMiddleware:
    """For everybody but superusers, a page of another portal does not exist in the
    admin, whatever the view: it is asked for a number that no page has.

    Wagtail asks for permission view by view, and by then has named the page, its review
    or the destination in some of them. The root of all portals names none.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, numbers: dict[str, Any]
    ) -> None:
        names = _page_numbers(request) & numbers.keys()
        named = {name: int(numbers[name]) for name in names}
        if (
            not named
            or not request.path_info.startswith(ADMIN_PATH)
            or not request.user.is_authenticated
        ):
            return
        pages = Page.objects.filter(pk__in=named.values()).exclude(depth=1)
        own = set(pages_of(request.user, pages).values_list("pk", flat=True))
        foreign = set(pages.values_list("pk", flat=True)) - own
        for name, number in named.items():
            if number in foreign:
                numbers[name] = NO_PAGE


def _page_numbers(request: HttpRequest) -> frozenset[str]:
    match = request.resolver_match
    is_of_page = match is not None and match.namespace == "wagtailadmin_pages"
    return PAGE_NUMBERS | {"pk"} if is_of_page else PAGE_NUMBERS


class PublicationMiddleware:
    """Says why a page may not be public, wherever in the admin somebody tried.

    The page form checks before it publishes. Wagtail also publishes without a form:
    for several pages at once, when a review is approved, when a public page is copied.
    The transaction of the request is already undone here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if not isinstance(exception, PublicationError):
            return None
        messages.error(request, exception.notice)
        if exception.page_id is None:
            return redirect("wagtailadmin_explore_root")
        return redirect("wagtailadmin_pages:edit", exception.page_id)
