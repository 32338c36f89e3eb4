"""The form of a service point: levels and services by the names of its portal."""

from __future__ import annotations

from typing import Any

from django import forms

from home.forms import BasePageForm
from home.models.directories import words_of


class ServicePointForm(BasePageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if old := self.fields.get("level"):
            self.fields["level"] = forms.ChoiceField(
                label=old.label,
                help_text=old.help_text,
                choices=[("", "—"), *self._choices("levels", [self.instance.level])],
            )
        if old := self.fields.get("services"):
            self.fields["services"] = forms.MultipleChoiceField(
                label=old.label,
                help_text=old.help_text,
                choices=self._choices("services", self.instance.services),
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    def _choices(self, group: str, stored: list[str]) -> list[tuple[str, str]]:
        """A word that the portal has given up stays as long as the page has it."""
        words = words_of(self.portal, group)
        known = [(slug, word.name("zh-hans")) for slug, word in words.items()]
        return known + [(slug, slug) for slug in stored if slug and slug not in words]
