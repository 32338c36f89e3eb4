"""What waits for whom: the panels of the dashboard and the lists of 审稿."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import TaskState

from home.review import deciding
from home.review.models import ReviewSheet, ReviewStage, ReviewState
from home.review.rights import seen_portals
from home.roles import portals_of

State, Kind = ReviewSheet.State, ReviewSheet.Kind
# How long the dashboard still shows what has become public.
RECENT = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands: at which stage, until when, with whom."""

    sheet: ReviewSheet
    stage: str = ""
    due_on: date | None = None
    people: tuple[str, ...] = ()

    @property
    def is_overdue(self) -> bool:
        return self.due_on is not None and self.due_on < timezone.localdate()

    @property
    def is_due(self) -> bool:
        return self.due_on == timezone.localdate()


def _states(sheets: QuerySet[ReviewSheet]) -> dict[int, ReviewState]:
    running = ReviewState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state_id__in=sheets.values("workflow_state_id"),
    )
    return {state.workflow_state_id: state for state in running.order_by("pk")}


def _stages(states: dict[int, ReviewState]) -> dict[int, ReviewStage]:
    found = ReviewStage.objects.filter(pk__in={one.task_id for one in states.values()})
    return {stage.pk: stage for stage in found.select_related("way")}


def waiting_for(user: Any) -> list[Place]:
    """What a person may decide on now; what is due first comes first."""
    sheets = ReviewSheet.objects.filter(
        portal__in=portals_of(user), state=State.RUNNING, kind=Kind.REVIEW
    )
    states = _states(sheets)
    stages = _stages(states)
    found = []
    for sheet in sheets.select_related("portal"):
        state = states.get(sheet.workflow_state_id or 0)
        stage = stages.get(state.task_id) if state else None
        if state and stage and not deciding.refusal(user, stage, sheet):
            found.append(Place(sheet, stage.label, state.due_on))
    return sorted(found, key=lambda place: (place.due_on or date.max, place.sheet.pk))


def sent_by(user: Any) -> list[Place]:
    """What a person has sent in: returned texts first, then where the others are."""
    own = ReviewSheet.objects.filter(
        submitter=user, kind=Kind.REVIEW, portal__in=portals_of(user)
    )
    open_sheets = own.filter(state__in=(State.RUNNING, State.RETURNED, State.APPROVED))
    done = own.filter(state=State.PUBLISHED, published_at__gte=timezone.now() - RECENT)
    places = [*places_of(open_sheets), *places_of(done)]
    return sorted(places, key=lambda place: place.sheet.state != State.RETURNED)


def places_of(sheets: QuerySet[ReviewSheet]) -> list[Place]:
    """Each sheet with its stage, and the people who may decide there."""
    states = _states(sheets)
    stages = _stages(states)
    found = []
    for sheet in sheets.select_related("portal"):
        state = states.get(sheet.workflow_state_id or 0)
        stage = stages.get(state.task_id) if state else None
        if state is None or stage is None or sheet.state != State.RUNNING:
            found.append(Place(sheet))
            continue
        people = tuple(
            user.get_full_name() or user.get_username()
            for user in deciding.able(stage, sheet)
        )
        found.append(Place(sheet, stage.label, state.due_on, people))
    return found


def sheets_seen(user: Any) -> QuerySet[ReviewSheet]:
    return ReviewSheet.objects.filter(portal__in=seen_portals(user)).select_related(
        "portal"
    )


def emergencies(user: Any) -> QuerySet[ReviewSheet]:
    """The report: what is still to be reviewed first, the longest overdue on top."""
    return (
        sheets_seen(user)
        .filter(kind=Kind.EMERGENCY)
        .order_by("reviewed_at", "review_due", "-opened_at")
    )
