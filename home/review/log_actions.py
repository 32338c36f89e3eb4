"""What the history of a page says of its review."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogFormatter

EMERGENCY = "review.emergency"
WITHDRAWN = "review.withdraw"
REOPENED = "review.reopen"
WAY = "review.way"
RELEASERS = "review.releasers"
LIMITS = "review.limits"


@hooks.register("register_log_actions")
def register_review_actions(actions: Any) -> None:
    @actions.register_action(EMERGENCY)
    class EmergencyFormatter(LogFormatter):
        label = gettext_lazy("紧急发布")

        def format_message(self, log_entry: Any) -> str:
            return _("紧急发布，没有先审核。理由：%(reason)s 补审期限：%(due)s") % {
                "reason": log_entry.data.get("reason", ""),
                "due": log_entry.data.get("due", ""),
            }

    @actions.register_action(WITHDRAWN)
    class WithdrawalFormatter(LogFormatter):
        label = gettext_lazy("撤稿")

        def format_message(self, log_entry: Any) -> str:
            return _("撤稿。理由：%(reason)s") % {
                "reason": log_entry.data.get("reason", "")
            }

    @actions.register_action(REOPENED)
    class ReopeningFormatter(LogFormatter):
        label = gettext_lazy("重新审核")
        message = gettext_lazy("审核后有改动，原来的审核意见作废，要重新审核。")


@hooks.register("register_log_actions")
def register_setting_actions(actions: Any) -> None:
    @actions.register_action(WAY)
    class WayFormatter(LogFormatter):
        label = gettext_lazy("改审核流程")

        def format_message(self, log_entry: Any) -> str:
            data = log_entry.data
            return _("改了审核流程：%(way)s") % {
                "way": data.get("way") or data.get("removed", "")
            }

    @actions.register_action(RELEASERS)
    class ReleasersFormatter(LogFormatter):
        label = gettext_lazy("改可以紧急发布的人")

        def format_message(self, log_entry: Any) -> str:
            return _("可以紧急发布的人：%(people)s") % {
                "people": "、".join(log_entry.data.get("people", [])) or "—"
            }

    @actions.register_action(LIMITS)
    class LimitsFormatter(LogFormatter):
        label = gettext_lazy("改审核规定")

        def format_message(self, log_entry: Any) -> str:
            return _("改了审核规定：至少 %(least)s 级") % {
                "least": log_entry.data.get("least", "")
            }
