"""Changes of the outbox in an editor's words."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from home.models import Change, Portal
from home.outbox import ChangeRecord

SUBJECTS = {
    "media": gettext_lazy("图片或者附件"),
    "portal": gettext_lazy("门户设置"),
    "record": gettext_lazy("股室、人员等资料"),
    "redirect": gettext_lazy("旧地址的转向"),
    "region": gettext_lazy("行政区划"),
    "statute": gettext_lazy("法律法规库"),
    "topic": gettext_lazy("主题和人群"),
}
PAGE_SUBJECTS = ("page", "branch")
MOST_NAMED = 3


def labels(portal: Portal, changes: Sequence[Change | ChangeRecord]) -> list[str]:
    """What each change is of; titles of the portal's own pages only."""
    ids = {int(change.key) for change in changes if change.subject in PAGE_SUBJECTS}
    own = Page.objects.descendant_of(portal.site.root_page, inclusive=True)
    titles = dict(own.filter(pk__in=ids).values_list("pk", "title"))
    return [_label(change, titles) for change in changes]


def cause_of(portal: Portal, changes: Sequence[Change | ChangeRecord]) -> str:
    """Why a site is updated: what the changes are of, each named once."""
    named = list(dict.fromkeys(labels(portal, changes)))
    said = "、".join(named[:MOST_NAMED])
    if len(named) <= MOST_NAMED:
        return said
    return _("%(named)s等 %(count)s 项") % {"named": said, "count": len(named)}


def _label(change: Change | ChangeRecord, titles: dict[int, str]) -> str:
    if change.subject not in PAGE_SUBJECTS:
        return str(SUBJECTS.get(change.subject, _("其他改动")))
    title = titles.get(int(change.key))
    if title is None:
        return _("已经删除的网页")
    return _("网页“%(title)s”") % {"title": title}
