"""The law library in the admin: metadata to view and correct, for the prefecture.

Texts come in by ``import_statutes`` alone. Every change is recorded for search and
export in the transaction that makes it.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy

from home.outbox import record_change
from home.roles import is_prefecture_staff

from .lifecycle import choose_current
from .models import Statute, StatuteName, StatuteVersion


class LibraryPermissionPolicy(ModelPermissionPolicy):
    """All portals share the library: only who looks after all of them may change it."""

    actions = frozenset({"view", "change"})

    def user_has_permission(self, user: AbstractUser, action: str) -> bool:
        return action in self.actions and is_prefecture_staff(user)

    def user_has_any_permission(self, user: AbstractUser, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(
        self, user: AbstractUser, action: str, instance: Any
    ) -> bool:
        return self.user_has_permission(user, action)

    def user_has_any_permission_for_instance(
        self, user: AbstractUser, actions: Any, instance: Any
    ) -> bool:
        return self.user_has_any_permission(user, actions)

    def instances_user_has_any_permission_for(
        self, user: AbstractUser, actions: Any
    ) -> Any:
        if self.user_has_any_permission(user, actions):
            return self.model._default_manager.all()
        return self.model._default_manager.none()

    def users_with_any_permission(self, actions: Any) -> Any:
        users = super().users_with_any_permission(actions)
        return users.filter(
            pk__in=[user.pk for user in users if is_prefecture_staff(user)]
        )


class NamePermissionPolicy(LibraryPermissionPolicy):
    actions = frozenset({"view", "add", "change", "delete"})


def statute_of(instance: Statute | StatuteName | StatuteVersion) -> Statute:
    return instance if isinstance(instance, Statute) else instance.statute


class RecordedSave:
    """For a create or edit view: Wagtail calls ``save_instance`` in a transaction."""

    def save_instance(self) -> Any:
        instance = super().save_instance()  # type: ignore[misc]  # a mix-in for views
        statute = statute_of(instance)
        if isinstance(instance, StatuteVersion):
            choose_current(statute, timezone.localdate())
        record_change(None, "statute", statute.pk)
        return instance


class CreateView(RecordedSave, generic.CreateView):
    pass


class EditView(RecordedSave, generic.EditView):
    pass


class DeleteView(generic.DeleteView):
    def delete_action(self) -> None:
        statute = statute_of(self.object)
        super().delete_action()
        record_change(None, "statute", statute.pk)


class StatuteViewSet(ModelViewSet):
    model = Statute
    icon = "doc-full"
    menu_label = _("法律法规")
    edit_view_class = EditView
    copy_view_enabled = False
    list_per_page = 50
    list_display: ClassVar[list[str]] = ["title", "category", "issuer", "slug"]
    list_filter: ClassVar[list[str]] = ["category", "branch"]
    search_fields: ClassVar[list[str]] = ["title", "short_name", "slug"]
    search_backend_name = None  # plain matching: titles are short
    form_fields: ClassVar[list[str]] = [
        "short_name",
        "category",
        "branch",
        "issuer",
        "note",
    ]


class StatuteVersionViewSet(ModelViewSet):
    model = StatuteVersion
    icon = "history"
    menu_label = _("版本和效力")
    edit_view_class = EditView
    copy_view_enabled = False
    list_per_page = 50
    list_display: ClassVar[list[str]] = [
        "statute",
        "version_on",
        "in_force_from",
        "status",
        "is_current",
    ]
    list_filter: ClassVar[list[str]] = ["status", "is_current"]
    search_fields: ClassVar[list[str]] = ["statute__title"]
    search_backend_name = None
    form_fields: ClassVar[list[str]] = [
        "in_force_from",
        "promulgated_on",
        "amended_on",
        "effective_on",
        "repealed_on",
        "note",
    ]


class StatuteNameViewSet(ModelViewSet):
    model = StatuteName
    icon = "tag"
    menu_label = _("别名")
    add_view_class = CreateView
    edit_view_class = EditView
    delete_view_class = DeleteView
    copy_view_enabled = False
    list_per_page = 50
    list_display: ClassVar[list[str]] = ["name", "statute", "only_in_marks", "reason"]
    search_fields: ClassVar[list[str]] = ["name", "statute__title"]
    search_backend_name = None
    form_fields: ClassVar[list[str]] = ["statute", "name", "only_in_marks", "reason"]


class LibraryGroup(ModelViewSetGroup):
    items = (
        StatuteViewSet("statutes"),
        StatuteVersionViewSet("statute-versions"),
        StatuteNameViewSet("statute-names"),
    )
    menu_icon = "openquote"
    menu_label = _("法律法规库")
    menu_order = 170
