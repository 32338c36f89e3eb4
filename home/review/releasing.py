"""Without the review: an emergency release, and taking a page off the public side."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from home.models import BasePage, work_calendar
from home.publication import released
from home.review import deciding, health, notices, recording
from home.review.deciding import ReviewError
from home.review.guard import strict_way
from home.review.log_actions import EMERGENCY, WITHDRAWN
from home.review.models import ReviewPolicy, ReviewSheet, ReviewStep


def emergency_refusal(page: BasePage, user: Any) -> str:
    """Why a person may not release this page now; empty: the person may."""
    way = strict_way(page.path)
    if way is None:
        return _("这个栏目可以直接发布，不用紧急发布。")
    if not deciding.releasers(way.portal_id).filter(pk=user.pk).exists():
        return _("您不能紧急发布。谁能紧急发布，由门户管理员在“审核流程”里定。")
    if str(user.pk) in _writers(page):
        return _("您写过、改过或者送审过这篇稿子，紧急发布也要由别人来做。")
    if not page.has_unpublished_changes and page.live:
        return _("这个网页没有还没发布的修改。")
    draft = page.get_latest_revision_as_object()
    if draft.go_live_at is not None and draft.go_live_at > timezone.now():
        return _("稿子设了定时发布的时间，先把时间去掉。")
    return ""


def _writers(page: BasePage) -> dict[str, str]:
    sheet = recording.open_sheet_of_page(page.pk)
    return {**recording.writers_of(page), **(sheet.writers if sheet else {})}


@transaction.atomic
def release_in_emergency(page: BasePage, user: Any, reason: str) -> ReviewSheet:
    """Public at once, by name and with a reason; reviewed afterwards, by a set day.

    Raises ``ReviewError`` where the person may not, and ``PublicationError`` where the
    page has problems of its own: those are not waived.
    """
    if problem := emergency_refusal(page, user):
        raise ReviewError(page.pk, [problem])
    way = strict_way(page.path)
    if way is None:  # asked above
        raise LookupError(page.pk)
    policy, _made = ReviewPolicy.objects.get_or_create(portal=way.portal)
    revision = page.get_latest_revision()
    due = work_calendar().after(timezone.localdate(), policy.emergency_days)
    sheet = recording.new_sheet(
        page,
        revision,
        user,
        kind=ReviewSheet.Kind.EMERGENCY,
        reason=reason,
        review_due=due,
        writers=_writers(page),
    )
    recording.note(sheet, ReviewStep.Action.EMERGENCY, user, opinion=reason)
    with released(page.pk):
        revision.publish(user=user, skip_permission_checks=True)
    log(
        instance=page,
        action=EMERGENCY,
        user=user,
        revision=revision,
        data={"reason": reason, "due": due.isoformat()},
    )
    public = type(page).objects.get(pk=page.pk)
    # The release does not wait for a workflow that somebody has disabled.
    if not health.problem_of(way):
        public.get_workflow().start(public, user)
    notices.tell_emergency(sheet)
    sheet.refresh_from_db()
    return sheet


@transaction.atomic
def withdraw(page: BasePage, user: Any, reason: str) -> None:
    """One person with the right to it is enough: what is wrong must go quickly."""
    if not page.permissions_for_user(user).can_unpublish():
        raise ReviewError(page.pk, [_("您不能撤下这个网页。")])
    # Nobody has to review any more what nobody reads; it comes back by being sent in.
    if state := page.current_workflow_state:
        state.cancel(user=user)
    page.unpublish(user=user)
    log(instance=page, action=WITHDRAWN, user=user, data={"reason": reason})
    last = ReviewStep.objects.filter(
        sheet__page_id=page.pk, action=ReviewStep.Action.WITHDRAW
    ).last()
    if last is not None:
        last.user, last.user_number = user, user.pk
        last.name, last.opinion = deciding.name_of(user), reason
        last.save()
