"""审稿 in the admin: lists, the sheet for the printer, and acts past the review."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied, require_admin_access
from wagtail.models import Page

from home.models import BasePage
from home.review import health, lists, releasing
from home.review.forms import ReasonForm
from home.review.guard import strict_way
from home.review.rights import seen_portals
from home.roles import governed_portals, pages_of, portals_of

PER_PAGE = 50


class AdminView(View):
    """For who is let into the admin and works for a portal."""

    @method_decorator(require_admin_access)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not portals_of(request.user).exists():
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def shown(self, template: str, title: str, **context: Any) -> HttpResponse:
        context |= {
            "page_title": title,
            "header_icon": "clipboard-list",
            "may_set_ways": governed_portals(self.request.user).exists(),
        }
        return TemplateResponse(self.request, f"review/{template}.html", context)


class DeskView(AdminView):
    def get(self, request: HttpRequest) -> HttpResponse:
        return self.shown(
            "desk",
            _("审稿"),
            problems=health.problems_of(seen_portals(request.user)),
            waiting=lists.waiting_for(request.user),
            sent=lists.sent_by(request.user),
        )


class SheetsView(AdminView):
    def get(self, request: HttpRequest) -> HttpResponse:
        sheets = lists.sheets_seen(request.user)
        page_id = request.GET.get("page_id", "")
        if page_id.isdecimal():
            sheets = sheets.filter(page_id=int(page_id))
        words = request.GET.get("q", "").strip()
        if words:
            sheets = sheets.filter(title__icontains=words)
        shown = Paginator(sheets, PER_PAGE).get_page(request.GET.get("p"))
        return self.shown(
            "sheets",
            _("审稿单"),
            shown=shown,
            places=lists.places_of(shown),
            words=words,
            page_id=page_id,
        )


class EmergenciesView(AdminView):
    def get(self, request: HttpRequest) -> HttpResponse:
        today = timezone.localdate()
        sheets = list(lists.emergencies(request.user))
        return self.shown(
            "emergencies",
            _("紧急发布"),
            rows=[(sheet, sheet.is_overdue(today)) for sheet in sheets],
        )


class SheetView(AdminView):
    """For A4 paper; also what is signed and kept."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        sheet = get_object_or_404(lists.sheets_seen(request.user), pk=pk)
        context = {"sheet": sheet, "steps": sheet.steps.all(), "now": timezone.now()}
        return TemplateResponse(request, "review/sheet.html", context)


class ActView(AdminView):
    """Asks for a reason; a POST does it."""

    title: Any = ""
    template = "act"

    def page(self, pk: int) -> BasePage:
        found = pages_of(self.request.user, Page.objects.filter(pk=pk)).first()
        page = found.specific if found is not None else None
        if not isinstance(page, BasePage):
            raise Http404
        return page

    def refusal(self, page: BasePage) -> str:
        raise NotImplementedError

    def perform(self, page: BasePage, reason: str) -> str:
        """Does it, and says so."""
        raise NotImplementedError

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.asked(self.page(pk), ReasonForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        page, form = self.page(pk), ReasonForm(request.POST)
        if not form.is_valid() or self.refusal(page):
            return self.asked(page, form)
        messages.success(request, self.perform(page, form.cleaned_data["reason"]))
        return redirect(reverse("wagtailadmin_explore", args=(page.get_parent().pk,)))

    def asked(self, page: BasePage, form: ReasonForm) -> HttpResponse:
        return self.shown(
            self.template,
            self.title,
            page=page,
            form=form,
            refusal=self.refusal(page),
            back=reverse("wagtailadmin_pages:edit", args=(page.pk,)),
            is_emergency=isinstance(self, EmergencyView),
        )


class EmergencyView(ActView):
    title = gettext_lazy("紧急发布")

    def refusal(self, page: BasePage) -> str:
        return releasing.emergency_refusal(page, self.request.user)

    def perform(self, page: BasePage, reason: str) -> str:
        sheet = releasing.release_in_emergency(page, self.request.user, reason)
        way = strict_way(page.path)
        if way is not None and (problem := health.problem_of(way)):
            messages.warning(self.request, _("没有自动送审。%s") % problem)
        return _("“%(title)s”已经紧急发布。请在 %(due)s 之前补审。") % {
            "title": sheet.title,
            "due": sheet.review_due.isoformat() if sheet.review_due else "",
        }


class WithdrawView(ActView):
    title = gettext_lazy("撤稿")

    def refusal(self, page: BasePage) -> str:
        if page.permissions_for_user(self.request.user).can_unpublish():
            return ""
        return _("您不能撤下这个网页，或者它没有公开。")

    def perform(self, page: BasePage, reason: str) -> str:
        releasing.withdraw(page, self.request.user, reason)
        return _("“%(title)s”已经撤下。") % {"title": page.title}
