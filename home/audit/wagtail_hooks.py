"""The audit log's place in the admin: among the reports."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from home.audit.views import AuditView, may_read


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("reports/audit/", AuditView.as_view(), name="audit_log"),
        path(
            "reports/audit/results/",
            AuditView.as_view(results_only=True),
            name="audit_log_results",
        ),
    ]


class AuditMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_read(request.user)


@hooks.register("register_reports_menu_item")
def menu_item() -> AuditMenuItem:
    return AuditMenuItem(
        _("操作日志"), reverse("audit_log"), name="audit", icon_name="list-ul", order=50
    )
