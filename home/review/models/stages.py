"""One stage as a task of Wagtail's workflow, and its state for one text."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, Task, TaskState, WorkflowState

from home.models import work_calendar
from home.review import deciding, recording
from home.review.models.sheets import ReviewStep
from home.review.models.ways import LONGEST_DAYS, ReviewWay, Stage


class ReviewState(TaskState):
    """Where one text stands at one stage: until when it should be decided."""

    due_on = models.DateField(null=True)
    reminded_on = models.DateField(null=True)

    class Meta:
        verbose_name = gettext_lazy("审稿进度")
        verbose_name_plural = gettext_lazy("审稿进度")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.due_on is None:
            days = self.task.specific.days
            self.due_on = work_calendar().after(timezone.localdate(), days)
        super().save(*args, **kwargs)

    @transaction.atomic
    def approve(
        self, user: Any = None, update: bool = True, comment: str = ""
    ) -> TaskState:
        self._decide(user, ReviewStep.Action.APPROVE, comment)
        return super().approve(user=user, update=update, comment=comment)

    @transaction.atomic
    def reject(
        self, user: Any = None, update: bool = True, comment: str = ""
    ) -> TaskState:
        self._decide(user, ReviewStep.Action.RETURN, comment)
        return super().reject(user=user, update=update, comment=comment)

    def _decide(self, user: Any, action: str, opinion: str) -> None:
        stage = self.task.specific
        sheet = recording.sheet_of(self.workflow_state)
        deciding.require(user, stage, sheet)
        recording.note(sheet, action, user, level=stage.level, opinion=opinion)


class ReviewStage(Task):
    """科室初审, 办公室复审 or 分管领导终审 of one way."""

    way = models.ForeignKey(ReviewWay, models.CASCADE, related_name="stage_tasks")
    level = models.PositiveSmallIntegerField(choices=Stage.choices)
    days = models.PositiveSmallIntegerField(
        gettext_lazy("几个工作日内审完"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_DAYS)],
    )
    reviewers: Any = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("谁来审"),
    )

    task_state_class = ReviewState
    admin_form_fields: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = gettext_lazy("审稿环节")
        verbose_name_plural = gettext_lazy("审稿环节")
        constraints = [
            models.UniqueConstraint(fields=["way", "level"], name="one_task_per_level")
        ]

    @property
    def label(self) -> str:
        return str(Stage(self.level).label)

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        """The first stage that has not approved the text as it stands takes it.

        Wagtail goes on with the stage that returned a text; the ones before it have
        not seen what was changed since.
        """
        sheet = recording.open_sheet(workflow_state, user)
        first = deciding.next_stage(self.way, sheet)
        if first is not None and first != self:
            return first.start(workflow_state, user)
        deciding.unlock_for_reviewers(workflow_state.content_object, self)
        return super().start(workflow_state, user=user)

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, str, bool]]:
        if deciding.refusal(user, self, recording.open_sheet_of_page(obj.pk)):
            return []
        return [
            ("reject", _("退回修改"), True),
            ("approve", _("同意"), False),
            ("approve", _("同意，并写意见"), True),
        ]

    def on_action(
        self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any
    ) -> None:
        """Also from a plain ``TaskState``, which knows none of our rules."""
        super().on_action(task_state.specific, user, action_name, **kwargs)

    def user_can_access_editor(self, obj: Page, user: Any) -> bool:
        return deciding.is_reviewer(user, self)

    def locked_for_user(self, obj: Page, user: Any) -> bool:
        """Who sent a text waits for the answer, or takes it back."""
        return not (user.is_superuser or deciding.is_reviewer(user, self))

    def user_can_lock(self, obj: Page, user: Any) -> bool:
        return deciding.is_reviewer(user, self)

    def get_task_states_user_can_moderate(
        self, user: Any, **kwargs: Any
    ) -> models.QuerySet[TaskState]:
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        allowed = [
            state.pk
            for state in waiting.select_related("workflow_state")
            if not deciding.refusal(
                user, self, recording.sheet_of(state.workflow_state)
            )
        ]
        return TaskState.objects.filter(pk__in=allowed)

    @classmethod
    def get_description(cls) -> str:
        return _("三审三校的一级，由各门户在“审核流程”里设定")
