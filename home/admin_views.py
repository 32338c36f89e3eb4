"""Views of Wagtail's admin that know no portals, in a form that does."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views import chooser
from wagtail.models import Page

from home.roles import is_prefecture_staff, pages_of

AdminView = Callable[..., HttpResponseBase]


def prefecture_only(view: AdminView) -> AdminView:
    """For reports that name pages and people of all portals."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_prefecture_staff(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return require_admin_access(guarded)


class ChosenPagesView(chooser.ChosenMultipleView):
    """What the page chooser says of pages that were ticked: those of one's own portals.

    Wagtail's tells title and address of any page whose number is asked for.
    """

    def get(self, request: HttpRequest) -> HttpResponseBase:
        wanted = [pk for pk in request.GET.getlist("id") if pk.isdecimal()]
        pages = pages_of(request.user, Page.objects.filter(pk__in=wanted)).specific()
        return self.render_chosen_response(
            [
                {
                    "id": page.pk,
                    "parentId": page.get_parent().pk,
                    "adminTitle": page.get_admin_display_title(),
                    "editUrl": reverse("wagtailadmin_pages:edit", args=(page.pk,)),
                    "url": page.url,
                }
                for page in pages
            ]
        )
