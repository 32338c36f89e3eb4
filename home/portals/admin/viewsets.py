"""Portals, topics and audiences in the admin: for those who look after all portals."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from home.models import Audience, HolidayNotice, Portal, Region, Topic, localized
from home.portals.admin.own import portal_url
from home.portals.admin.people import password_page
from home.portals.forms import KnownPortalForm, NewPortalForm, PortalForm
from home.portals.opening import Opened, open_portal
from home.roles import is_prefecture_staff

NAME = localized("name", settings.LANGUAGE_CODE)


class PortalPermissionPolicy(ModelPermissionPolicy):
    """Portals are the prefecture's; a county meets its own through other screens.

    Nobody deletes a portal by a button of a list: ``home.portals.admin.moving`` asks.
    """

    def user_has_permission(self, user: AbstractUser, action: str) -> bool:
        return action != "delete" and is_prefecture_staff(user)

    def user_has_any_permission(self, user: AbstractUser, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class CreatePortalView(generic.CreateView):
    """Ends on a page that tells the first administrator's password, once."""

    opened: Opened

    def save_instance(self) -> Portal:
        self.opened = open_portal(self.form.new_portal(), self.request.user)
        return self.opened.portal

    def form_valid(self, form: NewPortalForm) -> HttpResponse:
        self.form = form
        try:
            with transaction.atomic():
                self.object = self.save_instance()
        except ValidationError as error:
            for message in error.messages:
                form.add_error(None, message)
            invalid: HttpResponse = self.form_invalid(form)
            return invalid
        opened = self.opened
        return password_page(self.request, opened.portal, opened.admin, opened.password)


class PortalIndexView(generic.IndexView):
    """A portal's name leads to everything that one may do with it."""

    def get_edit_url(self, instance: Portal) -> str:
        return portal_url(instance)

    def get_list_more_buttons(self, instance: Portal) -> list[Any]:
        return []


class PortalViewSet(ModelViewSet):
    """Reached by “门户管理” (``home.portals.admin.own.my_portal``)."""

    model = Portal
    icon = "site"
    index_view_class = PortalIndexView
    add_view_class = CreatePortalView
    copy_view_enabled = False
    inspect_view_enabled = False
    list_display: ClassVar[list[str | Column]] = [
        "name",
        Column("host", label=_("域名")),
        "region_code",
        "state",
    ]
    form_fields: ClassVar[list[str]] = PortalForm.Meta.fields

    def get_edit_handler(self) -> None:
        return None

    def get_form_class(self, for_update: bool = False) -> type[PortalForm]:
        return KnownPortalForm if for_update else NewPortalForm


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    menu_label = _("主题")
    list_display: ClassVar[list[str]] = ["name", "slug", "parent", "order"]
    search_fields: ClassVar[list[str]] = [NAME, "slug"]


class AudienceViewSet(SnippetViewSet):
    model = Audience
    icon = "group"
    menu_label = _("人群")
    list_display: ClassVar[list[str]] = ["name", "slug", "order"]
    search_fields: ClassVar[list[str]] = [NAME, "slug"]


class RegionViewSet(SnippetViewSet):
    model = Region
    icon = "globe"
    menu_label = _("行政区划")
    list_display: ClassVar[list[str]] = ["code", "name"]
    search_fields: ClassVar[list[str]] = [NAME, "code"]


class HolidayNoticeViewSet(SnippetViewSet):
    model = HolidayNotice
    icon = "date"
    menu_label = _("节假日安排")
    list_display: ClassVar[list[str]] = ["year"]


class SharedTermGroup(SnippetViewSetGroup):
    """Only who has the permission sees the menu and the views (``home.portals.granting``)."""

    items = (TopicViewSet, AudienceViewSet, RegionViewSet, HolidayNoticeViewSet)
    menu_icon = "tag"
    menu_label = _("共用词表")
    menu_name = "shared-terms"
    menu_order = 160
