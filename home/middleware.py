"""Which portal a request is for: decided by its host and by nothing else."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port

from home.models import Portal


class PortalMiddleware:
    """Sets ``request.portal``: the portal of the host, or None for an unknown host.

    Wagtail would take its default site for an unknown host and so show one county's
    pages under any name; nothing public here asks Wagtail for the site. The one query
    also brings the portal's identities and its change number.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.portal = portal_for_host(request)  # type: ignore[attr-defined]  # ours
        return self.get_response(request)


def portal_for_host(request: HttpRequest) -> Portal | None:
    if request.path.startswith(settings.STATIC_URL):
        return None
    host, _port = split_domain_port(request.get_host())
    return Portal.objects.with_identity().filter(site__hostname=host).first()
