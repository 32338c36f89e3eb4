"""The form of every page in the admin."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from modeltranslation.utils import build_localized_fieldname
from wagtail.admin.forms import WagtailAdminPageForm


class BasePageForm(WagtailAdminPageForm):
    """Offers only the languages of the page's portal, and checks before publishing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
        self._drop_unused_languages()

    def _drop_unused_languages(self) -> None:
        # A removed field is neither shown nor saved, so its stored text stays.
        portal = self.instance.portal or (
            self.parent_page.specific.portal
            if self.parent_page is not None
            and hasattr(self.parent_page.specific, "portal")
            else None
        )
        used = portal.languages if portal else [settings.LANGUAGE_CODE]
        for code, _name in settings.LANGUAGES:
            if code in used:
                continue
            suffix = build_localized_fieldname("", code)
            for name in [name for name in self.fields if name.endswith(suffix)]:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if "action-publish" in self.data and not self.errors:
            # What the page would be: the form's values are on the instance only after
            # validation, so they are laid on a copy of nothing but the streams.
            for field in self.instance.stream_fields:
                for code, _name in settings.LANGUAGES:
                    name = build_localized_fieldname(field, code)
                    if name in cleaned:
                        setattr(self.instance, name, cleaned[name])
            for problem in self.instance.publication_problems():
                self.add_error(None, problem)
        return cleaned
