"""Pages that go public, or leave the public, at a time somebody has set.

Wagtail's ``publish_scheduled`` does the same in one go: one page that may not be
published would keep all others from it, and from their expiry. Here every page is a
transaction of its own.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry, Revision

logger = logging.getLogger(__name__)

REFUSED = "home.publish.refused"


def expire_due(now: datetime | None = None) -> int:
    """Take pages off the public side whose time is over; how many."""
    over = Page.objects.live().filter(expire_at__lt=now or timezone.now())
    return sum(
        _each(
            f"page {page.pk}",
            lambda page=page: page.specific.unpublish(  # type: ignore[misc]  # bound now
                set_expired=True, log_action="wagtail.unpublish.scheduled"
            ),
        )
        for page in over.order_by("pk")
    )


def publish_due(now: datetime | None = None) -> int:
    """Publish revisions whose time has come; how many.

    A page that may not be published stays as it is: the reasons are written once into
    its history, and it is tried again each time, so that it goes public as soon as its
    picture is described.
    """
    due = Revision.objects.filter(approved_go_live_at__lt=now or timezone.now())
    return sum(
        _each(f"revision {revision.pk}", lambda revision=revision: _publish(revision))  # type: ignore[misc]  # bound now
        for revision in due.order_by("approved_go_live_at", "pk")
    )


def _publish(revision: Revision) -> bool:
    try:
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
    except ValidationError as refusal:
        _note_refusal(revision, refusal.messages)
        return False
    return True


def _note_refusal(revision: Revision, problems: list[str]) -> None:
    if PageLogEntry.objects.filter(revision=revision, action=REFUSED).exists():
        return
    page = revision.content_object
    logger.warning("page %s is due but may not be published: %s", page.pk, problems)
    log(instance=page, action=REFUSED, revision=revision, data={"problems": problems})


def _each(name: str, act: Callable[[], bool | None]) -> bool:
    """One page in its own transaction; its fault is logged and stays its own."""
    try:
        with transaction.atomic():
            return act() is not False
    except Exception:
        logger.exception("%s is due and failed; it is tried again", name)
        return False


def describe_refusal(problems: list[str]) -> str:
    return _("到了定时发布的时间，但没有发布：%(problems)s") % {
        "problems": " ".join(problems)
    }
