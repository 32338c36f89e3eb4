"""The pages between the password and the admin, and what a person does for oneself."""

from __future__ import annotations

from typing import Any

import segno
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from home.accounts import events, factors, sessions
from home.accounts.forms import CodeForm, wrong_code
from home.accounts.middleware import VERIFY, pending_step


def asked_page(request: HttpRequest) -> str:
    """Where the person wanted to go; never to another host."""
    asked = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(
        REDIRECT_FIELD_NAME, ""
    )
    is_ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if is_ours else reverse("wagtailadmin_home")


def render(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    context["next"] = asked_page(request)
    return TemplateResponse(request, f"accounts/{template}.html", context)


@never_cache
@sensitive_post_parameters()
def verify(request: HttpRequest) -> HttpResponse:
    """The second half of logging in."""
    if not request.user.is_authenticated:
        return redirect("wagtailadmin_login")
    if factors.is_verified(request) or factors.phone_of(request.user) is None:
        return redirect(asked_page(request))
    form = CodeForm(request.POST or None, takes_recovery=True)
    if request.method == "POST" and form.is_valid():
        wait = factors.seconds_to_wait(request.user)
        if factors.verify(request, form.cleaned_data["code"]):
            _warn_of_codes(request)
            return redirect(asked_page(request))
        form.add_error("code", wrong_code(request.user, wait))
    return render(request, "verify", form=form)


def _warn_of_codes(request: HttpRequest) -> None:
    left = factors.codes_left(request.user)
    if left <= 2:
        messages.warning(
            request,
            _("恢复码只剩 %(count)s 个，请在“账号”里的“动态验证码”重新生成。")
            % {"count": left},
        )


@never_cache
@sensitive_post_parameters()
def set_up(request: HttpRequest) -> HttpResponse:
    """A phone for the first time, or another one: the old one is needed for that."""
    if not request.user.is_authenticated:
        return redirect("wagtailadmin_login")
    if factors.phone_of(request.user) is not None and not factors.is_verified(request):
        return redirect(VERIFY)
    form = CodeForm(request.POST or None, takes_recovery=False)
    if request.method == "POST" and form.is_valid():
        codes = factors.confirm(request, form.cleaned_data["code"])
        if codes is not None:
            return render(request, "codes", codes=codes)
        form.add_error("code", _("验证码不对。请核对手机的时间，等出现新的码再填。"))
    device = factors.begin(request.user)
    drawing = segno.make(device.config_url).svg_inline(scale=4, border=4)
    return render(
        request,
        "set_up",
        form=form,
        drawing=mark_safe(drawing),  # noqa: S308  (segno's own drawing)
        secret=factors.secret_of(device),
        is_demanded=factors.is_demanded(request.user),
    )


@never_cache
@require_POST
def new_codes(request: HttpRequest) -> HttpResponse:
    if not factors.is_verified(request):
        return HttpResponseForbidden()
    return render(request, "codes", codes=factors.make_codes(request.user))


@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """For who is not obliged to have one."""
    if not factors.is_verified(request):
        return HttpResponseForbidden()
    if factors.is_demanded(request.user):
        messages.error(request, _("您的角色必须使用动态验证码，不能停用。"))
    else:
        factors.remove(request.user, events.FACTOR_REMOVED)
        messages.success(request, _("已经停用动态验证码。"))
    return redirect("accounts_own")


def own(request: HttpRequest) -> HttpResponse:
    """What a person has and can do about it."""
    return render(
        request,
        "own",
        phone=factors.phone_of(request.user),
        codes_left=factors.codes_left(request.user),
        is_demanded=factors.is_demanded(request.user),
        page_title=_("动态验证码"),
        header_icon="lock",
    )


@never_cache
def session(request: HttpRequest) -> JsonResponse:
    """For the page that warns before the log-in ends; ``POST`` goes on with it.

    The token is for a form that stood open while somebody logged in again.
    """
    if not request.user.is_authenticated or pending_step(request) is not None:
        return JsonResponse({"left": 0})
    if request.method == "POST":
        sessions.go_on(request.session, is_asked_for=True)
    return JsonResponse(
        {
            "left": sessions.seconds_left(request.session),
            "user": request.user.pk,
            "token": get_token(request),
        }
    )
