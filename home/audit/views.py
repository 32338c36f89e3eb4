"""The audit log in the admin: to read, to search, to take out, never to change."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib.admin.utils import label_for_field
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from home.audit.models import AuditEntry
from home.audit.telling import action_label, action_labels, told
from home.directory.tables.cells import safe
from home.models import Portal
from home.roles import governed_portals, is_prefecture_staff


def may_read(user: Any) -> bool:
    return is_prefecture_staff(user) or governed_portals(user).exists()


def entries_of(user: Any) -> QuerySet[AuditEntry]:
    """The prefecture reads all; a county's administrators what happened in theirs."""
    if is_prefecture_staff(user):
        return AuditEntry.objects.all()
    own = governed_portals(user).values("pk")
    return AuditEntry.objects.filter(portal_id__in=own)


def portals_to_choose(request: HttpRequest) -> QuerySet[Portal]:
    return governed_portals(request.user)


class AuditFilterSet(WagtailFilterSet):
    words = django_filters.CharFilter(
        label=_("用户、对象或者地址"), method="find_words"
    )
    time = django_filters.DateFromToRangeFilter(
        label=_("时间"), widget=DateRangePickerWidget
    )
    action = django_filters.MultipleChoiceFilter(label=_("操作"), choices=action_labels)
    portal = django_filters.ModelChoiceFilter(
        label=_("门户"), queryset=portals_to_choose, method="of_portal"
    )

    class Meta:
        model = AuditEntry
        fields: list[str] = []

    def find_words(
        self, queryset: QuerySet[AuditEntry], _name: str, value: str
    ) -> QuerySet[AuditEntry]:
        found = Q()
        for field in ("user_name", "subject_name", "address"):
            found |= Q(**{f"{field}__icontains": value})
        return queryset.filter(found)

    def of_portal(
        self, queryset: QuerySet[AuditEntry], _name: str, value: Portal
    ) -> QuerySet[AuditEntry]:
        return queryset.filter(portal_id=value.pk)


def plain_cell(value: Any) -> str:
    """Nothing that a spreadsheet would take for a formula."""
    return safe(force_str(value))


def shown_time(entry: AuditEntry) -> str:
    return timezone.localtime(entry.time).strftime("%Y-%m-%d %H:%M:%S")


class AuditView(ReportView):
    page_title = _("操作日志")
    header_icon = "list-ul"
    model = AuditEntry
    filterset_class = AuditFilterSet
    index_url_name = "audit_log"
    index_results_url_name = "audit_log_results"
    default_ordering = "-number"
    columns = [
        Column("time", label=_("时间"), accessor=shown_time, classname="audit-word"),
        Column(
            "action", label=_("操作"), accessor=action_label, classname="audit-word"
        ),
        Column("subject_name", label=_("对象")),
        Column("user_name", label=_("用户")),
        Column("address", label=_("网络地址")),
        Column("portal_name", label=_("门户"), classname="audit-word"),
        Column("details", label=_("说明"), accessor=told),
    ]
    list_export = [
        "number",
        "time",
        "action",
        "subject_name",
        "subject_type",
        "subject_id",
        "user_name",
        "user_id",
        "address",
        "portal_name",
        "details",
        "seal",
    ]

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if not may_read(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[AuditEntry]:
        return entries_of(self.request.user)

    def get_filename(self) -> str:
        return f"audit-{timezone.localdate():%Y-%m-%d}"

    def get_heading(self, queryset: Any, field: str) -> str:
        return str(label_for_field(field, AuditEntry))

    def to_row_dict(self, item: AuditEntry) -> Any:
        return {
            **super().to_row_dict(item),
            "time": shown_time(item),
            "action": action_label(item),
            "details": told(item),
        }

    def get_preprocess_function(self, *args: Any) -> Any:
        return plain_cell
