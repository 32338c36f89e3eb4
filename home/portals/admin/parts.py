"""What the screens of a portal share: whose it is, a form, its errors."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from home.models import Portal
from home.roles import governed_portals


def governed_portal(request: HttpRequest, portal_id: int) -> Portal:
    """Raises ``Http404`` for a portal that the person does not look after."""
    return get_object_or_404(governed_portals(request.user), pk=portal_id)


def form_page(
    request: HttpRequest,
    portal: Portal | None,
    form: Any,
    title: str,
    *,
    back: str,
    question: Any = "",
    button: Any = "",
    warning: Any = "",
) -> HttpResponse:
    """A form, of a portal mostly, with a question above it where it needs one."""
    context = {
        "portal": portal,
        "form": form,
        "question": question,
        "warning": warning,
        "button": button or (_("确定") if question else _("保存")),
        "back": back,
        "page_title": title,
        "header_icon": "site",
    }
    return TemplateResponse(request, "home/portal_form.html", context)


def add_errors(form: forms.Form, error: ValidationError) -> None:
    """Beside their fields, or above the form."""
    if not hasattr(error, "error_dict"):
        for message in error.messages:
            form.add_error(None, message)
        return
    for name, messages_of_field in error.message_dict.items():
        field = name if name in form.fields else None
        form.add_error(field, messages_of_field)
