"""What surrounds every answer: rate limits, ETags, permission for other origins."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django_ratelimit.core import get_usage  # type: ignore[import-untyped]  # has none

from home.clients import client_address
from home.models import Portal, portal_of_request
from publishing.api.problems import ApiProblem, problem_response
from publishing.api.schema import digest

View = Callable[..., HttpResponseBase]
# A minute, as for the pages: a correction must be seen the same minute.
CACHE_CONTROL = "public, max-age=60"
# Search words are nobody else's business, and the index follows a moment later than
# the change number.
PRIVATE = "private, no-cache"


def deliver(view: View, *, rate: str, is_cached: bool = True) -> View:
    """Wrap a view of the API. ``rate``: the setting that limits it per address.

    Reads need no transaction, and SQLite's (``IMMEDIATE``) would wait for writers.
    """

    @wraps(view)
    def delivered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = _answer(request, view, args, kwargs, rate, is_cached)
        # Anybody may read, and nothing personal is in it; cookies are not looked at.
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        return response

    return transaction.non_atomic_requests(delivered)


def _answer(
    request: HttpRequest,
    view: View,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    rate: str,
    is_cached: bool,
) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return _preflight()
    portal = portal_of_request(request)
    if portal is None:
        detail = _("这个网址没有门户。请用门户自己的域名访问接口。")
        return problem_response(request, ApiProblem(404, detail))
    refused = _too_many(request, rate)
    if refused is not None:
        return refused
    etag = etag_of(request, portal)
    if is_cached and request.method in ("GET", "HEAD"):
        unchanged = get_conditional_response(request, etag=etag)
        if unchanged is not None:
            unchanged["ETag"] = etag
            unchanged["Cache-Control"] = CACHE_CONTROL
            return unchanged
    response = view(request, *args, **kwargs)
    if response.status_code != 200:
        response["Cache-Control"] = "no-store"
    elif is_cached:
        response["ETag"] = etag
        response["Cache-Control"] = CACHE_CONTROL
    else:
        response["Cache-Control"] = PRIVATE
    return response


def _preflight() -> HttpResponse:
    response = HttpResponse(status=204)
    response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
    response["Access-Control-Allow-Headers"] = "If-None-Match"
    response["Access-Control-Max-Age"] = "86400"
    return response


def etag_of(request: HttpRequest, portal: Portal) -> str:
    """Weak: a proxy may compress. Everything that a public page shows moves the
    portal's change number."""
    parts = (
        str(portal.pk),
        str(portal.change_number),
        digest(),
        request.build_absolute_uri(),
    )
    return f'W/"{hashlib.sha256("|".join(parts).encode()).hexdigest()[:24]}"'


def _too_many(request: HttpRequest, rate: str) -> HttpResponseBase | None:
    usage = get_usage(
        request,
        group=rate,
        key=lambda _group, asked: client_address(asked),
        rate=getattr(settings, rate),
        increment=True,
    )
    if usage is None or not usage["should_limit"]:
        return None
    seconds = max(1, usage["time_left"])
    detail = _("请在 %(seconds)s 秒以后再试。") % {"seconds": seconds}
    response = problem_response(request, ApiProblem(429, detail))
    response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "no-store"
    return response
