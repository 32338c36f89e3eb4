"""Every way a page, image or document can change ends in an outbox row.

Signals and not calls: Wagtail changes pages in a dozen places (publish, unpublish,
move, copy, alias, bulk actions, scheduled publishing), and each ends in a save or a
delete of the row. Wagtail saves a page inside a transaction of its own, so the row and
its outbox entry are committed together. A change is one of a ``page``, of a ``branch``
(a page and everything below it) or of ``media``.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_save, pre_delete
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import COMMENTS_RELATION_NAME, Page, PageViewRestriction, Site
from wagtail.signals import post_page_move

from home.models import (
    Audience,
    Portal,
    PortalRecord,
    Region,
    Topic,
    page_models,
    portal_of_path,
    portal_records,
)
from home.outbox import record_change
from media.models import PortalDocument, PortalImage
from media.signals import renditions_made

# What saving a draft writes into the row of its page: nothing of it is public. The
# editor saves by itself every few seconds, and each change empties the caches.
DRAFT_FIELDS = frozenset(
    {
        COMMENTS_RELATION_NAME,
        "draft_title",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
    }
)


def _page_saved(
    instance: Page, update_fields: frozenset[str] | None, **_kwargs: Any
) -> None:
    if update_fields is not None and update_fields <= DRAFT_FIELDS:
        return
    portal = portal_of_path(instance.path)
    if portal is not None:
        # What lies below carries this page's slug in its address.
        subject = "page" if instance.is_leaf() else "branch"
        record_change(portal, subject, instance.pk)


def _page_deleted(instance: Page, **_kwargs: Any) -> None:
    portal = portal_of_path(instance.path)
    if portal is not None:
        record_change(portal, "page", instance.pk)


def _branch_moved(instance: Page, parent_page_before: Page, **_kwargs: Any) -> None:
    """The old and the new portal: a page may be moved from one to the other."""
    for path in {instance.path, parent_page_before.path}:
        portal = portal_of_path(path)
        if portal is not None:
            record_change(portal, "branch", instance.pk)


def _restriction_changed(instance: PageViewRestriction, **_kwargs: Any) -> None:
    portal = portal_of_path(instance.page.path)
    if portal is not None:
        record_change(portal, "branch", instance.page_id)


def _term_deleted(instance: Model, **_kwargs: Any) -> None:
    """A signal, because Wagtail's list deletes several without asking each."""
    subject = "region" if isinstance(instance, Region) else "topic"
    record_change(None, subject, instance.pk)


def _record_deleted(instance: PortalRecord, **_kwargs: Any) -> None:
    key = f"{instance._meta.model_name}:{instance.pk}"
    record_change(instance.portal, "record", key)


def _site_saved(instance: Site, **_kwargs: Any) -> None:
    """The host is in every absolute address, also in those that neighbors link to."""
    portal = Portal.objects.filter(site=instance).first()
    if portal is not None:
        record_change(None, "portal", portal.pk)


def _media_changed(instance: Model, **_kwargs: Any) -> None:
    """A picture's alternative text or file shows on every page that uses it."""
    collection = getattr(instance, "collection", None)
    portal = getattr(collection, "portal", None)
    record_change(portal, "media", f"{instance._meta.model_name}:{instance.pk}")


def _redirect_changed(instance: Redirect, **_kwargs: Any) -> None:
    portal = Portal.objects.filter(site_id=instance.site_id).first()
    if portal is not None:
        record_change(portal, "redirect", instance.pk)


def _portal_deleted(instance: Portal, **_kwargs: Any) -> None:
    record_change(None, "portal", instance.pk)


def connect() -> None:
    pre_delete.connect(_portal_deleted, sender=Portal, dispatch_uid="outbox")
    # ``Page`` itself: Wagtail moves and unpublishes rows of it.
    for page_model in (Page, *page_models()):
        post_save.connect(_page_saved, sender=page_model, dispatch_uid="outbox")
        pre_delete.connect(_page_deleted, sender=page_model, dispatch_uid="outbox")
    for term in (Topic, Audience, Region):
        pre_delete.connect(_term_deleted, sender=term, dispatch_uid="outbox")
    for record in portal_records():
        pre_delete.connect(_record_deleted, sender=record, dispatch_uid="outbox")
    post_save.connect(_site_saved, sender=Site, dispatch_uid="outbox")
    post_page_move.connect(_branch_moved, dispatch_uid="outbox")
    for signal in (post_save, pre_delete):
        signal.connect(_redirect_changed, sender=Redirect, dispatch_uid="outbox")
        signal.connect(
            _restriction_changed, sender=PageViewRestriction, dispatch_uid="outbox"
        )
        for media_model in (PortalImage, PortalDocument):
            signal.connect(_media_changed, sender=media_model, dispatch_uid="outbox")
    renditions_made.connect(_media_changed, dispatch_uid="outbox")
