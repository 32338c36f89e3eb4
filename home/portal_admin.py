"""Portals, topics and audiences in the admin: for those who look after all portals."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Site
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from home.models import Audience, HolidayNotice, Portal, Region, Topic, localized
from home.provisioning import PortalSpec, create_portal, default_columns
from home.slugs import pinyin_slug

NAME = localized("name", settings.LANGUAGE_CODE)
REGION_NAME = localized("region_name", settings.LANGUAGE_CODE)
HOST = RegexValidator(
    r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$",
    _("域名由小写字母、数字、连字符和点组成，例如 sfj.qingshan.gov.cn。"),
)


class PortalPermissionPolicy(ModelPermissionPolicy):
    """Nobody deletes a portal by a button: it is closed (永久下线) and its pages stay."""

    def user_has_permission(self, user: AbstractUser, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)


class PortalForm(WagtailAdminModelForm):
    host = forms.CharField(
        label=_("域名"),
        max_length=255,
        validators=[HOST],
        help_text=_("服务器按域名分辨门户，例如 sfj.qingshan.gov.cn。"),
    )
    languages = forms.MultipleChoiceField(
        label=_("启用的语言"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        initial=[settings.LANGUAGE_CODE],
        help_text=_("简体中文总是启用的。"),
        required=False,
    )

    class Meta:
        model = Portal
        fields: ClassVar[list[str]] = [
            NAME,
            REGION_NAME,
            "host",
            "region_code",
            "level",
            "parent",
            "languages",
            "public_base",
            "service_base",
            "layout",
            "host_parts",
            "exports_library",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A translated column is nullable in the database; these two never are.
        self.fields[NAME].required = True
        self.fields[REGION_NAME].required = True
        if self.instance.pk:
            self.fields["host"].initial = self.instance.host

    def clean_host(self) -> str:
        host: str = self.cleaned_data["host"]
        others = Site.objects.filter(hostname=host).exclude(pk=self.instance.site_id)
        if others.exists():
            raise ValidationError(_("这个域名已经有门户在用。"))
        return host

    def clean_languages(self) -> list[str]:
        chosen = {*self.cleaned_data["languages"], settings.LANGUAGE_CODE}
        return [code for code, _name in settings.LANGUAGES if code in chosen]


class NewPortalForm(PortalForm):
    def spec(self) -> PortalSpec:
        values = {
            name: value for name, value in self.cleaned_data.items() if name != "host"
        }
        return PortalSpec(
            host=self.cleaned_data["host"],
            slug=pinyin_slug(values[REGION_NAME]),
            portal=values,
            columns=default_columns(),
        )


class KnownPortalForm(PortalForm):
    class Meta(PortalForm.Meta):
        fields: ClassVar[list[str]] = [
            *PortalForm.Meta.fields,
            "state",
            "state_since",
            "state_person",
            "state_proof",
        ]

    def save(self, commit: bool = True) -> Portal:
        site = self.instance.site
        site.hostname = self.cleaned_data["host"]
        site.site_name = self.cleaned_data[NAME]
        if commit:
            site.save()
        return super().save(commit=commit)


class CreatePortalView(generic.CreateView):
    def save_instance(self) -> Portal:
        return create_portal(self.form.spec())


class PortalViewSet(ModelViewSet):
    model = Portal
    icon = "site"
    menu_label = _("门户")
    menu_order = 150
    add_to_admin_menu = True
    add_view_class = CreatePortalView
    copy_view_enabled = False
    list_display: ClassVar[list[str]] = ["name", "host", "region_code", "state"]
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
    """Only who has the permission sees the menu and the views (``home.granting``)."""

    items = (TopicViewSet, AudienceViewSet, RegionViewSet, HolidayNoticeViewSet)
    menu_icon = "tag"
    menu_label = _("共用词表")
    menu_name = "shared-terms"
    menu_order = 160
