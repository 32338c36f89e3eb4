"""Locking after wrong passwords: django-axes counts, the limits and the words are ours."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username, get_cool_off
from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.contrib import messages
from django.db.models import Max, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.views.account import password_reset_enabled

from home.accounts.events import UNLOCKED
from home.login import PortalLoginForm
from home.record_of_events import note


class LockoutHandler(AxesDatabaseHandler):
    """One limit for a name from one address, wider ones for either alone.

    The first stops who tries at one account and lets its owner in from elsewhere; the
    others stop who tries one account from everywhere, or everybody from one place.
    """

    def get_failures(
        self, request: HttpRequest, credentials: dict[str, Any] | None = None
    ) -> int:
        failures: int = super().get_failures(request, credentials)
        recent = recent_attempts(request)
        by_name = recent.filter(username=get_client_username(request, credentials))
        by_address = recent.filter(ip_address=request.axes_ip_address)  # type: ignore[attr-defined]  # of axes
        if (
            count(by_name) >= settings.LOCK_AFTER_FAILURES_OF_NAME
            or count(by_address) >= settings.LOCK_AFTER_FAILURES_FROM_ADDRESS
        ):
            return max(failures, settings.AXES_FAILURE_LIMIT)
        return failures


def count(attempts: QuerySet[Any]) -> int:
    return attempts.aggregate(sum=Sum("failures_since_start"))["sum"] or 0


def recent_attempts(request: HttpRequest | None = None) -> QuerySet[Any]:
    since = (
        get_cool_off_threshold(request)
        if request is not None
        else timezone.now() - get_cool_off(None)
    )
    return AccessAttempt.objects.filter(attempt_time__gte=since)


def locked_response(
    request: HttpRequest,
    original_response: HttpResponse | None = None,
    credentials: dict[str, Any] | None = None,
) -> HttpResponse:
    """The log-in page with the time from which on it may be tried again.

    The same for names that nobody has. Who is logged in has been told in the form in
    which the password was asked for again (``home.accounts.confirming``).
    """
    if original_response is not None and request.user.is_authenticated:
        original_response.status_code = 429
        return original_response
    name = get_client_username(request, credentials)
    messages.error(request, locked_sentence(request, name))
    context = {
        "form": PortalLoginForm(request),
        "show_password_reset": password_reset_enabled(),
        "next": request.POST.get("next", ""),
    }
    return render(request, "wagtailadmin/login.html", context, status=429)


def locked_sentence(request: HttpRequest, name: str | None) -> str:
    until = timezone.localtime(_locked_until(request, name))
    return _(
        "密码错误次数太多，这个账号暂时锁定。请在 %(time)s 以后再试，"
        "或者请本门户的管理员解除锁定。"
    ) % {"time": until.strftime("%H:%M")}


def _locked_until(request: HttpRequest, name: str | None) -> datetime:
    recent = recent_attempts(request)
    address = request.axes_ip_address  # type: ignore[attr-defined]  # of axes
    latest = recent.filter(username=name).aggregate(at=Max("attempt_time"))["at"]
    if latest is None:
        latest = recent.filter(ip_address=address).aggregate(at=Max("attempt_time"))[
            "at"
        ]
    # Minutes are shown, and the lock must be over by then.
    return (latest or timezone.now()) + get_cool_off(request) + timedelta(minutes=1)


def locked_names(names: list[str]) -> set[str]:
    """Those of ``names`` that are locked, from one address at least."""
    recent = recent_attempts().filter(username__in=names)
    pairs = recent.values("username", "ip_address").annotate(
        sum=Sum("failures_since_start")
    )
    near = {
        row["username"] for row in pairs if row["sum"] >= settings.AXES_FAILURE_LIMIT
    }
    wide = recent.values("username").annotate(sum=Sum("failures_since_start"))
    return near | {
        row["username"]
        for row in wide
        if row["sum"] >= settings.LOCK_AFTER_FAILURES_OF_NAME
    }


def unlock(user: Any) -> None:
    reset(username=user.get_username())
    note(UNLOCKED, subject=user)
