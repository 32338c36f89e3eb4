"""The review in Wagtail's admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import (
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from home.models import BasePage
from home.review import deciding, health, lists, urls
from home.review.guard import strict_way
from home.review.models import ReviewSheet, ReviewStage
from home.review.recording import open_sheet_of_page
from home.roles import portals_of

MENU_ORDER = 105


@hooks.register("register_admin_urls")
def review_urls() -> list[URLPattern | URLResolver]:
    return [path("review/", include((urls, "review"), namespace="review"))]


@hooks.register("insert_global_admin_css")
def review_style() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("admin/review.css"))


class ReviewMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return portals_of(request.user).exists()


@hooks.register("register_admin_menu_item")
def review_menu_item() -> MenuItem:
    return ReviewMenuItem(
        gettext_lazy("审稿"),
        reverse("review:desk"),
        name="review",
        icon_name="clipboard-list",
        order=MENU_ORDER,
    )


# --- the dashboard -----------------------------------------------------------------------


class WaitingPanel(Component):
    name = "review_waiting"
    order = 30
    template_name = "review/waiting_panel.html"

    def __init__(self, request: HttpRequest) -> None:
        self.places = lists.waiting_for(request.user)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"places": self.places}


class SentPanel(Component):
    name = "review_sent"
    order = 40
    template_name = "review/sent_panel.html"

    def __init__(self, request: HttpRequest) -> None:
        self.places = lists.sent_by(request.user)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"places": self.places}


@hooks.register("construct_homepage_panels")
def show_reviews(request: HttpRequest, panels: list[Component]) -> None:
    """In place of Wagtail's two, which know neither days nor rules."""
    replaced = (UserObjectsInWorkflowModerationPanel, WorkflowObjectsToModeratePanel)
    panels[:] = [panel for panel in panels if not isinstance(panel, replaced)]
    for panel in (WaitingPanel(request), SentPanel(request)):
        if panel.places:
            panels.append(panel)


# --- the page ----------------------------------------------------------------------------


@hooks.register("register_page_header_buttons")
def page_buttons(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    if page.is_root() or not issubclass(page.specific_class or Page, BasePage):
        return
    if ReviewSheet.objects.filter(page_id=page.pk).exists():
        yield Button(
            _("审稿单"),
            f"{reverse('review:sheets')}?page_id={page.pk}",
            icon_name="clipboard-list",
            priority=80,
        )
    if page.live and page.specific.permissions_for_user(user).can_unpublish():
        yield Button(
            _("撤稿"),
            reverse("review:withdraw", args=(page.pk,)),
            icon_name="download",
            priority=82,
        )
    way = strict_way(page.path)
    if way is not None and (page.has_unpublished_changes or not page.live):
        if deciding.releasers(way.portal_id).filter(pk=user.pk).exists():
            yield Button(
                _("紧急发布"),
                reverse("review:emergency", args=(page.pk,)),
                icon_name="warning",
                priority=84,
            )


DONE = {
    "approve": gettext_lazy("您同意了这篇稿子，意见记在审稿单上。"),
    "reject": gettext_lazy("稿子退回给作者了，意见记在审稿单上。"),
}


@hooks.register("after_edit_page")
def say_what_was_decided(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Wagtail says only that the page was saved, and leads to its column, which is
    closed to who only reviews: the desk has what waits next."""
    if "action-workflow-action" not in request.POST:
        return None
    done = DONE.get(request.POST.get("workflow-action-name", ""))
    if done is None:
        return None
    messages.success(request, done)
    return redirect("review:desk")


@hooks.register("before_edit_page")
def say_why_not(request: HttpRequest, page: Page) -> None:
    """To whoever finds no button: an author, or a reviewer."""
    if request.method != "GET":
        return
    way = strict_way(page.path)
    if way is not None and (broken := health.problem_of(way)):
        messages.warning(request, broken)
    task = page.current_workflow_task
    if not isinstance(task, ReviewStage):
        return
    sheet = open_sheet_of_page(page.pk)
    problem = deciding.refusal(request.user, task, sheet)
    if problem and deciding.is_reviewer(request.user, task):
        messages.warning(request, problem)
