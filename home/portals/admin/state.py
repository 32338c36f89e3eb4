"""The form with which a portal goes online and offline."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied, require_admin_access
from wagtail.admin.widgets import AdminDateInput

from home.accounts.confirming import PROOF, ConfirmedForm
from home.models import Portal
from home.portals.admin.own import portal_url
from home.portals.admin.parts import add_errors, form_page, governed_portal
from home.portals.states import StateChange, change_state, check_change, next_states

EFFECTS = {
    Portal.State.DRAFT: gettext_lazy("准备：内容还在做，导出时缺什么只提醒。"),
    Portal.State.TESTED: gettext_lazy("已检测：安全检测做过了，还没有对外。"),
    Portal.State.ONLINE: gettext_lazy("上线：对外公开；缺网站标识码等信息就不能上线。"),
    Portal.State.PAUSED: gettext_lazy(
        "临时下线：每个地址都只显示一页说明；内容都留着，恢复时马上回来。"
    ),
    Portal.State.CLOSED: gettext_lazy(
        "永久下线：每个地址都说明网站已经关闭、以后到哪里看。"
    ),
}


class StateForm(ConfirmedForm):
    """Closing for good asks for more than the other steps."""

    state = forms.ChoiceField(label=gettext_lazy("改成"), widget=forms.RadioSelect)
    day = forms.DateField(label=gettext_lazy("从哪天起"), widget=AdminDateInput)
    person = forms.CharField(label=gettext_lazy("经办人"), max_length=50)
    proof = forms.CharField(
        label=gettext_lazy("依据"),
        max_length=200,
        help_text=gettext_lazy("例如：安全检测报告编号、批准文号。"),
    )
    reason = forms.CharField(
        label=gettext_lazy("给群众看的说明"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("只在下线时填：为什么看不到了，有事怎么办。"),
    )
    until = forms.DateField(
        label=gettext_lazy("预计恢复日期"),
        required=False,
        widget=AdminDateInput,
        help_text=gettext_lazy("只在临时下线时填，最多三十天。"),
    )
    successor_url = forms.CharField(
        label=gettext_lazy("以后到哪里看"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("只在永久下线时填，例如县政府网站的网址。"),
    )
    typed_name = forms.CharField(
        label=gettext_lazy("门户名称"),
        required=False,
        help_text=gettext_lazy("永久下线前，请把门户名称打一遍。"),
    )

    def __init__(
        self, *args: Any, portal: Portal, states: list[Portal.State], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.portal = portal
        for name in PROOF:
            if name in self.fields:
                self.fields[name].required = False
                self.fields[name].help_text = _("只在永久下线时填，确认是您本人。")
        choice = self.fields["state"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [(state.value, EFFECTS[state]) for state in states]
        if Portal.State.CLOSED not in states:
            for name in ("successor_url", "typed_name", *PROOF):
                self.fields.pop(name, None)
        if Portal.State.PAUSED not in states:
            del self.fields["until"]
        if not {Portal.State.PAUSED, Portal.State.CLOSED} & set(states):
            del self.fields["reason"]

    def is_proof_needed(self) -> bool:
        return bool(self.cleaned_data.get("state") == Portal.State.CLOSED)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.is_proof_needed() and cleaned.get("typed_name") != self.portal.name:
            self.add_error(
                "typed_name",
                _("请打“%(name)s”，一个字也不差。") % {"name": self.portal.name},
            )
        if not self.errors:
            try:
                check_change(self.portal, self.change(), self.request.user)
            except ValidationError as error:
                add_errors(self, error)
        return cleaned

    def change(self) -> StateChange:
        cleaned = self.cleaned_data
        return StateChange(
            state=Portal.State(cleaned["state"]),
            day=cleaned["day"],
            person=cleaned["person"],
            proof=cleaned["proof"],
            reason=cleaned.get("reason", ""),
            until=cleaned.get("until"),
            successor_url=cleaned.get("successor_url", ""),
        )


@method_decorator(require_admin_access, name="dispatch")
class StateView(View):
    def get(self, request: HttpRequest, portal_id: int) -> HttpResponseBase:
        portal = governed_portal(request, portal_id)
        states = next_states(request.user, portal)
        if not states:
            denied: HttpResponse = permission_denied(request)
            return denied
        person: Any = request.user
        initial = {"day": timezone.localdate(), "person": person.get_full_name()}
        form = StateForm(portal=portal, states=states, initial=initial, request=request)
        return self._show(request, portal, form)

    def post(self, request: HttpRequest, portal_id: int) -> HttpResponseBase:
        portal = governed_portal(request, portal_id)
        states = next_states(request.user, portal)
        form = StateForm(request.POST, portal=portal, states=states, request=request)
        if form.is_valid():
            try:
                change_state(portal, form.change(), request.user)
            except ValidationError as error:
                add_errors(form, error)
            else:
                messages.success(request, _("状态改好了，网站马上跟着变。"))
                return redirect(portal_url(portal))
        return self._show(request, portal, form)

    def _show(
        self, request: HttpRequest, portal: Portal, form: StateForm
    ) -> HttpResponse:
        now = _("现在的状态：%(state)s。") % {"state": portal.get_state_display()}
        return form_page(
            request,
            portal,
            form,
            _("改门户状态"),
            question=now,
            button=_("改状态"),
            back=portal_url(portal),
        )


def urls() -> list[URLPattern]:
    return [
        path("portal/<int:portal_id>/state/", StateView.as_view(), name="portal_state")
    ]
