"""Every change of Wagtail's own code; hooks and permission policies were not enough.

Each names the version it was written for and the issue that it answers. A test
(tests/isolation/test_patches.py) fails when Wagtail's code underneath is another one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import auth, filters
from wagtail.admin.auth import permission_denied
from wagtail.admin.mail import send_notification
from wagtail.admin.paginator import WagtailPaginator
from wagtail.documents.views.bulk_actions import AddTagsBulkAction as TagDocuments
from wagtail.fields import StreamField
from wagtail.images.views import chooser
from wagtail.images.views.bulk_actions import AddTagsBulkAction as TagImages
from wagtail.models import Page

from home.admin_filters import limit_page_filters
from home.roles import pages_of


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


def denied(request: HttpRequest) -> HttpResponse:
    """In place of ``wagtail.admin.auth.permission_denied``: what is refused by its
    number is answered as a number that nothing has."""
    match = request.resolver_match
    named = (*match.args, *match.kwargs.values()) if match is not None else ()
    if not request.user.is_superuser and any(map(_is_number, named)):
        raise Http404
    response: HttpResponse = permission_denied(request)
    return response


def _is_number(value: Any) -> bool:
    """Nothing has 0: it stands for what is not saved yet."""
    return str(value).isdecimal() and int(value) > 0


def send_to_readers(
    recipients: Iterable[Any], notification: str, context: dict[str, Any]
) -> bool:
    """In place of ``send_notification`` of the page editor: letters about comments go
    to who still works where the page is."""
    page = Page.objects.filter(pk=context["page"].pk)
    readers = [user for user in recipients if pages_of(user, page).exists()]
    return bool(send_notification(readers, notification, context))


def patch_wagtail() -> None:
    """Called once, when the admin's hooks are loaded."""
    from wagtail.admin.views.pages import edit  # not for every command

    # Wagtail 8.0.1, https://github.com/wagtail/wagtail/issues/3030: 302 for a number
    # that one may not ask for and 404 for others tells which numbers there are.
    auth.permission_denied = denied
    # Wagtail 8.0.1: whoever wrote a comment hears of the answers for ever.
    edit.send_notification = send_to_readers
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
