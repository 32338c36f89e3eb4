"""Before what cannot be undone, a person shows once more who is sitting there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.accounts import factors, lockout
from home.accounts.forms import CodeField, wrong_code

PROOF = ("password", "code")
NEEDED = {"required": gettext_lazy("请填写，确认是您本人。")}


class ConfirmedForm(forms.Form):
    """Asks for the own password as well, and who has a phone for its code.

    A wrong password counts as a failed log-in; django-axes and the audit log hear of it
    by Django's signal. The proof is looked at last, when nothing else is wrong: a code
    is good for one attempt.
    """

    password = forms.CharField(
        label=gettext_lazy("您自己的登录密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=gettext_lazy("确认是您本人在操作。"),
        error_messages=NEEDED,
    )
    code = CodeField(takes_recovery=True, error_messages=NEEDED)

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        if factors.phone_of(request.user) is None:
            del self.fields["code"]
        self.order_fields([*(name for name in self.fields if name not in PROOF)])

    def is_proof_needed(self) -> bool:
        """Where it is not always: the two fields are not to be required either."""
        return True

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and not self.errors and self.is_proof_needed():
            self._prove()

    def _prove(self) -> None:
        missing = [
            name
            for name in PROOF
            if name in self.fields and not self.cleaned_data.get(name)
        ]
        for name in missing:
            self.add_error(name, NEEDED["required"])
        if missing or not self._is_password_right() or "code" not in self.fields:
            return
        user = self.request.user
        wait = factors.seconds_to_wait(user)
        if not factors.verify(self.request, self.cleaned_data["code"]):
            self.add_error("code", wrong_code(user, wait))

    def _is_password_right(self) -> bool:
        name = self.request.user.get_username()
        password = self.cleaned_data["password"]
        if authenticate(self.request, username=name, password=password) is not None:
            return True
        if getattr(self.request, "axes_locked_out", False):
            self.add_error("password", lockout.locked_sentence(self.request, name))
        else:
            self.add_error("password", _("密码不对，什么都没有做。"))
        return False
