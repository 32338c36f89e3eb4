"""How the search shows a document that no longer holds: said first, ranked lower."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from articles.policy.standing import OVER, Validity
from home.indexing import IndexEntry
from home.models import portal_of_path
from home.outbox import record_change

if TYPE_CHECKING:
    from articles.models import PolicyDocumentPage

# Still found by who looks for it, below what holds: half of any other page's score.
BOOST_OVER = 0.5
BOOST_AMENDED = 0.8


def with_standing(entry: IndexEntry, page: PolicyDocumentPage) -> IndexEntry:
    standing = page.standing(timezone.localdate())
    if standing == Validity.VALID:
        return entry
    with translation.override(entry.language):
        title = _("【%(validity)s】%(heading)s") % {
            "validity": standing.label,
            "heading": entry.title,
        }
    boost = BOOST_OVER if standing in OVER else BOOST_AMENDED
    return replace(entry, title=title, boost=boost)


def record_lapses() -> list[str]:
    """A job of the worker: documents whose last day has passed since it last looked.

    Their pages and their place in the search results change without anybody's doing.
    """
    model = apps.get_model("articles", "PolicyDocumentPage")
    lapsed = model.objects.live().filter(
        valid_until__lt=timezone.localdate(), lapse_recorded=False
    )
    count = 0
    for page in lapsed:
        with transaction.atomic():
            model.objects.filter(pk=page.pk).update(lapse_recorded=True)
            portal = portal_of_path(page.path)
            if portal is not None:
                record_change(portal, "page", page.pk)
        count += 1
    return [_("%(count)s 份公文过了有效期") % {"count": count}] if count else []
