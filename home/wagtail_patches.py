"""Every change of Wagtail's own code; hooks and permission policies were not enough.

Each names the version it was written for and the issue that it answers. A test
(tests/isolation/test_patches.py) fails when Wagtail's code underneath is another one.
"""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import filters
from wagtail.admin.paginator import WagtailPaginator
from wagtail.documents.views.bulk_actions import AddTagsBulkAction as TagDocuments
from wagtail.fields import StreamField
from wagtail.images.views import chooser
from wagtail.images.views.bulk_actions import AddTagsBulkAction as TagImages

from home.admin_filters import limit_page_filters


def no_tags(_model: Any, count: int = 10) -> list[Any]:
    """In place of ``wagtail.admin.models.popular_tags_for_model``."""
    return []


def patch_fields() -> None:
    """Called once, when the models are there."""
    # Wagtail 8.0.1: each value that is read makes a field of its own, which takes as
    # long as all the rest of it.
    once = cached_property(StreamField.json_field.fget)
    once.__set_name__(StreamField, "json_field")
    StreamField.json_field = once


def _count_label(paginator: WagtailPaginator) -> str:
    """“4 门户” is no Chinese."""
    return _("共 %(count)s 条") % {"count": paginator.count}


def patch_wagtail() -> None:
    """Called once, when the admin's hooks are loaded."""
    # Wagtail 8.0.1, https://github.com/wagtail/wagtail/issues/3030: the tags of all
    # collections are offered beside everybody's pictures and files.
    filters.popular_tags_for_model = no_tags
    chooser.popular_tags_for_model = no_tags
    # The same: our forms have no field for tags, and the actions in lists go.
    TagImages.models = []
    TagDocuments.models = []
    # Wagtail 8.0.1, https://github.com/wagtail/wagtail/issues/3030: the filters beside
    # lists of pages offer the sites and the people of all.
    limit_page_filters()
    # Wagtail 8.0.1: the number of things in a list is put before their name in code.
    WagtailPaginator.items_count_label = property(_count_label)
