"""What the history of a page says of things that only our portals do."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from home.schedule import REFUSED, describe_refusal


@hooks.register("register_log_actions")
def register_refusal(actions: Any) -> None:
    @actions.register_action(REFUSED)
    class RefusalFormatter(LogFormatter):
        label = _("定时发布未完成")

        def format_message(self, log_entry: Any) -> str:
            return describe_refusal(log_entry.data.get("problems", []))


# What happens to a portal and to the accounts of its people; ``data`` has the rest.
ACTIONS = {
    "home.portal.open": _("开门户"),
    "home.portal.state": _("改门户状态"),
    "home.portal.rename": _("门户改名"),
    "home.portal.move": _("门户搬家"),
    "home.portal.limits": _("改门户的限制"),
    "home.portal.settings": _("改门户设置"),
    "home.portal.menu": _("改导航菜单"),
    "home.portal.archive": _("门户归档"),
    "home.portal.export": _("导出门户"),
    "home.portal.import": _("导入门户"),
    "home.portal.delete": _("删除门户"),
    "home.person.create": _("新建账号"),
    "home.person.role": _("改角色"),
    "home.person.activate": _("启用账号"),
    "home.person.deactivate": _("停用账号"),
    "home.person.reset": _("重置密码"),
    "home.person.rename": _("改姓名或者邮箱"),
    "home.person.password": _("换成自己的密码"),
}


@hooks.register("register_log_actions")
def register_portal_actions(actions: Any) -> None:
    for action, label in ACTIONS.items():
        actions.register_action(action, label, label)
