"""Which columns of a portal stand in its menu, and in what order."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.models import Page

from home.models import Portal
from home.portals.admin.own import log_act, portal_url
from home.portals.admin.parts import governed_portal


def _named(widget: type[forms.Widget], what: str, column: Page) -> forms.Widget:
    """In a table: its column and row are its label."""
    return widget(attrs={"aria-label": f"{column.title}：{what}"})


class MenuForm(forms.Form):
    """A number and a tick for each column of the home page."""

    def __init__(self, *args: Any, columns: list[Page], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns
        for place, column in enumerate(columns, start=1):
            self.fields[f"place_{column.pk}"] = forms.IntegerField(
                min_value=1,
                max_value=999,
                initial=place,
                widget=_named(forms.NumberInput, _("排第几"), column),
            )
            self.fields[f"shown_{column.pk}"] = forms.BooleanField(
                required=False,
                initial=column.show_in_menus,
                widget=_named(forms.CheckboxInput, _("显示在导航里"), column),
            )

    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                "title": column.title,
                "place": self[f"place_{column.pk}"],
                "shown": self[f"shown_{column.pk}"],
            }
            for column in self.columns
        ]

    def in_order(self) -> list[Page]:
        """Those with the same number stay in the order in which they are."""
        return sorted(
            self.columns, key=lambda one: self.cleaned_data[f"place_{one.pk}"]
        )

    def is_shown(self, column: Page) -> bool:
        return bool(self.cleaned_data[f"shown_{column.pk}"])


@transaction.atomic
def arrange_menu(home: Page, form: MenuForm, user: Any) -> None:
    for column in form.columns:
        if column.show_in_menus != form.is_shown(column):
            column.show_in_menus = form.is_shown(column)
            column.save_revision(user=user).publish(user=user)
    wanted = form.in_order()
    if [column.pk for column in wanted] == [column.pk for column in form.columns]:
        return
    for column in wanted:
        fresh = Page.objects.get(pk=column.pk).specific
        fresh.move(Page.objects.get(pk=home.pk), pos="last-child", user=user)


@method_decorator(require_admin_access, name="dispatch")
class MenuView(View):
    def get(self, request: HttpRequest, portal_id: int) -> HttpResponse:
        portal = governed_portal(request, portal_id)
        return self._show(request, portal, MenuForm(columns=_columns(portal)))

    def post(self, request: HttpRequest, portal_id: int) -> HttpResponseBase:
        portal = governed_portal(request, portal_id)
        form = MenuForm(request.POST, columns=_columns(portal))
        if form.is_valid():
            arrange_menu(portal.site.root_page, form, request.user)
            log_act(request, portal, "menu")
            messages.success(request, _("保存了。"))
            return redirect(portal_url(portal))
        return self._show(request, portal, form)

    def _show(
        self, request: HttpRequest, portal: Portal, form: MenuForm
    ) -> HttpResponse:
        context = {
            "portal": portal,
            "form": form,
            "back": portal_url(portal),
            "page_title": _("导航菜单"),
            "header_icon": "list-ul",
        }
        return TemplateResponse(request, "home/portal_menu.html", context)


def _columns(portal: Portal) -> list[Page]:
    home: Page = portal.site.root_page
    # What waits as a draft is not published by the way.
    ready = home.get_children().filter(live=True, has_unpublished_changes=False)
    return list(ready.specific())


def urls() -> list[URLPattern]:
    view = MenuView.as_view()
    return [path("portal/<int:portal_id>/menu/", view, name="portal_menu")]
