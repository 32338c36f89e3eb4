"""Which group of people works for which portal, and as what."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _


class PortalRole(models.Model):
    """One of a portal's groups. Its permissions are given by ``home.portals.provisioning``."""

    class Role(models.TextChoices):
        ADMIN = "admin", _("管理员")
        EDITOR = "editor", _("编辑")
        AUTHOR = "author", _("撰稿人")
        # Decides on texts where it is named, and changes none: a head of office, say.
        REVIEWER = "reviewer", _("审稿人")

    portal = models.ForeignKey(
        "home.Portal", models.CASCADE, related_name="roles", verbose_name=_("门户")
    )
    group = models.OneToOneField(
        Group, models.CASCADE, related_name="portal_role", verbose_name=_("用户组")
    )
    role = models.CharField(_("角色"), max_length=10, choices=Role.choices)

    class Meta:
        verbose_name = _("门户角色")
        verbose_name_plural = _("门户角色")
        constraints = [
            models.UniqueConstraint(
                fields=["portal", "role"], name="one_group_per_portal_and_role"
            )
        ]

    def __str__(self) -> str:
        return f"{self.portal} {self.get_role_display()}"
