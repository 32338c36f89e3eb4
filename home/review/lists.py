"""What waits for whom: the panels of the dashboard and the lists of 审稿."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
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
    """Where a text stands: at which stage, until when; with whom, if that is asked."""

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


def _placed(
    sheets: Iterable[ReviewSheet],
) -> Iterator[tuple[Place, ReviewStage | None]]:
    """Each sheet, at its stage while it is in review."""
    sheets = list(sheets)
    running = ReviewState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state_id__in={
            sheet.workflow_state_id for sheet in sheets if sheet.state == State.RUNNING
        },
    )
    states = {state.workflow_state_id: state for state in running.order_by("pk")}
    stages = ReviewStage.objects.select_related("way").in_bulk(
        {state.task_id for state in states.values()}
    )
    for sheet in sheets:
        state = states.get(sheet.workflow_state_id or 0)
        stage = stages.get(state.task_id) if state else None
        if state is None or stage is None:
            yield Place(sheet), None
        else:
            yield Place(sheet, stage.label, state.due_on), stage


def waiting_for(user: Any) -> list[Place]:
    """What a person may decide on now; what is due first comes first."""
    sheets = ReviewSheet.objects.filter(
        portal__in=portals_of(user), state=State.RUNNING, kind=Kind.REVIEW
    )
    found = [
        place
        for place, stage in _placed(sheets.select_related("portal"))
        if stage and not deciding.refusal(user, stage, place.sheet)
    ]
    return sorted(found, key=lambda place: (place.due_on or date.max, place.sheet.pk))


def sent_by(user: Any) -> list[Place]:
    """What a person has sent in: returned texts first, then where the others are."""
    own = ReviewSheet.objects.filter(
        submitter=user, kind=Kind.REVIEW, portal__in=portals_of(user)
    )
    open_sheets = own.filter(state__in=(State.RUNNING, State.RETURNED, State.APPROVED))
    done = own.filter(state=State.PUBLISHED, published_at__gte=timezone.now() - RECENT)
    places = [
        replace(place, people=_people(stage, place.sheet)) if stage else place
        for place, stage in _placed([*open_sheets, *done])
    ]
    return sorted(places, key=lambda place: place.sheet.state != State.RETURNED)


def _people(stage: ReviewStage, sheet: ReviewSheet) -> tuple[str, ...]:
    return tuple(
        user.get_full_name() or user.get_username()
        for user in deciding.able(stage, sheet)
    )


def places_of(sheets: Iterable[ReviewSheet]) -> list[Place]:
    """Each sheet with its stage."""
    return [place for place, _stage in _placed(sheets)]


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
