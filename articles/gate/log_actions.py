"""What the history of a page says of findings that somebody let pass."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter

OVERRIDDEN = "gate.override"


@hooks.register("register_log_actions")
def register_override(actions: Any) -> None:
    @actions.register_action(OVERRIDDEN)
    class OverrideFormatter(LogFormatter):
        label = _("放行检查结果")

        def format_message(self, log_entry: Any) -> str:
            return gettext("放行：%(sentence)s 理由：%(reason)s") % {
                "sentence": log_entry.data.get("sentence", ""),
                "reason": log_entry.data.get("reason", ""),
            }
