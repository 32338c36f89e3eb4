"""What the prefecture does to a portal as a whole: each asks first and is logged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied, require_admin_access
from wagtail.log_actions import log

from home.accounts.confirming import ConfirmedForm
from home.models import Portal
from home.portals.admin.own import portal_url
from home.portals.admin.parts import add_errors, form_page, governed_portal
from home.portals.archiving import archive_later, file_of
from home.portals.relocation import errors_of, move_portal, rename_portal
from home.portals.removal import check_deletion, delete_portal, why_not
from home.roles import is_prefecture_staff

View = Callable[..., HttpResponseBase]


class RenameForm(ConfirmedForm):
    name = forms.CharField(label=gettext_lazy("门户名称"), max_length=100)


class PortalConfirmedForm(ConfirmedForm):
    def __init__(self, *args: Any, portal: Portal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.portal = portal


class MoveForm(PortalConfirmedForm):
    host = forms.CharField(label=gettext_lazy("域名"), max_length=255)
    public_base = forms.CharField(
        label=gettext_lazy("公开地址"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("例如 https://www.qingshan.gov.cn/sfj；没有就留空。"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            place = (cleaned["host"], cleaned["public_base"])
            if errors := errors_of(self.portal, *place):
                add_errors(self, ValidationError(errors))
        return cleaned


class DeleteForm(PortalConfirmedForm):
    typed_name = forms.CharField(
        label=gettext_lazy("门户名称"),
        max_length=100,
        help_text=gettext_lazy("把门户名称打一遍，一个字也不差。"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            check_deletion(self.portal, cleaned["typed_name"])
        return cleaned


def staff_only(view: View) -> View:
    def guarded(request: HttpRequest, portal_id: int, **rest: Any) -> HttpResponseBase:
        if not is_prefecture_staff(request.user):
            denied: HttpResponseBase = permission_denied(request)
            return denied
        return view(request, governed_portal(request, portal_id), **rest)

    return require_admin_access(guarded)


@staff_only
def rename(request: HttpRequest, portal: Portal) -> HttpResponseBase:
    initial = {"name": portal.name}
    form = RenameForm(request.POST or None, initial=initial, request=request)
    if request.method == "POST" and form.is_valid():
        try:
            rename_portal(portal, form.cleaned_data["name"], request.user)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("名称改好了，每个网页都会跟着变。"))
            return redirect(portal_url(portal))
    question = _("现在叫“%(name)s”。") % {"name": portal.name}
    return form_page(
        request,
        portal,
        form,
        _("门户改名"),
        question=question,
        button=_("改名"),
        back=portal_url(portal),
    )


@staff_only
def move(request: HttpRequest, portal: Portal) -> HttpResponseBase:
    initial = {"host": portal.host, "public_base": portal.public_base}
    form = MoveForm(
        request.POST or None, initial=initial, portal=portal, request=request
    )
    if request.method == "POST" and form.is_valid():
        place = {name: form.cleaned_data[name] for name in initial}
        try:
            move_portal(portal, actor=request.user, **place)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("搬好了，原来的地址会转到新的地址。"))
            return redirect(portal_url(portal))
    question = _(
        "换域名以后，原来的域名还要指到这台服务器，老地址才能转到新地址。"
        "请先在域名管理那里把新域名设好。"
    )
    return form_page(
        request,
        portal,
        form,
        _("门户搬家"),
        question=question,
        button=_("搬家"),
        back=portal_url(portal),
    )


@staff_only
def archives(request: HttpRequest, portal: Portal) -> HttpResponseBase:
    person: Any = request.user
    form = ConfirmedForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        archive_later.enqueue(portal.pk, person.pk)
        messages.success(request, _("已经排上，过一会儿刷新这一页就能看到。"))
        return redirect("portal_archives", portal.pk)
    context = {
        "portal": portal,
        "archives": portal.archives.all(),
        "form": form,
        "back": portal_url(portal),
        "page_title": _("归档和导出"),
        "header_icon": "download",
    }
    return TemplateResponse(request, "home/portal_archives.html", context)


@staff_only
def download(request: HttpRequest, portal: Portal, *, pk: int) -> HttpResponseBase:
    archive = get_object_or_404(portal.archives, pk=pk)
    place = file_of(archive)
    if not place.is_file():
        raise Http404
    log(
        instance=portal,
        action="home.portal.export",
        user=request.user,
        data={"file": archive.file},
    )
    response = FileResponse(place.open("rb"), as_attachment=True, filename=place.name)
    response["Cache-Control"] = "no-store"
    return response


@staff_only
def delete(request: HttpRequest, portal: Portal) -> HttpResponseBase:
    form = DeleteForm(request.POST or None, portal=portal, request=request)
    if request.method == "POST" and form.is_valid():
        try:
            delete_portal(portal, form.cleaned_data["typed_name"], request.user)
        except ValidationError as error:
            add_errors(form, error)
        else:
            text = _("“%(name)s”已经删除，归档还在服务器上。")
            messages.success(request, text % {"name": portal.name})
            return redirect("portals:index")
    question = _(
        "删除“%(name)s”：全部网页、图片、文件、名单、账号和静态网站都没有了，"
        "不能恢复，只能把归档重新导入。"
    ) % {"name": portal.name}
    return form_page(
        request,
        portal,
        form,
        _("删除门户"),
        question=question,
        warning=" ".join(why_not(portal)),
        button=_("删除"),
        back=portal_url(portal),
    )


def urls() -> list[URLPattern]:
    below = "portal/<int:portal_id>/"
    return [
        path(f"{below}rename/", rename, name="portal_rename"),
        path(f"{below}move/", move, name="portal_move"),
        path(f"{below}archives/", archives, name="portal_archives"),
        path(f"{below}archives/<int:pk>/", download, name="portal_archive"),
        path(f"{below}delete/", delete, name="portal_delete"),
    ]
