"""Rows of the audit log in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import registry

from home.audit.models import AuditEntry
from home.models import PortalRole
from home.record_of_events import event_labels

# What is told of an event beside its action. Wagtail's own details are trees that name
# other pages, of other portals as well: those are not told.
DETAIL_LABELS = {
    "asked": _("条件"),
    "command": _("命令"),
    "count": _("数量"),
    "group": _("用户组"),
    "last": _("到第几条"),
    "path": _("网址"),
    "permission": _("权限"),
    "reason": _("理由"),
    "role": _("角色"),
    "rule": _("规则"),
    "superuser": _("超级管理员"),
}
SHOWN_VALUES = {"True": _("是"), "False": _("否"), **dict(PortalRole.Role.choices)}


def action_labels() -> list[tuple[str, str]]:
    """Every action that may stand in the log, by its name."""
    labels = {action: str(label) for action, label in registry.get_choices()}
    labels |= {action: str(label) for action, label in event_labels().items()}
    return sorted(labels.items(), key=lambda item: item[1])


def action_label(entry: AuditEntry) -> str:
    own = event_labels().get(entry.action)
    if own is not None:
        return str(own)
    if registry.action_exists(entry.action):
        return str(registry.get_action_label(entry.action))
    return entry.action


def told(entry: AuditEntry) -> str:
    """``"用户组：青山县 编辑；理由：……"``."""
    parts = []
    for name, value in entry.details.items():
        values = value if isinstance(value, list) else [value]
        if any(isinstance(one, dict | list) for one in values) or not values:
            continue
        words = "、".join(str(SHOWN_VALUES.get(str(one), one)) for one in values)
        parts.append(f"{DETAIL_LABELS.get(name, name)}：{words}")
    return "；".join(parts)
