"""What the history of a portal says of its published site."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.log_actions import LogFormatter

from publishing.status.acts import ACTS, Act


def register_acts(actions: Any) -> None:
    for act in ACTS.values():
        actions.register_action(act.log_action)(_formatter(act))


def _formatter(act: Act) -> type[LogFormatter]:
    class ActFormatter(LogFormatter):
        label = act.title

        def format_message(self, log_entry: Any) -> str:
            if release := log_entry.data.get("release"):
                return _("%(act)s：%(release)s") % {
                    "act": act.title,
                    "release": release,
                }
            return str(act.title)

    return ActFormatter
