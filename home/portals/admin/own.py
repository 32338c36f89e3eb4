"""What a portal's own administrators set, within the prefecture's limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied, require_admin_access
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import log

from home.models import Portal, PortalLimits, limits_of
from home.portals.admin.parts import form_page, governed_portal
from home.portals.states import next_states
from home.roles import governed_portals, is_prefecture_staff, portals_of

Layout = Portal.Layout


def portal_url(portal: Portal) -> str:
    return reverse("portal_overview", args=[portal.pk])


@dataclass(frozen=True, slots=True)
class Door:
    """A screen of a portal, and what one does there."""

    label: Any
    href: str
    text: Any


def _doors(request: HttpRequest, portal: Portal) -> list[Door]:
    own = [portal.pk]
    doors = [
        Door(
            _("账号和角色"),
            reverse("portal_people", args=own),
            _("新建账号、停用、重置密码、改角色。"),
        ),
        Door(
            _("导航菜单"),
            reverse("portal_menu", args=own),
            _("哪些栏目显示在导航里、按什么顺序。"),
        ),
        Door(
            _("语言和版式"),
            reverse("portal_settings", args=own),
            _("网站用哪几种语言、用谁的页头和页脚。"),
        ),
    ]
    if portals_of(request.user).filter(pk=portal.pk).exists():
        doors += _insiders_doors(portal)
    if next_states(request.user, portal):
        text = _("准备、已检测、上线、临时下线、永久下线。")
        doors.append(Door(_("改门户状态"), reverse("portal_state", args=own), text))
    if is_prefecture_staff(request.user):
        doors += _staff_doors(portal)
    return doors


def _insiders_doors(portal: Portal) -> list[Door]:
    """What Wagtail's own screens do: only a role in the portal opens them."""
    site = portal.site_id
    return [
        Door(
            _("承办信息和颜色"),
            reverse("wagtailsettings:edit", args=["home", "publisheridentity", site]),
            _("单位名称、电话、徽标、主色和强调色。"),
        ),
        Door(
            _("主办信息"),
            reverse("wagtailsettings:edit", args=["home", "hostingidentity", site]),
            _("网站标识码、备案号、找错链接。上线前要填全。"),
        ),
        Door(
            _("栏目和网页"),
            reverse("wagtailadmin_explore", args=[portal.site.root_page_id]),
            _("新建、改名、移动栏目，写稿。"),
        ),
    ]


def _staff_doors(portal: Portal) -> list[Door]:
    return [
        Door(label, reverse(name, args=[portal.pk]), text)
        for name, label, text in STAFF_DOORS
    ]


STAFF_DOORS = [
    (
        "portals:edit",
        gettext_lazy("基本资料"),
        gettext_lazy("地区、代码、上级、地址。"),
    ),
    (
        "portal_limits",
        gettext_lazy("限制"),
        gettext_lazy("这个门户的管理员自己能改什么、最多几个账号。"),
    ),
    ("portal_rename", gettext_lazy("改名"), gettext_lazy("换一个门户名称。")),
    (
        "portal_move",
        gettext_lazy("搬家"),
        gettext_lazy("换域名或者公开地址，老地址转到新地址。"),
    ),
    (
        "portal_archives",
        gettext_lazy("归档和导出"),
        gettext_lazy("把整个门户存成一个文件，可以在别处导入。"),
    ),
    (
        "portal_delete",
        gettext_lazy("删除"),
        gettext_lazy("永久下线并且归档以后才能删除。"),
    ),
]


@method_decorator(require_admin_access, name="dispatch")
class OverviewView(View):
    def get(self, request: HttpRequest, portal_id: int) -> HttpResponse:
        portal = governed_portal(request, portal_id)
        context = {
            "portal": portal,
            "doors": _doors(request, portal),
            "page_title": _("门户管理"),
            "header_icon": "site",
        }
        return TemplateResponse(request, "home/portal_overview.html", context)


@require_admin_access
def my_portal(request: HttpRequest) -> HttpResponseBase:
    """The menu leads here: to one's portal, or to the list of them."""
    found = list(governed_portals(request.user)[:2])
    if len(found) == 1:
        return redirect(portal_url(found[0]))
    if is_prefecture_staff(request.user):
        return redirect("portals:index")
    if found:
        context = {
            "portals": [
                {"name": portal.name, "href": portal_url(portal)}
                for portal in governed_portals(request.user)
            ],
            "page_title": _("门户管理"),
            "header_icon": "site",
        }
        return TemplateResponse(request, "home/portal_choice.html", context)
    denied: HttpResponse = permission_denied(request)
    return denied


# --- languages and layout ------------------------------------------------------------


class OwnSettingsForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in stubs only
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("启用的语言"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("简体中文总是启用的；停用一种语言，译文还留着。"),
    )

    class Meta:
        model = Portal
        fields: ClassVar[list[str]] = ["languages", "layout", "host_parts"]

    def __init__(self, *args: Any, is_staff: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limits = limits_of(self.instance)
        self.is_staff = is_staff
        if not (is_staff or self.limits.may_change_layout):
            del self.fields["layout"], self.fields["host_parts"]

    def clean_languages(self) -> list[str]:
        chosen = {*self.cleaned_data["languages"], settings.LANGUAGE_CODE}
        names = dict(settings.LANGUAGES)
        new = chosen - set(self.instance.languages)
        refused = [
            code for code in sorted(new) if not self.limits.allows_language(code)
        ]
        if refused and not self.is_staff:
            raise ValidationError(
                _("市级没有允许这些语言：%(names)s。")
                % {"names": "、".join(str(names[code]) for code in refused)}
            )
        return [code for code, _name in settings.LANGUAGES if code in chosen]


@method_decorator(require_admin_access, name="dispatch")
class OwnSettingsView(View):
    def get(self, request: HttpRequest, portal_id: int) -> HttpResponse:
        portal = governed_portal(request, portal_id)
        return self._show(request, portal, self._form(request, portal))

    def post(self, request: HttpRequest, portal_id: int) -> HttpResponseBase:
        portal = governed_portal(request, portal_id)
        form = self._form(request, portal, request.POST)
        if form.is_valid():
            with transaction.atomic():
                form.save()
                log_act(request, portal, "settings", changed=form.changed_data)
            messages.success(request, _("保存了。"))
            return redirect(portal_url(portal))
        return self._show(request, portal, form)

    def _form(
        self, request: HttpRequest, portal: Portal, data: Any = None
    ) -> OwnSettingsForm:
        is_staff = is_prefecture_staff(request.user)
        return OwnSettingsForm(data, instance=portal, is_staff=is_staff)

    def _show(
        self, request: HttpRequest, portal: Portal, form: OwnSettingsForm
    ) -> HttpResponse:
        title = _("语言和版式")
        return form_page(request, portal, form, title, back=portal_url(portal))


# --- limits ----------------------------------------------------------------------------


class LimitsForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in stubs only
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("可以启用的语言"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("一个也不选就不限制；简体中文总是可以的。"),
    )

    class Meta:
        model = PortalLimits
        fields: ClassVar[list[str]] = [
            "max_users",
            "languages",
            "palette",
            "may_change_layout",
            "may_pause",
        ]
        widgets: ClassVar[dict[str, Any]] = {"palette": forms.Textarea({"rows": 4})}


@method_decorator(require_admin_access, name="dispatch")
class LimitsView(View):
    """The prefecture's: a county neither sees nor changes its limits here."""

    def get(self, request: HttpRequest, portal_id: int) -> HttpResponseBase:
        if not is_prefecture_staff(request.user):
            return _denied(request)
        portal = governed_portal(request, portal_id)
        return self._show(request, portal, LimitsForm(instance=limits_of(portal)))

    def post(self, request: HttpRequest, portal_id: int) -> HttpResponseBase:
        if not is_prefecture_staff(request.user):
            return _denied(request)
        portal = governed_portal(request, portal_id)
        form = LimitsForm(request.POST, instance=limits_of(portal))
        if form.is_valid():
            with transaction.atomic():
                form.save()
                log_act(request, portal, "limits", changed=form.changed_data)
            messages.success(request, _("保存了。"))
            return redirect(portal_url(portal))
        return self._show(request, portal, form)

    def _show(
        self, request: HttpRequest, portal: Portal, form: LimitsForm
    ) -> HttpResponse:
        title = _("限制")
        return form_page(request, portal, form, title, back=portal_url(portal))


def _denied(request: HttpRequest) -> HttpResponse:
    denied: HttpResponse = permission_denied(request)
    return denied


def log_act(request: HttpRequest, portal: Portal, action: str, **data: Any) -> None:
    log(
        instance=portal,
        action=f"home.portal.{action}",
        user=request.user,
        data=data or None,
    )


class OwnPortalMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return governed_portals(request.user).exists()


def menu_item() -> OwnPortalMenuItem:
    return OwnPortalMenuItem(
        _("门户管理"),
        reverse("my_portal"),
        name="my-portal",
        icon_name="cog",
        order=145,
    )


def urls() -> list[URLPattern]:
    below = "portal/<int:portal_id>/"
    return [
        path("portal/", my_portal, name="my_portal"),
        path(below, OverviewView.as_view(), name="portal_overview"),
        path(f"{below}settings/", OwnSettingsView.as_view(), name="portal_settings"),
        path(f"{below}limits/", LimitsView.as_view(), name="portal_limits"),
    ]
