"""The admin has a content security policy of its own; the public one is stricter."""

from __future__ import annotations

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

ADMIN_PATH = "/admin/"


class PolicyMiddleware(CSPMiddleware):
    """django-csp with ``ADMIN_CONTENT_SECURITY_POLICY`` below ``/admin/``.

    A response that brings its own policy (a preview) keeps it.
    """

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
