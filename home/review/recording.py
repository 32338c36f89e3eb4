"""What happens to a text in review, written onto its sheet as it happens."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import get_active_log_context, log
from wagtail.models import Page, Revision, TaskState, Workflow, WorkflowState
from wagtail.signals import (
    page_published,
    page_unpublished,
    workflow_approved,
    workflow_cancelled,
    workflow_rejected,
)

from home.models import BasePage, portal_of_path
from home.review import deciding, notices
from home.review.fingerprint import fingerprint
from home.review.log_actions import REOPENED
from home.review.models.sheets import ReviewSheet, ReviewStep
from home.review.models.ways import ReviewWay, way_at

State, Kind, Action = ReviewSheet.State, ReviewSheet.Kind, ReviewStep.Action
# A change of these opens the review again.
OPEN = (State.RUNNING, State.RETURNED, State.APPROVED)


# --- reading -----------------------------------------------------------------------------


def acting_user() -> Any:
    """Who is at work in the admin; None where a program is."""
    user = get_active_log_context().user
    return user if user is not None and user.is_authenticated else None


def sheet_of(workflow_state: WorkflowState) -> ReviewSheet:
    return ReviewSheet.objects.get(workflow_state_id=workflow_state.pk)


def open_sheet_of_page(page_id: int) -> ReviewSheet | None:
    return ReviewSheet.objects.filter(
        page_id=page_id, kind=Kind.REVIEW, state__in=OPEN
    ).first()


def writers_of(page: Page) -> dict[str, str]:
    """Owner, and who changed the text since it was last public: {number: name}.

    A revision that says the same as the one before it changed nothing (a comment).
    """
    found = {page.owner} if page.owner else set()
    revisions = page.revisions.select_related("user").order_by("created_at", "pk")
    since = page.last_published_at
    before = revisions.filter(created_at__lte=since).last() if since else None
    known = fingerprint(before.content) if before is not None else ""
    for revision in revisions.filter(created_at__gt=since) if since else revisions:
        current = fingerprint(revision.content)
        if current != known and revision.user is not None:
            found.add(revision.user)
        known = current
    return {str(user.pk): deciding.name_of(user) for user in found}


# --- writing -----------------------------------------------------------------------------


def note(
    sheet: ReviewSheet,
    action: str,
    user: Any,
    *,
    level: int | None = None,
    opinion: str = "",
) -> ReviewStep:
    return ReviewStep.objects.create(
        sheet=sheet,
        action=action,
        level=level,
        user=user,
        user_number=user.pk if user is not None else None,
        name=deciding.name_of(user),
        opinion=opinion,
        at=timezone.now(),
        revision_id=sheet.revision_id,
        content_hash=sheet.content_hash,
    )


def new_sheet(page: Any, revision: Revision, user: Any, **values: Any) -> ReviewSheet:
    portal = portal_of_path(page.path)
    if portal is None:
        raise LookupError(page.pk)
    parent = page.get_parent()
    way = way_at(page.path)
    return ReviewSheet.objects.create(
        portal=portal,
        page_id=page.pk,
        title=page.get_admin_display_title(),
        page_kind=str(page.specific_class._meta.verbose_name),
        column="" if parent is None or parent.depth == 1 else parent.title,
        address=page.specific.public_path(portal),
        way=str(way) if way else "",
        submitter=user,
        submitter_name=deciding.name_of(user),
        revision_id=revision.pk,
        content_hash=fingerprint(revision.content),
        opened_at=timezone.now(),
        **values,
    )


def open_sheet(workflow_state: WorkflowState, user: Any) -> ReviewSheet:
    """The sheet of a submission; made when it starts, taken up again after a return."""
    sheet = ReviewSheet.objects.filter(workflow_state_id=workflow_state.pk).first()
    if sheet is None:
        page = workflow_state.content_object.specific
        ReviewSheet.objects.filter(
            page_id=page.pk, kind=Kind.REVIEW, state__in=OPEN
        ).update(state=State.VOID)
        sheet = new_sheet(
            page,
            page.get_latest_revision(),
            workflow_state.requested_by,
            workflow_state_id=workflow_state.pk,
            writers=writers_of(page) | _writers_of_emergencies(page.pk),
        )
    elif sheet.state != State.RETURNED:
        return sheet
    sheet.state = State.RUNNING
    _add_writer(sheet, user)
    sheet.save()
    note(sheet, Action.SUBMIT, user)
    return sheet


def _writers_of_emergencies(page_id: int) -> dict[str, str]:
    """The review afterwards is of a text that is public; its writers are the same."""
    found: dict[str, str] = {}
    for sheet in ReviewSheet.objects.filter(
        page_id=page_id, kind=Kind.EMERGENCY, reviewed_at=None
    ):
        found |= sheet.writers
    return found


def _add_writer(sheet: ReviewSheet, user: Any) -> None:
    if user is not None:
        sheet.writers[str(user.pk)] = deciding.name_of(user)


def follow_revision(instance: Revision, raw: bool = False, **_kwargs: Any) -> None:
    """A text that changes in review is reviewed again from the first stage on."""
    page_type = ContentType.objects.get_for_model(Page)
    if raw or instance.base_content_type_id != page_type.pk:
        return
    sheet = open_sheet_of_page(int(instance.object_id))
    if sheet is None:
        return
    newest = sheet.revision_id is None or instance.pk >= sheet.revision_id
    current = fingerprint(instance.content)
    if not newest or (
        current == sheet.content_hash and instance.pk == sheet.revision_id
    ):
        return
    is_changed = current != sheet.content_hash
    sheet.revision_id, sheet.content_hash = instance.pk, current
    if is_changed:
        _reopen(sheet, instance)
    sheet.save()
    _restart(sheet, instance, is_changed)


def _reopen(sheet: ReviewSheet, revision: Revision) -> None:
    user = revision.user
    _add_writer(sheet, user)
    voided = sheet.steps.filter(action=Action.APPROVE, is_void=False).update(
        is_void=True
    )
    last = sheet.steps.last()
    if (
        voided
        or last is None
        or last.action != Action.EDIT
        or last.user_id != getattr(user, "pk", None)
    ):
        note(sheet, Action.EDIT, user)
    else:  # the editor saves by itself every few seconds
        last.at, last.content_hash = timezone.now(), sheet.content_hash
        last.revision_id = revision.pk
        last.save()
    if sheet.state == State.APPROVED:
        # It was to be public at its time; what was approved is not this any more.
        sheet.state = State.VOID
        page = Page.objects.get(pk=sheet.page_id)
        page.revisions.update(approved_go_live_at=None)
        notices.tell_void(sheet)
    if voided:
        page = Page.objects.get(pk=sheet.page_id).specific
        log(instance=page, action=REOPENED, user=user, revision=revision)


def _restart(sheet: ReviewSheet, revision: Revision, is_changed: bool) -> None:
    """Let Wagtail's workflow follow: its states name the text that is being judged."""
    state = WorkflowState.objects.filter(pk=sheet.workflow_state_id).first()
    if state is None or state.status not in (
        WorkflowState.STATUS_IN_PROGRESS,
        WorkflowState.STATUS_NEEDS_CHANGES,
    ):
        return
    running = state.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
    if not is_changed:
        running.update(revision=revision)
        return
    approved = state.task_states.filter(status=TaskState.STATUS_APPROVED)
    was_approved = bool(approved.update(status=TaskState.STATUS_CANCELLED))
    current = state.current_task_state
    if was_approved and state.status == WorkflowState.STATUS_IN_PROGRESS and current:
        current.specific.cancel(user=revision.user)
    else:
        running.update(revision=revision)


# --- what Wagtail tells ------------------------------------------------------------------


def _close(workflow_state: WorkflowState, state: str) -> ReviewSheet | None:
    sheet = ReviewSheet.objects.filter(workflow_state_id=workflow_state.pk).first()
    if sheet is not None and sheet.state in OPEN:
        sheet.state = state
        sheet.save(update_fields=["state"])
        return sheet
    return None


def _returned(instance: WorkflowState, user: Any = None, **_kwargs: Any) -> None:
    if sheet := _close(instance, State.RETURNED):
        notices.tell_returned(sheet)


def _cancelled(instance: WorkflowState, user: Any = None, **_kwargs: Any) -> None:
    if sheet := _close(instance, State.CANCELLED):
        note(sheet, Action.CANCEL, user)


def _approved(instance: WorkflowState, user: Any = None, **_kwargs: Any) -> None:
    """Not public yet: its time is still to come."""
    sheet = ReviewSheet.objects.filter(
        workflow_state_id=instance.pk, state=State.RUNNING
    )
    sheet.update(state=State.APPROVED)


def _published(instance: BasePage, revision: Revision, **_kwargs: Any) -> None:
    if not instance.live:  # planned for later
        return
    user = acting_user()
    sheet = _sheet_of_release(instance, revision)
    if sheet is None:
        if user is None or portal_of_path(instance.path) is None:
            return
        sheet = new_sheet(instance, revision, user, kind=Kind.DIRECT)
    sheet.state, sheet.published_at = State.PUBLISHED, timezone.now()
    sheet.revision_id = revision.pk
    sheet.save()
    if sheet.kind != Kind.EMERGENCY:
        note(sheet, Action.PUBLISH, user)
    if sheet.kind == Kind.REVIEW:
        _reviewed_afterwards(instance.pk)
        notices.tell_published(sheet)


def _sheet_of_release(page: BasePage, revision: Revision) -> ReviewSheet | None:
    """Of the review that is behind a release; none where somebody published without."""
    sheet = ReviewSheet.objects.filter(
        page_id=page.pk,
        content_hash=fingerprint(revision.content),
        state__in=(State.RUNNING, State.APPROVED),
    ).first()
    if sheet is None or sheet.kind == Kind.EMERGENCY:
        return sheet
    way = way_at(page.path)
    return sheet if way is not None and not deciding.missing(way, sheet) else None


def _reviewed_afterwards(page_id: int) -> None:
    ReviewSheet.objects.filter(
        page_id=page_id, kind=Kind.EMERGENCY, reviewed_at=None
    ).update(reviewed_at=timezone.now())


def _withdrawn(instance: BasePage, **_kwargs: Any) -> None:
    """What was approved for a page is not approved for its return."""
    ReviewSheet.objects.filter(page_id=instance.pk, state=State.APPROVED).update(
        state=State.VOID
    )
    published = ReviewSheet.objects.filter(page_id=instance.pk, state=State.PUBLISHED)
    if sheet := published.order_by("published_at").last():
        note(sheet, Action.WITHDRAW, acting_user())
    _reviewed_afterwards(instance.pk)


def _deleted(instance: Page, **_kwargs: Any) -> None:
    """Wagtail's workflow goes with the page; what is on the sheet stays."""
    for sheet in ReviewSheet.objects.filter(page_id=instance.pk, state__in=OPEN):
        sheet.state = State.CANCELLED
        sheet.save(update_fields=["state"])
        note(sheet, Action.CANCEL, acting_user(), opinion=_("网页删除了。"))
    _reviewed_afterwards(instance.pk)


def _forget_workflow(instance: ReviewWay, **_kwargs: Any) -> None:
    Workflow.objects.filter(pk=instance.workflow_id).delete()


def connect() -> None:
    """Once the models are loaded."""
    post_save.connect(follow_revision, Revision, dispatch_uid="review_revision")
    post_delete.connect(_forget_workflow, ReviewWay, dispatch_uid="review_way")
    post_delete.connect(_deleted, Page, dispatch_uid="review_deleted")
    workflow_rejected.connect(_returned, dispatch_uid="review_returned")
    workflow_cancelled.connect(_cancelled, dispatch_uid="review_cancelled")
    workflow_approved.connect(_approved, dispatch_uid="review_approved")
    page_published.connect(_published, dispatch_uid="review_published")
    page_unpublished.connect(_withdrawn, dispatch_uid="review_withdrawn")
