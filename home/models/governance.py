"""What a prefecture says about a portal: its limits, its former hosts, its archives."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.colors import is_color
from home.models.portals import Portal
from home.outbox import record_change


class PortalLimits(models.Model):
    """How far a portal's own administrators may go. No row: the defaults hold."""

    portal = models.OneToOneField(Portal, models.CASCADE, related_name="limits")
    max_users = models.PositiveSmallIntegerField(
        _("最多几个账号"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(500)],
        help_text=_("只算启用的账号。"),
    )
    languages = models.JSONField(
        _("可以启用的语言"),
        default=list,
        blank=True,
        help_text=_("一个也不选就不限制；简体中文总是可以的。"),
    )
    palette = models.TextField(
        _("可以用的颜色"),
        blank=True,
        help_text=_("一行一个，例如 #1c5a8a；留空就是什么颜色都可以，只要看得清。"),
    )
    may_change_layout = models.BooleanField(
        _("可以自己换页头和页脚"),
        default=False,
        help_text=_("完整网站或者栏目包，由谁来定。"),
    )
    may_pause = models.BooleanField(
        _("可以自己临时下线"),
        default=False,
        help_text=_("不勾选时，只有市级管理员能让门户临时下线。"),
    )

    class Meta:
        verbose_name = _("门户的限制")
        verbose_name_plural = _("门户的限制")

    def __str__(self) -> str:
        return str(self.portal)

    def clean(self) -> None:
        super().clean()
        wrong = [color for color in self.colors if not is_color(color)]
        if wrong:
            raise ValidationError(
                {
                    "palette": _("这不是颜色：%(wrong)s。写成 # 加六位。")
                    % {"wrong": "、".join(wrong)}
                }
            )

    @property
    def colors(self) -> list[str]:
        return [
            line.strip().lower() for line in self.palette.splitlines() if line.strip()
        ]

    def allows_language(self, code: str) -> bool:
        allowed = {*self.languages, settings.LANGUAGE_CODE}
        return not self.languages or code in allowed


def limits_of(portal: Portal) -> PortalLimits:
    """The limits of a portal, or unsaved ones with the defaults."""
    found = PortalLimits.objects.filter(portal=portal).first()
    return found or PortalLimits(portal=portal)


class OfflineNotice(models.Model):
    """What readers are told while a portal is not there."""

    portal = models.OneToOneField(Portal, models.CASCADE, related_name="offline_notice")
    reason = models.CharField(
        _("给群众看的说明"),
        max_length=300,
        help_text=_("一两句话：为什么看不到了、有事怎么办。会原样显示。"),
    )
    until = models.DateField(
        _("预计恢复日期"),
        null=True,
        blank=True,
        help_text=_("只用于临时下线，最多三十天。"),
    )
    successor_url = models.URLField(
        _("以后到哪里看"),
        blank=True,
        help_text=_("只用于永久下线，例如县政府网站的网址；没有就留空。"),
    )
    is_prefectures = models.BooleanField(default=True, editable=False)

    class Meta:
        verbose_name = _("下线说明")
        verbose_name_plural = _("下线说明")

    def __str__(self) -> str:
        return self.reason


class FormerHost(models.Model):
    """A host that a portal has left; it leads to the new one."""

    host = models.CharField(_("以前的域名"), max_length=255, unique=True)
    portal = models.ForeignKey(Portal, models.CASCADE, related_name="former_hosts")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("以前的域名")
        verbose_name_plural = _("以前的域名")

    def __str__(self) -> str:
        return self.host

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
            record_change(self.portal, "portal", self.portal_id)


class OneTimePassword(models.Model):
    """Somebody logs in with a password that another person chose: it opens one door,
    that to the form where they choose their own."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="one_time_password"
    )
    valid_until = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.user)

    @property
    def is_over(self) -> bool:
        return self.valid_until < timezone.now()


class PortalArchive(models.Model):
    """A complete copy of a portal in a file; it outlives the portal."""

    portal = models.ForeignKey(
        Portal, models.SET_NULL, null=True, related_name="archives"
    )
    host = models.CharField(max_length=255)
    name = models.CharField(max_length=100)
    file = models.CharField(max_length=500)
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.host} {self.made_at:%Y-%m-%d}"
