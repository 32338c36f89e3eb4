"""What content adds to Wagtail's admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from articles import campaign_admin


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
