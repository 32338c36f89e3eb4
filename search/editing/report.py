"""What readers of a portal searched for, and the ways from a query to its answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied, require_admin_access
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.viewsets.base import ViewSet

from articles.models import QuestionPage
from home.models import ColumnPage, Portal
from home.record_admin import record_portals
from search.editing.words import QUERY
from search.masking import without_labels
from search.models import HandledQuery
from search.query_log import (
    ShownQuery,
    known_texts,
    mark_handled,
    outcomes,
    shown_queries,
    unmark_handled,
)

PERIODS = (7, 30, 90)
DEFAULT_PERIOD = 30
OPEN, ALL, DONE = "open", "all", "done"
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Row:
    """A query in the report, with what may be done about it."""

    query: ShownQuery
    outcome: str  # in words; "" while it is open
    synonym_href: str
    best_bet_href: str
    question_href: str  # "" where the portal has no column for questions


@method_decorator(require_admin_access, name="dispatch")
class ReportView(View):
    """A list; a POST says that a query needs nothing, or that it does after all."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.portals = list(record_portals(request.user).distinct())
        if not self.portals:
            denied: HttpResponse = permission_denied(request)
            return denied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[assignment]  # no asynchronous view
        return response

    def get(self, request: HttpRequest) -> HttpResponse:
        portal = self._portal(request.GET.get("portal", ""))
        days = _choice(request.GET.get("days", ""), PERIODS, DEFAULT_PERIOD)
        show = request.GET.get("show", OPEN)
        show = show if show in {OPEN, ALL, DONE} else OPEN
        context = {
            "rows": rows_of(portal, days, show)[:MOST_SHOWN],
            "portal": portal,
            "portals": self.portals,
            "days": days,
            "show": show,
            "periods": PERIODS,
            "views": (
                (OPEN, _("没有找到的")),
                (ALL, _("全部")),
                (DONE, _("处理过的")),
            ),
            "page_title": _("群众搜什么"),
            "header_icon": "search",
        }
        return TemplateResponse(request, "search/report.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        portal = self._portal(request.POST.get("portal", ""))
        texts = known_texts(portal, [request.POST.get("text", "")])
        if not texts:
            raise Http404
        if request.POST.get("act") == "reopen":
            unmark_handled(portal, texts)
            messages.success(request, _("“%(text)s”放回去了。") % {"text": texts[0]})
        else:
            mark_handled(portal, texts, HandledQuery.Outcome.IGNORED)
            messages.success(request, _("“%(text)s”不再列出。") % {"text": texts[0]})
        back = {name: request.POST.get(name, "") for name in ("portal", "days", "show")}
        return HttpResponseRedirect(f"{request.path}?{urlencode(back)}")

    def _portal(self, number: str) -> Portal:
        """Another portal's report does not exist."""
        if not number:
            return self.portals[0]
        for portal in self.portals:
            if str(portal.pk) == number:
                return portal
        raise Http404


def rows_of(portal: Portal, days: int, show: str) -> list[Row]:
    done = outcomes(portal)
    column = question_column(portal)
    return [
        _row(portal, query, done.get(query.text, ""), column)
        for query in shown_queries(portal, days)
        if _is_listed(query, query.text in done, show)
    ]


def _is_listed(query: ShownQuery, is_done: bool, show: str) -> bool:
    if show == DONE:
        return is_done
    return show == ALL or (query.is_unanswered and not is_done)


def _row(
    portal: Portal, query: ShownQuery, outcome: str, column: ColumnPage | None
) -> Row:
    asked = urlencode({QUERY: query.text, "portal": portal.pk})
    question = ""
    if column is not None:
        question = f"{reverse('search_question', args=[column.pk])}?{asked}"
    return Row(
        query=query,
        outcome=str(HandledQuery.Outcome(outcome).label) if outcome else "",
        synonym_href=f"{reverse('search-synonyms:add')}?{asked}",
        best_bet_href=f"{reverse('search-best-bets:add')}?{asked}",
        question_href=question,
    )


def question_column(portal: Portal) -> ColumnPage | None:
    """Where this portal keeps its questions: the column of the newest one, else the
    first for questions and answers."""
    columns = ColumnPage.objects.descendant_of(portal.site.root_page)
    newest = (
        QuestionPage.objects.descendant_of(portal.site.root_page)
        .order_by("-first_published_at", "-pk")
        .first()
    )
    if newest is not None and (
        column := columns.filter(pk=newest.get_parent().pk).first()
    ):
        return column
    kinds = ColumnPage.ColumnType
    return columns.filter(column_type=kinds.RESPONSE).order_by("path").first()


class NewQuestionView(CreateView):
    """Wagtail's form for a new question, with a reader's words in it.

    It is sent to Wagtail's own address, so that saving is Wagtail's.
    """

    def dispatch(self, request: HttpRequest, parent_page_id: int) -> HttpResponse:
        column = get_object_or_404(ColumnPage, pk=parent_page_id)
        if column.portal not in record_portals(request.user):
            raise Http404
        response: HttpResponse = super().dispatch(
            request, "articles", "questionpage", parent_page_id
        )
        return response

    def get(self, request: HttpRequest) -> HttpResponse:
        text = without_labels(request.GET.get(QUERY, ""))
        # Among the wordings as well: the heading will be put better.
        self.page.heading_zh_hans = self.page.wordings_zh_hans = text
        response: HttpResponse = super().get(request)
        return response


def note_question(portal: Portal, page: QuestionPage, language: str) -> None:
    """A question answers the queries that stand in its heading or wordings."""
    wordings = [page.text("heading", language), *page.wording_lines(language)]
    mark_handled(portal, known_texts(portal, wordings), HandledQuery.Outcome.QUESTION)


def _choice(text: str, choices: tuple[int, ...], default: int) -> int:
    return next((one for one in choices if str(one) == text), default)


class ReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return record_portals(request.user).exists()


class ReportViewSet(ViewSet):
    name = "search-queries"
    icon = "search"
    menu_label = gettext_lazy("群众搜什么")
    menu_item_class = ReportMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", ReportView.as_view(), name="index")]
