"""The review sheet (审稿单) of a version: kept when page and people are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from home.models import Portal
from home.review.models.ways import Stage

if TYPE_CHECKING:
    from datetime import date


class ReviewSheet(models.Model):
    """One trip of a text through the review.

    Pages and people are held by number and copied by name: none of them takes the
    record along when it is deleted.
    """

    class State(models.TextChoices):
        RUNNING = "running", _("正在审")
        RETURNED = "returned", _("退回修改")
        APPROVED = "approved", _("审核通过，到时间发布")
        PUBLISHED = "published", _("已发布")
        CANCELLED = "cancelled", _("已撤回送审")
        VOID = "void", _("审核后有改动，作废")

    class Kind(models.TextChoices):
        REVIEW = "review", _("审核发布")
        EMERGENCY = "emergency", _("紧急发布")
        DIRECT = "direct", _("直接发布")

    portal = models.ForeignKey(
        Portal, models.CASCADE, related_name="review_sheets", verbose_name=_("门户")
    )
    kind = models.CharField(
        _("方式"), max_length=10, choices=Kind.choices, default=Kind.REVIEW
    )
    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.RUNNING
    )
    page_id = models.PositiveBigIntegerField(db_index=True)
    title = models.CharField(_("标题"), max_length=255)
    page_kind = models.CharField(_("类型"), max_length=100)
    column = models.CharField(_("栏目"), max_length=255, blank=True)
    address = models.CharField(_("网址"), max_length=1000, blank=True)
    way = models.CharField(_("审核流程"), max_length=255, blank=True)
    workflow_state_id = models.PositiveBigIntegerField(
        null=True, unique=True, editable=False
    )
    submitter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    submitter_name = models.CharField(_("送审人"), max_length=200, blank=True)
    # Who may not decide: {number of the person: name}.
    writers = models.JSONField(default=dict)
    revision_id = models.PositiveBigIntegerField(null=True)
    content_hash = models.CharField(_("内容指纹"), max_length=64)
    opened_at = models.DateTimeField(_("送审时间"))
    published_at = models.DateTimeField(_("发布时间"), null=True)
    # Of an emergency release: reviewed afterwards, by then, by another sheet.
    reason = models.TextField(_("紧急发布的理由"), blank=True)
    review_due = models.DateField(_("补审期限"), null=True)
    reviewed_at = models.DateTimeField(_("补审完成"), null=True)
    reminded_on = models.DateField(null=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        verbose_name = _("审稿单")
        verbose_name_plural = _("审稿单")
        indexes = [models.Index(fields=["portal", "state"])]

    def __str__(self) -> str:
        return self.title

    def is_overdue(self, today: date) -> bool:
        """Of an emergency release: whether the review afterwards is late."""
        return (
            self.review_due is not None
            and self.reviewed_at is None
            and self.review_due < today
        )

    def approvals(self) -> models.QuerySet[ReviewStep]:
        """The decisions that hold for the text as it stands."""
        return self.steps.filter(
            action=ReviewStep.Action.APPROVE,
            is_void=False,
            content_hash=self.content_hash,
        )


class ReviewStep(models.Model):
    """What somebody did with a text on its way, with name, time and opinion."""

    class Action(models.TextChoices):
        SUBMIT = "submit", _("送审")
        APPROVE = "approve", _("同意")
        RETURN = "return", _("退回修改")
        EDIT = "edit", _("改动了稿子")
        CANCEL = "cancel", _("撤回送审")
        PUBLISH = "publish", _("发布")
        EMERGENCY = "emergency", _("紧急发布")
        WITHDRAW = "withdraw", _("撤稿")

    sheet = models.ForeignKey(ReviewSheet, models.CASCADE, related_name="steps")
    action = models.CharField(max_length=10, choices=Action.choices)
    level = models.PositiveSmallIntegerField(null=True, choices=Stage.choices)
    user: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    # Beside ``user``, which empties when the account goes: nobody slips in twice.
    user_number = models.PositiveBigIntegerField(null=True)
    name = models.CharField(max_length=200)
    opinion = models.TextField(blank=True)
    at = models.DateTimeField()
    revision_id = models.PositiveBigIntegerField(null=True)
    content_hash = models.CharField(max_length=64)
    # A change came after it: it no longer counts, and stays on the sheet.
    is_void = models.BooleanField(default=False)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.name}"
