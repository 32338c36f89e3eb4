"""Old addresses (Wagtail's redirects): a portal's administrators look after their own.

A redirect without a site would hold for every portal, and a table of them names any
site: both are left to superusers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import require_admin_access
from wagtail.contrib.redirects import views
from wagtail.contrib.redirects.filters import RedirectsReportFilterSet
from wagtail.contrib.redirects.forms import RedirectForm
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site
from wagtail.permission_policies.base import BasePermissionPolicy

from home.admin_views import refuse_foreign_pages
from home.models import Portal, PortalRole
from home.roles import pages_of, portals_with_role


def redirect_portals(user: Any) -> QuerySet[Portal]:
    """The portals whose old addresses a person looks after."""
    return portals_with_role(user, PortalRole.Role.ADMIN)


def redirect_sites(user: Any) -> QuerySet[Site]:
    sites: QuerySet[Site] = Site.objects.all()
    if user.is_superuser:
        return sites
    return sites.filter(portal__in=redirect_portals(user)).distinct()


def redirects_of(user: Any, redirects: QuerySet[Any]) -> QuerySet[Any]:
    if user.is_active and user.is_superuser:
        return redirects
    return redirects.filter(site__portal__in=redirect_portals(user))


class RedirectPermissionPolicy(BasePermissionPolicy):
    def user_has_permission(self, user: Any, action: str) -> bool:
        return bool(user.is_superuser) or redirect_portals(user).exists()

    def user_has_permission_for_instance(
        self, user: Any, action: str, instance: Any
    ) -> bool:
        return redirects_of(user, Redirect.objects.filter(pk=instance.pk)).exists()

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Iterable[str]
    ) -> QuerySet[Any]:
        return redirects_of(user, Redirect.objects.all())

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        people = get_user_model()._default_manager.filter(is_active=True)
        admins = Q(groups__portal_role__role=PortalRole.Role.ADMIN)
        return people.filter(Q(is_superuser=True) | admins).distinct()


class OwnRedirectForm(RedirectForm):
    """Offers the own sites and pages, and refuses any other number."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user.is_superuser:
            return
        site = self.fields["site"]
        site.queryset = redirect_sites(self.for_user)
        site.required = True
        site.empty_label = None
        page = self.fields["redirect_page"]
        page.queryset = pages_of(self.for_user, Page.objects.all())
        page.error_messages["invalid_choice"] = _(
            "选用的网页不在本门户里，请重新选择。"
        )

    def clean(self) -> dict[str, Any]:
        """Wagtail would save one that leads nowhere."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        targets = {"redirect_page", "redirect_link"}
        if not (targets & self.errors.keys() or any(map(cleaned.get, targets))):
            self.add_error(
                "redirect_page", _("请选一个网页，或者写一个网址，两样填一样。")
            )
        return cleaned


class OwnRedirect:
    """For a view of one redirect: another portal's does not exist."""

    request: HttpRequest

    def get_object(self, *args: Any, **kwargs: Any) -> Any:
        found = super().get_object(*args, **kwargs)  # type: ignore[misc]  # a mix-in
        known = Redirect.objects.filter(pk=found.pk)
        if not redirects_of(self.request.user, known).exists():
            raise Http404
        return found


class OwnFilterSet(RedirectsReportFilterSet):
    """Wagtail's offers every site."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["site"].queryset = redirect_sites(self.request.user)


class IndexView(views.IndexView):
    filterset_class = OwnFilterSet

    def get_base_queryset(self) -> QuerySet[Any]:
        return redirects_of(self.request.user, super().get_base_queryset())


class KnownPages:
    """A refused form is shown again with the title of the page that was typed."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        refuse_foreign_pages(request, request.POST.get("redirect_page", ""))
        return super().post(request, *args, **kwargs)  # type: ignore[misc]  # a mix-in


class CreateView(KnownPages, views.CreateView):
    form_class = OwnRedirectForm


class EditView(OwnRedirect, KnownPages, views.EditView):
    form_class = OwnRedirectForm


class DeleteView(OwnRedirect, views.DeleteView):
    pass


def superusers_only(view: Any) -> Any:
    def guarded(request: HttpRequest) -> HttpResponseBase:
        if not request.user.is_superuser:
            raise PermissionDenied
        response: HttpResponseBase = view(request)
        return response

    return require_admin_access(guarded)


def view(view_class: Any, **options: Any) -> Any:
    return require_admin_access(view_class.as_view(**options))


def urls() -> list[URLPattern]:
    """In place of Wagtail's, whose names they keep."""
    return [
        path("", view(IndexView)),
        path("results/", view(IndexView, results_only=True)),
        path("add/", view(CreateView)),
        path("<int:redirect_id>/", view(EditView)),
        path("<int:redirect_id>/delete/", view(DeleteView)),
        path("import/", superusers_only(views.start_import)),
        path("import/process/", superusers_only(views.process_import)),
    ]
