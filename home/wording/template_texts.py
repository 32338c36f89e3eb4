"""Texts that Wagtail's templates do not hand to gettext, so that no catalog can say them.

``tests/home/test_package_labels.py`` fails when one is no longer where it was.
"""

from __future__ import annotations

from django.template import Origin
from django.template.loaders.app_directories import Loader as AppLoader

SEARCH = ('value="Search"', 'value="{{ _("Search") }}"')
# What a template of Wagtail says → what it says here.
TEMPLATE_TEXTS = {
    "wagtailadmin/home.html": SEARCH,
    "wagtailadmin/shared/header.html": SEARCH,
    "wagtailadmin/shared/headers/_actions.html": (
        'aria-label="Actions"',
        'aria-label="{{ _("Actions") }}"',
    ),
    # "True" and "False", read out to those who do not see the sign.
    "wagtailadmin/tables/boolean_cell.html": ("value|stringformat:'s'", "value|yesno"),
    # "None", for a page that nobody has published by hand.
    "wagtailadmin/shared/user_avatar.html": (
        "{{ user }}",
        '{{ user|default_if_none:"—" }}',
    ),
}


class Loader(AppLoader):
    """The templates of the apps, with the texts of this module in Wagtail's."""

    def get_contents(self, origin: Origin) -> str:
        source = str(super().get_contents(origin))
        english, ours = TEMPLATE_TEXTS.get(str(origin.template_name), ("", ""))
        return source.replace(english, ours) if english else source
