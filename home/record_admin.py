"""Records of a portal in the admin: everybody meets those of the own portals only.

The permission comes from the role in the portal (``home.roles``), never from a
permission on the model: that would hold for every portal.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, TypeVar

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import ObjectList
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Page
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from home.forms import PortalFormMixin
from home.models import Office, Portal, PortalRecord, PortalRole
from home.roles import pages_of, portals_with_role

RECORD_ROLES = (PortalRole.Role.ADMIN, PortalRole.Role.EDITOR)


def record_portals(user: Any) -> QuerySet[Portal]:
    """The portals whose records a person looks after."""
    return portals_with_role(user, *RECORD_ROLES)


class RecordPermissionPolicy(BasePermissionPolicy):
    """Editors and administrators of a portal look after its records."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return record_portals(user).exists()

    def user_has_permission_for_instance(
        self, user: Any, action: str, instance: PortalRecord
    ) -> bool:
        return record_portals(user).filter(pk=instance.portal_id).exists()

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Iterable[str]
    ) -> QuerySet[Any]:
        return self.model._default_manager.filter(portal__in=record_portals(user))

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        people = get_user_model()._default_manager.filter(is_active=True)
        return people.filter(
            Q(is_superuser=True) | Q(groups__portal_role__role__in=RECORD_ROLES)
        ).distinct()


class PortalRecordForm(PortalFormMixin, WagtailAdminModelForm):
    """Who works for one portal is not asked for it."""

    instance: PortalRecord

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = record_portals(self.for_user)
        choice = self.fields.get("portal")
        if isinstance(choice, forms.ModelChoiceField):
            choice.queryset = own
            if self.instance.portal_id is not None or own.count() == 1:
                del self.fields["portal"]
        if self.instance.portal_id is None and (only := own.first()):
            self.instance.portal = only
        self.keep_used_languages()
        self.require_main_language()
        self.limit_choices()
        self._limit_pages()

    def _limit_pages(self) -> None:
        """A page that is chosen belongs to the portal of the record, or, while that is
        not chosen yet, to one of the person's."""
        for field in self.fields.values():
            if not isinstance(field, forms.ModelChoiceField):
                continue
            if (pages := field.queryset) is None or not issubclass(pages.model, Page):
                continue
            own = pages_of(self.for_user, pages)
            if self.instance.portal_id is not None:
                own = own.descendant_of(self.portal.site.root_page, inclusive=True)
            field.queryset = own
            field.error_messages["invalid_choice"] = _(
                "选用的网页不在本门户里，请重新选择。"
            )

    @cached_property
    def portal(self) -> Portal:
        return self.instance.portal


class OwnRecord:
    """For a view of one record: another portal's does not exist."""

    request: Any

    def get_object(self, *args: Any, **kwargs: Any) -> Any:
        found = super().get_object(*args, **kwargs)  # type: ignore[misc]  # a mix-in
        if not record_portals(self.request.user).filter(pk=found.portal_id).exists():
            raise Http404
        return found


class RecordIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Any]:
        own = super().get_base_queryset()
        return own.filter(portal__in=record_portals(self.request.user))


class RecordEditView(OwnRecord, generic.EditView):
    pass


class RecordDeleteView(OwnRecord, generic.DeleteView):
    pass


class RecordHistoryView(OwnRecord, HistoryView):
    pass


class RecordUsageView(OwnRecord, UsageView):
    pass


class PortalRecordViewSet(ModelViewSet):
    """Derive from it, name the model, and hand it to ``register_record``."""

    index_view_class = RecordIndexView
    edit_view_class = RecordEditView
    delete_view_class = RecordDeleteView
    history_view_class = RecordHistoryView
    usage_view_class = RecordUsageView
    copy_view_enabled = False
    inspect_view_enabled = False
    add_to_admin_menu = True
    base_form_class: ClassVar[type[PortalRecordForm]] = PortalRecordForm

    def get_edit_handler(self) -> Any:
        handler = ObjectList(self.model.panels, base_form_class=self.base_form_class)
        return handler.bind_to_model(self.model)


class OfficeViewSet(PortalRecordViewSet):
    model = Office
    icon = "group"
    menu_label = _("股室和司法所")
    menu_order = 170
    list_display: ClassVar[list[str]] = ["name", "phone", "address"]


ViewSet = TypeVar("ViewSet", bound=PortalRecordViewSet)


def register_record(viewset: ViewSet) -> ViewSet:
    """Protect the model of the viewset; returns it for ``register_admin_viewset``."""
    register_permission_policy(viewset.model, RecordPermissionPolicy(viewset.model))
    return viewset
