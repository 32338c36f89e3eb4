"""What the gate adds to Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import MenuItem

from articles.gate import admin
from home.roles import portals_of


@hooks.register("register_admin_urls")
def gate_urls() -> list[URLPattern]:
    return [
        path(
            "gate/<int:page_id>/",
            require_admin_access(admin.findings_view),
            name="gate_findings",
        ),
        path(
            "reports/findings/",
            require_admin_access(admin.report_view),
            name="gate_report",
        ),
    ]


class ReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return portals_of(request.user).exists()


@hooks.register("register_reports_menu_item")
def report_menu_item() -> Any:
    return ReportMenuItem(
        _("内容检查"),
        reverse("gate_report"),
        name="gate-findings",
        icon_name="warning",
        order=200,
    )
