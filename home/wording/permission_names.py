"""Names of rights in the form of a group: Django keeps them in English in its table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models.query import ModelIterable
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.collections import GroupCollectionManagementPermissionFormSet
from wagtail.documents.forms import GroupDocumentPermissionFormSet
from wagtail.images.forms import GroupImagePermissionFormSet
from wagtail.users.forms import GroupForm, GroupPagePermissionFormSet

ACTIONS = {
    "add": _("新增%(thing)s"),
    "change": _("修改%(thing)s"),
    "delete": _("删除%(thing)s"),
    "view": _("查看%(thing)s"),
    "choose": _("选用%(thing)s"),
    "publish": _("发布%(thing)s"),
    "lock": _("锁定%(thing)s"),
    "unlock": _("解锁%(thing)s"),
}
WHOLE = {
    "access_admin": _("进入后台"),
    "bulk_delete_page": _("删除有下级的页面"),
}
# Where rights are given for a part of the pages and files.
FORMSETS = (
    GroupPagePermissionFormSet,
    GroupCollectionManagementPermissionFormSet,
    GroupImagePermissionFormSet,
    GroupDocumentPermissionFormSet,
)


def name_of(right: Permission) -> str:
    """By the codename; one that nobody has named keeps its own name."""
    if right.codename in WHOLE:
        return str(WHOLE[right.codename])
    action = right.codename.partition("_")[0]
    if action not in ACTIONS:
        return right.name
    return ACTIONS[action] % {"thing": right.content_type.name}


class _Named(ModelIterable):  # type: ignore[type-arg]  # generic in the stubs alone
    def __iter__(self) -> Iterator[Any]:
        for right in super().__iter__():
            right.name = name_of(right)
            yield right


def _name(field: Any) -> None:
    rights = field.queryset
    rights._iterable_class = _Named
    field.queryset = rights


def name_permissions() -> None:
    make = GroupForm.__init__
    for formset in FORMSETS:
        _name(formset.form.base_fields["permissions"])

    def make_named(form: Any, *args: Any, **kwargs: Any) -> None:
        make(form, *args, **kwargs)
        _name(form.fields["permissions"])

    GroupForm.__init__ = make_named
