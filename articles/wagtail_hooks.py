"""What content adds to Wagtail's admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from articles.campaigns import admin as campaign_admin
from articles.originals import admin as original_admin
from articles.originals.admin import writable_columns
from articles.policy import moving

hooks.register("before_copy_page", moving.before_copy)
hooks.register("before_move_page", moving.before_move)
hooks.register("before_bulk_action", moving.before_bulk_move)


@hooks.register("register_admin_urls")
def campaign_urls() -> list[URLPattern]:
    view = campaign_admin.NextCampaignView.as_view()
    address = "campaigns/<int:page_id>/next/"
    return [path(address, view, name=campaign_admin.URL_NAME)]


@hooks.register("register_page_header_buttons")
def campaign_header_buttons(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    return campaign_admin.next_campaign_buttons(page, user)


@hooks.register("register_page_listing_more_buttons")
def campaign_listing_buttons(
    page: Page, user: Any, next_url: str | None = None
) -> Iterator[Button]:
    return campaign_admin.next_campaign_buttons(page, user)


class ImportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return writable_columns(request.user).exists()


@hooks.register("register_admin_urls")
def import_urls() -> list[URLPattern]:
    return [
        path("import-document/", original_admin.import_view, name="import_document"),
        path("originals/<int:pk>/", original_admin.file_view, name="original_file"),
        path(
            "originals/<int:pk>/findings/",
            original_admin.findings_view,
            name="original_findings",
        ),
    ]


@hooks.register("register_admin_menu_item")
def import_menu_item() -> Any:
    return ImportMenuItem(
        _("导入公文"),
        reverse("import_document"),
        name="import-document",
        icon_name="upload",
        order=140,
    )
