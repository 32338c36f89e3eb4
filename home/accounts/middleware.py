"""Nobody is let into the admin who still owes something, or who has been away too long.

Whoever has typed a password and not yet a second factor is nobody outside the few pages
on which the rest is done: below ``/admin/`` they are led there, everywhere else they are
a visitor like any other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from home.accounts import sessions
from home.accounts.events import SESSION_ENDED
from home.accounts.factors import is_demanded, is_verified, phone_of
from home.admin_policy import ADMIN_PATH
from home.record_of_events import note

VERIFY, SET_UP = "accounts_verify", "accounts_set_up"
SESSION = "accounts_session"
# What is there before the log-in is complete; nothing of it shows anything.
OPEN_VIEWS = {
    VERIFY,
    SET_UP,
    SESSION,
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
}
# Asked by the page itself, with nobody before it.
UNATTENDED_VIEWS = {SESSION, "wagtailadmin_editing_sessions:ping"}
SAID = {
    sessions.IDLE: _(
        "您有一段时间没有操作，为了安全已经退出。请重新登录，会回到原来的页面。"
    ),
    sessions.OVER: _(
        "这次登录时间太长，为了安全已经退出。请重新登录，会回到原来的页面。"
    ),
}


def pending_step(request: HttpRequest) -> str | None:
    """The view on which a person who is logged in still has something to do."""
    user = request.user
    if is_verified(request):
        return None
    if phone_of(user) is not None:
        return VERIFY
    return SET_UP if is_demanded(user) else None


class AccountMiddleware:
    """After ``OTPMiddleware`` and the messages'; knows the view before it is called."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        # Public pages are the same for everybody: asking who reads would cost a query
        # and make every answer depend on the cookie. Staff see more files than others.
        if not request.path.startswith((ADMIN_PATH, settings.MEDIA_URL)):
            return None
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        if not request.user.is_authenticated:
            return None
        match = request.resolver_match
        name = match.view_name if match is not None else ""
        is_admin = request.path.startswith(ADMIN_PATH)
        if reason := sessions.end_of(request.session):
            _end(request, reason, is_told=is_admin and name not in UNATTENDED_VIEWS)
            return None
        if name not in UNATTENDED_VIEWS:
            sessions.go_on(request.session)
        step = pending_step(request)
        if step is None or name in OPEN_VIEWS:
            return None
        if not is_admin:
            request.user = AnonymousUser()
            return None
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            raise PermissionDenied
        asked = request.get_full_path() if request.method == "GET" else ADMIN_PATH
        return redirect(f"{_address(step)}?{urlencode({REDIRECT_FIELD_NAME: asked})}")


def _address(view_name: str) -> str:
    return str(resolve_url(view_name))


def _end(request: HttpRequest, reason: str, *, is_told: bool) -> None:
    note(
        SESSION_ENDED, user=request.user, subject=request.user, details={"why": reason}
    )
    request.session.flush()
    request.user = AnonymousUser()
    if is_told:
        messages.info(request, SAID[reason])
