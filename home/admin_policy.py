"""The admin has a content security policy of its own; the public one is stricter."""

from __future__ import annotations

from csp.constants import HEADER
from csp.middleware import CSPMiddleware, PolicyParts
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

ADMIN_PATH = "/admin/"
# What a view may say of the policy of its response.
OF_RESPONSE = ("_csp_config", "_csp_update", "_csp_replace", "_csp_exempt")
_usual: dict[int, tuple[object, str]] = {}


def usual_policy() -> str:
    """Of the settings, as long as they are the same."""
    own = settings.CONTENT_SECURITY_POLICY
    known = _usual.get(id(own))
    if known is None:
        _usual.clear()
        known = _usual[id(own)] = own, build_policy()
    return known[1]


def _is_usual(request: HttpRequest, response: HttpResponseBase) -> bool:
    said = response.__dict__
    return (
        said.keys().isdisjoint(OF_RESPONSE)
        and HEADER not in response
        and getattr(request, "_csp_nonce", None) is None
        and not settings.DEBUG
        and not hasattr(settings, "CONTENT_SECURITY_POLICY_REPORT_ONLY")
        and "EXCLUDE_URL_PREFIXES" not in settings.CONTENT_SECURITY_POLICY
    )


class PolicyMiddleware(CSPMiddleware):
    """django-csp with ``ADMIN_CONTENT_SECURITY_POLICY`` below ``/admin/``.

    A response that brings its own policy (a preview) keeps it.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Public pages all have the same policy: it is put together once."""
        if request.path_info.startswith(ADMIN_PATH) or not _is_usual(request, response):
            return super().process_response(request, response)
        response[HEADER] = usual_policy()
        return response

    def get_policy_parts(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
        report_only: bool = False,
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        is_admin = request.path_info.startswith(ADMIN_PATH)
        if is_admin and not report_only and parts.config is None:
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY["DIRECTIVES"]
        return parts
