"""What surrounds every answer: rate limits, ETags, permission for other origins."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, Literal

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
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
# Search words are nobody else's business: the reader's own browser may keep an answer.
PRIVATE = "private, max-age=60"
# How an answer may be kept: by everybody under the portal's change number, or by who
# asked for it under its content (the index follows a moment later than the number).
Caching = Literal["public", "private", "never"]


def deliver(view: View, *, rate: str, caching: Caching = "public") -> View:
    """Wrap a view of the API. ``rate``: the setting that limits it per address.

    Reads need no transaction, and SQLite's (``IMMEDIATE``) would wait for writers.
    """

    @wraps(view)
    def delivered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = _answer(request, view, args, kwargs, rate, caching)
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
    caching: Caching,
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
    etag = etag_of(request, portal) if caching == "public" else ""
    unchanged = _unchanged(request, etag, CACHE_CONTROL)
    if unchanged is not None:
        return unchanged
    response = view(request, *args, **kwargs)
    if response.status_code != 200:
        response["Cache-Control"] = "no-store"
    elif caching == "public":
        response["ETag"] = etag
        response["Cache-Control"] = CACHE_CONTROL
    elif caching == "private":
        return _private(request, response)
    return response


def _unchanged(
    request: HttpRequest, etag: str, cache_control: str
) -> HttpResponseBase | None:
    if not etag or request.method not in ("GET", "HEAD"):
        return None
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        unchanged["ETag"] = etag
        unchanged["Cache-Control"] = cache_control
    return unchanged


def _private(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    if isinstance(response, SimpleTemplateResponse):
        response.render()
    etag = f'W/"{hashlib.sha256(getattr(response, "content", b"")).hexdigest()[:24]}"'
    unchanged = _unchanged(request, etag, PRIVATE)
    if unchanged is not None:
        return unchanged
    response["ETag"] = etag
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
