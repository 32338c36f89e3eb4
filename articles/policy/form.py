"""The edit form of an official document."""

from __future__ import annotations

from typing import Any

from home.forms import BasePageForm


class PolicyDocumentForm(BasePageForm):
    """Once a document has been public, its index number is shown and not asked for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("index_number")
        if field is not None and self.instance.has_given_number():
            field.disabled = True
