"""The people of a portal in the admin. Another portal's do not exist here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from home.models import Portal, PortalRole, limits_of
from home.portals import people
from home.portals.admin.parts import add_errors, form_page, governed_portal
from home.portals.forms import LOCAL_NAME
from home.portals.people import NewPerson
from home.roles import is_prefecture_staff

Role = PortalRole.Role


def people_url(portal: Portal) -> str:
    return reverse("portal_people", args=[portal.pk])


def _person(portal: Portal, person_id: int) -> Any:
    return get_object_or_404(people.people_of(portal), pk=person_id)


class PersonForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("姓名"), max_length=50)
    email = forms.EmailField(label=gettext_lazy("邮箱"), required=False)
    role = forms.ChoiceField(
        label=gettext_lazy("角色"),
        choices=Role.choices,
        initial=Role.AUTHOR,
        help_text=gettext_lazy(
            "撰稿人写稿、送审；编辑还能改别人的稿子和发布；管理员还管账号和设置；"
            "审稿人只审稿，不写也不改。"
        ),
    )


class NewPersonForm(PersonForm):
    username = forms.CharField(
        label=gettext_lazy("用户名"), max_length=30, validators=[LOCAL_NAME]
    )
    field_order = ("username", "name", "email", "role")

    def __init__(self, *args: Any, portal: Portal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prefix_of_portal = people.username_prefix(portal)
        self.fields["username"].help_text = _(
            "小写字母和数字，例如 wangli；登录时写成 %(prefix)swangli。"
        ) % {"prefix": self.prefix_of_portal}

    def new_person(self) -> NewPerson:
        cleaned = self.cleaned_data
        return NewPerson(
            username=f"{self.prefix_of_portal}{cleaned['username']}",
            name=cleaned["name"],
            role=Role(cleaned["role"]),
            email=cleaned["email"],
        )


def _log_in_address(request: HttpRequest, portal: Portal) -> str:
    """At the portal's own host; the port is the one by which this page was asked."""
    _host, colon, port = request.get_host().partition(":")
    path = reverse("wagtailadmin_home")
    return f"{request.scheme}://{portal.host}{colon}{port}{path}"


@sensitive_variables("password")
def password_page(
    request: HttpRequest, portal: Portal, person: Any, password: str
) -> HttpResponse:
    """Says a one-time password; nobody and nothing says it a second time."""
    context = {
        "portal": portal,
        "address": _log_in_address(request, portal),
        "person": person,
        "password": password,
        "days": people.ONE_TIME_DAYS,
        "back": people_url(portal),
        "page_title": _("一次性密码"),
        "header_icon": "key",
    }
    response = TemplateResponse(request, "home/one_time_password.html", context)
    add_never_cache_headers(response)
    return response


@method_decorator(require_admin_access, name="dispatch")
class PeopleView(View):
    def get(self, request: HttpRequest, portal_id: int) -> HttpResponse:
        portal = governed_portal(request, portal_id)
        found = people.people_of(portal).order_by("-is_active", "username")
        context = {
            "portal": portal,
            "rows": [_row(request, portal, person) for person in found],
            "active": found.filter(is_active=True).count(),
            "most": limits_of(portal).max_users,
            "is_staff": is_prefecture_staff(request.user),
            "page_title": _("账号和角色"),
            "header_icon": "user",
        }
        return TemplateResponse(request, "home/people.html", context)


def _row(request: HttpRequest, portal: Portal, person: Any) -> dict[str, Any]:
    role = people.role_in(portal, person)
    return {
        "person": person,
        "role": role.label if role else "",
        "may_manage": people.may_manage(request.user, person),
    }


@method_decorator(require_admin_access, name="dispatch")
class NewPersonView(View):
    def get(self, request: HttpRequest, portal_id: int) -> HttpResponse:
        portal = governed_portal(request, portal_id)
        return self._show(request, portal, NewPersonForm(portal=portal))

    def post(self, request: HttpRequest, portal_id: int) -> HttpResponseBase:
        portal = governed_portal(request, portal_id)
        form = NewPersonForm(request.POST, portal=portal)
        if form.is_valid():
            try:
                person, password = people.create_person(
                    request.user, portal, form.new_person()
                )
            except ValidationError as error:
                add_errors(form, error)
            else:
                return password_page(request, portal, person, password)
        return self._show(request, portal, form)

    def _show(
        self, request: HttpRequest, portal: Portal, form: NewPersonForm
    ) -> HttpResponse:
        return form_page(request, portal, form, _("新建账号"), back=people_url(portal))


@method_decorator(require_admin_access, name="dispatch")
class PersonView(View):
    """Name, e-mail and role of one person."""

    def get(self, request: HttpRequest, portal_id: int, pk: int) -> HttpResponse:
        portal = governed_portal(request, portal_id)
        person = _person(portal, pk)
        form = self._form(request, portal, person)
        return self._show(request, portal, person, form)

    def post(self, request: HttpRequest, portal_id: int, pk: int) -> HttpResponseBase:
        portal = governed_portal(request, portal_id)
        person = _person(portal, pk)
        form = self._form(request, portal, person, request.POST)
        if form.is_valid():
            cleaned = form.cleaned_data
            try:
                if "name" in form.fields:
                    people.rename_person(
                        request.user, portal, person, cleaned["name"], cleaned["email"]
                    )
                people.set_role(request.user, portal, person, Role(cleaned["role"]))
            except ValidationError as error:
                add_errors(form, error)
            else:
                messages.success(request, _("保存了。"))
                return redirect(people_url(portal))
        return self._show(request, portal, person, form)

    def _form(
        self, request: HttpRequest, portal: Portal, person: Any, data: Any = None
    ) -> PersonForm:
        initial = {
            "name": person.get_full_name(),
            "email": person.email,
            "role": people.role_in(portal, person),
        }
        form = PersonForm(data, initial=initial)
        if not people.may_manage(request.user, person):
            del form.fields["name"], form.fields["email"]
        return form

    def _show(
        self, request: HttpRequest, portal: Portal, person: Any, form: forms.Form
    ) -> HttpResponse:
        title = person.get_username()
        return form_page(request, portal, form, title, back=people_url(portal))


class KnownPersonForm(forms.Form):
    username = forms.CharField(label=gettext_lazy("用户名"), max_length=150)
    role = forms.ChoiceField(
        label=gettext_lazy("角色"), choices=Role.choices, initial=Role.AUTHOR
    )


@method_decorator(require_admin_access, name="dispatch")
class KnownPersonView(View):
    """For somebody who works for two portals; of no use to a county."""

    def get(self, request: HttpRequest, portal_id: int) -> HttpResponse:
        portal = self._portal(request, portal_id)
        return self._show(request, portal, KnownPersonForm())

    def post(self, request: HttpRequest, portal_id: int) -> HttpResponseBase:
        portal = self._portal(request, portal_id)
        form = KnownPersonForm(request.POST)
        if form.is_valid():
            cleaned = form.cleaned_data
            role = Role(cleaned["role"])
            try:
                people.take_in(request.user, portal, cleaned["username"], role)
            except ValidationError as error:
                add_errors(form, error)
            else:
                messages.success(request, _("保存了。"))
                return redirect(people_url(portal))
        return self._show(request, portal, form)

    def _portal(self, request: HttpRequest, portal_id: int) -> Portal:
        if not is_prefecture_staff(request.user):
            raise Http404
        return governed_portal(request, portal_id)

    def _show(
        self, request: HttpRequest, portal: Portal, form: KnownPersonForm
    ) -> HttpResponse:
        title = _("加入已有的账号")
        return form_page(request, portal, form, title, back=people_url(portal))


# What is asked -> (its name, what follows).
ACTS = {
    "reset": (
        gettext_lazy("重置密码"),
        gettext_lazy("原来的密码马上不能用，本人要用新的一次性密码登录。"),
    ),
    "deactivate": (
        gettext_lazy("停用账号"),
        gettext_lazy("马上不能登录，写过的稿子和记录都留着。"),
    ),
    "activate": (
        gettext_lazy("启用账号"),
        gettext_lazy("又可以登录，密码是原来的。"),
    ),
    "remove": (
        gettext_lazy("移出本门户"),
        gettext_lazy("这个人不再为本门户工作；账号本身留着。"),
    ),
}


@method_decorator(require_admin_access, name="dispatch")
class PersonActView(View):
    """Asks whether to do it; a POST does it."""

    def get(
        self, request: HttpRequest, portal_id: int, pk: int, act: str
    ) -> HttpResponse:
        portal = governed_portal(request, portal_id)
        person = _person(portal, pk)
        if act not in ACTS:
            raise Http404
        title, effect = ACTS[act]
        question = _("%(name)s（%(username)s）：%(effect)s") % {
            "name": person.get_full_name(),
            "username": person.get_username(),
            "effect": effect,
        }
        return form_page(
            request,
            portal,
            forms.Form(),
            str(title),
            question=question,
            button=title,
            back=people_url(portal),
        )

    def post(
        self, request: HttpRequest, portal_id: int, pk: int, act: str
    ) -> HttpResponseBase:
        portal = governed_portal(request, portal_id)
        person = _person(portal, pk)
        try:
            return self._do(request, portal, person, act)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(people_url(portal))

    def _do(
        self, request: HttpRequest, portal: Portal, person: Any, act: str
    ) -> HttpResponseBase:
        match act:
            case "reset":
                password = people.reset_password(request.user, portal, person)
                return password_page(request, portal, person, password)
            case "remove":
                people.set_role(request.user, portal, person, None)
            case "activate" | "deactivate":
                is_active = act == "activate"
                people.set_active(request.user, portal, person, is_active)
            case _:
                raise Http404
        messages.success(request, _("做好了。"))
        return redirect(people_url(portal))


def urls() -> list[URLPattern]:
    below = "portal/<int:portal_id>/people/"
    return [
        path(below, PeopleView.as_view(), name="portal_people"),
        path(f"{below}new/", NewPersonView.as_view(), name="portal_person_new"),
        path(f"{below}known/", KnownPersonView.as_view(), name="portal_person_known"),
        path(f"{below}<int:pk>/", PersonView.as_view(), name="portal_person"),
        path(
            f"{below}<int:pk>/<slug:act>/",
            PersonActView.as_view(),
            name="portal_person_act",
        ),
    ]
