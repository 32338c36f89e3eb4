"""What publishing adds to Wagtail's admin."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from publishing.status.log_actions import register_acts
from publishing.status.rights import watched_portals
from publishing.status.views import ActView, PageStateView, StateView, StatusView

hooks.register("register_log_actions", register_acts)


class StatusMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return watched_portals(request.user).exists()


@hooks.register("register_admin_menu_item")
def status_menu_item() -> StatusMenuItem:
    return StatusMenuItem(
        _("发布状态"),
        reverse("publication_status"),
        name="publication-status",
        icon_name="upload",
        order=140,
    )


@hooks.register("register_admin_urls")
def status_urls() -> list[URLPattern]:
    return [
        path("publication/", StatusView.as_view(), name="publication_status"),
        path(
            "publication/page/<int:page_id>/",
            PageStateView.as_view(),
            name="publication_page",
        ),
        path(
            "publication/<int:portal_id>/",
            StateView.as_view(),
            name="publication_state",
        ),
        path(
            "publication/<int:portal_id>/<slug:name>/",
            ActView.as_view(),
            name="publication_act",
        ),
    ]
