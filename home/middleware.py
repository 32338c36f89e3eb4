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
    pages under any name; nothing public here asks Wagtail for the site. One query brings
    all portals (there are dozens, and each page links to its neighbours) with their
    identities and change numbers: ``request.portals``.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        portals = []
        if not request.path.startswith(settings.STATIC_URL):
            portals = list(Portal.objects.with_identity())
        host, _port = split_domain_port(request.get_host())
        request.portals = portals  # type: ignore[attr-defined]  # ours
        request.portal = next(  # type: ignore[attr-defined]  # ours
            (portal for portal in portals if portal.host == host), None
        )
        return self.get_response(request)
