"""What search adds to Wagtail's admin."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.models import Page

from articles.models import QuestionPage
from home.record_admin import register_record
from search.editing.report import NewQuestionView, ReportViewSet, note_question
from search.editing.trying import VIEWSETS, try_view
from search.engine_notice import show_engine_notice


class SearchGroup(ViewSetGroup):
    menu_label = _("搜索管理")
    menu_name = "search-editing"
    menu_icon = "search"
    menu_order = 180
    items = (*map(register_record, VIEWSETS.values()), ReportViewSet())


@hooks.register("register_admin_viewset")
def search_group() -> SearchGroup:
    return SearchGroup()


@hooks.register("register_admin_urls")
def search_urls() -> list[URLPattern]:
    return [
        path(
            "search-try/<slug:model>/<int:pk>/",
            require_admin_access(try_view(VIEWSETS)),
            name="search_try",
        ),
        path(
            "search-question/<int:parent_page_id>/",
            require_admin_access(NewQuestionView.as_view()),
            name="search_question",
        ),
    ]


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def answer_queries(_request: HttpRequest, page: Page) -> None:
    if isinstance(page, QuestionPage) and page.portal is not None:
        note_question(page.portal, page, settings.LANGUAGE_CODE)


hooks.register("construct_homepage_panels", show_engine_notice)
