"""The line above the form of a page: since when the public sees it."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from wagtail.models import Page

from home.models import BasePage
from home.panels import PublicState
from publishing.status.pages import page_state


def public_state(page: Page, request: HttpRequest) -> PublicState | None:
    state = page_state(page) if isinstance(page, BasePage) else None
    if state is None:
        return None
    return PublicState(
        html=render_to_string(
            "publishing/page_state_parts.html", {"state": state}, request
        ),
        url=reverse("publication_page", args=[page.pk]),
    )
