"""In the editor of an imported draft: what the import found and nobody ticked off yet."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel, TabbedInterface


class FindingsPanel(Panel):
    class BoundPanel(Panel.BoundPanel):
        template_name = "articles/findings_panel.html"

        @cached_property
        def original(self) -> Any:
            if self.instance is None or self.instance.pk is None:
                return None
            return self.instance.imported_originals.first()

        def is_shown(self) -> bool:
            return super().is_shown() and self.original is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {
                **context,
                "original": self.original,
                "findings": self.original.open_findings(),
            }


def with_findings(tabs: TabbedInterface) -> TabbedInterface:
    """``tabs`` with the panel on top of the first."""
    tabs.children[0].children.insert(0, FindingsPanel(heading=_("导入的公文")))
    return tabs
