"""Inputs of the admin that start by attributes (``static/admin/chooser.js``).

Wagtail's start by inline script, which the admin's content security policy refuses.
Those that are templates are replaced in ``home/templates/wagtailadmin/widgets/``.
"""

from __future__ import annotations

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.widgets import BaseChooser
from wagtail.admin.widgets.workflows import AdminTaskChooser


def render_chooser(
    self: BaseChooser, name: str, value: Any, attrs: Any = None, renderer: Any = None
) -> SafeString:
    data = self.get_value_data(value)
    if isinstance(self, AdminTaskChooser):
        start, is_new, config = "createTaskChooser", "false", {}
    else:
        config = self.get_js_init_options(attrs["id"], name, data)
        start, is_new = self.js_constructor, "true"
    return format_html(
        '{}<span hidden data-controller="xf-chooser" data-xf-chooser-start-value="{}"'
        ' data-xf-chooser-new-value="{}" data-xf-chooser-input-value="{}"'
        ' data-xf-chooser-config-value="{}"></span>',
        self.render_html(name, data, attrs),
        start,
        is_new,
        attrs["id"],
        json.dumps(config),
    )


def start_choosers_without_script() -> None:
    """Every chooser inherits this method, and Wagtail's own forms name its classes."""
    BaseChooser.render = render_chooser
