"""What is asked on the way in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class CodeForm(forms.Form):
    """A code of the phone; where ``takes_recovery``, a recovery code as well."""

    code = forms.CharField(
        label=gettext_lazy("动态验证码"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )

    def __init__(self, *args: Any, takes_recovery: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        if takes_recovery:
            field.help_text = _("手机上显示的六位数字。手机不在身边时，填一个恢复码。")
        else:
            field.help_text = _("手机上显示的六位数字。")
            field.widget.attrs["inputmode"] = "numeric"
