"""What is asked on the way in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.accounts import factors


class CodeField(forms.CharField):
    """A code of the phone; where ``takes_recovery``, a recovery code as well."""

    def __init__(self, *, takes_recovery: bool, **kwargs: Any) -> None:
        attrs = {"autocomplete": "one-time-code"}
        help_text = gettext_lazy("手机上显示的六位数字。手机不在身边时，填一个恢复码。")
        if not takes_recovery:
            attrs["inputmode"] = "numeric"
            help_text = gettext_lazy("手机上显示的六位数字。")
        super().__init__(
            label=gettext_lazy("动态验证码"),
            max_length=20,
            widget=forms.TextInput(attrs=attrs),
            help_text=help_text,
            **kwargs,
        )


class CodeForm(forms.Form):
    def __init__(self, *args: Any, takes_recovery: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = CodeField(takes_recovery=takes_recovery)


def wrong_code(user: Any, waited: int) -> str:
    """``waited``: the seconds for which no code was looked at, before it was tried."""
    wait = max(waited, factors.seconds_to_wait(user))
    if wait > 1:
        return _("验证码不对或者试得太快，请过 %(seconds)s 秒再试。") % {
            "seconds": wait
        }
    return _("验证码不对。每个码只能用一次，请等手机上出现新的码再填。")
