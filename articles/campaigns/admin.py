"""“以这次活动为底稿新建下一年”: from a campaign's menu to the draft of the next one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from articles.campaigns.copying import draft_next_campaign
from articles.campaigns.plan import Shift, in_year
from articles.models import CampaignPage

URL_NAME = "next_campaign"


class NextCampaignForm(forms.Form):
    year = forms.IntegerField(
        label=_("年份"),
        max_value=2100,
        help_text=_("哪一年的活动。标题里有年份的，自动改成这一年。"),
    )
    starts_on = forms.DateField(
        label=_("开始日期"),
        widget=AdminDateInput,
        help_text=_("各阶段和各场活动的日期跟着一起挪。"),
    )
    with_events = forms.BooleanField(
        label=_("把各场活动也建好草稿"),
        required=False,
        help_text=_("时间挪到新的一年，人数清空；取消了的活动不带过去。"),
    )

    def __init__(self, *args: Any, source: CampaignPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source = source

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        year, starts_on = cleaned.get("year"), cleaned.get("starts_on")
        if year is None:
            return cleaned
        if year <= self.source.year:
            self.add_error(
                "year",
                gettext("年份要晚于这次活动的%(year)s年。")
                % {"year": self.source.year},
            )
        elif starts_on is not None:
            shift = Shift.between(
                self.source.starts_on, starts_on, year - self.source.year
            )
            ends_on = shift.end(self.source.ends_on, starts_on)
            if not starts_on.year <= year <= ends_on.year:
                self.add_error("starts_on", gettext("开始日期和年份对不上。"))
        return cleaned


class NextCampaignView(WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    form_class = NextCampaignForm
    template_name = "articles/next_campaign.html"
    page_title = _("新建下一年的活动")
    header_icon = "copy"

    @cached_property
    def source(self) -> CampaignPage:
        return get_object_or_404(CampaignPage, pk=self.kwargs["page_id"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_add_next(self.source, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return gettext("以“%(heading)s”为底稿新建下一年的活动") % {
            "heading": self.source.get_admin_display_title()
        }

    def get_header_title(self) -> str:
        return self.get_page_subtitle()

    def get_initial(self) -> dict[str, Any]:
        return {
            "year": self.source.year + 1,
            "starts_on": in_year(self.source.starts_on, 1),
            "with_events": True,
        }

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "source": self.source}

    def form_valid(self, form: NextCampaignForm) -> HttpResponse:
        page = draft_next_campaign(
            self.source, user=self.request.user, **form.cleaned_data
        )
        messages.success(
            self.request,
            gettext("已经建好草稿“%(heading)s”。请看一遍日期和目标，改好以后再发布。")
            % {"heading": page.get_admin_display_title()},
        )
        return redirect("wagtailadmin_pages:edit", page.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            submit_button_label=_("新建草稿"),
            submit_button_active_label=_("正在新建…"),
            action_url=next_campaign_url(self.source),
            media=kwargs["form"].media if "form" in kwargs else self.get_form().media,
            **kwargs,
        )


def may_add_next(campaign: Page, user: Any) -> bool:
    """The next campaign stands beside this one: who may add pages there."""
    parent = campaign.get_parent().specific
    allowed = parent.permissions_for_user(user).can_add_subpage()
    return bool(allowed and CampaignPage.can_create_at(parent))


def next_campaign_url(campaign: Page) -> str:
    return reverse(URL_NAME, args=[campaign.pk])


def next_campaign_buttons(page: Page, user: Any) -> Iterator[Button]:
    if page.specific_class is CampaignPage and may_add_next(page, user):
        yield Button(
            _("以这次活动为底稿新建下一年"),
            url=next_campaign_url(page),
            icon_name="copy",
            priority=5,
        )
