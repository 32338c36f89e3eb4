"""The pages 发布状态 of the admin. Another county's portal does not exist here."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied, require_admin_access
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name
from wagtail.log_actions import log
from wagtail.models import Page

from home.models import BasePage, Portal
from home.roles import governed_portals, pages_of
from publishing.sites.releases import Release
from publishing.sites.site import Site
from publishing.status.acts import ACTS, Act
from publishing.status.pages import page_state
from publishing.status.reading import state_of
from publishing.status.rights import watched_portals

# Seconds until the script asks again.
SOON, LATER = 1, 10


def status_url(portal: Portal) -> str:
    return f"{reverse('publication_status')}?portal={portal.pk}"


def state_context(request: HttpRequest, portal: Portal) -> dict[str, Any]:
    return {
        "portal": portal,
        "state": state_of(portal, request.user),
        "may_act": governed_portals(request.user).filter(pk=portal.pk).exists(),
    }


@method_decorator(require_admin_access, name="dispatch")
class StatusView(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        portals = list(watched_portals(request.user))
        if not portals:
            denied: HttpResponse = permission_denied(request)
            return denied
        context = {
            **state_context(request, _chosen(portals, request.GET.get("portal", ""))),
            "portals": portals,
            "page_title": _("发布状态"),
            "header_icon": "upload",
        }
        return TemplateResponse(request, "publishing/status.html", context)


# Asked every second by a script: it must not take the database's lock for writing.
@method_decorator(transaction.non_atomic_requests, name="dispatch")
@method_decorator(require_admin_access, name="dispatch")
class StateView(View):
    def get(self, request: HttpRequest, portal_id: int) -> HttpResponse:
        portal = get_object_or_404(watched_portals(request.user), pk=portal_id)
        context = state_context(request, portal)
        html = render_to_string("publishing/status_parts.html", context, request)
        again = SOON if context["state"].is_moving else LATER
        return JsonResponse({"html": html, "again": again})


@method_decorator(transaction.non_atomic_requests, name="dispatch")
@method_decorator(require_admin_access, name="dispatch")
class PageStateView(View):
    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        page = get_object_or_404(
            pages_of(request.user, Page.objects.filter(pk=page_id))
        )
        specific = page.specific
        if not isinstance(specific, BasePage) or not (
            page.permissions_for_user(request.user).can_edit()
        ):
            raise Http404
        state = page_state(specific)
        html = render_to_string(
            "publishing/page_state_parts.html", {"state": state}, request
        )
        # A page that is visible stays so: nothing more to ask.
        again = SOON if state is not None and state.is_moving else 0
        return JsonResponse({"html": html, "again": again})


@method_decorator(require_admin_access, name="dispatch")
class ActView(View):
    """Asks whether to do it; a POST does it."""

    def get(self, request: HttpRequest, portal_id: int, name: str) -> HttpResponse:
        portal, act = _governed(request, portal_id, name)
        context = {
            "portal": portal,
            "act": act,
            "release": _release(portal, act, request.GET.get("release", "")),
            "back": status_url(portal),
            "page_title": act.title,
            "header_icon": "upload",
        }
        return TemplateResponse(request, "publishing/act.html", context)

    def post(self, request: HttpRequest, portal_id: int, name: str) -> HttpResponse:
        portal, act = _governed(request, portal_id, name)
        release = _release(portal, act, request.POST.get("release", ""))
        chosen = release.name if release else ""
        log(
            instance=portal,
            action=act.log_action,
            user=request.user,
            data={"release": chosen},
        )
        done = act.perform(portal, chosen, user_display_name(request.user))
        messages.success(request, done)
        return redirect(status_url(portal))


def _chosen(portals: list[Portal], number: str) -> Portal:
    if not number:
        return portals[0]
    for portal in portals:
        if str(portal.pk) == number:
            return portal
    raise Http404


def _governed(request: HttpRequest, portal_id: int, name: str) -> tuple[Portal, Act]:
    if name not in ACTS:
        raise Http404
    return get_object_or_404(governed_portals(request.user), pk=portal_id), ACTS[name]


def _release(portal: Portal, act: Act, name: str) -> Release | None:
    if not act.of_release:
        return None
    with closing(Site.of(portal.host)) as site:
        for release in site.releases():
            if release.name == name and not release.is_current:
                return release
    raise Http404
