"""What a preview has and the public page has not: the theme inside, Wagtail's userbar.

The editor's checks run inside the preview, with scripts that come with the userbar.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.admin.userbar import Userbar

from home.links import AddressForm
from home.models import BasePage
from publishing.addresses import Address
from publishing.renderer import render
from publishing.snapshot import Snapshot
from publishing.tree import default_language

BODY_END = b"</body>"
THEME_LINK = b'<link rel="stylesheet" href="/theme.css">'
# As for the public (no script but our files), and styles that the userbar writes.
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "media-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
    "base-uri": "'none'",
}


def preview_response(
    body: bytes, page: BasePage, request: HttpRequest, snapshot: Snapshot
) -> HttpResponse:
    """Never cached and never indexed: it may be a draft."""
    body = body.replace(THEME_LINK, _theme(snapshot))
    response = HttpResponse(body.replace(BODY_END, _userbar(page, request) + BODY_END))
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Content-Security-Policy"] = "; ".join(
        f"{directive} {sources}" for directive, sources in POLICY.items()
    )
    return response


def _theme(snapshot: Snapshot) -> bytes:
    """The portal's colors: the host of the admin has no theme at that address."""
    address = Address("/theme.css", "theme", default_language())
    theme = render(snapshot, address, AddressForm("host"))
    return b"<style>" + theme.body + b"</style>"


def _userbar(page: BasePage, request: HttpRequest) -> bytes:
    user: Any = getattr(request, "user", None)
    if user is None or not user.has_perm("wagtailadmin.access_admin"):
        return b""
    return str(Userbar(object=page).render_html({"request": request})).encode()
