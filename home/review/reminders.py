"""What is late is said again: once on each working day, by the worker."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from home.models import work_calendar
from home.review import deciding, notices, recording
from home.review.models import ReviewSheet, ReviewState


def remind() -> list[str]:
    today = timezone.localdate()
    if not work_calendar().is_workday(today):
        return []
    count = _remind_reviewers(today) + _remind_of_emergencies(today)
    return [_("提醒了 %(count)s 件审稿事项") % {"count": count}] if count else []


def _not_reminded(today: date) -> Q:
    return Q(reminded_on=None) | Q(reminded_on__lt=today)


def _remind_reviewers(today: date) -> int:
    due = ReviewState.objects.filter(
        _not_reminded(today), status=TaskState.STATUS_IN_PROGRESS, due_on__lte=today
    )
    states = list(due.select_related("workflow_state"))
    for state in states:
        stage, sheet = state.task.specific, recording.sheet_of(state.workflow_state)
        notices.tell(
            "due",
            deciding.able(stage, sheet),
            sheet,
            preference="submitted",
            stage=stage,
            due_on=state.due_on,
            is_overdue=state.due_on is not None and state.due_on < today,
        )
        state.reminded_on = today
        state.save(update_fields=["reminded_on"])
    return len(states)


def _remind_of_emergencies(today: date) -> int:
    late = ReviewSheet.objects.filter(
        _not_reminded(today),
        kind=ReviewSheet.Kind.EMERGENCY,
        reviewed_at=None,
        review_due__lt=today,
    )
    sheets = list(late.select_related("portal"))
    for sheet in sheets:
        notices.tell_emergency(sheet, is_overdue=True)
        sheet.reminded_on = today
        sheet.save(update_fields=["reminded_on"])
    return len(sheets)
