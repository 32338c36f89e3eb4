"""Wagtail's admin for many portals: nobody meets another portal's pages or people."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from home.admin_views import OwnPagesAPIViewSet, refuse_foreign_pages
from home.admin_widgets import start_choosers_without_script
from home.content_checks import use_portal_checker
from home.directory import table_admin
from home.directory.worker_admin import LegalWorkerViewSet
from home.models import BasePage, Portal
from home.own_panels import show_own
from home.portals import first_password
from home.portals.admin import menu as portal_admin_menu
from home.portals.admin import moving as portal_admin_moving
from home.portals.admin import own as portal_admin_own
from home.portals.admin import people as portal_admin_people
from home.portals.admin import state as portal_admin_state
from home.portals.admin.viewsets import (
    PortalPermissionPolicy,
    PortalViewSet,
    SharedTermGroup,
)
from home.record_admin import OfficeViewSet, register_record
from home.redirect_admin import RedirectPermissionPolicy
from home.roles import is_prefecture_staff, languages_of, pages_of, portals_of
from home.wagtail_patches import patch_wagtail
from home.wording.package_labels import name_fields
from home.wording.permission_names import name_permissions
from media.languages import register_language_source

CLOSED_REPORT_ITEMS = {
    "locked-pages",
    "workflows",
    "workflow-tasks",
    "site-history",
    "page-types-usage",
}

# Beside the pages, where an editor needs them every day.
LIBRARIES = {"images": (_("图片库"), 110), "documents": (_("文件库"), 120)}

patch_wagtail()
name_fields()
name_permissions()
start_choosers_without_script()
register_permission_policy(Portal, PortalPermissionPolicy(Portal))
register_permission_policy(Redirect, RedirectPermissionPolicy(Redirect))
register_snippet(SharedTermGroup)
register_language_source(languages_of)
hooks.register("construct_wagtail_userbar", use_portal_checker)
hooks.register("construct_homepage_panels", show_own)


@hooks.register("insert_global_admin_css")
def admin_style() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("admin/admin.css"))


@hooks.register("insert_global_admin_js")
def admin_scripts() -> str:
    files = [(static(f"admin/{name}.js"),) for name in ("chooser", "saving", "table")]
    return format_html_join("", '<script src="{}"></script>', files)


@hooks.register("register_admin_viewset")
def portal_viewset() -> PortalViewSet:
    return PortalViewSet("portals")


@hooks.register("register_admin_viewset")
def office_viewset() -> OfficeViewSet:
    return register_record(OfficeViewSet("offices"))


@hooks.register("register_admin_viewset")
def legal_worker_viewset() -> LegalWorkerViewSet:
    return register_record(LegalWorkerViewSet("legal-workers"))


hooks.register("register_admin_urls", table_admin.urls)
for screens in (
    portal_admin_menu,
    portal_admin_moving,
    portal_admin_own,
    portal_admin_people,
    portal_admin_state,
):
    hooks.register("register_admin_urls", screens.urls)
hooks.register("register_admin_menu_item", portal_admin_own.menu_item)
hooks.register("register_admin_menu_item", table_admin.menu_item)


@hooks.register("register_admin_urls")
def first_password_url() -> list[URLPattern]:
    view = first_password.first_password
    return [path("first-password/", view, name=first_password.FORM)]


@hooks.register("construct_admin_api", order=100)
def act_on_own_pages(router: WagtailAPIRouter) -> None:
    """After Wagtail's own registration (order 0): the later one wins."""
    router.register_endpoint("pages", OwnPagesAPIViewSet)


@hooks.register("construct_page_chooser_queryset")
def choose_own_pages(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """Browsing and searching alike; a link to another portal is typed as an address."""
    return pages_of(request.user, pages)


@hooks.register("construct_explorer_page_queryset")
def explore_own_pages(
    _parent: Page, pages: QuerySet[Page], request: HttpRequest
) -> QuerySet[Page]:
    """Wagtail shows what somebody may edit; a stray permission shows no other county."""
    return pages_of(request.user, pages)


@hooks.register("before_copy_page")
def copy_to_own_pages(request: HttpRequest, _page: Page) -> None:
    refuse_foreign_pages(request, request.POST.get("new_parent_page", ""))


@hooks.register("construct_main_menu")
def name_libraries(_request: HttpRequest, items: list[MenuItem]) -> None:
    """By the names that our help texts call them; Wagtail's “文档” is taken for 公文."""
    for item in items:
        if item.name in LIBRARIES:
            item.label, item.order = LIBRARIES[item.name]
    items.sort(key=lambda item: item.order)


@hooks.register("construct_reports_menu")
def hide_closed_reports(request: HttpRequest, items: list[MenuItem]) -> None:
    if not is_prefecture_staff(request.user):
        items[:] = [item for item in items if item.name not in CLOSED_REPORT_ITEMS]


@hooks.register("construct_help_menu")
def hide_foreign_help(_request: HttpRequest, items: list[MenuItem]) -> None:
    """Pages of Wagtail's own site, in English and abroad."""
    items[:] = [
        item
        for item in items
        if item.name != "editor-guide" and not item.name.startswith("whats-new")
    ]


@hooks.register("after_publish_page")
def say_hints(request: HttpRequest, page: Page) -> None:
    """What is public all the same; the panel of the editor says it before."""
    if isinstance(page, BasePage):
        for hint in page.publication_hints():
            messages.warning(request, hint)


class PortalsPanel(Component):
    """On the first page of the admin: one's portals, where the public sees them."""

    name = "portals"
    order = 50
    template_name = "home/portals_panel.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def portals(self) -> list[dict[str, str]]:
        port = self.request.get_port()
        suffix = "" if port in {"80", "443"} else f":{port}"
        return [
            {
                "name": portal.name,
                "state": portal.get_state_display(),
                "href": f"{self.request.scheme}://{portal.host}{suffix}/",
            }
            for portal in portals_of(self.request.user).select_related("site")
        ]

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"portals": self.portals}


@hooks.register("construct_homepage_panels")
def show_portals(request: HttpRequest, panels: list[Component]) -> None:
    panel = PortalsPanel(request)
    if panel.portals:
        panels.append(panel)
