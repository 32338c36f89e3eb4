"""The first page of the admin for somebody who once worked for another portal.

Wagtail shows everybody what they have edited or locked, as it stands today, wherever
they may still go.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import LockedPagesPanel, RecentEditsPanel
from wagtail.models import Page

from home.roles import pages_of


class OwnRecentEdits(RecentEditsPanel):
    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        edited = [page.pk for _at, page in context["last_edits"]]
        pages = pages_of(parent_context["request"].user, Page.objects.all())
        own = set(pages.filter(pk__in=edited).values_list("pk", flat=True))
        context["last_edits"] = [
            (at, page) for at, page in context["last_edits"] if page.pk in own
        ]
        return context


class OwnLockedPages(LockedPagesPanel):
    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        user = parent_context["request"].user
        context["locked_pages"] = pages_of(user, context["locked_pages"])
        return context


OWN = {RecentEditsPanel: OwnRecentEdits, LockedPagesPanel: OwnLockedPages}


def show_own(_request: HttpRequest, panels: list[Component]) -> None:
    panels[:] = [OWN[type(one)]() if type(one) in OWN else one for one in panels]
