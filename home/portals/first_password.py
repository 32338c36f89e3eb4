"""Who was given a password chooses an own one before anything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.log_actions import log

from home.admin_policy import ADMIN_PATH
from home.models import OneTimePassword

FORM = "first_password"
# What somebody reaches all the same; apps to the right add what they ask at log-in.
OPEN_VIEWS = {
    FORM,
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_sprite",
}


class FirstPasswordMiddleware:
    """In the admin alone: the public pages know nobody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or not request.path_info.startswith(ADMIN_PATH):
            return None
        if match.view_name in OPEN_VIEWS or not request.user.is_authenticated:
            return None
        if not OneTimePassword.objects.filter(user=request.user).exists():
            return None
        return redirect(FORM)


class FirstPasswordForm(SetPasswordForm):  # type: ignore[type-arg]  # generic in stubs only
    def clean_new_password1(self) -> str:
        password: str = self.cleaned_data["new_password1"]
        if self.user.check_password(password):
            raise ValidationError(_("请换一个和一次性密码不同的密码。"))
        return password

    new_password1 = forms.CharField(
        label=gettext_lazy("新密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    new_password2 = forms.CharField(
        label=gettext_lazy("再输一次"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


@never_cache
@require_admin_access
def first_password(request: HttpRequest) -> HttpResponseBase:
    if not OneTimePassword.objects.filter(user=request.user.pk).exists():
        return redirect("wagtailadmin_home")
    form = FirstPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            user = form.save()
            OneTimePassword.objects.filter(user=user).delete()
            log(instance=user, action="home.person.password", user=user)
        update_session_auth_hash(request, user)
        messages.success(request, _("密码改好了，以后用新密码登录。"))
        return redirect("wagtailadmin_home")
    context = {
        "form": form,
        "rules": dict.fromkeys(password_validators_help_texts()),
        "page_title": _("请先换成自己的密码"),
    }
    return TemplateResponse(request, "home/first_password.html", context)
