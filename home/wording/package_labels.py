"""Labels that Wagtail leaves to Django, which makes them of the English field names."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import choosers
from wagtail.admin.forms.workflows import WorkflowPageForm
from wagtail.sites.views import IndexView as SiteIndexView

LINK_TEXT = {"link_text": _("链接文字")}
FORM_LABELS = {
    choosers.ExternalLinkChooserForm: LINK_TEXT,
    choosers.AnchorLinkChooserForm: LINK_TEXT,
    choosers.EmailLinkChooserForm: {
        **LINK_TEXT,
        "email_address": _("电子邮箱"),
        "subject": _("主题"),
        "body": _("正文"),
    },
    choosers.PhoneLinkChooserForm: {**LINK_TEXT, "phone_number": _("电话号码")},
    WorkflowPageForm: {"page": _("页面")},
}
SITE_COLUMNS = {
    "port": _("端口"),
    "site_name": _("站点名称"),
    "root_page": _("首页"),
}


def name_fields() -> None:
    for form, labels in FORM_LABELS.items():
        for name, label in labels.items():
            form.base_fields[name].label = label
    for column in SiteIndexView.columns:
        if column.name in SITE_COLUMNS:
            column.label = SITE_COLUMNS[column.name]
