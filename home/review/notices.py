"""Letters about reviews: who is asked, who hears the answer. Nothing without a mail
server: the panels of the admin say the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django_tasks import task
from wagtail.users.models import UserProfile

from home.models import PortalRole
from home.review import deciding
from home.review.models.sheets import ReviewSheet
from home.review.rights import seen_portals

DUMMY = "django.core.mail.backends.dummy.EmailBackend"


def is_configured() -> bool:
    return settings.EMAIL_BACKEND != DUMMY


@task()
def send(subject: str, text: str, addresses: list[str]) -> None:
    """By the worker: a slow mail server keeps nobody waiting at a form."""
    for address in addresses:
        EmailMessage(
            subject, text, to=[address], headers={"Auto-Submitted": "auto-generated"}
        ).send()


def tell(kind: str, people: Iterable[Any], sheet: ReviewSheet, **context: Any) -> None:
    """``kind``: the preference in Wagtail's account page (submitted, approved …). Who
    may not read the sheet any more hears nothing of it."""
    if not is_configured():
        return
    addresses = sorted(
        {
            user.email
            for user in people
            if user is not None
            and seen_portals(user).filter(pk=sheet.portal_id).exists()
            and user.email
            and _wants(user, context.get("preference", kind))
        }
    )
    if not addresses:
        return
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    context |= {
        "sheet": sheet,
        "steps": sheet.steps.all(),
        "edit_url": base + reverse("wagtailadmin_pages:edit", args=(sheet.page_id,)),
        "sheet_url": base + reverse("review:sheet", args=(sheet.pk,)),
    }
    text = render_to_string(f"review/mail/{kind}.txt", context).strip()
    subject, _blank, body = text.partition("\n")
    send.enqueue(subject.strip(), body.strip() + "\n", addresses)


def _wants(user: Any, preference: str) -> bool:
    profile = UserProfile.get_for_user(user)
    return bool(getattr(profile, f"{preference}_notifications", True))


# --- occasions ---------------------------------------------------------------------------


def ask(instance: Any, **_kwargs: Any) -> None:
    """A stage has begun."""
    stage = instance.task.specific
    sheet = ReviewSheet.objects.get(workflow_state_id=instance.workflow_state_id)
    people = deciding.able(stage, sheet)
    tell("submitted", people, sheet, stage=stage, due_on=instance.due_on)


def tell_returned(sheet: ReviewSheet) -> None:
    tell("rejected", [sheet.submitter], sheet, step=sheet.steps.last())


def tell_published(sheet: ReviewSheet) -> None:
    tell("approved", [sheet.submitter], sheet)


def tell_void(sheet: ReviewSheet) -> None:
    tell("void", [sheet.submitter], sheet, preference="rejected")


def tell_emergency(sheet: ReviewSheet, *, is_overdue: bool = False) -> None:
    """To the portal's administrators and those of the prefecture above it."""
    people = deciding.with_roles(sheet.portal_id, PortalRole.Role.ADMIN)
    if sheet.portal.parent_id:
        people |= deciding.with_roles(sheet.portal.parent_id, PortalRole.Role.ADMIN)
    tell("emergency", people.distinct(), sheet, is_overdue=is_overdue)
