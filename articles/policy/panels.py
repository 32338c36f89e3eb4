"""The clock that the editor of a document or an interpretation sees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.functional import cached_property
from wagtail.admin.panels import Panel

from articles.policy.deadlines import Clock
from articles.policy.hints import clock_sentence


class ClockPanel(Panel):
    """Where the time limit of publication stands: ``read`` gives the clock of a page."""

    def __init__(
        self, read: Callable[[Any], Clock | None], days: int, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.read, self.days = read, days

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "read": self.read, "days": self.days}

    class BoundPanel(Panel.BoundPanel):
        template_name = "articles/clock_panel.html"
        panel: ClockPanel

        @cached_property
        def clock(self) -> Clock | None:
            return self.panel.read(self.instance) if self.instance else None

        def is_shown(self) -> bool:
            return super().is_shown() and self.clock is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            if self.clock is not None:
                context["state"] = self.clock.state
                context["sentence"] = clock_sentence(self.clock, self.panel.days)
            return context
