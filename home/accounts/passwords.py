"""Rules of passwords beyond Django's, and what follows when one is set."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.accounts.events import PASSWORD_CHANGED, PASSWORD_SET
from home.accounts.models import PastPassword
from home.models import OneTimePassword
from home.portals.people import ONE_TIME_DAYS
from home.record_of_events import acting_request, note

CHINESE_PASSWORDS = Path(__file__).with_name("common_passwords.txt")
RESET_VIEW = "wagtailadmin_password_reset_confirm"


class ChinesePasswordValidator(CommonPasswordValidator):
    """Passwords that many people in China take; Django's own list knows few of them."""

    def __init__(self) -> None:
        super().__init__(password_list_path=CHINESE_PASSWORDS)


class PastPasswordValidator:
    """None of the last ``count`` again. Django calls it when a password was set, too."""

    def __init__(self, count: int = 5) -> None:
        self.count = count

    def validate(self, password: str, user: Any = None) -> None:
        if user is None or user.pk is None:
            return
        stored = PastPassword.objects.filter(user=user)[: self.count]
        past = {row.password for row in stored} | {user.password}
        if any(check_password(password, encoded) for encoded in past):
            raise ValidationError(
                _("这个密码最近用过，请换一个新的。"), code="password_used_before"
            )

    def get_help_text(self) -> str:
        return ngettext(
            "不能和现在的密码相同。",
            "不能和最近 %(count)s 次用过的密码相同。",
            self.count,
        ) % {"count": self.count}

    def password_changed(self, password: str, user: Any = None) -> None:
        """A password was set, in whatever way: it is noted, and who set it decides."""
        now = timezone.now()
        PastPassword.objects.create(user=user, password=user.password, set_at=now)
        kept = PastPassword.objects.filter(user=user)[: self.count].values_list("pk")
        PastPassword.objects.filter(user=user).exclude(
            pk__in=[pk for (pk,) in kept]
        ).delete()
        if _is_set_by_owner(user):
            OneTimePassword.objects.filter(user=user).delete()
            note(PASSWORD_CHANGED, user=user, subject=user)
            return
        if acting_request.get() is not None:
            # Somebody else knows it, whichever form of the admin it was set in.
            until = now + timedelta(days=ONE_TIME_DAYS)
            OneTimePassword.objects.update_or_create(
                user=user, defaults={"valid_until": until}
            )
        note(PASSWORD_SET, subject=user)


def _is_set_by_owner(user: Any) -> bool:
    """Logged in, or with the link that was sent to the person's own address."""
    request = acting_request.get()
    if request is None:
        return False
    if request.user.is_authenticated:
        return bool(request.user.pk == user.pk)
    match = request.resolver_match
    return match is not None and match.view_name == RESET_VIEW
