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
