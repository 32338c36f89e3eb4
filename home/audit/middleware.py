"""The request of which the audit log tells, and the files that leave the admin."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase

from home.admin_policy import ADMIN_PATH
from home.audit.sources import DOWNLOADED
from home.record_of_events import acting_request, note, portal_of

NAMES_SHOWN = 10


class AuditMiddleware:
    """After the middleware that finds out who is logged in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = acting_request.set(request)
        try:
            response = self.get_response(request)
            if request.path.startswith(ADMIN_PATH):
                _note_download(request, response)
            return response
        finally:
            acting_request.reset(token)


def _note_download(request: HttpRequest, response: HttpResponseBase) -> None:
    """Tables and archives, whichever view makes them: all come as attachments."""
    disposition = response.headers.get("Content-Disposition", "")
    if response.status_code != HTTPStatus.OK or "attachment" not in disposition:
        return
    file = disposition.partition("filename")[2].lstrip("*= ").strip("\"'")
    note(
        DOWNLOADED,
        portal=portal_of(request.user),
        subject_name=file,
        details={"path": request.path, "asked": sorted(request.GET)[:NAMES_SHOWN]},
    )
