"""What is known of accounts beside Django's own: past passwords, who needs a phone."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class PastPassword(models.Model):
    """A password that the account had, as Django stores it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="past_passwords"
    )
    password = models.CharField(max_length=128)
    set_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ["-set_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.user} {self.set_at:%Y-%m-%d}"


class SecondFactorDemand(models.Model):
    """Who has this role in this portal logs in with a second factor."""

    portal_role = models.OneToOneField(
        "home.PortalRole",
        models.CASCADE,
        primary_key=True,
        related_name="second_factor_demand",
    )

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.portal_role)
