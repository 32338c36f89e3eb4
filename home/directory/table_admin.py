"""Tables of the directories in the admin: template, current data, import.

A table belongs to a directory page or, for people, to a portal; those of portals that
somebody does not work for do not exist for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import MenuItem

from home.directory.tables.importing import ImportResult, Table, import_table
from home.directory.tables.kinds import SHOWN, page_table, people_table, workbook
from home.directory.tables.sheets import XLSX_TYPE, SheetError
from home.models import DirectoryPage, Portal, PortalRole
from home.record_admin import record_portals
from home.roles import pages_of, portals_of

TABLES = "directory_tables"
MOST_PROBLEMS = 200


@dataclass(frozen=True, slots=True)
class Target:
    """A table that somebody may bring in; ``kind`` and ``pk`` make its address."""

    kind: str
    pk: int
    title: str
    portal: Portal
    directory: DirectoryPage | None = None
    may_publish: bool = False

    @property
    def href(self) -> str:
        return reverse(f"{TABLES}_import", args=[self.kind, self.pk])

    @property
    def template_href(self) -> str:
        return reverse(f"{TABLES}_download", args=[self.kind, self.pk, "template"])

    @property
    def data_href(self) -> str:
        return reverse(f"{TABLES}_download", args=[self.kind, self.pk, "data"])

    def table(self, user: Any, *, publish: bool = False) -> Table:
        if self.directory is None:
            return people_table(self.portal)
        return page_table(self.kind, self.directory, self.portal, user, publish=publish)


class TableForm(forms.Form):
    table = forms.FileField(
        label=gettext_lazy("表格文件"),
        help_text=gettext_lazy(".xlsx 或者 .csv，不超过 10 MB、5000 行。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    dry_run = forms.BooleanField(
        label=gettext_lazy("只检查，不写入"),
        required=False,
        initial=True,
        help_text=gettext_lazy("先检查一遍，没有问题再取消勾选，正式导入。"),
    )
    publish = forms.BooleanField(
        label=gettext_lazy("导入后马上发布"),
        required=False,
        help_text=gettext_lazy("不勾选就存成草稿，以后再发布。"),
    )

    def __init__(self, *args: Any, may_publish: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_publish:
            del self.fields["publish"]


# --- what somebody may bring in ---------------------------------------------------------


def targets(user: Any) -> list[Target]:
    pages = pages_of(
        user, DirectoryPage.objects.exclude(shows=DirectoryPage.Shows.PEOPLE)
    )
    found = [
        target for page in pages.order_by("path") if (target := page_target(user, page))
    ]
    people = [people_target(portal) for portal in record_portals(user).distinct()]
    return [*found, *people]


def page_target(user: Any, page: DirectoryPage) -> Target | None:
    """None for a page below which the person may add nothing."""
    permissions = page.permissions_for_user(user)
    portal = page.portal
    if portal is None or not permissions.can_add_subpage():
        return None
    kind = next(kind for kind, shown in SHOWN.items() if page.shows in shown)
    return Target(
        kind,
        page.pk,
        _("%(portal)s：%(page)s") % {"portal": portal, "page": page},
        portal,
        page,
        may_publish=permissions.can_publish_subpage(),
    )


def people_target(portal: Portal) -> Target:
    title = _("%(portal)s：法律服务人员") % {"portal": portal}
    return Target("people", portal.pk, title, portal)


def find_target(user: Any, kind: str, pk: int) -> Target:
    """Raises ``Http404`` for what is not the person's own."""
    if kind == "people":
        portal = record_portals(user).filter(pk=pk).first()
        if portal is None:
            raise Http404
        return people_target(portal)
    if kind not in SHOWN:
        raise Http404
    page = pages_of(
        user, DirectoryPage.objects.filter(pk=pk, shows__in=SHOWN[kind])
    ).first()
    if page is None:
        raise Http404
    target = page_target(user, page)
    if target is None:
        raise PermissionDenied
    return target


# --- views ---------------------------------------------------------------------------


def table_list(request: HttpRequest) -> HttpResponse:
    context = {
        "targets": targets(request.user),
        "page_title": _("名录表格"),
        "header_icon": "table",
    }
    return TemplateResponse(request, "home/directory_tables.html", context)


def table_download(request: HttpRequest, kind: str, pk: int, what: str) -> HttpResponse:
    target = find_target(request.user, kind, pk)
    data = workbook(target.table(request.user), is_empty=what == "template")
    response = HttpResponse(data, content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{kind}-{what}.xlsx"'
    return response


def table_import(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    target = find_target(request.user, kind, pk)
    form = TableForm(
        request.POST or None,
        request.FILES or None,
        may_publish=target.may_publish,
    )
    result: ImportResult | None = None
    if request.method == "POST" and form.is_valid():
        result = _import(target, form, request.user)
    context = {
        "target": target,
        "form": form,
        "result": result,
        "problems": result.problems[:MOST_PROBLEMS] if result else [],
        "page_title": target.title,
        "header_icon": "table",
    }
    status = 422 if result is not None and result.problems else 200
    return TemplateResponse(
        request, "home/directory_import.html", context, status=status
    )


def _import(target: Target, form: TableForm, user: Any) -> ImportResult | None:
    values = form.cleaned_data
    table = target.table(user, publish=values.get("publish", False))
    upload = values["table"]
    try:
        return import_table(table, upload, upload.name, dry_run=values["dry_run"])
    except SheetError as error:
        form.add_error("table", str(error))
        return None


class TablesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        """Not for those who only review."""
        user: Any = request.user
        roles = PortalRole.objects.filter(portal__in=portals_of(user))
        if not user.is_superuser:
            roles = roles.filter(group__user=user)
        return roles.exclude(role=PortalRole.Role.REVIEWER).exists()


def menu_item() -> MenuItem:
    return TablesMenuItem(
        _("名录表格"), reverse(TABLES), name=TABLES, icon_name="table", order=172
    )


def urls() -> list[URLPattern]:
    return [
        path("directory-tables/", require_admin_access(table_list), name=TABLES),
        path(
            "directory-tables/<slug:kind>/<int:pk>/",
            require_admin_access(table_import),
            name=f"{TABLES}_import",
        ),
        path(
            "directory-tables/<slug:kind>/<int:pk>/<slug:what>.xlsx",
            require_admin_access(table_download),
            name=f"{TABLES}_download",
        ),
    ]
