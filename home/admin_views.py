"""Views of Wagtail's admin that know no portals, in a form that does."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views import chooser
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Page
from wagtail.permissions import policy_registry

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


def refuse_foreign_pages(request: HttpRequest, *numbers: str) -> None:
    """404 for pages of other portals that a form names, as for numbers that no page has:
    shown again, because of whatever error, the form would write out their titles."""
    wanted = {int(number) for number in numbers if number.isdecimal()}
    roots = Page.objects.filter(depth=1, pk__in=wanted).values_list("pk", flat=True)
    named = wanted - set(roots)
    own = pages_of(request.user, Page.objects.filter(pk__in=named))
    if own.count() != len(named):
        raise Http404


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


class OwnPagesAPIViewSet(PagesAdminAPIViewSet):
    """A page is copied and moved to one's own pages; others do not exist."""

    def action_view(self, request: Any, pk: int, action_name: str) -> Any:
        target = str(request.data.get("destination_page_id", ""))
        if target.isdecimal():
            get_object_or_404(pages_of(request.user, Page.objects.all()), pk=target)
        return super().action_view(request, pk, action_name)


class OwnObjectsMixin:
    """For an action on many objects: those of other portals are not there.

    Wagtail refuses the action for them, but lists them by title. Where nothing is left
    it is 404, as for numbers that nothing has.
    """

    request: HttpRequest
    model: Any

    def get_actionable_objects(self) -> tuple[list[Any], dict[str, Any]]:
        try:
            objects, context = super().get_actionable_objects()  # type: ignore[misc]  # of BulkAction
        except self.model.DoesNotExist as error:
            raise Http404 from error
        refused = self._own(context["items_with_no_access"])
        context = {**context, "items_with_no_access": refused}
        if not objects and not any(context.values()):
            raise Http404
        return objects, context

    def _own(self, refused: list[Any]) -> list[Any]:
        user = self.request.user
        if issubclass(self.model, Page):
            pages = Page.objects.filter(pk__in=[page.pk for page in refused])
            own = set(pages_of(user, pages).values_list("pk", flat=True))
            return [page for page in refused if page.pk in own]
        policy = policy_registry.get_by_type(self.model)
        actions = ("choose", "change", "delete")
        return [
            item
            for item in refused
            if policy.user_has_any_permission_for_instance(user, actions, item)
        ]


@require_admin_access
def bulk_action(
    request: HttpRequest, app_label: str, model_name: str, action: str
) -> HttpResponseBase:
    """As Wagtail's view of the same address, with :class:`OwnObjectsMixin`."""
    try:
        model = apps.get_model(app_label, model_name)
    except LookupError as error:
        raise Http404 from error
    action_class = bulk_action_registry.get_bulk_action_class(
        app_label, model_name, action
    )
    if action_class is None:
        raise Http404
    if model is Page and "chooser" in request.POST:
        refuse_foreign_pages(request, request.POST["chooser"])
    own_class = type(action_class.__name__, (OwnObjectsMixin, action_class), {})
    return own_class(request, model).dispatch(request)
