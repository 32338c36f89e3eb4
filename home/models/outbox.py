"""Tables of the outbox (``home.outbox`` has the rules)."""

from __future__ import annotations

from django.db import models


class ChangeCounter(models.Model):
    """One row; its lock puts concurrent transactions into order."""

    last = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.last)


class Change(models.Model):
    number = models.PositiveBigIntegerField(primary_key=True)
    # Kept when the portal goes: receivers still have to hear of it.
    portal = models.ForeignKey(
        "home.Portal", models.SET_NULL, null=True, related_name="+"
    )
    subject = models.CharField(max_length=20)
    key = models.CharField(max_length=100)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}:{self.key}"


class Cursor(models.Model):
    """How far a receiver has come."""

    receiver = models.CharField(max_length=50, primary_key=True)
    position = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.receiver}: {self.position}"
