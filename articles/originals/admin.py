"""Importing a document in the admin, ticking off its findings, fetching its file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.models import Page

from articles.document_import import MAX_BYTES, ImportRefusedError
from articles.models import ImportedOriginal
from articles.originals.drafts import MODELS, ImportOrder, import_document
from home.models import ColumnPage
from home.roles import pages_of

if TYPE_CHECKING:
    ColumnChoiceField = forms.ModelChoiceField[ColumnPage]
else:  # generic in the stubs only
    ColumnChoiceField = forms.ModelChoiceField


class ColumnField(ColumnChoiceField):
    """A column by the name of its portal and its own."""

    def label_from_instance(self, column: Any) -> str:
        return f"{column.portal} › {column.title}"


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("公文文件"),
        help_text=_("从网页另存的 .html，或者复制文字存成的 .txt，不大于 2 MB。"),
        widget=forms.FileInput(attrs={"accept": ".txt,.html,.htm"}),
    )
    column = ColumnField(
        label=_("放到哪个栏目"),
        queryset=ColumnPage.objects.none(),
        help_text=_("只列出您可以添加内容的栏目。"),
    )
    kind = forms.ChoiceField(
        label=_("是什么"),
        choices=[("", _("按内容判断"))],
        required=False,
        help_text=_("公文、政策解读或者文章；判断错了可以重新导入。"),
    )
    again = forms.BooleanField(
        label=_("导入过也再导入一次"),
        required=False,
        help_text=_("同一个文件已经导入过时，默认不再导入。"),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["column"].queryset = writable_columns(user)  # type: ignore[attr-defined]  # a choice of models
        self.fields["kind"].choices = [  # type: ignore[attr-defined]  # a choice
            ("", _("按内容判断")),
            *((str(key), model._meta.verbose_name) for key, model in MODELS.items()),
        ]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(gettext("文件不能大于 2 MB。"))
        return file


def writable_columns(user: Any) -> QuerySet[ColumnPage]:
    """The columns of one's own portals to which one may add."""
    own = pages_of(user, ColumnPage.objects.order_by("path"))
    allowed = [
        column.pk
        for column in own
        if column.permissions_for_user(user).can_add_subpage()
    ]
    return ColumnPage.objects.filter(pk__in=allowed).order_by("path")


def import_view(request: HttpRequest) -> HttpResponse:
    """The form; what was imported opens in the editor."""
    user = request.user
    if not writable_columns(user).exists():
        raise Http404
    form = ImportForm(
        request.POST or None,
        request.FILES or None,
        user=user,
        initial={"column": request.GET.get("column")},
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        order = ImportOrder(
            content=values["file"].read(),
            name=values["file"].name,
            portal=values["column"].portal,
            column=values["column"],
            kind=values["kind"],
            user=user,
            again=values["again"],
        )
        try:
            original = import_document(order)
        except ImportRefusedError as error:
            form.add_error("file", str(error))
        else:
            return _to_editor(request, original)
    return render(request, "articles/import_document.html", {"form": form})


def _to_editor(request: HttpRequest, original: ImportedOriginal) -> HttpResponse:
    messages.success(
        request,
        gettext("已导入为草稿，有 %(count)d 条情况请核对。")
        % {"count": len(original.findings)},
    )
    address = reverse("wagtailadmin_pages:edit", args=[original.page_id])
    return HttpResponseRedirect(address)


def _own_original(request: HttpRequest, pk: int) -> ImportedOriginal:
    """404 and not 403: a stranger must not learn that there is one."""
    original = ImportedOriginal.objects.filter(pk=pk).first()
    if original is None:
        raise Http404
    page = pages_of(request.user, Page.objects.filter(pk=original.page_id)).first()
    if page is None or not page.permissions_for_user(request.user).can_edit():
        raise Http404
    return original


@require_safe
def file_view(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Always a download: a page of another site is not opened inside the admin."""
    original = _own_original(request, pk)
    try:
        opened = original.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        opened,
        as_attachment=True,
        filename=original.name,
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def findings_view(request: HttpRequest, pk: int) -> HttpResponse:
    """All findings with all their places, to be ticked off."""
    original = _own_original(request, pk)
    if request.method == "POST":
        ticked = {
            int(number) for number in request.POST.getlist("done") if number.isdecimal()
        }
        original.tick_off(ticked)
        messages.success(request, gettext("已记下核对过的情况。"))
        address = reverse("wagtailadmin_pages:edit", args=[original.page_id])
        return HttpResponseRedirect(address)
    context = {"original": original, "findings": original.shown_findings()}
    return render(request, "articles/import_findings.html", context)
