"""Rows of the audit log in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import registry

from home.audit.models import AuditEntry
from home.models import Portal, PortalRole
from home.record_of_events import event_labels

# What is told of an event beside its action. Wagtail's own details are trees that name
# other pages, of other portals as well: those are not told.
DETAIL_LABELS = {
    "asked": _("条件"),
    "before": _("原来"),
    "command": _("命令"),
    "count": _("数量"),
    "day": _("日期"),
    "demanded": _("必须使用"),
    "due": _("期限"),
    "group": _("用户组"),
    "host": _("网址"),
    "last": _("到第几条"),
    "path": _("网址"),
    "permission": _("权限"),
    "person": _("经办人"),
    "problems": _("问题"),
    "proof": _("依据"),
    "reason": _("理由"),
    "release": _("版本"),
    "role": _("角色"),
    "rule": _("规则"),
    "state": _("现在"),
    "superuser": _("超级管理员"),
    "why": _("原因"),
}
SHOWN_VALUES = {
    "True": _("是"),
    "False": _("否"),
    "idle": _("没有操作"),
    "over": _("时间太长"),
    **dict(PortalRole.Role.choices),
    **dict(Portal.State.choices),
}


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
    for name, label in DETAIL_LABELS.items():
        value = entry.details.get(name, [])
        values = value if isinstance(value, list) else [value]
        if any(isinstance(one, dict | list) for one in values) or not values:
            continue
        words = "、".join(str(SHOWN_VALUES.get(str(one), one)) for one in values)
        parts.append(f"{label}：{words}")
    return "；".join(parts)
