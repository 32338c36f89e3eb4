"""The gate in the admin: letting findings pass, and the report of a portal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.models import Page

from articles.gate.deciding import SHORTEST_REASON, let_pass, open_ones
from articles.gate.models import Override
from articles.gate.records import checks_of, counts
from home.findings import findings_of
from home.models import BasePage, Portal
from home.roles import is_prefecture_staff, pages_of, portals_of

PAGES_SHOWN = 50


class DecisionForm(forms.Form):
    digests = forms.MultipleChoiceField(
        label=_("放行哪些"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请勾选要放行的情况。")},
    )
    reason = forms.CharField(
        label=_("理由"),
        min_length=SHORTEST_REASON,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "写清楚为什么没有问题，例如“是司法所对外公开的值班电话”。"
            "您的名字、理由和时间会记下来，以后能查到。"
        ),
        error_messages={
            "required": _("请写明理由。"),
            "min_length": _("理由太短，请写清楚为什么没有问题。"),
        },
    )


def findings_view(request: HttpRequest, page_id: int) -> HttpResponse:
    """What refuses the latest draft of a page; a POST answers for some of it."""
    page = _own_page(request, page_id)
    may_decide = _may_decide(request, page)
    if request.method == "POST" and not may_decide:
        denied: HttpResponse = permission_denied(request)
        return denied
    findings = findings_of(page)
    choices = [(one.digest(), one.sentence) for one in open_ones(findings)]
    form = DecisionForm(request.POST or None)
    form.fields["digests"].choices = choices  # type: ignore[attr-defined]  # a choice
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        passed = let_pass(page, values["digests"], request.user, values["reason"])
        messages.success(
            request,
            gettext("已放行 %(count)d 条，并记下了理由。") % {"count": len(passed)},
        )
        return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    context = {
        "page": page,
        "form": form if choices and may_decide else None,
        "has_open": bool(choices),
        "findings": findings,
        "overrides": Override.objects.filter(page_id=page.pk),
    }
    return render(request, "gate/findings.html", context)


def _own_page(request: HttpRequest, page_id: int) -> BasePage:
    """404 and not 403: a stranger must not learn that there is one."""
    page = pages_of(request.user, Page.objects.filter(pk=page_id)).first()
    if page is None or not page.permissions_for_user(request.user).can_edit():
        raise Http404
    draft = page.get_latest_revision_as_object()
    if not isinstance(draft, BasePage):
        raise Http404
    return draft


def _may_decide(request: HttpRequest, page: BasePage) -> bool:
    """Whoever has the right to publish answers for it, in a reviewed column as well."""
    return bool(page.permissions_for_user(request.user).holds_publishing())


@require_safe
def report_view(request: HttpRequest) -> HttpResponse:
    """The findings on the public pages of one's own portal; who looks after the
    prefecture sees of the others how many there are."""
    own = list(portals_of(request.user).select_related("site__root_page"))
    if not own:
        denied: HttpResponse = permission_denied(request)
        return denied
    portal = _chosen(request.GET.get("portal", ""), own)
    rows = checks_of(portal).exclude(blocking=0, hints=0).select_related("page")
    if request.GET.get("show") == "blocking":
        rows = rows.filter(blocking__gt=0)
    shown = Paginator(rows, PAGES_SHOWN).get_page(request.GET.get("p"))
    context: dict[str, Any] = {
        "portal": portal,
        "portals": own,
        "show": request.GET.get("show", ""),
        "rows": shown,
        "page_title": gettext("内容检查"),
        "counts": list(counts(Portal.objects.order_by("region_code")))
        if is_prefecture_staff(request.user)
        else [],
    }
    return render(request, "gate/report.html", context)


def _chosen(number: str, own: list[Portal]) -> Portal:
    """Another portal's report does not exist."""
    if not number:
        return own[0]
    for portal in own:
        if str(portal.pk) == number:
            return portal
    raise Http404
