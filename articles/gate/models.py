"""Who let a finding pass, and what was found on public pages when they were last read."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class Override(models.Model):
    """Somebody looked at a finding and answers for it, by name and with a reason.

    It holds while the words and their sentence stay as they were (``digest``). The
    sentence is kept as it was shown, with numbers masked, and never the words.
    """

    page = models.ForeignKey(Page, models.CASCADE, related_name="+")
    rule = models.CharField(_("规则"), max_length=60)
    digest = models.CharField(max_length=64)
    sentence = models.TextField(_("查到的情况"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    user_name = models.CharField(_("放行人"), max_length=150)
    reason = models.TextField(_("理由"))
    created_at = models.DateTimeField(_("时间"), default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "digest"], name="one_override_per_finding"
            )
        ]

    def __str__(self) -> str:
        day = timezone.localtime(self.created_at).date().isoformat()
        return f"{self.user_name} {day}：{self.reason}"


class PageCheck(models.Model):
    """What the gate found on a public page when the worker last read it."""

    page = models.OneToOneField(Page, models.CASCADE, related_name="+")
    checked_at = models.DateTimeField()
    # Of the public text that was read.
    published_at = models.DateTimeField(null=True)
    blocking = models.PositiveIntegerField(default=0)
    hints = models.PositiveIntegerField(default=0)
    findings = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.page_id}: {self.blocking} + {self.hints}"


class OutsideLink(models.Model):
    """Whether an address of another site answered when it was last asked."""

    url = models.URLField(max_length=1000, unique=True)
    asked_at = models.DateTimeField()
    problem = models.CharField(max_length=200, blank=True)  # "" = it answers

    def __str__(self) -> str:
        return self.url
